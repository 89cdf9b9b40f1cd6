/* SPDX-License-Identifier: MIT */
#pragma once

/* The forms in which lookup answers. */

#include "cli/block.h"

/* Why a key has no block: "not-found", no source knows it, or "not-understood". */
struct portroll_str reason_of_none(const struct key *key);

struct answer_writer {
	const struct reader *reader;
	size_t source; /* of --source, or SOURCE_ANY */
	struct json *json;
	struct buf scratch;
	bool any; /* was anything answered yet? */
};

/* All blocks of one key, or of one port of a range; none: nothing was found, which people are told
 * in a message and programs in the place of an answer. */
typedef void answer_fn(struct answer_writer *w, const struct key *key, const struct block *blocks,
		       size_t count);

answer_fn answer_put_people, answer_put_json, answer_put_tsv, answer_put_brief;

/* A line of titles for answer_put_tsv. */
void answer_put_tsv_titles(struct answer_writer *w);
