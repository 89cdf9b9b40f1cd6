/* SPDX-License-Identifier: MIT */
#pragma once

/* What the choice of a procedure looks at, as bits. Of several ports each adds its own. */

#include "procedure/rule.h"

enum policy_fact {
	FACT_NAME_ONLY = 1 << 0, /* no port is concerned */
	FACT_SYSTEM = 1 << 1,
	FACT_USER = 1 << 2,
	FACT_DYNAMIC = 1 << 3,
	FACT_ASSIGNED = 1 << 4,     /* to another name, on a transport that is asked for */
	FACT_SAME_SERVICE = 1 << 5, /* ... with the same description */
	FACT_RESERVED = 1 << 6,     /* and not held for who asks */
	FACT_COMPANION = 1 << 7,    /* Reserved for the assignee who is named */
	FACT_REGISTERED = 1 << 8,   /* the registry has the name */
	FACT_IETF = 1 << 9,         /* a document of the IETF stream asks */
	FACT_BY_ASSIGNEE = 1 << 10, /* of the assignment that is touched */
	FACT_BY_CONTACT = 1 << 11,
	FACT_BY_REGISTRAR = 1 << 12,
	FACT_DCCP = 1 << 13,
	FACT_MANY_CODES = 1 << 14,    /* more than five */
	FACT_STANDARD_CODE = 1 << 15, /* of the part by Specification Required */
	FACT_NAME_TOO = 1 << 16,      /* the name is to be released, too */
	FACT_CLEARLY_UNUSED = 1 << 17,
	FACT_NOTES_ONLY = 1 << 18,   /* nothing but what IANA may add later */
	FACT_ORGANISATION = 1 << 19, /* the policy has pools */
	FACT_IN_POOL = 1 << 20,      /* all ports are of one pool, on its transports */
	FACT_SEVERAL_POOLS = 1 << 21,
	FACT_OF_OTHERS = 1 << 22, /* in a pool of another source */
	FACT_HELD_BACK = 1 << 23, /* reserved by its pool */
};

struct policy_facts {
	uint32_t bits;
	const struct pool *pool; /* with FACT_IN_POOL */
};

struct policy_facts policy_facts_of(const struct rule_world *w, const struct request *q,
				    uint32_t by);

/* The rows of the table, for those who test that it answers everything. */
struct choice_row {
	uint16_t kinds;      /* bits 1 << enum request_kind */
	uint32_t has, lacks; /* facts: all of these, none of those */
	uint16_t procedures, advice;
	const char *why, *section, *decides;
};
extern const struct choice_row choice_rows[];
extern const size_t choice_row_count;

/* The first that fits; NULL: none does. */
const struct choice_row *choice_find(unsigned kind, uint32_t facts);
