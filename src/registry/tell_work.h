/* SPDX-License-Identifier: MIT */
#pragma once

/* How tell.c and its rooms work together: each takes the operations that it can tell. */

#include "registry/fields.h"
#include "registry/idset.h"
#include "registry/row.h"
#include "registry/tell.h"

#define TELL_NONE UINT32_MAX

/* An operation on a record, person or footnote, and the telling that has it. */
struct tell_op {
	struct telling_part part;
	const struct record *mapped; /* the old record, under the ids that people have now */
	uint32_t refers;             /* the telling of such an id; TELL_NONE: none */
	uint32_t telling;            /* TELL_NONE: not told yet */
	uint32_t place;              /* among the others of its list, by port first */
};

struct tell_ops {
	struct tell_op *items;
	size_t count;
};

/* A telling before its parts are put together. */
struct tell_draft {
	struct telling telling;
	const struct tell_op *last; /* the subject that was taken last */
	uint32_t place, number;
};

struct tell_work {
	struct arena *arena;
	const struct registry *old, *new;
	const struct registry_change *change;
	struct tell_ops records, people, footnotes;
	struct tell_draft *drafts;
	size_t draft_count, draft_capacity;
	struct idset groups;          /* by what they have in common: the telling */
	struct idset person_index[2]; /* of the old and the new, by id; made when needed */
	struct buf key;               /* scratch */
};

/* A new telling; TELL_NONE: no memory. */
uint32_t tell_add(struct tell_work *w, enum telling_kind kind);

/* The telling of that kind for the key, made when there is none. */
uint32_t tell_group(struct tell_work *w, enum telling_kind kind, struct portroll_str key);

/* Gives the operation to a telling that was got above. PORTROLL_ENOMEM for TELL_NONE. */
PORTROLL_MUST_CHECK int tell_take(struct tell_work *w, struct tell_op *op, uint32_t telling,
				  enum telling_role role);

/* A record without a name on ports that are Unassigned, or Reserved. */
bool tell_is_unassigned(const struct record *r);
bool tell_is_reserved(const struct record *r);

/* Is nothing known of the person but the id? */
bool tell_is_bare(const struct person *p);

/* Is all that differs in the two cells of the field the references in them? Then those that differ
 * are written, with their brackets. */
bool tell_put_references(struct buf *old, struct buf *new, enum field_id field,
			 const struct telling_part *part);

/* How far the names behind two ids, of the old and of the new registry, are the same. */
enum tell_names {
	NAMES_UNKNOWN, /* of one of them nothing is known but the id */
	NAMES_SAME,    /* of the organisation, or of the person where none is named */
	NAMES_DIFFER
};
enum tell_names tell_compare_people(struct tell_work *w, struct portroll_str old,
				    struct portroll_str new);

/* The rooms, in their order: each tells what it can of what was not told. PORTROLL_OK or
 * PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int tell_ids(struct tell_work *w); /* also sets `mapped` */
PORTROLL_MUST_CHECK int tell_ports(struct tell_work *w);
PORTROLL_MUST_CHECK int tell_names(struct tell_work *w);
PORTROLL_MUST_CHECK int tell_fields(struct tell_work *w);
PORTROLL_MUST_CHECK int tell_ranges(struct tell_work *w);
PORTROLL_MUST_CHECK int tell_people(struct tell_work *w);
PORTROLL_MUST_CHECK int tell_header(struct tell_work *w);
