/* SPDX-License-Identifier: MIT */
#pragma once

/* The full check, part by part. Texts come first: that an offset is the begin of a text is all that
 * the others ask. Nothing here allocates but the maps. */

#include "base/arena.h"
#include "snapshot/access.h"

/* Bits by the offset in a section. */
struct offset_map {
	uint64_t *bits;
	uint32_t count;
};

struct checker {
	const struct portroll_snapshot *snapshot;
	struct offset_map texts;         /* where one begins */
	struct offset_map dates, labels; /* texts that were found to be such */
	struct offset_map record_blobs, person_blobs; /* that were found to be good */
};

static inline bool map_has(const struct offset_map *map, uint32_t offset)
{
	return offset < map->count && (map->bits[offset / 64] >> offset % 64 & 1);
}

static inline void map_set(struct offset_map *map, uint32_t offset)
{
	map->bits[offset / 64] |= UINT64_C(1) << offset % 64;
}

static inline bool is_text(const struct checker *k, uint32_t offset)
{
	return map_has(&k->texts, offset);
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
