/* SPDX-License-Identifier: MIT */
#pragma once

/* Writing the parts that lines are made of: members by name, none where there is no content. */

#include "base/error.h"
#include "ledger/canonical.h"
#include "ledger/tree.h"
#include "registry/roll.h"

/* A reference to a person by id and nothing else: its short form is the id. */
bool xref_is_bare_person(const struct xref *x);

/* Do paragraphs begin and end in turn, none in another? */
bool richtext_paragraphs_ok(struct richtext text);

void line_put_xref(struct canonical *c, const struct xref *x);
void line_put_xrefs(struct canonical *c, struct portroll_str name, struct xref_list list);
void line_put_rich(struct canonical *c, struct portroll_str name, struct richtext text);
void line_put_extras(struct canonical *c, struct extra_list list);
void line_put_texts(struct canonical *c, struct portroll_str name, const struct portroll_str *texts,
		    size_t count);
void line_put_date(struct canonical *c, struct portroll_str name, struct date date);
void line_put_hash(struct canonical *c, struct portroll_str name, const struct tree_hash *hash);

/* How a run that is neither text nor a reference is called; NULL for those two. */
extern const char *const line_run_types[RUN_KIND_COUNT];

/* Errors that name what cannot be written, "record 'http' 80 tcp: ..."; with the codes that buffers
 * fail with: PORTROLL_EINVAL is a value outside the subset, PORTROLL_ENOMEM what it always is. */
int line_record_error(struct portroll_error *err, int code, const struct record *r);
int line_person_error(struct portroll_error *err, int code, struct portroll_str id);
int line_footnote_error(struct portroll_error *err, int code, uint32_t anchor);
int line_header_error(struct portroll_error *err, int code);
