/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Writing HTML so that text can enter only escaped: HTML() takes nothing but literals of the
 * program, everything else goes through one of the functions for its context.
 */

#include "base/buf.h"
#include "base/date.h"
#include "registry/richtext.h"

/* Markup; a literal, or it does not compile. */
#define HTML(out, literal) buf_put((out), STR(literal))

/* A scratch buffer that failed makes the output fail; then it is freed. */
void html_scratch_done(struct buf *out, struct buf *scratch);

/* Text between tags or in a quoted attribute. Broken UTF-8 and control characters become U+FFFD. */
void html_text(struct buf *out, struct portroll_str text);

void html_number(struct buf *out, uint64_t value); /* 13,521 */
void html_date(struct buf *out, struct date date); /* in a <time>; nothing for none */

/* A link to another site, `text` shown; only the text where the scheme is not http, https, ftp,
 * sip or mailto. */
void html_link(struct buf *out, struct portroll_str uri, struct portroll_str text);

/* <a href="PATH/SEGMENT">TEXT</a>; the segment is percent-encoded. */
void html_local_link(struct buf *out, const char *path, struct portroll_str segment,
		     struct portroll_str text);

/* A reference with its label, linked where it leads somewhere: people to their page. */
void html_xref(struct buf *out, const struct xref *x);
void html_xrefs(struct buf *out, struct xref_list list);

/* Runs as they are: breaks, paragraphs, references. */
void html_richtext(struct buf *out, struct richtext text);
