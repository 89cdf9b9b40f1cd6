/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What a search walks over: its sections, whose blocks are checked once before. Offsets are still
 * bounded at each use.
 */

#include "snapshot/access.h"

struct ground {
	const struct portroll_snapshot *snapshot;
	const unsigned char *texts, *records, *documents;
	const unsigned char *gram_firsts, *gram_pairs, *gram_places, *postings;
	const char *end; /* of what may be read */
	uint32_t text_size, record_count, document_count;
	uint32_t pair_count, gram_count, posting_size;
};

/* False: damaged. */
bool ground_init(struct ground *ret, const struct portroll_snapshot *s);

/* A text by its offset. False: *ret is empty and the snapshot damaged. */
static inline bool ground_text(const struct ground *g, uint32_t at, struct portroll_str *ret)
{
	if (at < g->text_size && g->texts[at] < 0x80 && g->texts[at] < g->text_size - at) {
		*ret = (struct portroll_str){(const char *)g->texts + at + 1, g->texts[at]};
		return true;
	}
	return text_at(g->snapshot, at, ret);
}

/* The fixed part of a record, or NULL. */
static inline const unsigned char *ground_record(const struct ground *g, uint32_t id)
{
	if (id < g->record_count)
		return g->records + (size_t)id * RECORD_SIZE;
	(void)mark_damaged(g->snapshot);
	return NULL;
}
