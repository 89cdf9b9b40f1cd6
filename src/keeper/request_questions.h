/* SPDX-License-Identifier: MIT */
#pragma once

/* The questions of a request, one after the other at the terminal: those that apply by what was
 * answered so far, each checked at once by the rules. */

#include "keeper/questions_ground.h"

struct questions {
	struct keeper *k;
	struct document document;       /* answers, in the arena of the keeper */
	struct ground *ground;          /* what they are checked against */
	uint8_t asked[DOC_FIELD_COUNT]; /* enum document_field, in order */
	size_t asked_count;
	bool kind_is_told; /* it is not asked for */
};

/* Asks all of them. PORTROLL_EINVAL: the input ended before the last one. */
PORTROLL_MUST_CHECK int questions_ask(struct questions *q);

/* Says what is wrong with the answer in a field: PORTROLL_OK, PORTROLL_ERULE where it cannot stay
 * so, or PORTROLL_ENOMEM. `ret_count` gets how many sentences there are. */
PORTROLL_MUST_CHECK int questions_check(size_t *ret_count, struct questions *q,
					enum document_field field);

/* Do the rules find something about the field, by the answers so far? */
bool questions_found(const struct questions *q, enum document_field field);
