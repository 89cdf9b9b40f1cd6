/* SPDX-License-Identifier: MIT */
#include "ledger/postgres_papers.h"

#include "base/num.h"
#include "ledger/postgres_value.h"

#define COLUMN_SIZE_MAX (256U << 20)

int paper_columns_fill(struct paper_columns *c, const struct stored_paper *papers, size_t count)
{
	for (size_t i = 0; i < PAPER_COLUMN_COUNT; i++)
		c->items[i] = BUF_INIT(COLUMN_SIZE_MAX);
	value_begin_array(&c->items[PAPER_KINDS], count);
	value_begin_array(&c->items[PAPER_IDS], count);
	value_begin_numbers(&c->items[PAPER_VERSIONS], count);
	value_begin_array(&c->items[PAPER_BODIES], count);
	for (size_t i = 0; i < count; i++) {
		const struct stored_paper *paper = &papers[i];
		value_put_item(&c->items[PAPER_KINDS], paper->kind);
		value_put_item(&c->items[PAPER_IDS], paper->id);
		value_put_number_item(&c->items[PAPER_VERSIONS],
				      paper->version < INT64_MAX ? paper->version : INT64_MAX);
		value_put_item(&c->items[PAPER_BODIES], paper->body);
	}
	for (size_t i = 0; i < PAPER_COLUMN_COUNT; i++)
		if (c->items[i].failed)
			return c->items[i].failed;
	return PORTROLL_OK;
}

void paper_columns_parameters(struct parameter ret[static PAPER_COLUMN_COUNT],
			      const struct paper_columns *c)
{
	for (size_t i = 0; i < PAPER_COLUMN_COUNT; i++)
		ret[i] = i == PAPER_VERSIONS ? numbers_parameter(&c->items[i])
					     : array_parameter(&c->items[i]);
}

void paper_columns_done(struct paper_columns *c)
{
	for (size_t i = 0; i < PAPER_COLUMN_COUNT; i++)
		buf_done(&c->items[i]);
}

/* The function says which paper, from 1, and the version that is there and has a body. */
int postgres_papers_conflict(const struct answer *a, const struct stored_paper *papers,
			     size_t count, struct portroll_error *err)
{
	uint64_t at, version;
	if (!str_equal(str_from(a->state), STR("PR409")) ||
	    num_parse(&at, str_from(a->pq->error_field(a->result, PG_DIAG_MESSAGE_DETAIL)), count) <
		    0 ||
	    at == 0 ||
	    num_parse(&version, str_from(a->pq->error_field(a->result, PG_DIAG_MESSAGE_HINT)),
		      INT64_MAX) < 0)
		return PORTROLL_OK;
	return store_paper_fits(&papers[at - 1], (struct present_paper){.version = version}, err);
}

int postgres_papers_put(struct session *s, const struct stored_paper *papers, size_t count,
			struct portroll_error *err)
{
	int r = store_papers_check(papers, count, err);
	if (r < 0 || count == 0)
		return r;
	struct paper_columns c CLEANUP(paper_columns_done);
	r = paper_columns_fill(&c, papers, count);
	if (r < 0)
		return error_set(err, r, "%zu papers are too much for PostgreSQL at once", count);
	struct parameter parameters[PAPER_COLUMN_COUNT];
	paper_columns_parameters(parameters, &c);
	struct answer a CLEANUP(answer_done);
	struct portroll_error failure = {0};
	r = session_ask(&a, s,
			&(struct query){"select portroll.put_papers($1, $2, $3, $4)", parameters,
					PAPER_COLUMN_COUNT, false},
			&failure);
	if (r == PORTROLL_OK)
		return r;
	int conflict = postgres_papers_conflict(&a, papers, count, err);
	return conflict < 0 ? conflict : error_set(err, r, "%s", failure.text);
}
