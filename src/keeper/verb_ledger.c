/* SPDX-License-Identifier: MIT */

/* ledger WORD: what is done with the ledger itself. */

#include "keeper/ledger_action.h"

/* clang-format off */
const struct ledger_action ledger_actions[] = {
	{"checkpoint", "", 0, 0, ledger_checkpoint, {OPTION_COUNT}},
	{"receipt", "CHANGE", 1, 1, ledger_receipt, {OPTION_COUNT}},
	{"revert", "CHANGE --reason TEXT", 1, 1, action_revert, {OPTION_REASON, OPTION_WAIT, OPTION_COUNT}},
	{"redact", "PERSON", 1, 1, action_redact, {OPTION_YES, OPTION_WAIT, OPTION_COUNT}},
	{"backup", "FILE", 1, 1, action_backup, {OPTION_WAIT, OPTION_COUNT}},
	{"restore", "FILE", 1, 1, action_restore, {OPTION_STORE, OPTION_KEY_FILE, OPTION_COUNT}},
	{"key", "", 0, 0, action_key, {OPTION_ROTATE, OPTION_REASON, OPTION_WAIT, OPTION_COUNT}},
	{"fork", "--i-know --reason TEXT", 0, 0, action_fork, {OPTION_I_KNOW, OPTION_REASON, OPTION_FORCE, OPTION_COUNT}},
	{"rebuild", "", 0, 0, action_rebuild, {OPTION_WAIT, OPTION_COUNT}},
	{"follow", "", 0, 0, ledger_follow, {OPTION_COUNT}},
	{"mirror", "URL [FOLDER]", 1, 2, ledger_mirror, {OPTION_TIMEOUT, OPTION_COUNT}},
	{NULL, "", 0, 0, NULL, {OPTION_COUNT}},
};
/* clang-format on */

static const struct ledger_action *find(struct portroll_str name)
{
	for (const struct ledger_action *action = ledger_actions; action->name; action++)
		if (str_equal(name, str_from(action->name)))
			return action;
	return NULL;
}

static bool takes(const struct ledger_action *action, uint8_t option)
{
	for (const uint8_t *id = action->takes; *id != OPTION_COUNT; id++)
		if (*id == option)
			return true;
	return false;
}

static int check(struct keeper *k, const struct ledger_action *action)
{
	int count = k->args.operand_count;
	for (const uint8_t *id = verb_find(STR("ledger"))->takes; *id != OPTION_COUNT; id++)
		if (keeper_has(k, *id) && !takes(action, *id))
			return error_set(&k->err, PORTROLL_EINVAL,
					 "ledger %s takes no --%s; see: portroll help ledger",
					 action->name, options[*id].name);
	if (count >= action->operand_min && count <= action->operand_max)
		return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_EINVAL, "usage: portroll ledger %s%s%s", action->name,
			 action->operands[0] ? " " : "", action->operands);
}

static void fail_without_word(struct keeper *k)
{
	CLEANUP(buf_done) struct buf words = BUF_INIT(1024);
	for (const struct ledger_action *action = ledger_actions; action->name; action++) {
		buf_puts(&words, action == ledger_actions ? "" : action[1].name ? ", " : " or ");
		buf_puts(&words, action->name);
	}
	(void)error_set(&k->err, PORTROLL_EINVAL, "ledger takes a word: %.*s",
			PORTROLL_STR_ARG(buf_str(&words)));
}

int verb_ledger(struct keeper *k)
{
	if (k->args.operand_count == 0) {
		fail_without_word(k);
		return keeper_failed(k);
	}
	struct portroll_str name = str_from(k->args.operands[0]);
	const struct ledger_action *action = find(name);
	if (!action) {
		(void)error_set(&k->err, PORTROLL_EINVAL,
				"ledger knows no '%.*s'; see: portroll help ledger",
				PORTROLL_STR_ARG(str_part(name, 0, 60)));
		return keeper_failed(k);
	}
	k->args.operands++;
	k->args.operand_count--;
	int r = check(k, action);
	if (r == PORTROLL_OK)
		r = action->run(k);
	return r < 0 ? keeper_failed(k) : r;
}
