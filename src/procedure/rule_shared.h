/* SPDX-License-Identifier: MIT */
#pragma once

/* What the tests of all records share: made once, asked by each. */

#include "procedure/rule_records.h"
#include "registry/idset.h"

struct record_alias {
	struct portroll_str of;       /* the name that its note names; empty: none */
	struct portroll_str replaces; /* the name that its description says it replaces */
	uint8_t flags;                /* enum portroll_record_flags */
};

struct records_shared {
	const struct registry *registry;
	struct arena *arena;
	struct record_alias *aliases; /* by record */
	struct idset names;           /* folded: to the first record that has it */
	uint32_t *next;               /* by record: the next of the same name; NO_RECORD */
	struct idset places;          /* name, port and transport: to the first record there */
	struct idset people;          /* ids: to the first person of that id */
	uint32_t *uses;               /* by person: how often it is referred to */
};

/* The first record of that name, case ignored; NO_RECORD: none. */
uint32_t shared_first_named(const struct records_shared *shared, struct portroll_str name);

/* The first record of that name on the port and transport of `r`; NO_RECORD: none. */
uint32_t shared_named_beside(const struct records_shared *shared, struct portroll_str name,
			     const struct record *r);

/* Is one of those people called so, as person or organisation, with that mail address? It is
 * written with @; IANA's have & in its place. */
bool shared_has_party(const struct records_shared *shared, struct xref_list people,
		      struct portroll_str name, struct portroll_str mail);

/* The first date in the text, which is cut off behind it: for the next one. False: none. */
bool shared_next_date(struct portroll_str *rest, struct date *ret);
