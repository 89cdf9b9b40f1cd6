/* SPDX-License-Identifier: MIT */

/* request confirm: an assignee or contact says yes or no, by account or with a code. */

#include "keeper/request_action.h"
#include "keeper/request_step.h"
#include "keeper/request_tell.h"

static int read_word(struct case_event *event, struct keeper *k, const char *word)
{
	struct portroll_str said = str_from(word);
	if (str_equal(said, STR("yes")))
		event->kind = EVENT_CONFIRM;
	else if (str_equal(said, STR("no")))
		event->kind = EVENT_REFUSE;
	else
		return error_set(&k->err, PORTROLL_EINVAL,
				 "request confirm: say yes or no, not '%.40s'", word);
	return PORTROLL_OK;
}

static bool is_of_account(const struct confirmation *asked, const struct account *account)
{
	if (asked->mail.len && str_equal_fold(asked->mail, account->mail))
		return true;
	for (size_t i = 0; asked->person.len && i < account->person_count; i++)
		if (str_equal(asked->person, account->persons[i]))
			return true;
	return false;
}

/* Which of the confirmations that are open is that of who acts, from 1. */
static int find_own(uint32_t *ret, struct open_case *c)
{
	struct keeper *k = c->desk->k;
	const struct request_case *request = c->kept.request;
	const struct account *account = c->desk->me.account;
	for (size_t i = 0; account && i < request->confirmation_count; i++) {
		const struct confirmation *asked = &request->confirmations[i];
		if (asked->answer || asked->revision != request->revision_count ||
		    !is_of_account(asked, account))
			continue;
		*ret = (uint32_t)i + 1;
		return PORTROLL_OK;
	}
	return error_set(&k->err, PORTROLL_ERULE,
			 "nothing is to be confirmed by you: whoever has a code gives it with "
			 "--code, an account speaks for its persons (portroll account)");
}

static role_set role_of(const struct confirmation *asked)
{
	return asked->is_assignee ? ROLE_BIT(ROLE_ASSIGNEE) : ROLE_BIT(ROLE_CONTACT);
}

static int say(struct open_case *c, struct actor actor, const struct case_event *event)
{
	int r = case_do_as(c, actor, event, NULL);
	if (r == PORTROLL_OK)
		r = case_keep(c);
	return r == PORTROLL_OK ? request_tell(c) : r;
}

static int confirm_by_account(struct at_desk *d, struct case_event *event)
{
	struct open_case c;
	int r = open_case(&c, d, d->k->args.operands[0]);
	if (r == PORTROLL_OK)
		r = find_own(&event->party, &c);
	if (r < 0)
		return r;
	const struct actor actor = {
		.account = d->me.name,
		.as = d->me.as,
		.roles = role_of(&c.kept.request->confirmations[event->party - 1]),
	};
	return say(&c, actor, event);
}

/* A wrong code is counted, though nothing else is done. */
static int check_code(struct open_case *c, struct portroll_str code)
{
	struct keeper *k = c->desk->k;
	uint8_t key[CONFIRMATION_KEY_SIZE];
	int r = desk_confirmation_key(key, &c->desk->desk, k->random, &k->err);
	if (r < 0)
		return r;
	struct portroll_error why = {0};
	r = confirmation_check(c->kept.request, code, key, k->now, &why);
	if (r == PORTROLL_OK)
		return r;
	int kept = case_keep(c);
	if (kept < 0)
		return kept;
	k->err = why;
	return r;
}

static int confirm_by_code(struct at_desk *d, struct case_event *event, struct portroll_str code)
{
	struct keeper *k = d->k;
	struct open_case c;
	uint64_t number;
	size_t party;
	int r = confirmation_parse(&number, &party, code);
	if (r < 0)
		return error_set(&k->err, r,
				 "--code: is no code of a confirmation, R-42.1.ABCD...");
	r = open_case_number(&c, d, number);
	if (r == PORTROLL_OK)
		r = check_code(&c, code);
	if (r < 0)
		return r;
	event->party = (uint32_t)party;
	const struct confirmation *asked = &c.kept.request->confirmations[party - 1];
	const struct actor actor = {
		.account = asked->person.len ? asked->person : asked->mail,
		.roles = role_of(asked),
	};
	return say(&c, actor, event);
}

static int confirm(struct at_desk *d, const struct request_word *w)
{
	struct keeper *k = d->k;
	struct case_event event;
	int count = k->args.operand_count;
	bool by_code = keeper_has(k, OPTION_CODE);
	int r = request_event(&event, k, w, NULL);
	if (r == PORTROLL_OK)
		r = read_word(&event, k, k->args.operands[count - 1]);
	if (r < 0)
		return r;
	if (!by_code && count < 2)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "request confirm needs a request, R-42, or --code CODE");
	return by_code ? confirm_by_code(d, &event, keeper_option(k, OPTION_CODE))
		       : confirm_by_account(d, &event);
}

int request_run_confirm(struct keeper *k, const struct request_word *w)
{
	struct at_desk d = {0};
	int r = at_desk_open(&d, k);
	if (r == PORTROLL_OK)
		r = confirm(&d, w);
	at_desk_close(&d);
	return r;
}

/* For the registrar, who hands them to those that cannot be reached by mail. */
static int put_codes(struct at_desk *d)
{
	struct keeper *k = d->k;
	struct open_case c;
	uint8_t key[CONFIRMATION_KEY_SIZE];
	int r = open_case(&c, d, k->args.operands[0]);
	if (r < 0)
		return r;
	const struct request_case *request = c.kept.request;
	if (!(at_desk_actor(d, request, &c.world).roles & ROLE_BIT(ROLE_REGISTRAR)))
		return error_set(&k->err, PORTROLL_ERULE,
				 "the codes are for those who are asked: a registrar hands them "
				 "out");
	r = desk_confirmation_key(key, &d->desk, k->random, &k->err);
	if (r < 0)
		return r;
	size_t count = 0;
	for (size_t i = 0; i < request->confirmation_count; i++) {
		const struct confirmation *asked = &request->confirmations[i];
		char code[CONFIRMATION_CODE_MAX];
		if (asked->answer || asked->revision != request->revision_count ||
		    asked->wrong >= CONFIRMATION_WRONG_MAX || k->now >= asked->expires)
			continue;
		count++;
		confirmation_code(code, request, i + 1, key);
		buf_printf(&k->out.buf, "%s  ", code);
		out_text(&k->out, asked->name.len ? asked->name : asked->person, false);
		buf_puts(&k->out.buf, asked->is_assignee ? ", assignee\n" : ", contact\n");
	}
	return count ? EXIT_YES : EXIT_NO;
}

int request_run_codes(struct keeper *k, const struct request_word *w)
{
	(void)w;
	struct at_desk d = {0};
	int r = at_desk_open(&d, k);
	if (r == PORTROLL_OK)
		r = put_codes(&d);
	at_desk_close(&d);
	return r;
}
