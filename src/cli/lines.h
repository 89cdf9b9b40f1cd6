/* SPDX-License-Identifier: MIT */
#pragma once

/* Keys on standard input, one a line, as they come. */

#include "base/error.h"
#include "base/str.h"

#define LINE_MAX_LEN 4096

struct lines {
	char space[LINE_MAX_LEN * 4];
	size_t from, to; /* what is held and not yet taken */
	uint64_t number; /* of the line taken last, from 1 */
	bool is_over;
};

/* Must something be read before the next line is whole? */
bool lines_must_wait(const struct lines *l);

/* Takes the next line, without its line feed; it is valid until the next call. 1: there is one, 0:
 * the end. PORTROLL_ELIMIT for a line longer than LINE_MAX_LEN, which is skipped; PORTROLL_ESYSTEM.
 */
PORTROLL_MUST_CHECK int lines_next(struct lines *l, struct portroll_str *ret,
				   struct portroll_error *err);
