/* SPDX-License-Identifier: MIT */
#include "keeper/request_step.h"

#include "keeper/request_notify.h"

int paper_list_add(struct paper_list *list, const struct stored_paper *paper, struct keeper *k)
{
	if (list->count == list->capacity) {
		size_t larger = list->capacity ? 2 * list->capacity : 8;
		struct stored_paper *items =
			arena_grow(&k->arena, list->items, list->count, larger, sizeof(*items));
		if (!items)
			return error_memory(&k->err);
		list->items = items;
		list->capacity = larger;
	}
	list->items[list->count++] = *paper;
	return PORTROLL_OK;
}

static int add_world(struct open_case *c)
{
	const struct request_case *request = c->kept.request;
	c->event_count = request->event_count;
	return at_desk_world(&c->world, c->desk, NULL, request->source, request->number);
}

int open_case_number(struct open_case *ret, struct at_desk *d, uint64_t number)
{
	*ret = (struct open_case){.desk = d};
	int r = desk_case(&ret->kept, &d->desk, number, &d->k->err);
	return r == PORTROLL_OK ? add_world(ret) : r;
}

int open_case(struct open_case *ret, struct at_desk *d, const char *operand)
{
	uint64_t number;
	int r = request_number(&number, d->k, operand);
	return r == PORTROLL_OK ? open_case_number(ret, d, number) : r;
}

static int apply(struct open_case *c, const struct case_step *step)
{
	struct keeper *k = c->desk->k;
	return case_apply(c->kept.request, step, &c->world, &k->arena, &k->err);
}

int case_do_due(struct open_case *c, enum case_event_kind kind)
{
	const struct actor clock = {.account = STR("portroll"), .roles = ROLE_BIT(ROLE_CLOCK)};
	const struct case_step step = {
		.actor = clock, .event = {.kind = (uint8_t)kind}, .now = c->desk->k->now};
	return apply(c, &step);
}

int case_validate(struct open_case *c)
{
	enum {
		MOST = 4
	};
	const struct request_case *request = c->kept.request;
	for (int i = 0; i < MOST; i++) {
		if (case_due(request, c->world.policy, c->desk->k->now) != EVENT_VALIDATE)
			break;
		int r = case_do_due(c, EVENT_VALIDATE);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

int case_do_as(struct open_case *c, struct actor actor, const struct case_event *event,
	       const struct document *revision)
{
	const struct case_step step = {
		.actor = actor, .event = *event, .revision = revision, .now = c->desk->k->now};
	int r = apply(c, &step);
	return r == PORTROLL_OK ? case_validate(c) : r;
}

int case_do(struct open_case *c, const struct case_event *event, const struct document *revision)
{
	return case_do_as(c, at_desk_actor(c->desk, c->kept.request, &c->world), event, revision);
}

int case_papers(struct paper_list *list, const struct open_case *c)
{
	struct keeper *k = c->desk->k;
	struct stored_paper paper;
	int r = desk_case_paper(&paper, &c->desk->desk, &c->kept, &k->err);
	if (r == PORTROLL_OK)
		r = paper_list_add(list, &paper, k);
	return r == PORTROLL_OK ? request_notify(list, c) : r;
}

int case_keep(struct open_case *c)
{
	struct paper_list papers = {0};
	int r = case_papers(&papers, c);
	if (r == PORTROLL_OK)
		r = desk_put(&c->desk->desk, papers.items, papers.count, &c->desk->k->err);
	if (r == PORTROLL_OK)
		case_kept(c);
	return r;
}

void case_kept(struct open_case *c)
{
	c->desk->has_holds = false;
	c->kept.version++;
	c->event_count = c->kept.request->event_count;
}

int request_choose_port(struct case_event *event, const struct open_case *c)
{
	struct keeper *k = c->desk->k;
	const struct request_case *request = c->kept.request;
	struct rule_world world = c->world;
	struct request asked;
	uint16_t port;
	if (event->has_granted || request->evidence.has_granted)
		return PORTROLL_OK;
	if (request_read(&asked, &request->revisions[request->revision_count - 1].document,
			 policy_has_pool, c->world.policy, &k->arena) < 0)
		return error_memory(&k->err);
	if (asked.wanted == WANTED_NONE || asked.wanted == WANTED_NUMBER)
		return PORTROLL_OK;
	/* Nor what came later asks for, as long as there are others. */
	int r = at_desk_holds(&world, c->desk, request->source, UINT64_MAX, request->number);
	if (r < 0)
		return r;
	if (policy_next_free(&port, &world, &asked, NULL) < 0)
		r = policy_next_free(&port, &c->world, &asked, &k->err);
	if (r < 0)
		return r;
	event->granted = (struct range){port, port};
	event->has_granted = true;
	return PORTROLL_OK;
}
