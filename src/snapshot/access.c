/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include "base/hash.h"

#include <stdatomic.h>

#define BITS 64U

bool mark_damaged(const struct portroll_snapshot *s)
{
	atomic_store_explicit(&s->marks->damaged, true, memory_order_relaxed);
	return false;
}

bool portroll_damaged(const struct portroll_snapshot *s)
{
	return atomic_load_explicit(&s->marks->damaged, memory_order_relaxed);
}

/* The bytes never change, so two threads that check one block at once find the same. */
static bool block_ok(const struct portroll_snapshot *s, uint32_t block)
{
	_Atomic uint64_t *word = &s->marks->good[block / BITS];
	uint64_t bit = UINT64_C(1) << block % BITS;
	if (atomic_load_explicit(word, memory_order_relaxed) & bit)
		return true;
	size_t offset = s->content + (size_t)block * BLOCK_SIZE;
	size_t size = s->size - offset < BLOCK_SIZE ? s->size - offset : BLOCK_SIZE;
	const unsigned char *sums = s->bytes + HEADER_SIZE + SECTION_COUNT * SECTION_ROW_SIZE;
	uint64_t sum = hash_bytes((struct portroll_str){(const char *)s->bytes + offset, size});
	if (sum != load_u64(sums + (size_t)block * sizeof(sum)))
		return mark_damaged(s);
	(void)atomic_fetch_or_explicit(word, bit, memory_order_relaxed);
	return true;
}

bool check_all_blocks(struct portroll_snapshot *s)
{
	for (size_t offset = s->content; offset < s->size; offset += BLOCK_SIZE)
		if (!block_ok(s, (uint32_t)((offset - s->content) / BLOCK_SIZE)))
			return false;
	s->all_blocks_good = true;
	return true;
}

/* The blocks of one word of marks, by its bits. */
static bool marked_blocks_ok(const struct portroll_snapshot *s, uint32_t word, uint64_t wanted)
{
	uint64_t good = atomic_load_explicit(&s->marks->good[word], memory_order_relaxed);
	for (uint64_t left = wanted & ~good; left; left &= left - 1)
		if (!block_ok(s, word * (uint32_t)BITS + (uint32_t)__builtin_ctzll(left)))
			return false;
	return true;
}

bool sections_ok(const struct portroll_snapshot *s, enum section first, enum section last)
{
	if (s->all_blocks_good)
		return true;
	struct section_place end = s->sections[last];
	uint64_t size = (uint64_t)end.count * section_elements[last];
	uint64_t from = s->sections[first].offset - s->content;
	uint64_t to = end.offset - s->content + size;
	if (from >= to)
		return true;
	uint64_t begin = from / BLOCK_SIZE, until = (to - 1) / BLOCK_SIZE;
	for (uint64_t word = begin / BITS; word <= until / BITS; word++) {
		uint64_t wanted = UINT64_MAX;
		if (word == begin / BITS)
			wanted &= UINT64_MAX << begin % BITS;
		if (word == until / BITS)
			wanted &= UINT64_MAX >> (BITS - 1 - until % BITS);
		if (!marked_blocks_ok(s, (uint32_t)word, wanted))
			return false;
	}
	return true;
}

/* offset + size is inside the content. */
static bool bytes_ok(const struct portroll_snapshot *s, size_t offset, size_t size)
{
	if (s->all_blocks_good || size == 0)
		return true;
	size_t last = (offset + size - 1 - s->content) / BLOCK_SIZE;
	for (size_t block = (offset - s->content) / BLOCK_SIZE; block <= last; block++)
		if (!block_ok(s, (uint32_t)block))
			return false;
	return true;
}

const unsigned char *element_at(const struct portroll_snapshot *s, enum section section,
				uint32_t index)
{
	struct section_place place = s->sections[section];
	if (index >= place.count) {
		(void)mark_damaged(s);
		return NULL;
	}
	size_t offset = place.offset + (size_t)index * section_elements[section];
	return bytes_ok(s, offset, section_elements[section]) ? s->bytes + offset : NULL;
}

/* The length is one to five bytes; no more of them are read than the section has. */
static bool sized_at(const struct portroll_snapshot *s, enum section section, uint32_t at,
		     struct portroll_str *ret)
{
	struct section_place place = s->sections[section];
	*ret = STR("");
	if (at >= place.count)
		return mark_damaged(s);
	size_t offset = place.offset + (size_t)at;
	size_t left = place.count - at;
	size_t prefix = left < 5 ? left : 5;
	if (!bytes_ok(s, offset, 1))
		return false;
	if ((s->bytes[offset] & 0x80) && !bytes_ok(s, offset, prefix))
		return false;
	struct cursor c =
		cursor_init((struct portroll_str){(const char *)s->bytes + offset, prefix});
	uint32_t len = cursor_varint(&c);
	prefix -= cursor_left(&c);
	if (c.failed || len > left - prefix)
		return mark_damaged(s);
	if (!bytes_ok(s, offset + prefix, len))
		return false;
	*ret = (struct portroll_str){(const char *)s->bytes + offset + prefix, len};
	return true;
}

bool text_at_checked(const struct portroll_snapshot *s, uint32_t offset, struct portroll_str *ret)
{
	return sized_at(s, SECTION_TEXTS, offset, ret);
}

bool blob_at(const struct portroll_snapshot *s, uint32_t offset, struct portroll_str *ret)
{
	return sized_at(s, SECTION_BLOBS, offset, ret);
}

uint32_t list_number(const struct portroll_snapshot *s, enum section section, uint32_t at)
{
	const unsigned char *number = element_at(s, section, at);
	return number ? load_u32(number) : UINT32_MAX;
}

const unsigned char *source_row(const struct portroll_snapshot *s, size_t index)
{
	if (index >= element_count(s, SECTION_SOURCES))
		return NULL;
	const unsigned char *row = element_at(s, SECTION_SOURCES, (uint32_t)index);
	if (!row)
		return NULL;
	bool ok = row[SOURCE_KIND] <= SOURCE_MANAGED && row[SOURCE_COVERAGE] <= COVERAGE_NAMES &&
		  span_ok(s, SECTION_RECORDS, load_u32(row + SOURCE_FIRST_RECORD),
			  load_u32(row + SOURCE_RECORD_COUNT)) &&
		  span_ok(s, SECTION_PEOPLE, load_u32(row + SOURCE_FIRST_PERSON),
			  load_u32(row + SOURCE_PERSON_COUNT));
	if (!ok)
		(void)mark_damaged(s);
	return ok ? row : NULL;
}

static bool record_ok(const struct portroll_snapshot *s, const unsigned char *row, uint32_t id)
{
	if (row[RECORD_SOURCE] >= element_count(s, SECTION_SOURCES))
		return false;
	const unsigned char *source = source_row(s, row[RECORD_SOURCE]);
	if (!source)
		return false;
	uint16_t copy = load_u16(row + RECORD_COPY);
	return id - load_u32(source + SOURCE_FIRST_RECORD) <
		       load_u32(source + SOURCE_RECORD_COUNT) &&
	       (copy == 0 || copy < load_u16(source + SOURCE_COPY_COUNT)) &&
	       row[RECORD_TRANSPORT] <= TRANSPORT_COUNT &&
	       (load_u16(row + RECORD_FLAGS) & ~(unsigned)RECORD_BITS) == 0 &&
	       load_u16(row + RECORD_PORT_FIRST) <= load_u16(row + RECORD_PORT_LAST);
}

const unsigned char *record_row(const struct portroll_snapshot *s, uint32_t id)
{
	if (s->hot.transport_count && id < element_count(s, SECTION_RECORDS))
		return section_bytes(s, SECTION_RECORDS) + (size_t)id * RECORD_SIZE;
	const unsigned char *row = element_at(s, SECTION_RECORDS, id);
	if (row && !record_ok(s, row, id)) {
		(void)mark_damaged(s);
		return NULL;
	}
	return row;
}

bool record_rare_cells(const struct portroll_snapshot *s, const unsigned char *row,
		       struct rare_cells *ret)
{
	uint32_t blob = load_u32(row + RECORD_BLOB);
	*ret = (struct rare_cells){0};
	if (blob == 0)
		return true;
	struct portroll_str bytes;
	unsigned parts;
	if (!blob_at(s, blob, &bytes))
		return false;
	struct cursor c = cursor_init(bytes);
	return read_rare_cells(&c, &parts, ret) || mark_damaged(s);
}

const unsigned char *person_row(const struct portroll_snapshot *s, uint32_t id)
{
	const unsigned char *row = element_at(s, SECTION_PEOPLE, id);
	if (row && !date_packed_ok(load_u32(row + PERSON_UPDATED))) {
		(void)mark_damaged(s);
		return NULL;
	}
	return row;
}
