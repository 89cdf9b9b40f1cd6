/* SPDX-License-Identifier: MIT */
#pragma once

/* Reading the tables of a ledger in PostgreSQL, some hundred rows at a time; as store.h has it. */

#include "ledger/postgres_session.h"
#include "ledger/store.h"

int postgres_rows_entries(struct session *s, struct entry_range range, store_entry_fn *fn,
			  void *context, struct portroll_error *err);
int postgres_rows_last(uint64_t *ret, struct session *s, struct portroll_str topic,
		       struct portroll_error *err);
int postgres_rows_people(struct session *s, struct portroll_str source, store_person_fn *fn,
			 void *context, struct portroll_error *err);
int postgres_rows_notes(struct session *s, uint64_t size, store_entry_fn *fn, void *context,
			struct portroll_error *err);
int postgres_rows_papers(struct session *s, struct paper_name name, store_paper_fn *fn,
			 void *context, struct portroll_error *err);
