/* SPDX-License-Identifier: MIT */
#pragma once

/* The wordings of Assignment Notes, in one table: those of IANA's own records where it has them
 * (data.md section 8). */

#include "procedure/effect_edit.h"

enum wording {
	WORDING_DEASSIGNED,
	WORDING_RETASKED,
	WORDING_TEMPORARY,
	WORDING_RENEWED, /* a line of WORDING_TEMPORARY up to its end, as the name */
	WORDING_LEASED,
	WORDING_DEPRECATED,
	WORDING_TXT_KEYS,
	WORDING_COUNT
};

/* What stands in the gaps of a wording. */
struct wording_gaps {
	struct date date, expires;
	struct portroll_str name;  /* of a service; the TXT keys; a line */
	const struct xref *person; /* NULL: what is said of one is left out */
};

/* The note with one more line. */
struct richtext note_add(struct editing *ed, struct richtext note, enum wording wording,
			 const struct wording_gaps *gaps);
struct richtext note_add_text(struct editing *ed, struct richtext note, struct portroll_str line);

/* Does the note have an entry of that wording? Then *ret is the entry: a line, and those after it
 * that begin with a blank. */
bool note_find(struct richtext note, enum wording wording, struct portroll_str *ret);

/* The note without the entries of that wording. */
struct richtext note_drop(struct editing *ed, struct richtext note, enum wording wording);

/* The text with each `from` in it as `to`; *ret_found (if given) tells whether there was one. */
struct richtext note_change(struct editing *ed, struct richtext text, struct portroll_str from,
			    struct portroll_str to, bool *ret_found);

#define TERM_DAYS_MAX 36525 /* a hundred years */

/* The day so many days later. */
struct date date_after(struct date date, uint32_t days);
