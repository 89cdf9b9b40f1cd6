/* SPDX-License-Identifier: MIT */

/* request assign, deassign, revoke, reserve ...: what a registrar has decided, as one run: a
 * request with its evidence that goes the way of all others, and stops where something is in its
 * way. */

#include "keeper/request_action.h"
#include "keeper/request_implement.h"
#include "keeper/request_input.h"
#include "keeper/request_submit.h"
#include "keeper/request_tell.h"

static int read_document(struct document *ret, struct keeper *k, const struct request_word *w)
{
	const struct operand_list operands = {k->args.operands, k->args.operand_count};
	struct portroll_str kind = str_from(w->name);
	int r = request_input(ret, k, operands, NULL);
	if (r < 0)
		return r;
	struct portroll_str said = ret->values[DOC_REQUEST];
	if (said.len && !str_equal_fold(said, kind))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "the document asks for '%.*s', not for '%s': portroll request "
				 "%.*s does that",
				 PORTROLL_STR_ARG(str_part(said, 0, 40)), w->name,
				 PORTROLL_STR_ARG(str_part(said, 0, 40)));
	ret->values[DOC_REQUEST] = kind;
	if (ret->values[DOC_REASON].len == 0)
		ret->values[DOC_REASON] = keeper_option(k, OPTION_REASON);
	return PORTROLL_OK;
}

/* The others ask; a registrar who was asked has what was said on file. */
static int check_registrar(const struct at_desk *d, const struct request_word *w)
{
	if (account_has(d->me.account, ROLE_REGISTRAR))
		return PORTROLL_OK;
	return error_set(&d->k->err, PORTROLL_ERULE,
			 "request %s is for a registrar, who has what it needs on file; portroll "
			 "request submit asks for it",
			 w->name);
}

/* What the options say of one of the steps. */
static int do_step(struct open_case *c, uint8_t kind)
{
	struct request_word step = *request_word_of(kind);
	struct case_event event = {0};
	step.text = TEXT_OPTIONAL;
	int r = request_event(&event, c->desk->k, &step, NULL);
	if (r == PORTROLL_OK && kind == EVENT_APPROVE) {
		event.evidence = 0;
		r = request_choose_port(&event, c);
	}
	return r == PORTROLL_OK ? case_do(c, &event, NULL) : r;
}

/* With what is on file now the checks may lead elsewhere. */
static int attest(struct open_case *c)
{
	const struct case_event again = {.kind = EVENT_VALIDATE};
	const struct request_case *request = c->kept.request;
	int r = do_step(c, EVENT_ATTEST);
	if (r == PORTROLL_OK &&
	    (request->state == STATE_NEED_INFO || request->state == STATE_AWAIT_CONFIRM))
		r = case_do(c, &again, NULL);
	return r;
}

static int do_steps(struct open_case *c)
{
	int r = keeper_has(c->desk->k, OPTION_EVIDENCE) ? attest(c) : PORTROLL_OK;
	return r == PORTROLL_OK ? do_step(c, EVENT_APPROVE) : r;
}

/* What was done stays; the sentence says what is in the way. */
static int stop(struct open_case *c)
{
	struct keeper *k = c->desk->k;
	struct portroll_error why = k->err;
	char id[CASE_ID_MAX];
	k->err = (struct portroll_error){0};
	(void)case_id(id, c->kept.request->number);
	int r = case_keep(c);
	if (r == PORTROLL_OK)
		r = request_tell(c);
	if (r < 0)
		return r;
	out_message(&k->out, "%s stops here: %s", id, why.text);
	return EXIT_NO;
}

static int prepare(uint64_t *ret, struct keeper *k, const struct request_word *w)
{
	struct at_desk d = {0};
	struct document document;
	struct open_case c;
	int r = read_document(&document, k, w);
	if (r == PORTROLL_OK)
		r = at_desk_open(&d, k);
	if (r == PORTROLL_OK)
		r = check_registrar(&d, w);
	if (r == PORTROLL_OK)
		r = request_submit(&c, &d, &document);
	if (r == PORTROLL_OK) {
		*ret = c.kept.request->number;
		r = do_steps(&c);
		r = r == PORTROLL_ERULE ? stop(&c) : r == PORTROLL_OK ? case_keep(&c) : r;
	}
	at_desk_close(&d);
	return r;
}

int request_run_short(struct keeper *k, const struct request_word *w)
{
	struct at_desk desk = {0};
	struct held_roll held = HELD_ROLL_INIT;
	const struct case_event event = {.kind = EVENT_IMPLEMENT};
	uint64_t number;
	int r = prepare(&number, k, w);
	if (r != PORTROLL_OK)
		return r;
	r = decision_open(&desk, &held, k);
	if (r == PORTROLL_OK)
		r = request_implement(&desk, &held, number, event);
	decision_close(&desk, &held);
	return r;
}
