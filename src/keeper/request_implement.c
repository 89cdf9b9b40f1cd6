/* SPDX-License-Identifier: MIT */

/* request implement: an approved request becomes a change of the ledger, if the registry is still
 * as it was approved upon. */

#include "keeper/request_implement.h"

#include <assert.h>

#include "keeper/case_view.h"
#include "keeper/request_action.h"
#include "keeper/request_tell.h"

/* Somebody was first, or it cannot be done as it was granted: the case goes back to be validated,
 * with the sentence. */
static int give_back(struct decision *s, struct portroll_str why)
{
	struct keeper *k = s->desk->k;
	char id[CASE_ID_MAX];
	const struct case_event event = {.kind = EVENT_CONFLICT, .reason = why};
	(void)case_id(id, s->c.kept.request->number);
	int r = case_do(&s->c, &event, NULL);
	if (r == PORTROLL_OK)
		r = case_keep(&s->c);
	if (r < 0)
		return r;
	return error_set(&k->err, PORTROLL_ECONFLICT,
			 "%s cannot be implemented any more: %.*s%s; it is %s again, see: portroll "
			 "request show %s",
			 id, PORTROLL_STR_ARG(str_part(why, 0, 120)), why.len > 120 ? "..." : "",
			 state_key(s->c.kept.request->state), id);
}

/* The first of what is found now that was not overridden. */
static const struct finding *find_obstacle(const struct case_view *v, const struct evidence *e)
{
	for (size_t i = 0; i < v->decision.count; i++)
		if (finding_blocks(&v->decision.items[i], e))
			return &v->decision.items[i];
	return NULL;
}

/* What was free when it was approved may be taken, and the policy another. PORTROLL_ECONFLICT with
 * the sentence. */
static int find_conflict(struct decision *s, struct portroll_str *ret)
{
	struct keeper *k = s->desk->k;
	struct case_view v;
	if (case_view_of(&v, s->c.kept.request, &s->c.world, &k->arena) < 0)
		return error_memory(&k->err);
	const struct finding *f = find_obstacle(&v, &s->c.kept.request->evidence);
	if (f) {
		CLEANUP(buf_done) struct buf text = BUF_INIT(4096);
		buf_printf(&text, "%s: %.*s", f->rule->id, PORTROLL_STR_ARG(f->detail));
		*ret = buf_keep(&text, &k->arena);
		return k->arena.failed ? error_memory(&k->err) : PORTROLL_ECONFLICT;
	}
	struct portroll_error why = {0};
	int r = effect_apply(&s->result, &s->effect, &k->arena, &why);
	if (r == PORTROLL_ECONFLICT || r == PORTROLL_ERULE) {
		*ret = arena_str(&k->arena, str_from(why.text));
		return PORTROLL_ECONFLICT;
	}
	if (r < 0)
		k->err = why;
	return r;
}

/* May it be implemented, but for what changed in the registry? The machine says why not. */
static int check_may(struct decision *s, const struct case_event *event)
{
	const struct request_case *request = s->c.kept.request;
	const struct actor actor = at_desk_actor(s->desk, request, &s->c.world);
	if (role_may(actor.roles, EVENT_IMPLEMENT, request->state))
		return PORTROLL_OK;
	int r = case_do(&s->c, event, NULL);
	assert(r < 0);
	return r;
}

/* A renewal gives another end to the case that it renews, and a permanent assignment settles it. */
struct renewed {
	const struct decision *decision;
	const uint32_t *indexes; /* of the records that are renewed */
	size_t count;
	uint64_t number;
};

/* Was one of the records given by that case? */
static int find_given(bool *ret, const struct renewed *found, const struct request_case *c)
{
	const struct decision *s = found->decision;
	const struct rule_world *world = &s->c.world;
	struct request asked;
	*ret = false;
	if (request_read(&asked, &c->revisions[c->revision_count - 1].document, policy_has_pool,
			 world->policy, &s->desk->k->arena) < 0)
		return PORTROLL_ENOMEM;
	const struct effect given = {
		.request = &asked,
		.granted = c->evidence.granted,
		.has_granted = c->evidence.has_granted,
	};
	for (size_t i = 0; i < found->count; i++)
		*ret |= effect_gave(&given, world->registry->records[found->indexes[i]]);
	return PORTROLL_OK;
}

/* The last one that has them until a day. */
static int take_renewed(void *context, const struct desk_case *c, struct portroll_error *err)
{
	struct renewed *found = context;
	const struct request_case *request = c->request;
	const struct decision *s = found->decision;
	bool is_given;
	bool is_late =
		request->state == STATE_EXPIRED && s->effect.request->kind == REQUEST_PERMANENT;
	if ((request->state != STATE_TEMPORARY && !is_late) ||
	    !str_equal(request->source, s->c.kept.request->source))
		return PORTROLL_OK;
	if (find_given(&is_given, found, request) < 0)
		return error_memory(err);
	if (is_given)
		found->number = request->number;
	return PORTROLL_OK;
}

/* The case that gave what is renewed; 0: none. */
static int find_renewed(uint64_t *ret, struct decision *s)
{
	struct keeper *k = s->desk->k;
	const struct registry *registry = s->c.world.registry;
	const struct request *asked = s->effect.request;
	size_t count = effect_subject(registry, asked, NULL, 0);
	uint32_t *indexes = arena_array(&k->arena, count, sizeof(*indexes));
	struct renewed found = {.decision = s, .indexes = indexes, .count = count};
	if (!indexes)
		return error_memory(&k->err);
	(void)effect_subject(registry, asked, indexes, count);
	int r = desk_each_case(&s->desk->desk, take_renewed, &found, &k->err);
	*ret = found.number;
	return r;
}

static int read_renewed(struct open_case **ret, struct decision *s)
{
	struct keeper *k = s->desk->k;
	struct open_case *other = arena_alloc(&k->arena, sizeof(*other));
	uint64_t number = 0;
	uint8_t kind = s->effect.request->kind;
	*ret = NULL;
	if (kind != REQUEST_RENEW && kind != REQUEST_PERMANENT)
		return PORTROLL_OK;
	int r = other ? find_renewed(&number, s) : error_memory(&k->err);
	if (r < 0 || number == 0)
		return r;
	*other = (struct open_case){.desk = s->desk, .world = s->c.world};
	r = desk_case(&other->kept, &s->desk->desk, number, &k->err);
	if (r < 0)
		return r;
	other->event_count = other->kept.request->event_count;
	const struct evidence *evidence = s->effect.evidence;
	const struct case_event event = {
		.kind = kind == REQUEST_RENEW ? EVENT_EXTEND : EVENT_SETTLE,
		.reason = s->effect.case_id,
		.reference = evidence->reference.len
				     ? evidence->reference
				     : s->effect.request->document->values[DOC_IETF_DOCUMENT],
		.evidence = evidence->items & EVIDENCE_IESG_APPROVAL,
		.change = decision_change(s),
	};
	r = case_do(other, &event, NULL);
	if (r == PORTROLL_OK)
		*ret = other;
	return r;
}

/* It is in the snapshot already: what is left is to say so. */
static int publish(struct open_case *c)
{
	int r = PORTROLL_OK;
	if (c->kept.request->state != STATE_IMPLEMENTED)
		return r;
	r = case_do_due(c, EVENT_PUBLISH);
	return r == PORTROLL_OK ? case_keep(c) : r;
}

static int commit(struct decision *s, const struct case_event *event)
{
	struct open_case *renewed = NULL;
	const struct actor actor = at_desk_actor(s->desk, s->c.kept.request, &s->c.world);
	int r = case_do(&s->c, event, NULL);
	if (r == PORTROLL_OK)
		r = read_renewed(&renewed, s);
	if (r == PORTROLL_OK)
		r = decision_commit(s, actor.account, renewed);
	if (r == PORTROLL_OK && renewed)
		r = publish(renewed);
	return r == PORTROLL_OK ? publish(&s->c) : r;
}

static int read_registered(struct date *ret, struct keeper *k)
{
	struct portroll_str word = keeper_option(k, OPTION_REGISTERED);
	if (!word.ptr)
		return PORTROLL_OK;
	if (date_parse(ret, word) < 0 || ret->month == 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "--registered '%.*s': expected YYYY-MM-DD",
				 PORTROLL_STR_ARG(str_part(word, 0, 40)));
	if (date_compare(*ret, k->latest_day) > 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "--registered %.*s: that day is yet to come",
				 PORTROLL_STR_ARG(word));
	return PORTROLL_OK;
}

static int tell_implemented(struct decision *s)
{
	struct out *o = &s->desk->k->out;
	if (o->quiet)
		return PORTROLL_OK;
	out_text(o, s->result.summary, false);
	buf_putc(&o->buf, '\n');
	return request_tell(&s->c);
}

int request_implement(struct at_desk *desk, struct held_roll *held, uint64_t number,
		      struct case_event event)
{
	struct decision s;
	struct portroll_str why = STR_NONE;
	int r = decision_read(&s, desk, held, number);
	if (r == PORTROLL_OK)
		r = read_registered(&s.effect.registered, desk->k);
	if (r < 0)
		return r;
	event.kind = EVENT_IMPLEMENT;
	event.change = decision_change(&s);
	event.granted = s.effect.granted;
	event.has_granted = s.effect.has_granted;
	r = check_may(&s, &event);
	if (r == PORTROLL_OK)
		r = find_conflict(&s, &why);
	if (r == PORTROLL_ECONFLICT)
		return give_back(&s, why);
	if (r == PORTROLL_OK)
		r = commit(&s, &event);
	return r == PORTROLL_OK ? tell_implemented(&s) : r;
}

static int run(struct at_desk *desk, struct held_roll *held, struct keeper *k,
	       const struct request_word *w)
{
	uint64_t number;
	struct case_event event;
	int r = request_event(&event, k, w, NULL);
	if (r == PORTROLL_OK)
		r = request_number(&number, k, k->args.operands[0]);
	if (r == PORTROLL_OK)
		r = decision_open(desk, held, k);
	return r == PORTROLL_OK ? request_implement(desk, held, number, event) : r;
}

int request_run_implement(struct keeper *k, const struct request_word *w)
{
	struct at_desk desk = {0};
	struct held_roll held = HELD_ROLL_INIT;
	int r = run(&desk, &held, k, w);
	decision_close(&desk, &held);
	return r;
}
