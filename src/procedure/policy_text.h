/* SPDX-License-Identifier: MIT */
#pragma once

/* The text of a policy: what its fields are called, and what each may say (portroll-policy(5)). */

#include "procedure/paragraph.h"
#include "procedure/policy_parts.h"

#define POOL_MAX 256

/* A number of the first paragraph. */
struct policy_number {
	const char *name; /* Answer Days */
	size_t offset;    /* of a uint32_t in struct policy */
	uint32_t min, max;
	uint32_t rfc_min, rfc_max; /* for the procedures of RFC 6335 */
	const char *section;       /* that has these two; NULL: no RFC has */
};
#define POLICY_NUMBER_COUNT 9
extern const struct policy_number policy_numbers[POLICY_NUMBER_COUNT];

uint32_t *policy_number_of(struct policy *p, const struct policy_number *number);

#define PROCEDURES_RFC   STR("RFC 6335")
#define PROCEDURES_POOLS STR("pools")

/* What is read, and where it ends up. */
struct policy_reading {
	struct policy *policy;
	struct arena *arena;
	struct portroll_error *err;
};

/* PORTROLL_ESYNTAX at the line of the field: what it says, and what was expected. */
int policy_refuse(const struct policy_reading *r, const struct paragraph_field *f,
		  const char *expected);

/* PORTROLL_ESYNTAX, with the nearest of the names. */
int policy_refuse_name(const struct policy_reading *r, const struct paragraph_field *f,
		       const char *const *names, size_t count);

PORTROLL_MUST_CHECK int policy_read_number(uint32_t *ret, const struct policy_reading *r,
					   const struct paragraph_field *f, uint32_t min,
					   uint32_t max);

PORTROLL_MUST_CHECK int pool_read(struct pool *ret, const struct policy_reading *r,
				  const struct paragraph *p);

/* What concerns several fields or pools at once. PORTROLL_ERULE with the line. */
PORTROLL_MUST_CHECK int policy_check(const struct policy *p, struct portroll_error *err);
