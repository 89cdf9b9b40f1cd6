/* SPDX-License-Identifier: MIT */
#include "desk/desk_paper.h"

#include <stdlib.h>

#include "desk/erased.h"
#include "ledger/instant.h"

#define HOLDS_OF_ONE 32 /* of one request: a range for each port that it may name */

static struct portroll_str id_text(char space[static CASE_ID_MAX], uint64_t number)
{
	return (struct portroll_str){space, case_id(space, number)};
}

static int read_case(struct desk_case *ret, const struct stored_paper *paper, struct arena *a,
		     struct portroll_error *err)
{
	struct portroll_error why = {0};
	char id[CASE_ID_MAX];
	int r = case_read(&ret->request, paper->body, a, &why);
	if (r == PORTROLL_ENOMEM)
		return error_memory(err);
	if (r == PORTROLL_OK && !str_equal(id_text(id, ret->request->number), paper->id))
		r = error_set(&why, PORTROLL_ECORRUPT, "it has another number");
	if (r < 0)
		return error_set(err, PORTROLL_ECORRUPT,
				 "the request %.*s in the store is damaged (%s): bring back the "
				 "last backup (portroll ledger restore)",
				 PORTROLL_STR_ARG(paper->id), why.text);
	ret->version = paper->version;
	return PORTROLL_OK;
}

/* None was ever there, or it was erased. */
static int missing(const struct desk *d, struct portroll_str id, struct portroll_error *err)
{
	struct desk_paper found;
	struct erased_case was;
	char day[DATE_TEXT_MAX];
	int r = desk_paper(&found, d, (struct paper_name){PAPER_ERASED, id}, err);
	if (r < 0)
		return r;
	if (!found.version)
		return error_set(err, PORTROLL_EINVAL,
				 "there is no request %.*s; portroll request list names them",
				 PORTROLL_STR_ARG(id));
	const struct stored_paper paper = {PAPER_ERASED, id, found.version, found.body};
	r = erased_read(&was, &paper, d->arena, err);
	if (r < 0)
		return r;
	(void)date_format(day, instant_date(was.time));
	if (was.change == 0)
		return error_set(err, PORTROLL_EINVAL, "%.*s was erased on %s by %.*s; it was %s",
				 PORTROLL_STR_ARG(id), day, PORTROLL_STR_ARG(was.by),
				 state_key(was.state));
	return error_set(err, PORTROLL_EINVAL,
			 "%.*s was erased on %s by %.*s; it was %s, and what it changed is there: "
			 "portroll log @%llu",
			 PORTROLL_STR_ARG(id), day, PORTROLL_STR_ARG(was.by), state_key(was.state),
			 (unsigned long long)was.change);
}

int desk_case(struct desk_case *ret, const struct desk *d, uint64_t number,
	      struct portroll_error *err)
{
	char space[CASE_ID_MAX];
	struct paper_name name = {PAPER_REQUEST, id_text(space, number)};
	struct desk_paper found;
	int r = desk_paper(&found, d, name, err);
	if (r < 0)
		return r;
	if (!found.version)
		return missing(d, name.id, err);
	return read_case(ret, &(struct stored_paper){name.kind, name.id, found.version, found.body},
			 d->arena, err);
}

struct case_list {
	struct arena *arena;
	struct desk_case *items;
	size_t count, capacity;
};

static int take_case(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	struct case_list *list = context;
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? 2 * list->capacity : 64;
		struct desk_case *items =
			arena_grow(list->arena, list->items, list->count, capacity, sizeof(*items));
		if (!items)
			return error_memory(err);
		list->items = items;
		list->capacity = capacity;
	}
	int r = read_case(&list->items[list->count], paper, list->arena, err);
	list->count += r == PORTROLL_OK;
	return r;
}

static int compare_arrival(const void *a, const void *b)
{
	const struct desk_case *one = a, *other = b;
	uint64_t n = one->request->number, m = other->request->number;
	return (n > m) - (n < m);
}

/* Ids do not sort as their numbers do. */
static int read_cases(struct case_list *ret, const struct desk *d, struct portroll_error *err)
{
	*ret = (struct case_list){.arena = d->arena};
	int r = d->ops->papers(d->store, (struct paper_name){.kind = PAPER_REQUEST}, take_case, ret,
			       err);
	if (r == PORTROLL_OK && ret->count)
		qsort(ret->items, ret->count, sizeof(*ret->items), compare_arrival);
	return r;
}

int desk_each_case(const struct desk *d, desk_case_fn *fn, void *context,
		   struct portroll_error *err)
{
	struct case_list list;
	int r = read_cases(&list, d, err);
	for (size_t i = 0; i < list.count && r == PORTROLL_OK; i++)
		r = fn(context, &list.items[i], err);
	return r;
}

/* What could not be read again would be in the way of all that come after it. */
static int check_kept(struct portroll_str body, const char *id, struct portroll_error *err)
{
	struct arena own CLEANUP(arena_done) = ARENA_INIT;
	struct portroll_error why = {0};
	struct request_case *again;
	int r = case_read(&again, body, &own, &why);
	if (r == PORTROLL_ENOMEM)
		return error_memory(err);
	if (r < 0)
		return error_set(err, PORTROLL_EINVAL, "%s is not kept: %s", id, why.text);
	return PORTROLL_OK;
}

int desk_case_paper(struct stored_paper *ret, const struct desk *d, const struct desk_case *c,
		    struct portroll_error *err)
{
	char space[CASE_ID_MAX];
	struct portroll_str id = id_text(space, c->request->number);
	struct buf body CLEANUP(buf_done) = BUF_INIT(CASE_SIZE_MAX);
	case_put(&body, c->request);
	if (body.failed == PORTROLL_ELIMIT)
		return error_set(err, PORTROLL_ELIMIT,
				 "%s would have more than %zu bytes with it: shorten the text, or "
				 "begin another request",
				 space, CASE_SIZE_MAX);
	if (body.failed)
		return error_set(err, body.failed, "%s cannot be kept: %s", space,
				 error_text(body.failed));
	int r = check_kept(buf_str(&body), space, err);
	if (r < 0)
		return r;
	*ret = (struct stored_paper){
		.kind = PAPER_REQUEST,
		.id = arena_str(d->arena, id),
		.version = c->version,
		.body = buf_keep(&body, d->arena),
	};
	return d->arena->failed || !ret->body.len ? error_memory(err) : PORTROLL_OK;
}

int desk_holds(const struct hold **ret, size_t *ret_count, const struct desk *d, uint64_t but,
	       struct portroll_error *err)
{
	struct case_list list;
	struct hold *holds = NULL;
	size_t count = 0, capacity = 0;
	int r = read_cases(&list, d, err);
	if (r < 0)
		return r;
	for (size_t i = 0; i < list.count; i++) {
		if (list.items[i].request->number == but)
			continue;
		if (capacity - count < HOLDS_OF_ONE) {
			size_t larger = 2 * capacity + HOLDS_OF_ONE;
			holds = arena_grow(d->arena, holds, count, larger, sizeof(*holds));
			if (!holds)
				return error_memory(err);
			capacity = larger;
		}
		count += case_holds(holds + count, HOLDS_OF_ONE, list.items[i].request, d->arena);
	}
	*ret = holds;
	*ret_count = count;
	return d->arena->failed ? error_memory(err) : PORTROLL_OK;
}
