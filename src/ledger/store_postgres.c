/* SPDX-License-Identifier: MIT */
/* The store of several machines: a database of PostgreSQL, with its standbys. */

#include "ledger/store_row.h"

#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <string.h>

#include "base/memory.h"
#include "base/num.h"
#include "ledger/postgres_papers.h"
#include "ledger/postgres_rows.h"
#include "ledger/postgres_schema.h"
#include "ledger/postgres_value.h"

#define BATCH_MAX  (256U << 20) /* bytes of one list of what is appended */
#define NUMBER_MAX 8
#define POLL_MS    200 /* between two looks at a standby, which cannot be listened to */

/* What changes when something is appended, signed or erased. */
enum mark {
	MARK_SIZE,
	MARK_NOTE,
	MARK_PEOPLE,
	MARK_COUNT
};

#define MARKS                                                                                      \
	"select (select coalesce(max(index) + 1, 0) from portroll.entries),"                       \
	" (select coalesce(max(number), 0) from portroll.notes),"                                  \
	" pg_relation_filenode('portroll.people')::bigint"

struct store {
	struct session session;
	uint64_t marks[MARK_COUNT]; /* as wait() saw them last */
	bool has_marks;
	bool is_unsure;  /* an append may still be under way */
	bool has_papers; /* false: version 1, where nothing can be written */
};

static int corrupt(const struct store *s, const char *what, struct portroll_error *err)
{
	return error_set(err, PORTROLL_ECORRUPT, "%s: %s", s->session.place.ptr, what);
}

/* Asks what alters nothing. */
static int ask(struct answer *ret, struct store *s, const char *sql, struct portroll_error *err)
{
	return session_ask(ret, &s->session, &(struct query){.sql = sql, .reads = true}, err);
}

static int run(struct store *s, const char *sql, struct portroll_error *err)
{
	struct answer a CLEANUP(answer_done);
	return session_ask(&a, &s->session, &(struct query){.sql = sql}, err);
}

/* From a version of the schema to the present one. */
static int make_schema(struct store *s, uint64_t version, struct portroll_error *err)
{
	int r = run(s, "begin", err);
	for (; r == PORTROLL_OK && version < POSTGRES_SCHEMA_VERSION; version++)
		for (const char *const *sql = postgres_schema[version]; r == PORTROLL_OK && *sql;
		     sql++)
			r = run(s, *sql, err);
	if (r < 0) {
		session_hang_up(&s->session);
		return r;
	}
	return run(s, "commit", err);
}

/* The version of the schema; 0: there is none. */
static int find_version(uint64_t *ret, struct store *s, struct portroll_error *err)
{
	struct answer there CLEANUP(answer_done), row CLEANUP(answer_done);
	row = (struct answer){0};
	int r = ask(&there, s, "select 1 from pg_tables where schemaname = 'portroll'", err);
	if (r < 0)
		return r;
	*ret = 0;
	if (there.row_count == 0)
		return PORTROLL_OK;
	r = ask(&row, s, "select version from portroll.version", err);
	if (r < 0)
		return r;
	if (row.row_count != 1 || !value_read_number(ret, answer_bytes(&row, 0, 0)) || *ret == 0)
		return corrupt(s, "its schema portroll is not that of a ledger", err);
	return PORTROLL_OK;
}

/* Makes the schema the present one. Another may do it at the same time. */
static int bring_up(uint64_t *version, struct store *s, struct portroll_error *err)
{
	struct portroll_error failure = {0};
	int r = make_schema(s, *version, &failure);
	int again = find_version(version, s, err);
	if (again < 0 || *version >= POSTGRES_SCHEMA_VERSION)
		return again;
	if (*version == 0)
		return error_set(err, r < 0 ? r : PORTROLL_ESYSTEM, "%s", failure.text);
	return error_set(err, r < 0 ? r : PORTROLL_ESYSTEM,
			 "%s; the ledger is of version %" PRIu64
			 ": let the role that made it open it once, which makes it version %d",
			 failure.text, *version, POSTGRES_SCHEMA_VERSION);
}

static int prepare(struct store *s, bool create, struct portroll_error *err)
{
	uint64_t version;
	int r = find_version(&version, s, err);
	if (r < 0)
		return r;
	bool is_old =
		version ? version < POSTGRES_SCHEMA_VERSION && !s->session.is_standby : create;
	r = is_old ? bring_up(&version, s, err) : PORTROLL_OK;
	if (r < 0)
		return r;
	if (version == 0)
		return error_set(err, PORTROLL_ESYSTEM, "%s: there is no ledger in the database",
				 s->session.place.ptr);
	if (version > POSTGRES_SCHEMA_VERSION)
		return error_set(err, PORTROLL_EVERSION,
				 "%s: the ledger was made by a later portroll (version %" PRIu64
				 ")",
				 s->session.place.ptr, version);
	s->has_papers = version == POSTGRES_SCHEMA_VERSION;
	return PORTROLL_OK;
}

static void postgres_close(struct store *s)
{
	if (!s)
		return;
	session_close(&s->session);
	memory_free(s, sizeof(*s));
}

static int postgres_open(struct store **ret, struct portroll_str url, bool create,
			 struct portroll_error *err)
{
	struct store *s = memory_new(sizeof(*s));
	if (!s)
		return error_memory(err);
	*s = (struct store){0};
	int r = session_open(&s->session, url, err);
	if (r == PORTROLL_OK)
		r = prepare(s, create, err);
	if (r < 0) {
		postgres_close(s);
		return r;
	}
	*ret = s;
	return PORTROLL_OK;
}

/* Whoever appends holds the lock until it is known how that ended. */
static int make_sure(struct store *s, struct portroll_error *err)
{
	if (!s->is_unsure)
		return PORTROLL_OK;
	struct answer a CLEANUP(answer_done);
	int r = ask(&a, s, "select pg_advisory_xact_lock_shared(" POSTGRES_LOCK ")", err);
	if (r == PORTROLL_OK)
		s->is_unsure = false;
	return r;
}

static int postgres_head(struct tree *ret, struct store *s, struct portroll_error *err)
{
	struct answer a CLEANUP(answer_done) = {0};
	int r = make_sure(s, err);
	if (r < 0)
		return r;
	r = ask(&a, s, "select index + 1, edge from portroll.entries order by index desc limit 1",
		err);
	if (r < 0)
		return r;
	struct tree tree = {0};
	uint64_t size;
	if (a.row_count && (!value_read_number(&size, answer_bytes(&a, 0, 0)) || size == 0 ||
			    !store_edge_read(&tree, size, answer_bytes(&a, 0, 1))))
		return corrupt(s, "the edge of the tree does not fit the last entry", err);
	*ret = tree;
	return PORTROLL_OK;
}

/* What portroll.append() takes. */
enum column {
	LEAVES,
	TOPICS,
	BODIES,
	COMMITMENTS,
	SOURCES,
	IDS,
	SALTS,
	CONTENTS,
	COLUMN_COUNT
};

struct columns {
	struct buf items[COLUMN_COUNT];
};

static void columns_done(struct columns *c)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		buf_done(&c->items[i]);
}

static struct portroll_str hash_bytes_of(const struct tree_hash *hash)
{
	return (struct portroll_str){(const char *)hash->bytes, TREE_HASH_SIZE};
}

static int fill_columns(struct columns *c, const struct store_batch *batch)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		c->items[i] = BUF_INIT(BATCH_MAX);
		value_begin_array(&c->items[i], i <= BODIES ? batch->count : batch->person_count);
	}
	for (size_t i = 0; i < batch->count; i++) {
		const struct stored_entry *entry = &batch->entries[i];
		value_put_item(&c->items[LEAVES], hash_bytes_of(&entry->leaf));
		value_put_item(&c->items[TOPICS], entry->topic);
		value_put_item(&c->items[BODIES], entry->body);
	}
	for (size_t i = 0; i < batch->person_count; i++) {
		const struct stored_person *person = &batch->people[i];
		value_put_item(&c->items[COMMITMENTS], hash_bytes_of(&person->content.commitment));
		value_put_item(&c->items[SOURCES], person->source);
		value_put_item(&c->items[IDS], person->id);
		value_put_item(&c->items[SALTS], person->content.salt);
		value_put_item(&c->items[CONTENTS], person->content.body);
	}
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (c->items[i].failed)
			return c->items[i].failed;
	return PORTROLL_OK;
}

/* The failure of what must stand before anything may be signed. */
static int unsigned_then(const struct store *s, const struct portroll_error *failure,
			 struct portroll_error *err)
{
	return error_set(err, failure->code, "%s%s", failure->text,
			 s->session.is_unconfirmed ? "; nothing is signed" : "");
}

/* Why nothing was appended, if that is sure. */
static int append_refused(struct store *s, const struct answer *a, const struct store_batch *batch,
			  const struct portroll_error *failure, struct portroll_error *err)
{
	struct portroll_str state = str_from(a->state);
	uint64_t size;
	if (str_equal(state, STR("40001")) &&
	    num_parse(&size, str_from(a->pq->error_field(a->result, PG_DIAG_MESSAGE_DETAIL)),
		      TREE_SIZE_MAX) == PORTROLL_OK)
		return store_conflict(size, batch, err);
	int conflict = postgres_papers_conflict(a, batch->papers, batch->paper_count, err);
	if (conflict < 0)
		return conflict;
	if (str_equal(state, STR("40001")) || str_equal(state, STR("23505")))
		return error_set(err, PORTROLL_ECONFLICT,
				 "one of these %zu entries is in the ledger already", batch->count);
	s->is_unsure = !state.len;
	return unsigned_then(s, failure, err);
}

static int postgres_append(struct store *s, const struct store_batch *batch,
			   struct portroll_error *err)
{
	int r = store_batch_check(batch, err);
	if (r < 0)
		return r;
	struct columns c CLEANUP(columns_done);
	struct paper_columns papers CLEANUP(paper_columns_done);
	struct buf base CLEANUP(buf_done) = BUF_INIT(NUMBER_MAX);
	r = fill_columns(&c, batch);
	int also = paper_columns_fill(&papers, batch->papers, batch->paper_count);
	r = r < 0 ? r : also;
	value_put_number(&base, batch->base);
	if (r < 0 || base.failed)
		return error_set(err, r < 0 ? r : base.failed,
				 "%zu entries are too much for PostgreSQL at once", batch->count);
	uint8_t edge[EDGE_SIZE_MAX];
	size_t edge_len = store_edge_write(edge, &batch->after);
	struct parameter parameters[COLUMN_COUNT + 2 + PAPER_COLUMN_COUNT] = {
		number_parameter(&base),
		array_parameter(&c.items[LEAVES]),
		array_parameter(&c.items[TOPICS]),
		array_parameter(&c.items[BODIES]),
		bytes_parameter((struct portroll_str){(const char *)edge, edge_len}),
		array_parameter(&c.items[COMMITMENTS]),
		array_parameter(&c.items[SOURCES]),
		array_parameter(&c.items[IDS]),
		array_parameter(&c.items[SALTS]),
		array_parameter(&c.items[CONTENTS]),
	};
	paper_columns_parameters(&parameters[COLUMN_COUNT + 2], &papers);
	struct answer a CLEANUP(answer_done);
	struct portroll_error failure = {0};
	r = session_ask(&a, &s->session,
			&(struct query){"select portroll.append($1, $2, $3, $4, $5, $6, $7, $8, $9,"
					" $10, $11, $12, $13, $14)",
					parameters, ARRAY_LEN(parameters), false},
			&failure);
	return r < 0 ? append_refused(s, &a, batch, &failure, err) : PORTROLL_OK;
}

static int postgres_settle(struct store *s, struct portroll_error *err)
{
	struct portroll_error failure = {0};
	int r = run(s, "select portroll.settle()", &failure);
	return r < 0 ? unsigned_then(s, &failure, err) : r;
}

static int postgres_each(struct store *s, struct entry_range range, store_entry_fn *fn,
			 void *context, struct portroll_error *err)
{
	return postgres_rows_entries(&s->session, range, fn, context, err);
}

static int postgres_last(uint64_t *ret, struct store *s, struct portroll_str topic,
			 struct portroll_error *err)
{
	return postgres_rows_last(ret, &s->session, topic, err);
}

static int postgres_people(struct store *s, struct portroll_str source, store_person_fn *fn,
			   void *context, struct portroll_error *err)
{
	return postgres_rows_people(&s->session, source, fn, context, err);
}

static int postgres_notes(struct store *s, uint64_t size, store_entry_fn *fn, void *context,
			  struct portroll_error *err)
{
	return postgres_rows_notes(&s->session, size, fn, context, err);
}

static int postgres_erase(uint64_t *ret, struct store *s, struct portroll_str id,
			  struct portroll_error *err)
{
	const struct parameter who = bytes_parameter(id);
	struct answer a CLEANUP(answer_done);
	int r = session_ask(&a, &s->session,
			    &(struct query){"select portroll.erase($1)", &who, 1, false}, err);
	if (r < 0)
		return r;
	if (a.row_count != 1 || !value_read_number(ret, answer_bytes(&a, 0, 0)))
		return corrupt(s, "how many were erased is not told", err);
	return PORTROLL_OK;
}

static int postgres_put_papers(struct store *s, const struct stored_paper *papers, size_t count,
			       struct portroll_error *err)
{
	return postgres_papers_put(&s->session, papers, count, err);
}

static int postgres_papers(struct store *s, struct paper_name name, store_paper_fn *fn,
			   void *context, struct portroll_error *err)
{
	return s->has_papers ? postgres_rows_papers(&s->session, name, fn, context, err)
			     : PORTROLL_OK;
}

static int postgres_keep_note(struct store *s, uint64_t size, struct portroll_str note,
			      struct portroll_error *err)
{
	struct buf number CLEANUP(buf_done) = BUF_INIT(NUMBER_MAX);
	value_put_number(&number, size);
	if (number.failed)
		return error_memory(err);
	const struct parameter parameters[] = {number_parameter(&number), bytes_parameter(note)};
	struct answer a CLEANUP(answer_done);
	return session_ask(
		&a, &s->session,
		&(struct query){"select portroll.keep_note($1, $2)", parameters, 2, false}, err);
}

/* 1 when something is new since the last look; the first one finds everything new. */
static int look(struct store *s, struct portroll_error *err)
{
	struct answer a CLEANUP(answer_done);
	uint64_t marks[MARK_COUNT];
	int r = ask(&a, s, MARKS, err);
	if (r < 0)
		return r;
	for (int i = 0; i < MARK_COUNT; i++)
		if (a.row_count != 1 || !value_read_number(&marks[i], answer_bytes(&a, 0, i)))
			return corrupt(s, "its schema portroll is not that of a ledger", err);
	bool is_new = !s->has_marks || memcmp(marks, s->marks, sizeof(marks)) != 0;
	memcpy(s->marks, marks, sizeof(marks));
	s->has_marks = true;
	return is_new;
}

static int wait_by_looking(struct store *s, uint32_t timeout_ms, struct portroll_error *err)
{
	uint32_t left = timeout_ms;
	for (;;) {
		int r = look(s, err);
		if (r != 0 || left == 0)
			return r;
		uint32_t step = left < POLL_MS ? left : POLL_MS;
		if (poll(NULL, 0, (int)step) < 0)
			return 0;
		left -= step;
	}
}

static int listen_once(struct store *s, struct portroll_error *err)
{
	struct answer a CLEANUP(answer_done) = {0};
	if (s->session.listens)
		return PORTROLL_OK;
	int r = ask(&a, s, "listen portroll", err);
	s->session.listens = r == PORTROLL_OK;
	return r;
}

/* What was told is only a reason to look. A connection that is lost is made anew by the next call.
 */
static int postgres_wait(struct store *s, uint32_t timeout_ms, struct portroll_error *err)
{
	int r = session_connect(&s->session, err);
	if (r < 0)
		return r;
	if (s->session.is_standby)
		return wait_by_looking(s, timeout_ms, err);
	r = listen_once(s, err);
	if (r < 0 || !session_drain(&s->session))
		return r;
	/* After it listens, so that nothing comes between. */
	r = look(s, err);
	if (r != 0 || !s->session.listens)
		return r;
	if (!session_listen(&s->session, timeout_ms < INT_MAX ? (int)timeout_ms : INT_MAX))
		return PORTROLL_OK;
	return look(s, err);
}

const struct store_ops store_postgres = {
	.scheme = "postgresql",
	.open = postgres_open,
	.close = postgres_close,
	.head = postgres_head,
	.append = postgres_append,
	.settle = postgres_settle,
	.each = postgres_each,
	.last = postgres_last,
	.people = postgres_people,
	.erase = postgres_erase,
	.put_papers = postgres_put_papers,
	.papers = postgres_papers,
	.keep_note = postgres_keep_note,
	.notes = postgres_notes,
	.wait = postgres_wait,
};
