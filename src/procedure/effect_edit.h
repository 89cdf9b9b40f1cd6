/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A registry while an effect makes another of it: lists of its own, which share what is not altered
 * with the one that it began with. What fails for memory sticks in the arena; edit_end() tells.
 */

#include "procedure/effect.h"

struct editing {
	const struct effect *effect;
	const struct request *request;
	struct arena *arena;
	struct registry *registry; /* the new one */
	struct buf summary;
	size_t unsaid; /* parts that the summary only counts */
	struct portroll_error *err;
};

PORTROLL_MUST_CHECK int edit_begin(struct editing *ret, const struct effect *e, struct arena *a,
				   struct portroll_error *err);

/* Dates the header, lets those people go whom nothing refers to any more, and gives it out with the
 * summary. */
PORTROLL_MUST_CHECK int edit_end(struct effect_result *ret, struct editing *ed);

/* A copy of the record stands at the index, in place of another or before it. */
void edit_replace(struct editing *ed, size_t index, const struct record *r);
void edit_insert(struct editing *ed, size_t index, const struct record *r);
void edit_remove(struct editing *ed, size_t index);

/* The same where the order of the file wants it (effect_place.h); returns the index. */
size_t edit_add(struct editing *ed, const struct record *r);

/* A copy of the person, in place of another or where the order of the people wants it. */
void edit_replace_person(struct editing *ed, size_t index, const struct person *p);
void edit_add_person(struct editing *ed, const struct person *p);

/* One more part of the summary: verb, name, port and transport of the record. */
void edit_say(struct editing *ed, const char *verb, const struct record *r);
/* And to whom, or what, the last part led. */
void edit_say_to(struct editing *ed, struct portroll_str what);
void edit_say_person(struct editing *ed, const char *verb, const struct person *p);

/* The same words for messages: foo 9986/tcp. */
struct portroll_str edit_words(struct editing *ed, const struct record *r);

/* PORTROLL_ECONFLICT: the record, and what is the matter with it. */
PORTROLL_MUST_CHECK int edit_conflict(struct editing *ed, const struct record *r, const char *why);

/* What the document says in a field. */
struct portroll_str edit_field(const struct editing *ed, enum document_field field);

/* Records of the assignment that is asked about, as effect_subject() has them; PORTROLL_ECONFLICT
 * where there are none. */
struct record_set {
	uint32_t *indexes;
	size_t count;
};
PORTROLL_MUST_CHECK int edit_subject(struct record_set *ret, struct editing *ed);

/* The same as they are now: they stay so while indexes move. */
struct record_list {
	const struct record **items;
	size_t count;
};
PORTROLL_MUST_CHECK int edit_records(struct record_list *ret, struct editing *ed,
				     const struct record_set *set);
