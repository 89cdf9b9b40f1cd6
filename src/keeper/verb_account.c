/* SPDX-License-Identifier: MIT */

/* account [list], show, add, set, grant, revoke, disable, enable, remove. */

#include "base/file.h"
#include "keeper/account_run.h"
#include "terminal/ask.h"

struct word {
	const char *name;
	int operand_count; /* the word itself among them */
	account_change_fn *change;
	bool makes, removes;
	const char *told; /* what was done */
	uint8_t takes[9]; /* of the options of the verb; ends with OPTION_COUNT */
};

#define TEXTS OPTION_LOGIN, OPTION_DISPLAY, OPTION_MAIL, OPTION_PERSON

/* clang-format off */
static const struct word words[] = {
	{"list", 1, NULL, false, false, NULL, {OPTION_JSON, OPTION_COUNT}},
	{"show", 2, NULL, false, false, NULL, {OPTION_JSON, OPTION_COUNT}},
	{"add", 2, account_change_add, true, false, "added",
	 {TEXTS, OPTION_ADMIN, OPTION_GRANT, OPTION_AS, OPTION_COUNT}},
	{"set", 2, account_change_set, false, false, "changed", {TEXTS, OPTION_AS, OPTION_COUNT}},
	{"grant", 3, account_change_grant, false, false, "changed", {OPTION_AS, OPTION_COUNT}},
	{"revoke", 3, account_change_revoke, false, false, "changed", {OPTION_AS, OPTION_COUNT}},
	{"disable", 2, account_change_disable, false, false, "disabled", {OPTION_AS, OPTION_COUNT}},
	{"enable", 2, account_change_enable, false, false, "enabled", {OPTION_AS, OPTION_COUNT}},
	{"remove", 2, NULL, false, true, "removed, and what was known of it erased",
	 {OPTION_YES, OPTION_AS, OPTION_COUNT}},
};
/* clang-format on */

static int find_existing(const struct account **ret, struct account_run *run)
{
	struct portroll_str name = str_from(run->keeper->args.operands[1]);
	*ret = account_find(&run->all, name);
	if (*ret)
		return PORTROLL_OK;
	return error_set(&run->keeper->err, PORTROLL_EINVAL,
			 "there is no account '%.*s'; portroll account list names them",
			 PORTROLL_STR_ARG(str_part(name, 0, 40)));
}

/* A copy to be changed. */
static int begin_change(struct account *ret, struct account_run *run, const struct word *word)
{
	const struct account *there;
	if (!word->makes) {
		int r = find_existing(&there, run);
		if (r == PORTROLL_OK)
			*ret = *there;
		return r;
	}
	*ret = (struct account){.name = str_from(run->keeper->args.operands[1])};
	if (!account_find(&run->all, ret->name))
		return PORTROLL_OK;
	return error_set(&run->keeper->err, PORTROLL_ECONFLICT,
			 "the account %.*s is there already; portroll account set changes it",
			 PORTROLL_STR_ARG(ret->name));
}

/* Without a terminal nobody is asked. */
static bool is_agreed(struct account_run *run, const struct account *a)
{
	struct keeper *k = run->keeper;
	if (keeper_has(k, OPTION_YES))
		return true;
	CLEANUP(buf_done) struct buf question = BUF_INIT(256);
	buf_puts(&question, "portroll: remove the account ");
	buf_put(&question, a->name);
	buf_puts(&question, " and erase what is known of it?");
	buf_putc(&question, '\0');
	return !question.failed && ask(&k->out, question.ptr) != ASK_NO;
}

/* Which of the papers it was says nothing to people. */
static int put_down(struct account_run *run, const struct stored_paper papers[ACCOUNT_PAPERS])
{
	struct keeper *k = run->keeper;
	struct portroll_error own = {0};
	int r = desk_put(&run->desk, papers, ACCOUNT_PAPERS, &own);
	if (r == PORTROLL_ECONFLICT)
		return error_set(&k->err, r,
				 "somebody else changed the accounts first, and nothing was done: "
				 "look at them (portroll account list) and try again");
	return r < 0 ? error_set(&k->err, r, "%s", own.text) : r;
}

static int change(struct account_run *run, const struct word *word)
{
	struct keeper *k = run->keeper;
	struct stored_paper papers[ACCOUNT_PAPERS];
	struct account a;
	int r = begin_change(&a, run, word);
	if (r == PORTROLL_OK && word->change)
		r = word->change(run, &a);
	if (r < 0)
		return r;
	if (word->removes)
		r = account_remove(papers, &run->all, &a, run->desk.arena, &k->err);
	else
		r = account_put(papers, &run->all, &a, run->desk.arena, &k->err);
	if (r == PORTROLL_OK && word->removes && !is_agreed(run, &a)) {
		out_message(&k->out, "nothing is removed");
		return EXIT_NO;
	}
	if (r == PORTROLL_OK)
		r = put_down(run, papers);
	if (r == PORTROLL_OK && !k->out.quiet)
		buf_printf(&k->out.buf, "account %.*s %s\n", PORTROLL_STR_ARG(a.name), word->told);
	return r;
}

/* There is no account that could make the first one: whoever may write the roll may. */
static int change_first(struct account_run *run, const struct word *word)
{
	struct keeper *k = run->keeper;
	int lock = -1;
	int r = file_lock_wait(&lock, run->folder, &k->err);
	if (r < 0)
		return r;
	r = change(run, word);
	file_close(&lock);
	return r;
}

static int run_change(struct account_run *run, const struct word *word)
{
	struct keeper *k = run->keeper;
	if (run->all.count == 0 && word->makes && !keeper_has(k, OPTION_AS))
		return change_first(run, word);
	int r = acting_find(&run->acting, k, &run->all);
	if (r == PORTROLL_OK)
		r = acting_need_administrator(&run->acting, k);
	return r == PORTROLL_OK ? change(run, word) : r;
}

static int run_word(struct account_run *run, const struct word *word)
{
	const struct account *a;
	int r = accounts_read(&run->all, run->desk.ops, run->desk.store, run->desk.arena,
			      &run->keeper->err);
	if (r < 0)
		return r;
	if (word->told)
		return run_change(run, word);
	if (word->operand_count == 1)
		return account_tell_list(run);
	r = find_existing(&a, run);
	return r == PORTROLL_OK ? account_tell_one(run, a) : r;
}

static int open_and_run(struct keeper *k, const struct word *word)
{
	struct account_run run = {.keeper = k, .desk.arena = &k->arena};
	struct ledger_options of_roll;
	int r = roll_folder_to_read(&run.folder, &k->environment, &k->arena, &k->err);
	if (r < 0)
		return r;
	if (!ledger_exists(run.folder))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "%s: there is no ledger to keep accounts beside; portroll init "
				 "makes one",
				 run.folder);
	r = keeper_ledger_options(&of_roll, k, run.folder);
	if (r == PORTROLL_OK)
		r = ledger_find_store(&run.desk.store, &run.desk.ops, &of_roll, &k->err);
	if (r < 0)
		return r;
	r = run_word(&run, word);
	run.desk.ops->close(run.desk.store);
	return r;
}

static bool takes(const struct word *word, uint8_t option)
{
	for (const uint8_t *id = word->takes; *id != OPTION_COUNT; id++)
		if (*id == option)
			return true;
	return false;
}

static int check_options(struct keeper *k, const struct word *word)
{
	for (const uint8_t *id = verb_find(STR("account"))->takes; *id != OPTION_COUNT; id++)
		if (keeper_has(k, *id) && !takes(word, *id))
			return error_set(&k->err, PORTROLL_EINVAL,
					 "account %s takes no --%s; see: portroll help account",
					 word->name, options[*id].name);
	return PORTROLL_OK;
}

static int find_and_run(struct keeper *k)
{
	int count = k->args.operand_count;
	struct portroll_str name = count ? str_from(k->args.operands[0]) : STR("list");
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (!str_equal(name, str_from(words[i].name)) ||
		    (count ? count : 1) != words[i].operand_count)
			continue;
		int r = check_options(k, &words[i]);
		return r == PORTROLL_OK ? open_and_run(k, &words[i]) : r;
	}
	return error_set(&k->err, PORTROLL_EINVAL,
			 "usage: portroll account [list], account show|add|set|disable|enable|"
			 "remove NAME, or account grant|revoke NAME ROLE[:SCOPE]");
}

int verb_account(struct keeper *k)
{
	int r = find_and_run(k);
	return r < 0 ? keeper_failed(k) : r;
}
