/* SPDX-License-Identifier: MIT */
#pragma once

/* The full check, part by part. Texts come first: that an offset is the begin of a text is all that
 * the others ask. Nothing here allocates but the maps. */

#include "base/arena.h"
#include "snapshot/access.h"

/* What is known of the bytes of a section, 64 of them a word: whether something begins there, and
 * whether that was found to be good in the first or the second way it is used. */
enum known {
	KNOWN_BEGIN,
	KNOWN_DATE = 1, /* of texts */
	KNOWN_LABELS = 2,
	KNOWN_RECORD = 1, /* of blobs */
	KNOWN_PERSON = 2,
};

struct offset_map {
	uint64_t (*words)[3]; /* together, as they are asked for */
	uint32_t count;
};

struct checker {
	const struct portroll_snapshot *snapshot;
	struct offset_map texts, blobs;
};

static inline bool map_has(const struct offset_map *map, enum known what, uint32_t offset)
{
	return offset < map->count && (map->words[offset / 64][what] >> offset % 64 & 1);
}

static inline void map_set(struct offset_map *map, enum known what, uint32_t offset)
{
	map->words[offset / 64][what] |= UINT64_C(1) << offset % 64;
}

static inline bool is_text(const struct checker *k, uint32_t offset)
{
	return map_has(&k->texts, KNOWN_BEGIN, offset);
}

/* Is the text there a date as cells have them, or empty? */
bool check_date_cell(struct checker *k, uint32_t text);

/* Blobs by their offset: structure, numbers, texts. */
bool check_record_blob(struct checker *k, uint32_t blob);
bool check_person_blob(struct checker *k, uint32_t blob);
bool check_copies(struct checker *k, uint32_t blob, size_t count);
bool check_header(struct checker *k, uint32_t blob);

/* Sections whose rows point at others. */
bool check_rows(struct checker *k);
bool check_names(const struct checker *k);
