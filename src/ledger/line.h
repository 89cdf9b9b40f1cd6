/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The canonical JSON of what a registry is made of (doc/LEDGER.md). A line is one object with one
 * member that says what it is: {"record":{...}}. Lines are what operations carry, and what the
 * state of a source is hashed from.
 */

#include "ledger/canonical.h"
#include "ledger/commitment.h"
#include "registry/roll.h"

struct json_t; /* of jansson, whose header does not go together with base/json.h */

/* Writers of the values, to be used after a name or for an item. The `change` of a record is not
 * written. What no reader makes (a text outside the subset, a date that is none) makes the buffer
 * fail with PORTROLL_EINVAL. */
void line_put_header(struct canonical *c, const struct header *header);
void line_put_record(struct canonical *c, const struct record *r);
void line_put_footnote(struct canonical *c, const struct footnote *note);
/* Of a person in an entry: the id and the commitment. */
void line_put_person(struct canonical *c, struct portroll_str id,
		     const struct tree_hash *commitment);
/* Of a person beside the ledger: all that is known. */
void line_put_person_content(struct canonical *c, const struct person *p);
void line_put_copy(struct canonical *c, const struct copy *copy);

/* Readers of what the writers write, and of nothing else: an unknown member, one of the wrong type,
 * a text where a date should be are PORTROLL_ESYNTAX with the member's name. All is copied into the
 * arena. */
PORTROLL_MUST_CHECK int line_read_header(struct header *ret, struct json_t *value, struct arena *a,
					 struct portroll_error *err);
PORTROLL_MUST_CHECK int line_read_record(struct record *ret, struct json_t *value, struct arena *a,
					 struct portroll_error *err);
PORTROLL_MUST_CHECK int line_read_footnote(struct footnote *ret, struct json_t *value,
					   struct arena *a, struct portroll_error *err);
PORTROLL_MUST_CHECK int line_read_person(struct portroll_str *ret_id,
					 struct tree_hash *ret_commitment, struct json_t *value,
					 struct arena *a, struct portroll_error *err);
PORTROLL_MUST_CHECK int line_read_person_content(struct person *ret, struct json_t *value,
						 struct arena *a, struct portroll_error *err);
PORTROLL_MUST_CHECK int line_read_copy(struct copy *ret, struct json_t *value, struct arena *a,
				       struct portroll_error *err);
