/* SPDX-License-Identifier: MIT */
#include "snapshot/check.h"

#include "base/utf8.h"
#include "snapshot/check_search.h"

static struct offset_map map_new(struct arena *a, uint32_t count)
{
	return (struct offset_map){arena_array(a, (size_t)count / 64 + 1, sizeof(uint64_t)), count};
}

/* Walks over all texts: where each begins, and that each is UTF-8. */
static bool check_texts(struct checker *k)
{
	const struct portroll_snapshot *s = k->snapshot;
	const unsigned char *bytes = section_bytes(s, SECTION_TEXTS);
	uint32_t size = element_count(s, SECTION_TEXTS);
	for (uint32_t at = 0; at < size;) {
		struct portroll_str text;
		if (!text_at(s, at, &text) || utf8_find_invalid(text) != SIZE_MAX)
			return false;
		map_set(&k->texts, at);
		at = (uint32_t)((const unsigned char *)text.ptr + text.len - bytes);
	}
	return size > 0 && bytes[0] == 0;
}

bool check_date_cell(struct checker *k, uint32_t text)
{
	if (text == 0 || map_has(&k->dates, text))
		return true;
	struct portroll_str cell;
	struct date date;
	if (!is_text(k, text) || !text_at(k->snapshot, text, &cell) || date_parse(&date, cell) < 0)
		return false;
	map_set(&k->dates, text);
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
	uint32_t texts = element_count(s, SECTION_TEXTS), blobs = element_count(s, SECTION_BLOBS);
	struct checker k = {
		.snapshot = s,
		.texts = map_new(&maps, texts),
		.dates = map_new(&maps, texts),
		.labels = map_new(&maps, texts),
		.record_blobs = map_new(&maps, blobs),
		.person_blobs = map_new(&maps, blobs),
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
