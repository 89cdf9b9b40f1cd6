/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Text of `Field: value` lines, as Debian's control files have it: a line that begins with a blank
 * or a tab continues the value, a continuation of a lone dot is an empty line of it, lines that
 * begin with # are comments, an empty line ends a paragraph. Names of fields are equal without
 * regard to case, and a blank in them is a hyphen: "Service Name" is "service-name". Requests,
 * policies, templates and settings are written so.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

#define PARAGRAPH_TEXT_MAX ((size_t)256 << 10) /* bytes of a whole text */

struct paragraph_field {
	struct portroll_str name,
		value; /* the value without the marks of its form, LF between lines */
	uint32_t line; /* of the name, from 1 */
};

struct paragraph {
	const struct paragraph_field *fields;
	size_t count;
};

struct paragraph_list {
	const struct paragraph *items;
	size_t count;
};

/* Reads all paragraphs into the arena. PORTROLL_ELIMIT: above PARAGRAPH_TEXT_MAX; PORTROLL_ESYNTAX
 * with the line: not UTF-8, a control character, a line that is no field, a field twice in one
 * paragraph. */
PORTROLL_MUST_CHECK int paragraphs_read(struct paragraph_list *ret, struct portroll_str text,
					struct arena *a, struct portroll_error *err);

/* The field of a paragraph; NULL: not there. */
const struct paragraph_field *paragraph_find(const struct paragraph *p, struct portroll_str name);

bool paragraph_name_equal(struct portroll_str a, struct portroll_str b);

/* Writes one field, its further lines continued. Nothing for an empty value. */
void paragraph_put(struct buf *out, struct portroll_str name, struct portroll_str value);

/* The text in the form that a value comes back in: no blanks at the ends of lines, no empty lines
 * before and behind, and what all lines but the first are indented by is gone. Empty, with the
 * arena failed, where there is no memory. */
struct portroll_str paragraph_value(struct portroll_str text, struct arena *a);
