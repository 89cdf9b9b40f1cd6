/* SPDX-License-Identifier: MIT */
#include "ledger/postgres_rows.h"

#include <inttypes.h>
#include <string.h>

#include "ledger/bundle.h"
#include "ledger/postgres_value.h"

#define NUMBER_MAX 8
#define PAGE       "256" /* rows that are asked for at once */
#define PAPER_PAGE "32"  /* of papers, which may be large */

/* Of what is too large one byte more than it may have is asked for, and no more. */
#define CUT(column) "substring(" column " for 65536)"

/* A query whose first parameter is a number. */
struct page {
	const char *sql;
	uint64_t number;
	const struct parameter *other; /* NULL: there is no second */
};

static int read_page(struct answer *ret, struct session *s, const struct page *page,
		     struct portroll_error *err)
{
	struct buf number CLEANUP(buf_done) = BUF_INIT(NUMBER_MAX);
	*ret = (struct answer){0};
	value_put_number(&number, page->number < INT64_MAX ? page->number : INT64_MAX);
	if (number.failed)
		return error_memory(err);
	struct parameter parameters[2] = {number_parameter(&number)};
	if (page->other)
		parameters[1] = *page->other;
	size_t count = page->other ? 2 : 1;
	return session_ask(ret, s, &(struct query){page->sql, parameters, count, true}, err);
}

static bool read_hash(struct tree_hash *ret, struct portroll_str bytes)
{
	if (bytes.len != TREE_HASH_SIZE)
		return false;
	memcpy(ret->bytes, bytes.ptr, TREE_HASH_SIZE);
	return true;
}

static int entry_of(struct stored_entry *ret, const struct answer *a, size_t row, uint64_t expected,
		    struct portroll_error *err)
{
	struct stored_entry entry = {.topic = answer_bytes(a, row, 2),
				     .body = answer_bytes(a, row, 3)};
	if (!value_read_number(&entry.index, answer_bytes(a, row, 0)) || entry.index != expected)
		return error_set(err, PORTROLL_ECORRUPT, "entry @%" PRIu64 " is missing",
				 expected + 1);
	if (!read_hash(&entry.leaf, answer_bytes(a, row, 1)))
		return error_set(err, PORTROLL_ECORRUPT,
				 "entry @%" PRIu64 " has a hash of %zu bytes", expected + 1,
				 answer_bytes(a, row, 1).len);
	if (entry.body.len > ENTRY_SIZE_MAX)
		return error_set(err, PORTROLL_ECORRUPT,
				 "entry @%" PRIu64 " has more than %d bytes", expected + 1,
				 ENTRY_SIZE_MAX);
	*ret = entry;
	return PORTROLL_OK;
}

int postgres_rows_entries(struct session *s, struct entry_range range, store_entry_fn *fn,
			  void *context, struct portroll_error *err)
{
	struct buf end CLEANUP(buf_done) = BUF_INIT(NUMBER_MAX);
	value_put_number(&end, range.to < INT64_MAX ? range.to : INT64_MAX);
	if (end.failed)
		return error_memory(err);
	const struct parameter last = number_parameter(&end);
	for (uint64_t at = range.from; at < range.to;) {
		struct answer a CLEANUP(answer_done);
		struct page page = {
			"select index, leaf, topic, " CUT(
				"body") " from portroll.entries where index >= $1 and index < $2"
					" order by index limit " PAGE,
			at, &last};
		int r = read_page(&a, s, &page, err);
		for (size_t i = 0; r == PORTROLL_OK && i < a.row_count; i++) {
			struct stored_entry entry;
			r = entry_of(&entry, &a, i, at + i, err);
			if (r == PORTROLL_OK)
				r = fn(context, &entry, err);
		}
		if (r < 0 || a.row_count == 0)
			return r;
		at += a.row_count;
	}
	return PORTROLL_OK;
}

int postgres_rows_last(uint64_t *ret, struct session *s, struct portroll_str topic,
		       struct portroll_error *err)
{
	const struct parameter wanted = bytes_parameter(topic);
	struct answer a CLEANUP(answer_done);
	int r = session_ask(&a, s,
			    &(struct query){"select index from portroll.entries where topic = $1"
					    " order by index desc limit 1",
					    &wanted, 1, true},
			    err);
	if (r < 0)
		return r;
	uint64_t index = UINT64_MAX;
	if (a.row_count && !value_read_number(&index, answer_bytes(&a, 0, 0)))
		return error_set(err, PORTROLL_ECORRUPT, "an entry has no number");
	*ret = index;
	return PORTROLL_OK;
}

static int person_of(struct stored_person *ret, const struct answer *a, size_t row,
		     struct portroll_error *err)
{
	struct stored_person person = {
		.content = {.salt = answer_bytes(a, row, 4), .body = answer_bytes(a, row, 5)},
		.source = answer_bytes(a, row, 2),
		.id = answer_bytes(a, row, 3)};
	struct portroll_str salt = person.content.salt;
	bool fits = read_hash(&person.content.commitment, answer_bytes(a, row, 1)) &&
		    (salt.len == SALT_SIZE || salt.len == 0) &&
		    (salt.len == 0) == (person.content.body.len == 0) &&
		    person.content.body.len <= ENTRY_SIZE_MAX;
	if (!fits)
		return error_set(err, PORTROLL_ECORRUPT,
				 "what is stored of the person %.*s is not whole",
				 PORTROLL_STR_ARG(str_part(person.id, 0, 60)));
	*ret = person;
	return PORTROLL_OK;
}

int postgres_rows_people(struct session *s, struct portroll_str source, store_person_fn *fn,
			 void *context, struct portroll_error *err)
{
	const struct parameter of = bytes_parameter(source);
	struct page page = {"select number, commitment, source, id, " CUT("salt") ", " CUT(
				    "body") " from portroll.people where number > $1 and ($2 = '' "
					    "or source = $2)"
					    " order by number limit " PAGE,
			    0, &of};
	for (;;) {
		struct answer a CLEANUP(answer_done);
		int r = read_page(&a, s, &page, err);
		for (size_t i = 0; r == PORTROLL_OK && i < a.row_count; i++) {
			struct stored_person person;
			uint64_t before = page.number;
			if (!value_read_number(&page.number, answer_bytes(&a, i, 0)) ||
			    page.number <= before)
				return error_set(err, PORTROLL_ECORRUPT,
						 "the people are not in order");
			r = person_of(&person, &a, i, err);
			if (r == PORTROLL_OK)
				r = fn(context, &person, err);
		}
		if (r < 0 || a.row_count == 0)
			return r;
	}
}

int postgres_rows_notes(struct session *s, uint64_t size, store_entry_fn *fn, void *context,
			struct portroll_error *err)
{
	struct answer a CLEANUP(answer_done);
	struct page page = {
		"select size, " CUT(
			"note") " from portroll.notes where size ="
				" (select max(size) from portroll.notes where size <= $1)"
				" order by number limit " PAGE,
		size, NULL};
	int r = read_page(&a, s, &page, err);
	for (size_t i = 0; r == PORTROLL_OK && i < a.row_count; i++) {
		struct stored_entry note = {.body = answer_bytes(&a, i, 1)};
		if (!value_read_number(&note.index, answer_bytes(&a, i, 0)) ||
		    note.body.len > ENTRY_SIZE_MAX)
			return error_set(err, PORTROLL_ECORRUPT,
					 "a checkpoint that was kept is not whole");
		r = fn(context, &note, err);
	}
	return r;
}

static int paper_of(struct stored_paper *ret, const struct answer *a, size_t row,
		    struct portroll_error *err)
{
	struct stored_paper paper = {.kind = answer_bytes(a, row, 0),
				     .id = answer_bytes(a, row, 1),
				     .body = answer_bytes(a, row, 3)};
	bool fits = paper.kind.len && paper.kind.len <= PAPER_NAME_MAX && paper.id.len &&
		    paper.id.len <= PAPER_NAME_MAX && paper.body.len <= PAPER_SIZE_MAX &&
		    value_read_number(&paper.version, answer_bytes(a, row, 2)) && paper.version;
	if (!fits)
		return error_set(err, PORTROLL_ECORRUPT, "what is stored of %.*s %.*s is not whole",
				 PORTROLL_STR_ARG(str_part(paper.kind, 0, PAPER_NAME_MAX)),
				 PORTROLL_STR_ARG(str_part(paper.id, 0, PAPER_NAME_MAX)));
	*ret = paper;
	return PORTROLL_OK;
}

/* Remembers the name of the last paper of a page, for the next one. */
static int keep_name(struct buf *name, struct portroll_str bytes)
{
	buf_clear(name);
	buf_put(name, bytes);
	return name->failed;
}

int postgres_rows_papers(struct session *s, struct paper_name name, store_paper_fn *fn,
			 void *context, struct portroll_error *err)
{
	struct buf kind CLEANUP(buf_done) = BUF_INIT(PAPER_NAME_MAX);
	struct buf id CLEANUP(buf_done) = BUF_INIT(PAPER_NAME_MAX);
	for (;;) {
		const struct parameter parameters[] = {
			bytes_parameter(name.kind), bytes_parameter(name.id),
			bytes_parameter(buf_str(&kind)), bytes_parameter(buf_str(&id))};
		struct answer a CLEANUP(answer_done);
		int r = session_ask(
			&a, s,
			&(struct query){"select kind, id, version, substring(body for 1048577)"
					" from portroll.papers where ($1 = '' or kind = $1)"
					" and ($2 = '' or id = $2) and (kind, id) > ($3, $4)"
					" and body <> '' order by kind, id limit " PAPER_PAGE,
					parameters, ARRAY_LEN(parameters), true},
			err);
		struct stored_paper paper = {0};
		for (size_t i = 0; r == PORTROLL_OK && i < a.row_count; i++) {
			r = paper_of(&paper, &a, i, err);
			if (r == PORTROLL_OK)
				r = fn(context, &paper, err);
		}
		if (r < 0 || a.row_count == 0)
			return r;
		if (keep_name(&kind, paper.kind) || keep_name(&id, paper.id))
			return error_memory(err);
	}
}
