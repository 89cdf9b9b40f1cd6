/* SPDX-License-Identifier: MIT */
#include "keeper/request_end.h"

#include "keeper/request_action.h"
#include "keeper/request_tell.h"

/* Its record was taken away, or given to somebody else, by a request of before: nothing of it is in
 * the registry, and the case alone ends. */
static int end_case(struct decision *s)
{
	s->desk->k->err = (struct portroll_error){0};
	int r = case_keep(&s->c);
	return r == PORTROLL_OK ? request_tell(&s->c) : r;
}

static int end(struct decision *s, const struct case_event *event, bool is_due)
{
	struct keeper *k = s->desk->k;
	struct portroll_str author = is_due ? STR("portroll") : s->desk->me.name;
	const struct actor clock = {.account = author, .roles = ROLE_BIT(ROLE_CLOCK)};
	struct case_event done = *event;
	done.change = decision_change(s);
	int r = is_due ? case_do_as(&s->c, clock, &done, NULL) : case_do(&s->c, &done, NULL);
	if (r == PORTROLL_OK)
		r = effect_expire(&s->result, &s->effect, event->kind == EVENT_DEPRECATE, &k->arena,
				  &k->err);
	if (r == PORTROLL_ECONFLICT && is_due && event->kind == EVENT_DEALLOCATE)
		return end_case(s);
	if (r == PORTROLL_OK)
		r = decision_commit(s, author, NULL);
	if (r < 0 || k->out.quiet)
		return r;
	out_text(&k->out, s->result.summary, false);
	buf_putc(&k->out.buf, '\n');
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
