/* SPDX-License-Identifier: MIT */
#include "snapshot/check.h"

#include "base/utf8.h"
#include "snapshot/check_search.h"

static struct offset_map map_new(struct arena *a, uint32_t count)
{
	return (struct offset_map){arena_array(a, (size_t)count / 64 + 1, sizeof(uint64_t[3])),
				   count};
}

/* Where the next byte is that is not ASCII, at `from` or behind it; `size`: there is none. */
static uint32_t find_not_ascii(const unsigned char *bytes, uint32_t from, uint32_t size)
{
	const uint64_t high_bits = UINT64_C(0x8080808080808080);
	while (size - from >= 8 && (load_u64(bytes + from) & high_bits) == 0)
		from += 8;
	while (from < size && bytes[from] < 0x80)
		from++;
	return from;
}

/* Walks over all texts: where each begins, and that each is UTF-8. Most are shorter than 128 bytes
 * and ASCII, so they cost one step. */
static bool check_texts(struct checker *k)
{
	const struct portroll_snapshot *s = k->snapshot;
	const unsigned char *bytes = section_bytes(s, SECTION_TEXTS);
	uint32_t size = element_count(s, SECTION_TEXTS);
	uint32_t not_ascii = find_not_ascii(bytes, 0, size);
	for (uint32_t at = 0; at < size;) {
		map_set(&k->texts, KNOWN_BEGIN, at);
		uint32_t end = at + 1 + bytes[at];
		if (not_ascii >= end && end <= size) {
			at = end;
			continue;
		}
		struct portroll_str text;
		if (!text_at(s, at, &text) || utf8_find_invalid(text) != SIZE_MAX)
			return false;
		at = (uint32_t)((const unsigned char *)text.ptr + text.len - bytes);
		if (not_ascii < at)
			not_ascii = find_not_ascii(bytes, at, size);
	}
	return size > 0 && bytes[0] == 0;
}

bool check_date_cell(struct checker *k, uint32_t text)
{
	if (text == 0 || map_has(&k->texts, KNOWN_DATE, text))
		return true;
	struct portroll_str cell;
	struct date date;
	if (!is_text(k, text) || !text_at(k->snapshot, text, &cell) || date_parse(&date, cell) < 0)
		return false;
	map_set(&k->texts, KNOWN_DATE, text);
	return true;
}

/* The blob at 0 is empty, which no reader looks at twice. */
static bool check_blobs(const struct portroll_snapshot *s)
{
	return element_count(s, SECTION_BLOBS) > 0 && section_bytes(s, SECTION_BLOBS)[0] == 0;
}

int check_everything(struct portroll_snapshot *s, const char *name, struct portroll_error *err)
{
	struct arena maps = ARENA_INIT;
	struct checker k = {
		.snapshot = s,
		.texts = map_new(&maps, element_count(s, SECTION_TEXTS)),
		.blobs = map_new(&maps, element_count(s, SECTION_BLOBS)),
	};
	bool ok = !maps.failed && check_all_blocks(s) && check_blobs(s) && check_texts(&k) &&
		  check_rows(&k) && check_names(&k) && check_search(s);
	bool memory = !maps.failed;
	arena_done(&maps);
	if (!memory)
		return error_memory(err);
	if (ok && !portroll_damaged(s))
		return PORTROLL_OK;
	return error_set(err, PORTROLL_ECORRUPT,
			 "%s: is damaged; put back a good copy or import the registry again", name);
}
