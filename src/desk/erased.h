/* SPDX-License-Identifier: MIT */
#pragma once

/* What is left of a request that was erased: that there was one, so that who reads its number in
 * the ledger knows. Nothing that anybody wrote. */

#include "desk/desk.h"

#define PAPER_ERASED STR("erased")

struct erased_case {
	uint64_t number;
	uint8_t state;          /* enum case_state, that it had ended in */
	uint64_t change;        /* in the ledger; 0: none */
	int64_t time;           /* when it was erased, seconds since 1970 UTC */
	struct portroll_str by; /* account */
};

/* Its paper, in the arena. */
PORTROLL_MUST_CHECK int erased_paper(struct stored_paper *ret, const struct erased_case *c,
				     struct arena *a, struct portroll_error *err);

/* PORTROLL_ECORRUPT: it is none. */
PORTROLL_MUST_CHECK int erased_read(struct erased_case *ret, const struct stored_paper *paper,
				    struct arena *a, struct portroll_error *err);
