/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

/* A place below the count of records is the record itself; LIST_EMPTY is PORTROLL_NONE. As numbers
 * with a sign both are below that count, and other places are not: a file of 4 GiB has fewer than
 * 2^31 records and list elements together. */
_Static_assert(LIST_EMPTY == PORTROLL_NONE, "an empty list has no first record");
_Static_assert(PORT_COUNT % PAGE_PORTS == 0, "pages divide the ports");

static inline uint32_t first_of(const struct portroll_snapshot *s, uint32_t place)
{
	if ((int32_t)place < (int32_t)s->hot.record_count)
		return place;
	size_t at = place - s->hot.record_count;
	return load_u32(s->hot.lists + at * sizeof(place));
}

static uint32_t first_of_list(const struct portroll_snapshot *s, struct record_list list)
{
	return list.count ? snapshot_list_at(s, list, 0) : PORTROLL_NONE;
}

uint32_t portroll_find_port(const struct portroll_snapshot *s, uint16_t port, uint32_t transport)
{
	uint32_t row = transport - 1;
	if (row >= s->hot.transport_count)
		return first_record_of_port(s, port, transport);
	size_t at = (row * PORT_COUNT + port) / PAGE_PORTS;
	size_t page = load_u16(s->hot.page_index + at * 2);
	size_t answer = load_u16(s->hot.pages + (page * PAGE_PORTS + port % PAGE_PORTS) * 2);
	return first_of(s, load_u32(s->hot.answer_lists + answer * 4));
}

/* The list of the slot of a name, when it is of that name. */
static struct record_list list_of_slot(const struct portroll_snapshot *s, uint32_t slot,
				       struct portroll_str name)
{
	const struct record_list none = {LIST_EMPTY, 0};
	struct record_list list = {list_number(s, SECTION_NAME_LISTS, slot),
				   list_number(s, SECTION_NAME_COUNTS, slot)};
	if (!list_ok(s, list) || name.len <= NAME_INLINE_MAX)
		return list_ok(s, list) ? list : none;
	uint32_t first = first_of_list(s, list);
	const unsigned char *row = first == PORTROLL_NONE ? NULL : record_row(s, first);
	struct portroll_str text;
	bool is_it =
		row && text_at(s, load_u32(row + RECORD_NAME), &text) && str_equal_fold(text, name);
	return is_it ? list : none;
}

struct record_list snapshot_by_name(const struct portroll_snapshot *s, struct portroll_str name)
{
	const struct record_list none = {LIST_EMPTY, 0};
	const unsigned char *seed = element_at(s, SECTION_NAME_SEED, 0);
	if (!seed)
		return none;
	struct name_key key = name_key_of(name);
	uint64_t hash = name_hash(key, name_seeds(load_u64(seed)));
	uint32_t bucket = name_bucket(hash, element_count(s, SECTION_NAME_DISPLACEMENTS));
	const unsigned char *displacement = element_at(s, SECTION_NAME_DISPLACEMENTS, bucket);
	if (!displacement)
		return none;
	uint32_t slots = element_count(s, SECTION_NAME_KEYS);
	uint32_t slot = name_slot(hash, load_u16(displacement), slots);
	const unsigned char *found = element_at(s, SECTION_NAME_KEYS, slot);
	if (!found || !name_key_equal(name_key_load(found), key))
		return none;
	return list_of_slot(s, slot, name);
}

static __attribute__((noinline)) uint32_t find_name_anywhere(const struct portroll_snapshot *s,
							     struct portroll_str name)
{
	return first_of_list(s, snapshot_by_name(s, name));
}

uint32_t portroll_find_name(const struct portroll_snapshot *s, struct portroll_str name)
{
	if (name.len - 1 >= s->hot.name_len_max || !name_is_on_one_page(name))
		return find_name_anywhere(s, name);
	struct name_key key = name_key_short(name);
	uint64_t hash = name_hash(key, s->hot.name_seeds);
	size_t bucket = name_bucket(hash, s->hot.bucket_count);
	uint16_t displacement = load_u16(s->hot.name_displacements + bucket * 2);
	size_t slot = name_slot(hash, displacement, s->hot.slot_count);
	if (!name_key_equal(name_key_load(s->hot.name_keys + slot * NAME_KEY_SIZE), key))
		return PORTROLL_NONE;
	return first_of(s, load_u32(s->hot.name_lists + slot * sizeof(uint32_t)));
}
