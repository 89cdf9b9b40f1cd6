/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * One registry: header, records in the order of the document, footnotes, people. It grows inside an
 * arena and is the meeting point of readers, writers, the snapshot and (later) the ledger. A record
 * that was added is not changed any more, only replaced.
 */

#include "base/error.h"
#include "registry/record.h"

struct note {
	struct portroll_str title; /* empty: "Note" */
	struct richtext text;
};

struct footnote {
	uint32_t anchor;
	struct richtext text;
};

struct header {
	struct portroll_str id, title;
	struct date created, updated;
	struct portroll_str registration_rule, expert; /* as written, line feeds kept */
	struct richtext description;
	const struct portroll_str *categories;
	size_t category_count;
	const struct note *notes;
	size_t note_count;
	struct xref_list references;
	struct extra_list extras;
};

struct registry {
	struct arena *arena; /* borrowed; everything below lives in it */
	struct header header;
	const struct record **records;
	size_t record_count, record_capacity;
	const struct person **people;
	size_t person_count, person_capacity;
	const struct footnote *footnotes;
	size_t footnote_count;
};

/* An empty registry in the arena; NULL when there is no memory. */
struct registry *registry_new(struct arena *a);

/* Appends a copy of the struct; what it points to must live as long as the arena. Returns
 * PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int registry_add(struct registry *reg, const struct record *r);
PORTROLL_MUST_CHECK int registry_add_person(struct registry *reg, const struct person *p);

/* Sets the number of the change that made the record so: all that is told of a record after it was
 * added, since it is not known before. */
void registry_set_change(struct registry *reg, size_t index, uint32_t change);

/* Checks what a record needs to refer to: persons and footnotes must exist, person ids and
 * anchors must be unique. PORTROLL_ESYNTAX names the first that does not, and *ret_at_fault is its
 * id or anchor, in the arena of the registry. */
PORTROLL_MUST_CHECK int registry_check(const struct registry *reg,
				       struct portroll_str *ret_at_fault,
				       struct portroll_error *err);

/* Adds a person of that id alone for each reference that dangles: for forms that list no people
 * (CSV) and for pages that list only some. */
PORTROLL_MUST_CHECK int registry_add_missing_people(struct registry *reg);

/* The latest date of any record: what a copy without a header is dated by. */
struct date registry_newest_date(const struct registry *reg);

/* Equal in every field, in order. On inequality *ret_what (if given) names what differs first, in
 * a static text, and *ret_index its position. */
bool registry_equal(const struct registry *a, const struct registry *b, const char **ret_what,
		    size_t *ret_index);

/* A registry of the chosen records, with the header, and the people and footnotes they refer to in
 * the order of the document. Shares all memory with `reg`; NULL when there is none. */
struct registry *registry_select(const struct registry *reg, const uint32_t *indexes, size_t count,
				 struct arena *a);
