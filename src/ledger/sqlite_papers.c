/* SPDX-License-Identifier: MIT */
#include "ledger/sqlite_papers.h"

#include "ledger/sqlite_query.h"

struct present_walk {
	struct store *store;
	struct present_paper present;
};

static int take_present(void *context, sqlite3_stmt *row, struct portroll_error *err)
{
	struct present_walk *w = context;
	uint64_t size;
	if (!query_take_number(&w->present.version, row, 0) || !query_take_number(&size, row, 1))
		return query_damaged(w->store, "paper ", 1, err);
	w->present.is_erased = size == 0;
	return PORTROLL_OK;
}

static int add_paper(struct store *s, const struct stored_paper *paper, struct portroll_error *err)
{
	struct present_walk w = {.store = s};
	struct binding b = query_begin(s, SQL_GET_PAPER);
	query_text(&b, paper->kind);
	query_text(&b, paper->id);
	int r = query_walk(s, &b, take_present, &w, err);
	if (r == PORTROLL_OK)
		r = store_paper_fits(paper, w.present, err);
	if (r < 0)
		return r;
	b = query_begin(s, SQL_PUT_PAPER);
	query_text(&b, paper->kind);
	query_text(&b, paper->id);
	query_number(&b, w.present.version + 1);
	query_bytes(&b, paper->body);
	return query_run(s, SQL_PUT_PAPER, &b, "a paper cannot be stored", err);
}

int sqlite_papers_add(struct store *s, const struct stored_paper *papers, size_t count,
		      struct portroll_error *err)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < count && r == PORTROLL_OK; i++)
		r = add_paper(s, &papers[i], err);
	return r;
}

int sqlite_papers_put(struct store *s, const struct stored_paper *papers, size_t count,
		      struct portroll_error *err)
{
	int r = store_papers_check(papers, count, err);
	if (r < 0 || count == 0)
		return r;
	r = query_run(s, SQL_BEGIN, NULL, "nothing can be stored", err);
	return r == PORTROLL_OK ? query_finish(s, sqlite_papers_add(s, papers, count, err), err)
				: r;
}

struct paper_walk {
	struct store *store;
	uint64_t count;
	store_paper_fn *fn;
	void *context;
};

static bool is_name(struct portroll_str name)
{
	return name.len > 0 && name.len <= PAPER_NAME_MAX;
}

static int take_paper(void *context, sqlite3_stmt *row, struct portroll_error *err)
{
	struct paper_walk *w = context;
	struct stored_paper paper;
	w->count++;
	if (!query_take(&paper.kind, row, 0, SQLITE_TEXT) || !is_name(paper.kind) ||
	    !query_take(&paper.id, row, 1, SQLITE_TEXT) || !is_name(paper.id) ||
	    !query_take_number(&paper.version, row, 2) || paper.version == 0 ||
	    !query_take(&paper.body, row, 3, SQLITE_BLOB) || paper.body.len > PAPER_SIZE_MAX)
		return query_damaged(w->store, "paper ", w->count, err);
	return w->fn(w->context, &paper, err);
}

/* Up to which name; for an empty one to the end, for SQLite sorts bytes behind all texts. */
static void query_up_to(struct binding *b, struct portroll_str name)
{
	if (name.len)
		query_text(b, name);
	else
		query_bytes(b, name);
}

int sqlite_papers_each(struct store *s, struct paper_name name, store_paper_fn *fn, void *context,
		       struct portroll_error *err)
{
	struct paper_walk w = {s, 0, fn, context};
	struct binding b;
	if (!s->statements[SQL_PAPERS])
		return PORTROLL_OK;
	if (name.kind.len && name.id.len) {
		b = query_begin(s, SQL_PAPER);
		query_text(&b, name.kind);
		query_text(&b, name.id);
	} else if (name.kind.len || name.id.len) {
		b = query_begin(s, SQL_PAPERS);
		query_text(&b, name.kind);
		query_up_to(&b, name.kind);
		query_text(&b, name.id);
		query_up_to(&b, name.id);
	} else {
		b = query_begin(s, SQL_ALL_PAPERS);
	}
	return query_walk(s, &b, take_paper, &w, err);
}
