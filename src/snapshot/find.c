/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

_Static_assert(LIST_EMPTY == PORTROLL_NONE, "an empty list has no first record");
_Static_assert(PORT_COUNT % PAGE_PORTS == 0, "pages divide the ports");

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
	return s->hot.answer_firsts[answer];
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

/* A name that lies on one page of memory. */
static inline uint32_t find_short_name(const struct portroll_snapshot *s, struct portroll_str name)
{
	struct name_key key = name_key_short(name);
	uint64_t hash = name_hash(key, s->hot.name_seeds);
	size_t bucket = name_bucket(hash, s->hot.bucket_count);
	uint16_t displacement = load_u16(s->hot.name_displacements + bucket * 2);
	size_t slot = name_slot(hash, displacement, s->hot.slot_count);
	const unsigned char *found = s->hot.name_keys + slot * NAME_KEY_SIZE;
	if (__builtin_expect(name_key_equal(name_key_load(found), key), true))
		return s->hot.name_firsts[slot];
	return PORTROLL_NONE;
}

/* A short one is looked up where it lies on one page. */
static __attribute__((noinline)) uint32_t find_name_anywhere(const struct portroll_snapshot *s,
							     struct portroll_str name)
{
	if (name.len - 1 >= s->hot.name_len_max)
		return first_of_list(s, snapshot_by_name(s, name));
	_Alignas(NAME_KEY_SIZE) char bytes[NAME_KEY_SIZE];
	memcpy(bytes, name.ptr, name.len);
	return find_short_name(s, (struct portroll_str){bytes, name.len});
}

uint32_t portroll_find_name(const struct portroll_snapshot *s, struct portroll_str name)
{
	if (name.len - 1 >= s->hot.name_len_max || !name_is_on_one_page(name))
		return find_name_anywhere(s, name);
	return find_short_name(s, name);
}
