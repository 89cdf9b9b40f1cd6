/* SPDX-License-Identifier: MIT */
#include "snapshot/check.h"

#include "snapshot/name_key.h"

/* Has every record of the list the name of that key, and those of a long one the same text? */
static bool check_list(const struct portroll_snapshot *s, struct record_list list,
		       struct name_key key)
{
	struct portroll_str first = STR(""), name;
	uint32_t before = 0;
	for (uint32_t i = 0; i < list.count; i++) {
		uint32_t id = snapshot_list_at(s, list, i);
		const unsigned char *row = section_bytes(s, SECTION_RECORDS);
		uint32_t text = load_u32(row + (size_t)id * RECORD_SIZE + RECORD_NAME);
		if (text == 0 || (text != before && !text_at(s, text, &name)))
			return false;
		if (text == before)
			continue;
		if (i == 0)
			first = name;
		if (!name_key_equal(name_key_of(name), key) ||
		    (name_key_is_long(key) && !str_equal_fold(first, name)))
			return false;
		before = text;
	}
	return true;
}

static uint32_t slot_of(const struct portroll_snapshot *s, struct name_key key)
{
	uint64_t hash = name_hash(key, load_u64(section_bytes(s, SECTION_NAME_SEED)));
	size_t bucket = name_bucket(hash, element_count(s, SECTION_NAME_DISPLACEMENTS));
	const unsigned char *displacements = section_bytes(s, SECTION_NAME_DISPLACEMENTS);
	uint16_t displacement = load_u16(displacements + bucket * sizeof(uint16_t));
	return name_slot(hash, displacement, element_count(s, SECTION_NAME_KEYS));
}

bool check_names(const struct checker *k)
{
	const struct portroll_snapshot *s = k->snapshot;
	const unsigned char *keys = section_bytes(s, SECTION_NAME_KEYS);
	const unsigned char *places = section_bytes(s, SECTION_NAME_LISTS);
	const unsigned char *counts = section_bytes(s, SECTION_NAME_COUNTS);
	for (uint32_t i = 0; i < element_count(s, SECTION_NAME_KEYS); i++) {
		struct name_key key = name_key_load(keys + (size_t)i * NAME_KEY_SIZE);
		struct record_list list = {load_u32(places + (size_t)i * sizeof(uint32_t)),
					   load_u32(counts + (size_t)i * sizeof(uint32_t))};
		bool is_empty = name_key_equal(key, (struct name_key){0, 0});
		if (!list_ok(s, list) || is_empty != (list.count == 0))
			return false;
		if (!is_empty && (slot_of(s, key) != i || !check_list(s, list, key)))
			return false;
	}
	return true;
}
