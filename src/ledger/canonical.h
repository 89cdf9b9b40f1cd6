/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Canonical JSON: a subset in which a value has one sequence of bytes, so that it can be hashed and
 * written again by others. It is what RFC 8785 makes of values that have no fractions, names of
 * [a-z_]+ only (which sort alike by bytes and by UTF-16), integers within 2^53 - 1, and texts
 * without control characters but LF and tab (\n, \t); no blanks; and members without content are
 * absent, not empty.
 *
 * The writer is told names in their order, and refuses what is not in the subset: the failure of
 * the buffer is PORTROLL_EINVAL then, and sticks.
 */

#include "base/buf.h"

#define CANONICAL_INTEGER_MAX 9007199254740991 /* 2^53 - 1 */
#define CANONICAL_DEPTH_MAX   16

/* An object or an array that is open. */
struct canonical_level {
	bool is_object, any;
	bool may_be_empty;        /* an item of an array, or the whole */
	struct portroll_str name; /* of the member that was written last; borrowed */
};

struct canonical {
	struct buf *out;
	unsigned depth;
	bool after_name, is_done;
	struct canonical_level levels[CANONICAL_DEPTH_MAX];
};

struct canonical canonical_init(struct buf *out);

/* Another text into the same buffer, whatever the last one came to. */
void canonical_again(struct canonical *c);

/* Brackets of objects and arrays; those of a member must not be empty. */
void canonical_object(struct canonical *c);
void canonical_array(struct canonical *c);
void canonical_end(struct canonical *c); /* of the innermost */

/* The name of the next member, above the one before it in byte order; it must live until the object
 * ends. */
void canonical_name(struct canonical *c, struct portroll_str name);

/* Values: items of an array, or after a name. */
void canonical_text(struct canonical *c, struct portroll_str text);
void canonical_integer(struct canonical *c, int64_t value);
void canonical_bool(struct canonical *c, bool value);
void canonical_null(struct canonical *c);

/* A member whose value is a text; none when it is empty. */
void canonical_member(struct canonical *c, struct portroll_str name, struct portroll_str text);

/* Is this a name, or a text, of the subset? */
bool canonical_name_ok(struct portroll_str name);
bool canonical_text_ok(struct portroll_str text);
