/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A word that is looked for in many texts, ASCII case ignored: str_find_fold() sixteen bytes at a
 * time.
 */

#include "base/str.h"

#define NEEDLE_LANES 16U

/* Bytes at once, in the vector extension that gcc and clang share. */
typedef unsigned char needle_bytes __attribute__((vector_size(NEEDLE_LANES)));

struct needle {
	struct portroll_str text;                        /* borrowed */
	needle_bytes first, first_case, last, last_case; /* its ends in all lanes */
	needle_bytes head, head_case, head_care;         /* its beginning */
};

/* What may be read behind a text: vectors reach that far beyond its end. */
#define NEEDLE_REACH (2 * NEEDLE_LANES)

/* The word is not empty. */
void needle_init(struct needle *ret, struct portroll_str word);

/* The place of the first occurrence at or after `from`, or SIZE_MAX. `room` bytes may be read from
 * the begin of the text on; where that is less than the text and NEEDLE_REACH it takes longer. */
size_t needle_find(const struct needle *n, struct portroll_str text, size_t room, size_t from);

/* The same, a byte at a time: the definition. */
size_t needle_find_plain(const struct needle *n, struct portroll_str text, size_t from);
