/* SPDX-License-Identifier: MIT */
#include "keeper/request_end.h"

#include "keeper/request_action.h"
#include "keeper/request_tell.h"

/* Where nothing of it is left in the registry, for its record was taken away or given to somebody
 * else by a request of before, the case alone ends. */
static int end_case(struct decision *s, struct case_event done, bool is_due)
{
	struct keeper *k = s->desk->k;
	struct portroll_error why = {0};
	struct portroll_str author = is_due ? STR("portroll") : s->desk->me.name;
	const struct actor clock = {.account = author, .roles = ROLE_BIT(ROLE_CLOCK)};
	bool deprecates = done.kind == EVENT_DEPRECATE;
	int left = effect_expire(&s->result, &s->effect, deprecates, &k->arena, &why);
	bool is_gone = left == PORTROLL_ECONFLICT || left == PORTROLL_ERULE;
	if (left < 0 && !is_gone) {
		k->err = why;
		return left;
	}
	if (is_gone)
		s->result.summary = STR("nothing of it was left in the registry");
	else
		done.change = decision_change(s);
	int r = is_due ? case_do_as(&s->c, clock, &done, NULL) : case_do(&s->c, &done, NULL);
	if (r < 0)
		return r;
	return is_gone ? case_keep(&s->c) : decision_commit(s, author, NULL);
}

static int end(struct decision *s, const struct case_event *event, bool is_due)
{
	struct out *o = &s->desk->k->out;
	int r = end_case(s, *event, is_due);
	if (r < 0 || o->quiet)
		return r;
	if (is_due) {
		request_tell_line(&s->c, s->result.summary);
		return PORTROLL_OK;
	}
	out_text(o, s->result.summary, false);
	buf_putc(&o->buf, '\n');
	return request_tell(&s->c);
}

int request_end(struct keeper *k, uint64_t number, const struct case_event *event, bool is_due)
{
	struct at_desk desk = {0};
	struct held_roll held = HELD_ROLL_INIT;
	struct decision s;
	int r = decision_open(&desk, &held, k);
	if (r == PORTROLL_OK)
		r = decision_read(&s, &desk, &held, number);
	if (r == PORTROLL_OK)
		r = end(&s, event, is_due);
	decision_close(&desk, &held);
	return r;
}

int request_run_end(struct keeper *k, const struct request_word *w)
{
	uint64_t number;
	struct case_event event;
	const char *text = k->args.operand_count > 1 ? k->args.operands[1] : NULL;
	int r = request_event(&event, k, w, text);
	if (r == PORTROLL_OK)
		r = request_number(&number, k, k->args.operands[0]);
	return r == PORTROLL_OK ? request_end(k, number, &event, false) : r;
}
