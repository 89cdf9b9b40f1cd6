/* SPDX-License-Identifier: MIT */
#pragma once

/* Papers in PostgreSQL: as the functions of the schema take them, and what those say. */

#include "ledger/postgres_session.h"
#include "ledger/store_row.h"

enum paper_column {
	PAPER_KINDS,
	PAPER_IDS,
	PAPER_VERSIONS,
	PAPER_BODIES,
	PAPER_COLUMN_COUNT
};

struct paper_columns {
	struct buf items[PAPER_COLUMN_COUNT];
};

/* PORTROLL_ELIMIT: too much at once. To be followed by paper_columns_done() in any case. */
PORTROLL_MUST_CHECK int paper_columns_fill(struct paper_columns *c,
					   const struct stored_paper *papers, size_t count);
void paper_columns_parameters(struct parameter ret[static PAPER_COLUMN_COUNT],
			      const struct paper_columns *c);
void paper_columns_done(struct paper_columns *c);

/* PORTROLL_ECONFLICT with the sentence, when a refusal is that of a paper's version; else
 * PORTROLL_OK. */
PORTROLL_MUST_CHECK int postgres_papers_conflict(const struct answer *a,
						 const struct stored_paper *papers, size_t count,
						 struct portroll_error *err);

/* As store.h has it. */
PORTROLL_MUST_CHECK int postgres_papers_put(struct session *s, const struct stored_paper *papers,
					    size_t count, struct portroll_error *err);
