/* SPDX-License-Identifier: MIT */

/* ledger redact: what is known of a person goes, and every proof stays whole. */

#include "keeper/held_roll.h"
#include "keeper/ledger_action.h"
#include "terminal/ask.h"

/* Without a terminal nobody is asked. */
static bool is_agreed(struct keeper *k, struct portroll_str id)
{
	if (keeper_has(k, OPTION_YES))
		return true;
	CLEANUP(buf_done) struct buf question = BUF_INIT(8192);
	buf_puts(&question, "portroll: erase for good what the ledger knows of ");
	buf_put(&question, id);
	buf_puts(&question, ", but the id?");
	buf_putc(&question, '\0');
	return !question.failed && ask(&k->out, question.ptr) != ASK_NO;
}

static void tell(struct keeper *k, struct portroll_str id, uint64_t count)
{
	struct buf *out = &k->out.buf;
	if (k->out.quiet)
		return;
	out_text(&k->out, id, false);
	buf_puts(out, ": ");
	buf_put_grouped(out, count);
	buf_puts(out, count == 1 ? " content is erased" : " contents are erased");
	buf_puts(out, "; the id stays, and every proof holds\n"
		      "backups, mirrors and files of the registry made before have it still\n");
}

static int say_unfinished(struct keeper *k, int code)
{
	struct portroll_error why = k->err;
	k->err = (struct portroll_error){0};
	return error_set(&k->err, code,
			 "it is erased in the ledger, but not yet in the snapshot; redact again: "
			 "%s",
			 why.text);
}

static int redact(struct keeper *k, struct held_roll *held, struct portroll_str id)
{
	uint64_t count = 0;
	if (!held->ledger)
		return error_set(&k->err, PORTROLL_EINVAL, "%s: there is no ledger yet",
				 held->folder);
	if (!is_agreed(k, id)) {
		out_message(&k->out, "nothing is erased");
		return EXIT_NO;
	}
	int r = ledger_redact(&count, held->ledger, id, &k->err);
	if (r < 0)
		return r;
	/* Also where nothing was erased: the one before may have been cut off here. */
	r = held_roll_renew(held);
	if (r == PORTROLL_OK)
		r = ledger_publish_people(held->ledger, &k->err);
	if (r < 0)
		return say_unfinished(k, r);
	if (count == 0) {
		out_message(&k->out, "the ledger knows nothing of %.*s",
			    PORTROLL_STR_ARG(str_part(id, 0, 80)));
		return EXIT_NO;
	}
	tell(k, id, count);
	return EXIT_YES;
}

int action_redact(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	int r = held_roll_open(&held, k);
	if (r == PORTROLL_OK)
		r = redact(k, &held, str_from(k->args.operands[0]));
	held_roll_close(&held);
	return r;
}
