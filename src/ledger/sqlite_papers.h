/* SPDX-License-Identifier: MIT */
#pragma once

/* Papers in a database of SQLite; as store.h has it. */

#include "ledger/store_sqlite.h"

/* Puts them, all or none; in a transaction of the caller, which ends with it. */
PORTROLL_MUST_CHECK int sqlite_papers_add(struct store *s, const struct stored_paper *papers,
					  size_t count, struct portroll_error *err);

PORTROLL_MUST_CHECK int sqlite_papers_put(struct store *s, const struct stored_paper *papers,
					  size_t count, struct portroll_error *err);

/* A database of version 1 that is only read has none. */
PORTROLL_MUST_CHECK int sqlite_papers_each(struct store *s, struct paper_name name,
					   store_paper_fn *fn, void *context,
					   struct portroll_error *err);
