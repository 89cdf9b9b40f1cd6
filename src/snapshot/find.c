/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include "snapshot/name_key.h"

/* Every page of memory of every machine begins at a multiple of it. */
#define MEMORY_PAGE 4096U

/* A place below the count of records is the record itself; LIST_EMPTY is PORTROLL_NONE. */
_Static_assert(LIST_EMPTY == PORTROLL_NONE, "an empty list has no first record");
_Static_assert(PAGE_PORTS == 16 && PORT_COUNT % PAGE_PORTS == 0, "pages divide the ports");

static uint32_t first_of(const struct portroll_snapshot *s, uint32_t place)
{
	uint32_t at = place - s->hot.record_count;
	return at < s->hot.list_count ? load_u32(s->hot.lists + (size_t)at * 4) : place;
}

static uint32_t first_of_list(const struct portroll_snapshot *s, struct record_list list)
{
	return list.count ? snapshot_list_at(s, list, 0) : PORTROLL_NONE;
}

uint32_t portroll_find_port(const struct portroll_snapshot *s, uint16_t port, uint32_t transport)
{
	if (transport - 1 >= TRANSPORT_COUNT)
		return PORTROLL_NONE;
	if (!s->hot.page_index)
		return first_of_list(s, snapshot_answer(s, port, (uint8_t)transport).records);
	size_t page = ((size_t)(transport - 1) * PORT_COUNT + port) / PAGE_PORTS;
	size_t at = load_u16(s->hot.page_index + page * 2) * PAGE_PORTS + port % PAGE_PORTS;
	size_t answer = load_u16(s->hot.pages + at * 2);
	return first_of(s, load_u32(s->hot.answer_lists + answer * 4));
}

typedef int8_t name_bytes __attribute__((vector_size(NAME_KEY_SIZE)));
typedef int8_t name_bytes_anywhere
	__attribute__((vector_size(NAME_KEY_SIZE), aligned(1), may_alias));

/* The first 16 bytes at a name of 1 to 15, folded; what follows the name is zero. Bytes behind the
 * name are read where they are on its page of memory, which so is there, and then masked: hence no
 * word of it to the address sanitizer. */
__attribute__((no_sanitize("address"))) static inline name_bytes
short_name_bytes(struct portroll_str name)
{
	static const int8_t kept[2 * NAME_KEY_SIZE] __attribute__((aligned(32))) = {
		-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	};
	name_bytes bytes = {0};
	if (((uintptr_t)name.ptr & (MEMORY_PAGE - 1)) <= MEMORY_PAGE - NAME_KEY_SIZE)
		bytes = *(const name_bytes_anywhere *)name.ptr;
	else
		memcpy(&bytes, name.ptr, name.len);
	bytes &= *(const name_bytes_anywhere *)(kept + NAME_KEY_SIZE - name.len);
	return bytes | (((bytes >= 'A') & (bytes <= 'Z')) & 0x20);
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
	uint64_t hash = name_hash(key, load_u64(seed));
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

uint32_t portroll_find_name(const struct portroll_snapshot *s, struct portroll_str name)
{
	if (!s->hot.name_keys || name.len - 1 >= NAME_INLINE_MAX)
		return first_of_list(s, snapshot_by_name(s, name));
	name_bytes bytes = short_name_bytes(name);
	struct name_key key = name_key_load(&bytes);
	key.high |= (uint64_t)name.len << 56;
	uint64_t hash = name_hash(key, s->hot.name_seed);
	size_t bucket = name_bucket(hash, s->hot.bucket_count);
	uint16_t displacement = load_u16(s->hot.name_displacements + bucket * 2);
	size_t slot = name_slot(hash, displacement, s->hot.slot_count);
	if (!name_key_equal(name_key_load(s->hot.name_keys + slot * NAME_KEY_SIZE), key))
		return PORTROLL_NONE;
	return first_of(s, load_u32(s->hot.name_lists + slot * 4));
}
