/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Reading a text of a few lines, each ended by LF. The first failure sticks and names its line;
 * what is asked for after it is empty.
 */

#include "base/error.h"
#include "ledger/tree.h"

struct lines {
	struct portroll_str rest;
	uint32_t number; /* of the line that was read last, from 1 */
	struct portroll_error *err;
	int failed; /* 0, or the code */
};

/* `before` lines stand before the text, where it is a part of another. */
struct lines lines_init(struct portroll_str text, uint32_t before, struct portroll_error *err);

/* The next line without its LF. `expected` says what it should be, if there is none. */
struct portroll_str lines_next(struct lines *l, const char *expected);

/* The next line as a decimal number without sign and leading zeros, at most TREE_SIZE_MAX. */
uint64_t lines_number(struct lines *l, struct portroll_str digits, const char *expected);

/* The line as the base64 of a hash. */
struct tree_hash lines_hash(struct lines *l, struct portroll_str line);

/* Sets PORTROLL_ESYNTAX at the line that was read last: "FOUND, expected EXPECTED". */
int lines_expected(struct lines *l, struct portroll_str found, const char *expected);

/* After the last line: `failed`, and that nothing is left. */
int lines_end(struct lines *l);
