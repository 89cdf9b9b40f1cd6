/* SPDX-License-Identifier: MIT */
#pragma once

/* What the parts of the page reader share: page_read.c finds the sections, page_header.c,
 * page_row.c and page_person.c read what is in them. The rules are those of data.md section 5. */

#include "formats/labels.h"
#include "registry/idset.h"

struct page {
	struct portroll_str input; /* all of it, for places */
	struct portroll_str rest;  /* lines not taken yet */
	struct registry *reg;
	struct arena *arena; /* of the registry */
	struct portroll_error *err;
	struct idset people;           /* ids of Contact Information */
	bool *is_contact;              /* by number of the person: named as a contact */
	struct list xrefs, runs, uris; /* used by whoever fills one */
};

/* Takes the next line, without a CR at its end. False at the end. */
bool page_line(struct page *p, struct portroll_str *ret);

/* Lines of the input with LF as their ends: a copy where they had CR LF. */
struct portroll_str page_lines(struct page *p, struct portroll_str lines);

/* Sets the error at a part of the input. Returns PORTROLL_ESYNTAX. */
int page_fail(struct page *p, struct portroll_str part, const char *format, ...) PRINTF(3, 4);

/* Text in which the labels of documents are references: [RFC6335]. Other brackets stay text. */
struct richtext page_text(struct page *p, struct portroll_str text);

/* Reads title, dates, experts, references and notes, up to and including the line with the titles
 * of the columns. */
PORTROLL_MUST_CHECK int page_header(struct page *p);

/* Reads one row of the table; p->people must be known. */
PORTROLL_MUST_CHECK int page_row(struct page *p, struct portroll_str line);

/* Reads one row of Contact Information; p->is_contact must be known. */
PORTROLL_MUST_CHECK int page_person(struct page *p, struct portroll_str line, uint32_t number);
