/* SPDX-License-Identifier: MIT */
#include "keeper/request_commit.h"

#include "keeper/dossier.h"
#include "keeper/log_request.h"
#include "keeper/place.h"

int decision_open(struct at_desk *desk, struct held_roll *held, struct keeper *k)
{
	int r = held_roll_open(held, k);
	if (r < 0)
		return r;
	if (!held->ledger)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "%s: there is no ledger, and so no request", held->folder);
	return at_desk_borrow(desk, k, &held->options, held->ledger);
}

void decision_close(struct at_desk *desk, struct held_roll *held)
{
	at_desk_close(desk);
	held_roll_close(held);
}

static int read_case(struct decision *s, uint64_t number)
{
	struct keeper *k = s->desk->k;
	int r = desk_case(&s->c.kept, &s->desk->desk, number, &k->err);
	if (r < 0)
		return r;
	const struct request_case *request = s->c.kept.request;
	s->c.event_count = request->event_count;
	r = held_roll_read(&s->roll, s->held, request->source, &k->arena);
	if (r == PORTROLL_OK)
		r = place_existing(&s->source, s->roll, request->source, &k->err);
	if (r == PORTROLL_OK)
		r = at_desk_world(&s->c.world, s->desk, s->roll, request->source, number);
	return r;
}

static int read_asked(struct decision *s)
{
	struct keeper *k = s->desk->k;
	struct request *asked = arena_alloc(&k->arena, sizeof(*asked));
	char *id = arena_alloc(&k->arena, CASE_ID_MAX);
	const struct request_case *request = s->c.kept.request;
	const struct rule_world *world = &s->c.world;
	if (!asked || !id)
		return error_memory(&k->err);
	int r = request_read(asked, &request->revisions[request->revision_count - 1].document,
			     policy_has_pool, world->policy, &k->arena);
	if (r < 0)
		return error_memory(&k->err);
	struct date today = date_of_time(k->now);
	s->effect = (struct effect){
		.registry = world->registry,
		.index = world->index,
		.request = asked,
		.evidence = &request->evidence,
		.policy = world->policy,
		.granted = request->evidence.granted,
		.has_granted = request->evidence.has_granted,
		.today = today,
		.registered = today,
		.case_id = {id, case_id(id, request->number)},
	};
	return PORTROLL_OK;
}

int decision_read(struct decision *ret, struct at_desk *desk, struct held_roll *held,
		  uint64_t number)
{
	*ret = (struct decision){.desk = desk, .held = held, .c = {.desk = desk}};
	int r = read_case(ret, number);
	return r == PORTROLL_OK ? read_asked(ret) : r;
}

uint64_t decision_change(const struct decision *s)
{
	return ledger_tree(s->held->ledger)->size + 1;
}

/* Of what ends; NULL: it is an assignment, or another change that was asked for. */
static const char *reason_of_end(const struct decision *s)
{
	const struct request_case *c = s->c.kept.request;
	bool is_early = s->effect.request->kind == REQUEST_EARLY;
	switch (c->events[c->event_count - 1].kind) {
	case EVENT_DEPRECATE:
		return "its early allocation ended, RFC 7120 section 3.3";
	case EVENT_DEALLOCATE:
		return is_early ? "its early allocation ended and is taken back, RFC 7120 section "
				  "3.3"
				: "its lease ended";
	default:
		return NULL;
	}
}

/* new assignment, RFC 6335 section 8.1, as kim */
static struct portroll_str reason_of(const struct decision *s, struct portroll_str author)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(1024);
	const struct acting *me = &s->desk->me;
	const struct request_kind_row *kind = &request_kinds[s->effect.request->kind];
	const char *end = reason_of_end(s);
	buf_put(&text, s->effect.case_id);
	if (end)
		buf_printf(&text, ": %s", end);
	else
		buf_printf(&text, ": %s, %s", kind->title, kind->section);
	if (me->as.len && str_equal(author, me->name)) {
		buf_puts(&text, LOG_AS);
		buf_put(&text, me->as);
	}
	return buf_keep(&text, &s->desk->k->arena);
}

static int add_papers(struct paper_list *papers, struct decision *s, const struct open_case *other,
		      struct changeset *about)
{
	struct keeper *k = s->desk->k;
	const struct request_case *request = s->c.kept.request;
	bool is_first = request->events[request->event_count - 1].kind == EVENT_IMPLEMENT;
	uint64_t later = is_first ? 0 : decision_change(s);
	struct stored_paper dossier;
	int r = dossier_paper(&dossier, &about->dossier, request, later, k);
	if (r == PORTROLL_OK)
		r = paper_list_add(papers, &dossier, k);
	if (r == PORTROLL_OK)
		r = case_papers(papers, &s->c);
	if (r == PORTROLL_OK && other)
		r = case_papers(papers, other);
	about->has_dossier = true;
	return r;
}

int decision_commit(struct decision *s, struct portroll_str author, struct open_case *other)
{
	struct keeper *k = s->desk->k;
	struct changeset about = keeper_change(k, str_from(s->result.kind));
	struct paper_list papers = {0};
	about.author = author;
	about.reason = reason_of(s, author);
	if (k->arena.failed)
		return error_memory(&k->err);
	int r = add_papers(&papers, s, other, &about);
	if (r < 0)
		return r;
	s->held->papers = papers.items;
	s->held->paper_count = papers.count;
	s->roll->sources[s->source].registry = s->result.registry;
	r = held_roll_commit(s->held, s->roll, &about);
	s->held->papers = NULL;
	s->held->paper_count = 0;
	if (r < 0)
		return r;
	case_kept(&s->c);
	if (other)
		case_kept(other);
	return PORTROLL_OK;
}
