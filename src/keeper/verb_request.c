/* SPDX-License-Identifier: MIT */

/* request WORD: the procedure, from a request to the registry. */

#include <limits.h>

#include "keeper/request_action.h"
#include "keeper/request_new.h"
#include "keeper/request_notify.h"
#include "registry/name.h"

/* clang-format off */
static const uint8_t new_options[] = {OPTION_TEMPLATE, OPTION_COUNT};
static const uint8_t preview_options[] = {OPTION_SOURCE, OPTION_AS, OPTION_JSON, OPTION_COUNT};
static const uint8_t submit_options[] = {OPTION_SOURCE, OPTION_AS, OPTION_COUNT};
static const uint8_t list_options[] = {OPTION_CASE_STATE, OPTION_MINE, OPTION_SOURCE, OPTION_AS, OPTION_JSON, OPTION_COUNT};
static const uint8_t show_options[] = {OPTION_AS, OPTION_JSON, OPTION_COUNT};
static const uint8_t codes_options[] = {OPTION_AS, OPTION_COUNT};
static const uint8_t erase_options[] = {OPTION_AS, OPTION_YES, OPTION_COUNT};
static const uint8_t step_options[] = {OPTION_REASON, OPTION_REVISION, OPTION_AS, OPTION_COUNT};
static const uint8_t referred_options[] = {OPTION_REASON, OPTION_APPROVAL, OPTION_REVISION, OPTION_AS, OPTION_COUNT};
static const uint8_t confirm_options[] = {OPTION_CODE, OPTION_REASON, OPTION_REVISION, OPTION_AS, OPTION_COUNT};
static const uint8_t attest_options[] = {
	OPTION_EVIDENCE, OPTION_APPROVAL, OPTION_REASON, OPTION_REVISION, OPTION_AS, OPTION_COUNT,
};
static const uint8_t rule_options[] = {OPTION_RULE, OPTION_REASON, OPTION_REVISION, OPTION_AS, OPTION_COUNT};
static const uint8_t approve_options[] = {
	OPTION_PORT, OPTION_APPROVAL, OPTION_REASON, OPTION_REVISION, OPTION_AS, OPTION_COUNT,
};
static const uint8_t implement_options[] = {
	OPTION_REGISTERED, OPTION_REVISION, OPTION_AS, OPTION_WAIT, OPTION_COUNT,
};
static const uint8_t end_options[] = {OPTION_REASON, OPTION_REVISION, OPTION_AS, OPTION_WAIT, OPTION_COUNT};
static const uint8_t tick_options[] = {OPTION_WAIT, OPTION_COUNT};
static const uint8_t short_options[] = {
	OPTION_EVIDENCE, OPTION_APPROVAL, OPTION_REASON, OPTION_PORT, OPTION_REGISTERED, OPTION_SOURCE,
	OPTION_AS, OPTION_WAIT, OPTION_COUNT,
};

#define SHORT(kind) \
	{kind, "FILE|'FIELD=VALUE'...", 1, INT_MAX, request_run_short, short_options, CASE_EVENT_COUNT, 0}

const struct request_word request_words[] = {
	{"new", "[KIND] [FILE]", 0, 2, request_run_new, new_options, CASE_EVENT_COUNT, 0},
	{"preview", "FILE|'FIELD=VALUE'...", 1, INT_MAX, request_run_preview, preview_options, CASE_EVENT_COUNT, 0},
	{"submit", "FILE|'FIELD=VALUE'...", 1, INT_MAX, request_run_submit, submit_options, CASE_EVENT_COUNT, 0},
	{"list", "", 0, 0, request_run_list, list_options, CASE_EVENT_COUNT, 0},
	{"show", "REQUEST", 1, 1, request_run_show, show_options, CASE_EVENT_COUNT, 0},
	{"history", "REQUEST", 1, 1, request_run_show, show_options, CASE_EVENT_COUNT, 0},
	{"dossier", "REQUEST", 1, 1, request_run_dossier, show_options, CASE_EVENT_COUNT, 0},
	{"codes", "REQUEST", 1, 1, request_run_codes, codes_options, CASE_EVENT_COUNT, 0},
	{"edit", "REQUEST FILE|'FIELD=VALUE'...", 2, INT_MAX, request_run_answer, step_options, EVENT_EDIT, TEXT_OPTIONAL},
	{"ask", "REQUEST TEXT", 1, 2, request_run_step, step_options, EVENT_ASK, TEXT_REQUIRED},
	{"answer", "REQUEST TEXT|FILE|'FIELD=VALUE'...", 1, INT_MAX, request_run_answer, step_options, EVENT_ANSWER, TEXT_OPTIONAL},
	{"confirm", "[REQUEST] yes|no", 1, 2, request_run_confirm, confirm_options, EVENT_CONFIRM, TEXT_OPTIONAL},
	{"recuse", "REQUEST TEXT", 1, 2, request_run_step, step_options, EVENT_RECUSE, TEXT_REQUIRED},
	{"opine", "REQUEST TEXT", 1, 2, request_run_step, step_options, EVENT_OPINE, TEXT_REQUIRED},
	{"recommend", "REQUEST [TEXT]", 1, 2, request_run_step, referred_options, EVENT_RECOMMEND, TEXT_OPTIONAL},
	{"disadvise", "REQUEST TEXT", 1, 2, request_run_step, referred_options, EVENT_DISADVISE, TEXT_REQUIRED},
	{"attest", "REQUEST --evidence ITEM[,ITEM] [TEXT]", 1, 2, request_run_step, attest_options, EVENT_ATTEST, TEXT_OPTIONAL},
	{"override", "REQUEST --rule ID TEXT", 1, 2, request_run_step, rule_options, EVENT_OVERRIDE, TEXT_REQUIRED},
	{"reply", "REQUEST --rule ID TEXT", 1, 2, request_run_step, rule_options, EVENT_REPLY, TEXT_REQUIRED},
	{"validate", "REQUEST", 1, 1, request_run_step, step_options, EVENT_VALIDATE, TEXT_OPTIONAL},
	{"remind", "REQUEST", 1, 1, request_run_step, step_options, EVENT_REMIND, TEXT_OPTIONAL},
	{"close", "REQUEST [TEXT]", 1, 2, request_run_step, step_options, EVENT_CLOSE, TEXT_OPTIONAL},
	{"refer", "REQUEST TEXT", 1, 2, request_run_step, step_options, EVENT_REFER, TEXT_REQUIRED},
	{"escalate", "REQUEST TEXT", 1, 2, request_run_step, referred_options, EVENT_ESCALATE, TEXT_REQUIRED},
	{"approve", "REQUEST [TEXT]", 1, 2, request_run_step, approve_options, EVENT_APPROVE, TEXT_OPTIONAL},
	{"decline", "REQUEST TEXT", 1, 2, request_run_step, referred_options, EVENT_DECLINE, TEXT_REQUIRED},
	{"call", "REQUEST request|issue|end [TEXT]", 2, 3, request_run_call, referred_options, EVENT_REQUEST_CALL, TEXT_OPTIONAL},
	{"drop", "REQUEST TEXT", 1, 2, request_run_step, referred_options, EVENT_DROP, TEXT_REQUIRED},
	{"withdraw", "REQUEST [TEXT]", 1, 2, request_run_step, step_options, EVENT_WITHDRAW, TEXT_OPTIONAL},
	{"appeal", "REQUEST TEXT", 1, 2, request_run_step, step_options, EVENT_APPEAL, TEXT_REQUIRED},
	{"uphold", "REQUEST TEXT", 1, 2, request_run_step, referred_options, EVENT_UPHOLD, TEXT_REQUIRED},
	{"overturn", "REQUEST TEXT", 1, 2, request_run_step, referred_options, EVENT_OVERTURN, TEXT_REQUIRED},
	{"suspend", "REQUEST TEXT", 1, 2, request_run_step, referred_options, EVENT_SUSPEND, TEXT_REQUIRED},
	{"resume", "REQUEST [TEXT]", 1, 2, request_run_step, referred_options, EVENT_RESUME, TEXT_OPTIONAL},
	{"implement", "REQUEST", 1, 1, request_run_implement, implement_options, CASE_EVENT_COUNT, 0},
	{"deprecate", "REQUEST TEXT", 1, 2, request_run_end, end_options, EVENT_DEPRECATE, TEXT_REQUIRED},
	{"deallocate", "REQUEST TEXT", 1, 2, request_run_end, end_options, EVENT_DEALLOCATE, TEXT_REQUIRED},
	{"deliveries", "[again ID]", 0, 2, request_run_deliveries, show_options, CASE_EVENT_COUNT, 0},
	{"erase", "REQUEST", 1, 1, request_run_erase, erase_options, CASE_EVENT_COUNT, 0},
	{"tick", "", 0, 0, request_run_tick, tick_options, CASE_EVENT_COUNT, 0},
	SHORT("assign"), SHORT("transport"), SHORT("name"), SHORT("modify"), SHORT("rename"),
	SHORT("deassign"), SHORT("reuse"), SHORT("revoke"), SHORT("succession"), SHORT("early"),
	SHORT("renew"), SHORT("permanent"), SHORT("reserve"),
	{NULL, "", 0, 0, NULL, NULL, CASE_EVENT_COUNT, 0},
};
/* clang-format on */

const struct request_word *request_word_of(uint8_t event)
{
	for (const struct request_word *w = request_words; w->name; w++)
		if (w->event == event && event != CASE_EVENT_COUNT)
			return w;
	return NULL;
}

int request_run_new(struct keeper *k, const struct request_word *w)
{
	(void)w;
	return keeper_has(k, OPTION_TEMPLATE) ? request_new_template(k) : request_new(k);
}

static const struct request_word *find(struct portroll_str name)
{
	for (const struct request_word *w = request_words; w->name; w++)
		if (str_equal(name, str_from(w->name)))
			return w;
	return NULL;
}

/* Two edits make any short word of any other. */
static const char *nearest(struct portroll_str name)
{
	const char *found = NULL;
	unsigned least = name.len < 6 ? 2 : 3;
	for (const struct request_word *w = request_words; w->name; w++) {
		unsigned distance = name_distance(name, str_from(w->name), 2);
		if (distance < least) {
			least = distance;
			found = w->name;
		}
	}
	return found;
}

static int fail_unknown(struct keeper *k, struct portroll_str name)
{
	const char *near = nearest(name);
	struct portroll_str shown = str_part(name, 0, 60);
	if (near)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "request knows no '%.*s'; did you mean %s?",
				 PORTROLL_STR_ARG(shown), near);
	return error_set(&k->err, PORTROLL_EINVAL,
			 "request knows no '%.*s'; see: portroll help request",
			 PORTROLL_STR_ARG(shown));
}

static bool takes(const struct request_word *w, uint8_t option)
{
	for (const uint8_t *id = w->takes; *id != OPTION_COUNT; id++)
		if (*id == option)
			return true;
	return false;
}

static int check(struct keeper *k, const struct request_word *w)
{
	int count = k->args.operand_count;
	for (const uint8_t *id = verb_find(STR("request"))->takes; *id != OPTION_COUNT; id++)
		if (keeper_has(k, *id) && !takes(w, *id))
			return error_set(&k->err, PORTROLL_EINVAL,
					 "request %s takes no --%s; see: portroll help request",
					 w->name, options[*id].name);
	if (count >= w->operand_min && count <= w->operand_max)
		return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_EINVAL, "usage: portroll request %s%s%s", w->name,
			 w->operands[0] ? " " : "", w->operands);
}

int verb_request(struct keeper *k)
{
	struct portroll_str name = str_from(k->args.operands[0]);
	const struct request_word *w = find(name);
	if (!w) {
		(void)fail_unknown(k, name);
		return keeper_failed(k);
	}
	k->args.operands++;
	k->args.operand_count--;
	int r = check(k, w);
	if (r == PORTROLL_OK)
		r = w->run(k, w);
	if (k->has_told && r >= 0)
		request_send(k, true);
	return r < 0 ? keeper_failed(k) : r;
}
