/* SPDX-License-Identifier: MIT */
#pragma once

/* Where something stands in the input, and the guard that no reader need repeat. */

#include "base/error.h"
#include "base/str.h"

struct place {
	uint32_t line, column; /* from 1; the column in bytes */
};

struct place place_of(struct portroll_str input, size_t offset);

/* Valid UTF-8 and no control characters but LF, tab, and CR before LF: PORTROLL_ESYNTAX names the
 * first other byte and its place. */
PORTROLL_MUST_CHECK int characters_check(struct portroll_str input, struct portroll_error *err);
