/* SPDX-License-Identifier: MIT */

/* request submit: a new case. */

#include "keeper/request_submit.h"

#include "keeper/request_action.h"
#include "keeper/request_input.h"
#include "keeper/request_tell.h"

/* The managed source of the roll, where a request names none and there is one only. */
static int find_managed(struct portroll_str *ret, struct keeper *k, const struct roll *roll)
{
	struct portroll_str found = STR_NONE;
	for (size_t i = 0; i < roll->source_count; i++) {
		if (roll->sources[i].kind != SOURCE_MANAGED)
			continue;
		if (found.ptr)
			return error_set(
				&k->err, PORTROLL_EINVAL,
				"several registries are managed here, %.*s and %.*s: which "
				"one is asked? Source: NAME in the request, or --source",
				PORTROLL_STR_ARG(found), PORTROLL_STR_ARG(roll->sources[i].name));
		found = roll->sources[i].name;
	}
	if (!found.ptr)
		return error_set(
			&k->err, PORTROLL_EINVAL,
			"no registry is managed here, all are mirrors: portroll source add "
			"makes one, source manage takes one over; request preview tells "
			"what to send to IANA");
	*ret = found;
	return PORTROLL_OK;
}

int request_source(struct portroll_str *ret, struct keeper *k, const struct roll *roll,
		   const struct document *d)
{
	struct portroll_str name = keeper_option(k, OPTION_SOURCE);
	if (!name.ptr)
		name = d->values[DOC_SOURCE];
	if (name.len == 0)
		return find_managed(ret, k, roll);
	size_t at = roll_find(roll, name);
	if (at == SIZE_MAX)
		return error_set(
			&k->err, PORTROLL_EINVAL,
			"there is no source '%.*s' in the roll; portroll source list names "
			"them",
			PORTROLL_STR_ARG(str_part(name, 0, 40)));
	*ret = roll->sources[at].name;
	return PORTROLL_OK;
}

static int check_managed(struct keeper *k, const struct roll *roll, struct portroll_str name)
{
	if (roll->sources[roll_find(roll, name)].kind == SOURCE_MANAGED)
		return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_ERULE,
			 "%.*s is a mirror: who runs it decides on requests; portroll request "
			 "preview prints what to send there",
			 PORTROLL_STR_ARG(name));
}

static int begin(struct open_case *ret, struct paper_list *papers, struct at_desk *d,
		 const struct document *document)
{
	struct keeper *k = d->k;
	const struct roll *roll = d->present.roll;
	struct revision first = {.document = *document, .time = k->now, .by = d->me.account->name};
	struct stored_paper counter;
	uint64_t number;
	int r = request_source(&first.document.values[DOC_SOURCE], k, roll, document);
	if (r == PORTROLL_OK)
		r = check_managed(k, roll, first.document.values[DOC_SOURCE]);
	if (r == PORTROLL_OK)
		r = desk_next_number(&number, &counter, &d->desk, &k->err);
	if (r == PORTROLL_OK)
		r = paper_list_add(papers, &counter, k);
	*ret = (struct open_case){.desk = d};
	if (r == PORTROLL_OK)
		r = case_begin(&ret->kept.request, number, &first, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = at_desk_world(&ret->world, d, NULL, first.document.values[DOC_SOURCE], number);
	return r;
}

/* Two who submit at once take numbers after one another. */
static int submit(struct open_case *ret, struct at_desk *d, const struct document *document)
{
	struct paper_list papers = {0};
	const struct case_event event = {.kind = EVENT_SUBMIT};
	int r = begin(ret, &papers, d, document);
	if (r == PORTROLL_OK)
		r = case_do(ret, &event, NULL);
	if (r == PORTROLL_OK)
		r = case_papers(&papers, ret);
	if (r == PORTROLL_OK)
		r = desk_put(&d->desk, papers.items, papers.count, &d->k->err);
	if (r == PORTROLL_OK)
		case_kept(ret);
	return r;
}

int request_submit(struct open_case *ret, struct at_desk *d, const struct document *document)
{
	enum {
		TRIES = 20
	};
	struct keeper *k = d->k;
	int r = at_desk_look(d);
	for (int i = 0; r == PORTROLL_OK && i < TRIES; i++) {
		r = submit(ret, d, document);
		if (r != PORTROLL_ECONFLICT)
			return r;
		if (i + 1 < TRIES) {
			k->err = (struct portroll_error){0};
			r = PORTROLL_OK;
		}
	}
	return r;
}

static int run(struct at_desk *d)
{
	struct keeper *k = d->k;
	struct document document;
	struct open_case c;
	const struct operand_list operands = {k->args.operands, k->args.operand_count};
	int r = request_input(&document, k, operands, NULL);
	if (r == PORTROLL_OK)
		r = at_desk_open(d, k);
	if (r == PORTROLL_OK)
		r = request_submit(&c, d, &document);
	if (r == PORTROLL_OK)
		r = request_tell(&c);
	if (r < 0)
		return r;
	return c.kept.request->state == STATE_NEED_INFO ? EXIT_NO : EXIT_YES;
}

int request_run_submit(struct keeper *k, const struct request_word *w)
{
	(void)w;
	struct at_desk d = {.k = k};
	int r = run(&d);
	at_desk_close(&d);
	return r;
}
