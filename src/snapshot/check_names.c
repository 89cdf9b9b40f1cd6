/* SPDX-License-Identifier: MIT */
#include "snapshot/check.h"

/* The slots as the records are walked over. */
struct table {
	const struct portroll_snapshot *snapshot;
	const unsigned char *keys, *places, *counts, *records;
	const unsigned char *displacements;
	struct name_key seeds;
	uint32_t buckets, slots;
};

static struct record_list list_of(const struct table *t, uint32_t slot)
{
	return (struct record_list){load_u32(t->places + (size_t)slot * sizeof(uint32_t)),
				    load_u32(t->counts + (size_t)slot * sizeof(uint32_t))};
}

static bool is_row(const struct table *t, struct record_list list)
{
	return list.first < element_count(t->snapshot, SECTION_RECORDS);
}

static uint32_t text_of(const struct table *t, uint32_t record)
{
	return load_u32(t->records + (size_t)record * RECORD_SIZE + RECORD_NAME);
}

static struct name_key key_of(struct portroll_str name)
{
	return name.len <= NAME_INLINE_MAX && name_is_on_one_page(name) ? name_key_short(name)
									: name_key_of(name);
}

static uint32_t slot_of(const struct table *t, struct name_key key)
{
	uint64_t hash = name_hash(key, t->seeds);
	size_t bucket = name_bucket(hash, t->buckets);
	return name_slot(hash, load_u16(t->displacements + bucket * sizeof(uint16_t)), t->slots);
}

/* The numbers of a list that is no row: in order, so each once, all of that name. */
static bool check_numbers(const struct table *t, struct record_list list, struct name_key key)
{
	uint32_t before = 0;
	for (uint32_t i = 0; i < list.count; i++) {
		uint32_t id = snapshot_list_at(t->snapshot, list, i);
		struct portroll_str name;
		if (id == PORTROLL_NONE || (i > 0 && id <= before) ||
		    !text_at(t->snapshot, text_of(t, id), &name) ||
		    !name_key_equal(key_of(name), key))
			return false;
		before = id;
	}
	return true;
}

/* A slot is empty or has a list; *all grows by its count. */
static bool check_slot(const struct table *t, uint32_t slot, uint64_t *all)
{
	struct name_key key = name_key_load(t->keys + (size_t)slot * NAME_KEY_SIZE);
	struct record_list list = list_of(t, slot);
	bool is_empty = name_key_equal(key, (struct name_key){0, 0});
	*all += list.count;
	if (!list_ok(t->snapshot, list) || is_empty != (list.count == 0))
		return false;
	/* A key that is not in its slot could be in all of them, with a long list. */
	return is_empty || is_row(t, list) ||
	       (slot_of(t, key) == slot && check_numbers(t, list, key));
}

/* The name of records first to end-1 is in its slot; in a row, so are they. */
static bool check_run(const struct table *t, uint32_t first, uint32_t end)
{
	struct portroll_str name, other;
	if (!text_at(t->snapshot, text_of(t, first), &name) || name.len == 0)
		return false;
	struct name_key key = key_of(name);
	uint32_t slot = slot_of(t, key);
	struct record_list list = list_of(t, slot);
	if (!name_key_equal(name_key_load(t->keys + (size_t)slot * NAME_KEY_SIZE), key))
		return false;
	if (is_row(t, list) && (first < list.first || end - list.first > list.count))
		return false;
	if (!name_key_is_long(key))
		return true;
	uint32_t front = snapshot_list_at(t->snapshot, list, 0);
	return front != PORTROLL_NONE && text_at(t->snapshot, text_of(t, front), &other) &&
	       str_equal_fold(name, other);
}

/* Each named record has its name in the table, and there are as many in the lists as named records:
 * so the lists hold these, each once, and nothing else. */
bool check_names(const struct checker *k)
{
	const struct portroll_snapshot *s = k->snapshot;
	const struct table t = {
		.snapshot = s,
		.keys = section_bytes(s, SECTION_NAME_KEYS),
		.places = section_bytes(s, SECTION_NAME_LISTS),
		.counts = section_bytes(s, SECTION_NAME_COUNTS),
		.records = section_bytes(s, SECTION_RECORDS),
		.displacements = section_bytes(s, SECTION_NAME_DISPLACEMENTS),
		.seeds = name_seeds(load_u64(section_bytes(s, SECTION_NAME_SEED))),
		.buckets = element_count(s, SECTION_NAME_DISPLACEMENTS),
		.slots = element_count(s, SECTION_NAME_KEYS),
	};
	uint64_t listed = 0, named = 0;
	for (uint32_t i = 0; i < t.slots; i++)
		if (!check_slot(&t, i, &listed))
			return false;
	uint32_t records = element_count(s, SECTION_RECORDS);
	for (uint32_t first = 0, end; first < records; first = end) {
		uint32_t text = text_of(&t, first);
		for (end = first + 1; end < records && text_of(&t, end) == text; end++)
			;
		named += text ? end - first : 0;
		if (text && !check_run(&t, first, end))
			return false;
	}
	return listed == named;
}
