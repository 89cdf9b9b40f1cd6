/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The moment that --as-of asks for, and where a state of then is kept: FOLDER/ledger/states/N is
 * the snapshot of the roll after N entries; a name with a day, 2026-01-31@4711, is the roll as of
 * that day, as a ledger of 4711 entries has it. Any of them can be made again, and may be removed.
 */

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"

/* Below the roll's folder. */
#define STATES_FOLDER "ledger/states"

struct moment {
	struct date day; /* none: the number is meant */
	uint64_t number; /* of entries */
};

/* YYYY-MM-DD or @N, N from 1. PORTROLL_EINVAL says what it takes. */
PORTROLL_MUST_CHECK int moment_parse(struct moment *ret, struct portroll_str text,
				     struct portroll_error *err);

/* The path of the state, whether it is kept or not; `size` is that of the ledger. NULL when there
 * is no memory. */
char *moment_path(const char *folder, const struct moment *moment, uint64_t size, struct arena *a);

/* May a state of the moment, kept of a ledger of `size` entries, say of itself that it is of `own`
 * entries? One of a day may say nothing, 0: it need not be as the ledger ever was. */
bool moment_fits(const struct moment *moment, uint64_t size, uint64_t own);
