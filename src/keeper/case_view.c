/* SPDX-License-Identifier: MIT */
#include "keeper/case_view.h"

static int look(struct case_view *v, const struct document *d, const struct evidence *evidence,
		const struct rule_world *world, struct arena *a)
{
	*v = (struct case_view){.document = d, .findings = {.arena = a}, .decision = {.arena = a}};
	int r = request_read(&v->asked, d, policy_has_pool, world->policy, a);
	if (r < 0)
		return r;
	const struct request_check form = {&v->asked, world, NULL};
	const struct request_check decision = {&v->asked, world, evidence};
	r = rules_check_request(&v->findings, &form);
	if (r == PORTROLL_OK)
		r = rules_check_request(&v->decision, &decision);
	if (r < 0)
		return r;
	v->choice = policy_choose(world, &v->asked, evidence->items);
	struct portroll_error why = {0};
	r = effect_try(&v->result, &decision, a, &why);
	if (r == PORTROLL_OK || r == PORTROLL_ENOMEM)
		return r;
	v->impossible = arena_str(a, str_from(why.text));
	return a->failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

int case_view_document(struct case_view *ret, const struct document *d, uint32_t by,
		       const struct rule_world *world, struct arena *a)
{
	const struct evidence evidence = {.items = by};
	return look(ret, d, &evidence, world, a);
}

int case_view_of(struct case_view *ret, const struct request_case *c,
		 const struct rule_world *world, struct arena *a)
{
	return look(ret, &c->revisions[c->revision_count - 1].document, &c->evidence, world, a);
}

bool case_view_is_clean(const struct case_view *v, const struct evidence *evidence)
{
	for (size_t i = 0; i < v->findings.count; i++) {
		const struct finding *f = &v->findings.items[i];
		if (!f->is_question && finding_blocks(f, evidence))
			return false;
	}
	return v->impossible.len == 0;
}

bool case_concerns(role_set roles)
{
	return (roles & ~ROLE_BIT(ROLE_ANYBODY)) != 0;
}

/* What these lack is what whoever does them brings along. */
static bool brings_what_it_needs(uint8_t event)
{
	return event == EVENT_EDIT || event == EVENT_ANSWER || event == EVENT_CONFIRM ||
	       event == EVENT_REFUSE || event == EVENT_ATTEST || event == EVENT_OVERRIDE ||
	       event == EVENT_REPLY;
}

static struct next_step *find_step(struct next_step *steps, size_t count, uint8_t event)
{
	for (size_t i = 0; i < count; i++)
		if (steps[i].event == event)
			return &steps[i];
	return NULL;
}

/* Of several rows the first that can be taken tells where it leads; what none allows is missing. */
static void add_row(struct next_step *s, const struct transition *row, const char *missing,
		    struct arena *a)
{
	s->roles |= row->roles;
	if (s->is_open || (missing && !missing[0]))
		return;
	if (missing) {
		if (s->missing.len == 0)
			s->missing = arena_str(a, str_from(missing));
		return;
	}
	s->to = row->to;
	s->missing = STR_NONE;
	s->is_open = true;
}

static const char *ask_guard(const struct transition *row, const struct case_context *context)
{
	if (!row->guard || brings_what_it_needs(row->event))
		return NULL;
	return row->guard(context);
}

size_t case_next_steps(struct next_step ret[static NEXT_STEP_MAX], const struct request_case *c,
		       const struct case_view *v, const struct rule_world *world, int64_t now)
{
	size_t count = 0;
	for (const struct transition *row = transitions; row->from != CASE_STATE_COUNT; row++) {
		if (row->from != c->state)
			continue;
		struct portroll_error why = {0};
		const struct case_event event = {.kind = row->event,
						 .time = now,
						 .revision = (uint32_t)c->revision_count,
						 .transports = TRANSPORTS_ALL};
		bool is_decided = row->event == EVENT_APPROVE || row->event == EVENT_IMPLEMENT;
		const struct case_context context = {
			.request = c,
			.event = &event,
			.world = world,
			.asked = &v->asked,
			.findings = is_decided ? &v->decision : &v->findings,
			.choice = &v->choice,
			.impossible = v->impossible,
			.why = &why,
		};
		struct next_step *s = find_step(ret, count, row->event);
		if (!s && count == NEXT_STEP_MAX)
			break;
		if (!s) {
			s = &ret[count++];
			*s = (struct next_step){.event = row->event, .to = row->to};
		}
		add_row(s, row, ask_guard(row, &context), v->findings.arena);
	}
	return count;
}

/* A renewal comes by a request of its own, a call only to a revocation. */
static bool is_elsewhere(uint8_t event, const struct case_view *v)
{
	return event == EVENT_EXTEND || event == EVENT_SETTLE ||
	       (event == EVENT_REQUEST_CALL && v->asked.kind != REQUEST_REVOKE);
}

/* What has its reviewers is never sent to them at will. */
bool next_step_is_said(const struct next_step *s, const struct case_view *v)
{
	bool is_never = s->event == EVENT_REFER && s->missing.len > 0;
	return !is_never && s->roles != ROLE_BIT(ROLE_CLOCK) && !is_elsewhere(s->event, v);
}

bool next_step_leads_on(const struct next_step *s, const struct request_case *c,
			const struct case_view *v)
{
	if (!next_step_is_said(s, v))
		return false;
	bool is_way_out = s->event == EVENT_WITHDRAW || s->event == EVENT_CLOSE ||
			  (s->event == EVENT_EDIT && c->state != STATE_NEED_INFO);
	return s->to != c->state && !is_way_out;
}

static void put_part(struct buf *out, const char *before, struct portroll_str text)
{
	if (text.len == 0)
		return;
	buf_puts(out, before);
	buf_put(out, text);
}

void case_put_subject(struct buf *out, const struct document *d)
{
	enum request_kind kind = document_kind(d);
	buf_puts(out, kind == REQUEST_KIND_COUNT ? "unknown" : request_kinds[kind].name);
	put_part(out, " ", d->values[DOC_SERVICE_NAME]);
	put_part(out, " -> ", d->values[DOC_PROPOSED_NAME]);
	put_part(out, " ", d->values[DOC_PORT_NUMBER]);
	put_part(out, " ", d->values[DOC_TRANSPORTS]);
}
