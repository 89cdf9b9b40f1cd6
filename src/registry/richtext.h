/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Rich text as IANA's XML has it: a row of runs, each text, a reference, a line break, or the
 * bounds of a paragraph. White space is kept as written. No runs: no text.
 */

#include "registry/xref.h"

enum run_kind {
	RUN_TEXT,
	RUN_XREF,
	RUN_BREAK,           /* <br/> */
	RUN_PARAGRAPH_BEGIN, /* <paragraph> */
	RUN_PARAGRAPH_END,
	RUN_KIND_COUNT
};

struct run {
	uint8_t kind;             /* enum run_kind */
	struct portroll_str text; /* RUN_TEXT */
	const struct xref *xref;  /* RUN_XREF */
};

struct richtext {
	const struct run *runs;
	size_t count;
};

/* One run of plain text; none for an empty text. The text is not copied. */
struct richtext richtext_plain(struct arena *a, struct portroll_str text);

bool richtext_is_empty(struct richtext text);

/* Is it nothing or one run of text? Then *ret is that text. */
bool richtext_is_plain(struct richtext text, struct portroll_str *ret);

/* The text of a cell of IANA's CSV (style of 2025): references as labels, a break as nothing, a
 * paragraph as eight blanks and its content; not yet folded (cell_fold). */
void richtext_put_csv(struct buf *out, struct richtext text);

/* Rule for every CSV cell, on the bytes of `out` from `from` on: each blank, line feed, blanks
 * becomes one blank, leftmost first; then the ends are cut. `out` must not drain. */
void cell_fold(struct buf *out, size_t from);

bool richtext_equal(struct richtext a, struct richtext b);
