/* SPDX-License-Identifier: MIT */

/* The steps of a case: ask, recommend, approve ... */

#include "base/num.h"
#include "desk/telling.h"
#include "keeper/request_action.h"
#include "keeper/request_input.h"
#include "keeper/request_step.h"
#include "keeper/request_tell.h"
#include "procedure/evidence.h"

static int read_evidence(uint32_t *ret, struct keeper *k)
{
	struct portroll_str rest = keeper_option(k, OPTION_EVIDENCE), key;
	while (rest.ptr && str_cut(&rest, ',', &key)) {
		uint32_t item;
		if (!evidence_parse(&item, str_trim(key)))
			return error_set(&k->err, PORTROLL_EINVAL,
					 "--evidence '%.*s': is no item of evidence; portroll help "
					 "request names them",
					 PORTROLL_STR_ARG(str_part(key, 0, 40)));
		*ret |= item;
	}
	return PORTROLL_OK;
}

static int read_revision(uint32_t *ret, struct keeper *k)
{
	uint64_t number = 0;
	struct portroll_str word = keeper_option(k, OPTION_REVISION);
	if (!word.ptr)
		return PORTROLL_OK;
	if (num_parse(&number, word, UINT32_MAX) < 0 || number == 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "--revision '%.*s': revisions are counted from 1",
				 PORTROLL_STR_ARG(str_part(word, 0, 40)));
	*ret = (uint32_t)number;
	return PORTROLL_OK;
}

static int read_port(struct case_event *event, struct keeper *k)
{
	struct portroll_str word = keeper_option(k, OPTION_PORT);
	if (!word.ptr)
		return PORTROLL_OK;
	int r = range_parse(&event->granted, word);
	if (r < 0)
		return error_set(&k->err, PORTROLL_EINVAL, "--port '%.*s': %s",
				 PORTROLL_STR_ARG(str_part(word, 0, 40)), range_error_text(r));
	event->has_granted = true;
	return PORTROLL_OK;
}

static int read_rule(struct case_event *event, struct keeper *k, const struct request_word *w)
{
	if (event->kind != EVENT_OVERRIDE && event->kind != EVENT_REPLY)
		return PORTROLL_OK;
	if (!keeper_has(k, OPTION_RULE))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "request %s needs --rule ID: request show names the rules",
				 w->name);
	const struct rule *rule = rule_find(keeper_option(k, OPTION_RULE));
	if (!rule)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "there is no rule '%.40s'; portroll rules names them",
				 k->args.values[OPTION_RULE]);
	event->reference = str_from(rule->id);
	return PORTROLL_OK;
}

int request_event(struct case_event *ret, struct keeper *k, const struct request_word *w,
		  const char *text)
{
	struct case_event event = {.kind = w->event,
				   .reference = keeper_option(k, OPTION_APPROVAL)};
	event.reason = text ? str_from(text) : keeper_option(k, OPTION_REASON);
	if (text && keeper_has(k, OPTION_REASON))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "say it once: TEXT or --reason, not both");
	if (w->text == TEXT_REQUIRED && str_trim(event.reason).len == 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "request %s needs words: they stay with the request; usage: "
				 "portroll request %s %s",
				 w->name, w->name, w->operands);
	if (w->event == EVENT_ATTEST && !keeper_has(k, OPTION_EVIDENCE))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "request attest needs --evidence ITEM: what is put on file");
	int r = read_evidence(&event.evidence, k);
	if (r == PORTROLL_OK)
		r = read_revision(&event.revision, k);
	if (r == PORTROLL_OK)
		r = read_port(&event, k);
	if (r == PORTROLL_OK)
		r = read_rule(&event, k, w);
	if (r == PORTROLL_OK)
		*ret = event;
	return r;
}

/* Something is left to be mended where the checks were run. */
static int finish(struct open_case *c, uint8_t kind)
{
	bool is_checked = kind == EVENT_EDIT || kind == EVENT_ANSWER || kind == EVENT_VALIDATE;
	int r = case_keep(c);
	if (r == PORTROLL_OK)
		r = request_tell(c);
	if (r < 0)
		return r;
	return is_checked && c->kept.request->state == STATE_NEED_INFO ? EXIT_NO : EXIT_YES;
}

/* Did the checks send it back, and has nobody asked anything since? */
static bool waits_for_checks(const struct request_case *c)
{
	for (size_t i = c->event_count; c->state == STATE_NEED_INFO && i > 0; i--) {
		const struct case_event *e = &c->events[i - 1];
		if (e->kind == EVENT_VALIDATE || e->kind == EVENT_ASK)
			return e->kind == EVENT_VALIDATE;
	}
	return false;
}

/* Where the registrar's word was the last that was missing, the checks are run again. */
static int check_again(struct open_case *c, uint8_t kind)
{
	struct keeper *k = c->desk->k;
	struct case_view v;
	const struct request_case *request = c->kept.request;
	const struct case_event again = {.kind = EVENT_VALIDATE};
	bool is_word = kind == EVENT_OVERRIDE || kind == EVENT_REPLY || kind == EVENT_ATTEST;
	role_set roles = at_desk_actor(c->desk, request, &c->world).roles;
	if (!is_word || !waits_for_checks(request) || !(roles & ROLE_BIT(ROLE_REGISTRAR)))
		return PORTROLL_OK;
	if (case_view_of(&v, request, &c->world, &k->arena) < 0)
		return error_memory(&k->err);
	return case_view_is_clean(&v, &request->evidence) ? case_do(c, &again, NULL) : PORTROLL_OK;
}

/* Where the last one who could review has recused themselves nothing goes on by itself. */
static void tell_left(const struct open_case *c)
{
	const struct request_case *request = c->kept.request;
	const struct account_list *all = &c->desk->accounts;
	role_set turn = telling_turn(request->state);
	struct out *o = &c->desk->k->out;
	for (size_t i = 0; i < all->count; i++)
		if (account_roles(&all->items[i], request, &c->world) & turn)
			return;
	out_message(o, "nobody is left who could review it: a registrar grants the role to another "
		       "(portroll account), escalates it, or puts on file what was said elsewhere "
		       "(attest)");
}

static int step(struct at_desk *d, const char *operand, struct case_event *event)
{
	struct open_case c;
	int r = open_case(&c, d, operand);
	if (r == PORTROLL_OK && event->kind == EVENT_APPROVE)
		r = request_choose_port(event, &c);
	if (r == PORTROLL_OK)
		r = case_do(&c, event, NULL);
	if (r == PORTROLL_OK)
		r = check_again(&c, event->kind);
	if (r == PORTROLL_OK && event->kind == EVENT_RECUSE)
		tell_left(&c);
	return r == PORTROLL_OK ? finish(&c, event->kind) : r;
}

int request_run_step(struct keeper *k, const struct request_word *w)
{
	struct at_desk d = {0};
	struct case_event event;
	const char *text = k->args.operand_count > 1 ? k->args.operands[1] : NULL;
	int r = request_event(&event, k, w, text);
	if (r == PORTROLL_OK)
		r = at_desk_open(&d, k);
	if (r == PORTROLL_OK)
		r = step(&d, k->args.operands[0], &event);
	at_desk_close(&d);
	return r;
}

int request_run_call(struct keeper *k, const struct request_word *w)
{
	static const struct {
		const char *name;
		uint8_t event;
	} calls[] = {
		{"request", EVENT_REQUEST_CALL},
		{"issue", EVENT_ISSUE_CALL},
		{"end", EVENT_END_CALL},
	};
	struct portroll_str name = str_from(k->args.operands[1]);
	struct request_word meant = *w;
	meant.event = CASE_EVENT_COUNT;
	for (size_t i = 0; i < ARRAY_LEN(calls); i++)
		if (str_equal(name, str_from(calls[i].name)))
			meant.event = calls[i].event;
	if (meant.event == CASE_EVENT_COUNT)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "request call knows request, issue and end, not '%.40s'",
				 k->args.operands[1]);
	k->args.operands[1] = k->args.operands[0];
	k->args.operands++;
	k->args.operand_count--;
	return request_run_step(k, &meant);
}

/* A new revision, or a text alone. */
static int answer(struct at_desk *d, const struct request_word *w)
{
	struct keeper *k = d->k;
	struct open_case c;
	struct case_event event;
	struct document revised;
	const struct operand_list rest = {k->args.operands + 1, k->args.operand_count - 1};
	bool is_revised = rest.count > 0 && (w->event == EVENT_EDIT || rest.count > 1 ||
					     request_input_is_document(rest.items[0]));
	bool is_text = rest.count > 0 && !is_revised;
	int r = request_event(&event, k, w, is_text ? rest.items[0] : NULL);
	if (r == PORTROLL_OK && !is_revised && event.reason.len == 0)
		return error_set(
			&k->err, PORTROLL_EINVAL,
			"request answer needs an answer: TEXT, or what is changed: FILE or "
			"'Field=value'...");
	if (r == PORTROLL_OK)
		r = open_case(&c, d, k->args.operands[0]);
	if (r < 0)
		return r;
	const struct request_case *request = c.kept.request;
	if (is_revised)
		r = request_input(&revised, k, rest,
				  &request->revisions[request->revision_count - 1].document);
	if (r == PORTROLL_OK)
		r = case_do(&c, &event, is_revised ? &revised : NULL);
	return r == PORTROLL_OK ? finish(&c, event.kind) : r;
}

int request_run_answer(struct keeper *k, const struct request_word *w)
{
	struct at_desk d = {0};
	int r = at_desk_open(&d, k);
	if (r == PORTROLL_OK)
		r = answer(&d, w);
	at_desk_close(&d);
	return r;
}
