/* SPDX-License-Identifier: MIT */
#include "procedure/request_case.h"

#include "base/num.h"
#include "ledger/canonical.h"
#include "ledger/instant.h"
#include "procedure/case_parts.h"
#include "procedure/effect.h"
#include "procedure/guards.h"

size_t case_id(char ret_id[static CASE_ID_MAX], uint64_t number)
{
	char digits[NUM_TEXT_MAX];
	size_t len = num_format(digits, number);
	ret_id[0] = 'R';
	ret_id[1] = '-';
	for (size_t i = 0; i < len; i++)
		ret_id[2 + i] = digits[i];
	ret_id[2 + len] = '\0';
	return 2 + len;
}

int case_id_parse(uint64_t *ret, struct portroll_str id)
{
	uint64_t number;
	if (!str_starts_fold(id, STR("R-")))
		return PORTROLL_ESYNTAX;
	struct portroll_str digits = str_part(id, 2, id.len);
	if (num_parse(&number, digits, CANONICAL_INTEGER_MAX) < 0 || number == 0 ||
	    digits.ptr[0] == '0')
		return PORTROLL_ESYNTAX;
	*ret = number;
	return PORTROLL_OK;
}

int case_begin(struct request_case **ret, uint64_t number, const struct revision *first,
	       struct arena *a, struct portroll_error *err)
{
	struct request_case *c = arena_alloc(a, sizeof(*c));
	struct revision *revisions = arena_alloc(a, sizeof(*revisions));
	if (!c || !revisions)
		return error_memory(err);
	*revisions = *first;
	revisions->by = arena_str(a, first->by);
	*c = (struct request_case){.number = number,
				   .source = first->document.values[DOC_SOURCE],
				   .revisions = revisions,
				   .revision_count = 1,
				   .state = STATE_DRAFT,
				   .since = first->time};
	if (a->failed)
		return error_memory(err);
	*ret = c;
	return PORTROLL_OK;
}

static int64_t last_time(const struct request_case *c)
{
	return c->event_count ? c->events[c->event_count - 1].time : c->revisions[0].time;
}

static int check_time(const struct request_case *c, int64_t now, struct portroll_error *err)
{
	char id[CASE_ID_MAX], last[INSTANT_TEXT_MAX], clock[INSTANT_TEXT_MAX];
	if (now < 0 || now > INSTANT_MAX)
		return error_set(err, PORTROLL_EINVAL,
				 "the clock stands outside the years 1970 to 9999: set it");
	if (now >= last_time(c))
		return PORTROLL_OK;
	(void)case_id(id, c->number);
	(void)instant_format(last, last_time(c));
	(void)instant_format(clock, now);
	return error_set(err, PORTROLL_EINVAL,
			 "%s: the clock says %s, but the last step was at %s: it has gone back, "
			 "set it",
			 id, clock, last);
}

static int check_step(const struct request_case *c, const struct case_step *step,
		      struct portroll_error *err)
{
	char id[CASE_ID_MAX];
	const struct case_event *e = &step->event;
	bool may_revise = e->kind == EVENT_EDIT || e->kind == EVENT_ANSWER;
	(void)case_id(id, c->number);
	if (e->kind >= CASE_EVENT_COUNT || step->actor.account.len == 0 ||
	    (step->revision && !may_revise))
		return error_set(err, PORTROLL_EINVAL, "%s: no such step", id);
	if (e->revision && e->revision != c->revision_count)
		return error_set(err, PORTROLL_ECONFLICT,
				 "%s is at revision %zu, not %u any more: look at what was changed "
				 "(request show) before you %s",
				 id, c->revision_count, e->revision, event_key(e->kind));
	if (!canonical_text_ok(e->reason) || !canonical_text_ok(e->reference))
		return error_set(err, PORTROLL_EINVAL,
				 "%s: the reason has characters that are no text (control "
				 "characters)",
				 id);
	return check_time(c, step->now, err);
}

/* Only what belongs to that kind of event. */
static struct case_event event_of(const struct request_case *c, const struct case_step *step,
				  struct arena *a)
{
	const struct case_event *given = &step->event;
	struct case_event e = {
		.kind = given->kind,
		.from = c->state,
		.time = step->now,
		.by = arena_str(a, step->actor.account),
		.as = arena_str(a, step->actor.as),
		.reason = arena_str(a, str_trim(given->reason)),
		.reference = arena_str(a, str_trim(given->reference)),
		.revision = (uint32_t)(c->revision_count + (step->revision ? 1 : 0)),
		.evidence = given->evidence,
	};
	if (e.kind == EVENT_APPROVE || e.kind == EVENT_IMPLEMENT) {
		e.has_granted = given->has_granted;
		e.granted = given->has_granted ? given->granted : (struct range){0, 0};
	}
	if (e.kind == EVENT_IMPLEMENT || e.kind == EVENT_EXTEND || e.kind == EVENT_SETTLE ||
	    e.kind == EVENT_EXPIRE || e.kind == EVENT_DEPRECATE || e.kind == EVENT_DEALLOCATE)
		e.change = given->change;
	if (e.kind == EVENT_CONFIRM || e.kind == EVENT_REFUSE)
		e.party = given->party;
	if (e.kind == EVENT_OPINE || e.kind == EVENT_RECOMMEND)
		e.transports = step->actor.transports & TRANSPORTS_ALL;
	return e;
}

/* A new revision is there before its event. */
static int add_revision(struct request_case *c, const struct case_event *e,
			const struct document *document, struct arena *a)
{
	struct revision *items = arena_grow(a, c->revisions, c->revision_count,
					    c->revision_count + 1, sizeof(*items));
	if (!items)
		return PORTROLL_ENOMEM;
	items[c->revision_count++] = (struct revision){*document, e->time, e->by};
	c->revisions = items;
	return PORTROLL_OK;
}

/* What the applicant is asked: a line for each finding that must be mended, else why nothing can be
 * done. */
static struct portroll_str question_of(const struct case_context *c, struct arena *a)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(CASE_SIZE_MAX);
	for (size_t i = 0; i < c->findings->count; i++) {
		const struct finding *f = &c->findings->items[i];
		if (f->is_question || !finding_blocks(f, &c->request->evidence))
			continue;
		if (text.len)
			buf_putc(&text, '\n');
		buf_printf(&text, "%s: %.*s", f->rule->id, PORTROLL_STR_ARG(f->detail));
	}
	if (text.len == 0)
		buf_put(&text, c->impossible);
	if (text.failed)
		a->failed = true;
	return buf_keep(&text, a);
}

static int append(struct request_case *c, const struct case_event *e, struct arena *a)
{
	struct case_event *events =
		arena_grow(a, c->events, c->event_count, c->event_count + 1, sizeof(*events));
	if (!events)
		return PORTROLL_ENOMEM;
	events[c->event_count++] = *e;
	c->events = events;
	return PORTROLL_OK;
}

/* Room to end what is full: else it would hold its port for ever. */
static bool is_full(const struct request_case *next, size_t size)
{
	enum {
		BYTES = 16 << 10,
		STEPS = 16
	};
	bool is_ending = state_is_end(next->state) || next->state == STATE_REJECTED;
	return next->event_count > CASE_EVENT_MAX - (is_ending ? 0 : STEPS) ||
	       next->revision_count > CASE_REVISION_MAX ||
	       size > CASE_SIZE_MAX - (is_ending ? 0 : (size_t)BYTES);
}

/* As it is kept it must be one that is read. */
static int check_document(const struct request_case *next, struct portroll_error *err)
{
	char id[CASE_ID_MAX];
	CLEANUP(buf_done) struct buf text = BUF_INIT(PARAGRAPH_TEXT_MAX);
	document_put(&text, &next->revisions[next->revision_count - 1].document);
	if (text.failed == PORTROLL_ENOMEM)
		return error_memory(err);
	(void)case_id(id, next->number);
	if (text.failed)
		return error_set(err, PORTROLL_ELIMIT,
				 "%s: the document is too long: its fields have at most %zu bytes "
				 "together",
				 id, PARAGRAPH_TEXT_MAX);
	return PORTROLL_OK;
}

static int commit(struct request_case *c, const struct request_case *next,
		  struct portroll_error *err)
{
	int r = check_document(next, err);
	if (r < 0)
		return r;
	CLEANUP(buf_done) struct buf text = BUF_INIT(CASE_SIZE_MAX);
	char id[CASE_ID_MAX];
	(void)case_id(id, c->number);
	case_put(&text, next);
	if (text.failed == PORTROLL_ENOMEM)
		return error_memory(err);
	if (text.failed == PORTROLL_ELIMIT || is_full(next, text.len))
		return error_set(err, PORTROLL_ELIMIT,
				 "%s would be larger than a request may be (1 MiB, %d steps, %d "
				 "revisions): withdraw it and make another",
				 id, CASE_EVENT_MAX, CASE_REVISION_MAX);
	if (text.failed)
		return error_set(err, PORTROLL_EINVAL, "%s has characters that are no text", id);
	*c = *next;
	return PORTROLL_OK;
}

static int step_on(struct request_case *next, struct case_event *e,
		   const struct case_context *context, const struct document *revision,
		   struct arena *a)
{
	int r = PORTROLL_OK;
	if (e->kind == EVENT_VALIDATE && e->to == STATE_NEED_INFO && e->reason.len == 0)
		e->reason = question_of(context, a);
	case_set_times(e, context);
	if (e->kind == EVENT_VALIDATE && e->to == STATE_AWAIT_CONFIRM)
		r = case_ask_words(next, context, a);
	if (r == PORTROLL_OK)
		r = case_derive(next, e, a);
	if (r == PORTROLL_OK)
		r = append(next, e, a);
	if (r == PORTROLL_OK && revision)
		r = add_revision(next, e, revision, a);
	return a->failed ? PORTROLL_ENOMEM : r;
}

/* What is found when the checks are run. */
static int look_at(struct finding_list *found, struct portroll_str *impossible,
		   const struct request_case *c, const struct request *asked,
		   const struct rule_world *world)
{
	struct effect_result result;
	struct portroll_error why = {0};
	struct arena *a = found->arena;
	const struct request_check form = {asked, world, NULL};
	const struct request_check decided = {asked, world, &c->evidence};
	int r = rules_check_request(found, &form);
	if (r < 0)
		return r;
	r = effect_try(&result, &decided, a, &why);
	if (r < 0 && r != PORTROLL_ENOMEM)
		*impossible = arena_str(a, str_from(why.text));
	return r == PORTROLL_ENOMEM || a->failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

int case_apply(struct request_case *c, const struct case_step *step, const struct rule_world *world,
	       struct arena *a, struct portroll_error *err)
{
	int r = check_step(c, step, err);
	if (r < 0)
		return r;
	struct case_event e = event_of(c, step, a);
	struct request asked;
	struct finding_list found = {.arena = a};
	const struct document *document =
		step->revision ? step->revision : &c->revisions[c->revision_count - 1].document;
	if (request_read(&asked, document, policy_has_pool, world->policy, a) < 0)
		return error_memory(err);
	struct portroll_str impossible = STR_NONE;
	if (e.kind == EVENT_VALIDATE && look_at(&found, &impossible, c, &asked, world) < 0)
		return error_memory(err);
	struct procedure_choice choice = policy_choose(world, &asked, c->evidence.items);
	struct case_context context = {.request = c,
				       .event = &e,
				       .world = world,
				       .asked = &asked,
				       .findings = &found,
				       .choice = &choice,
				       .impossible = impossible};
	struct portroll_error why = {0};
	const struct row_choice rows = {&context, &e, step->actor.roles, false};
	if (!case_row(&rows, &why))
		return error_set(err, why.code, "%s", why.text);
	struct request_case next = *c;
	if (step_on(&next, &e, &context, step->revision, a) < 0)
		return error_memory(err);
	return commit(c, &next, err);
}
