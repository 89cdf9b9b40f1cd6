/* SPDX-License-Identifier: MIT */

/* ledger redact: what is known of a person goes, and every proof stays whole. */

#include "keeper/held_roll.h"
#include "keeper/ledger_action.h"
#include "terminal/ask.h"

/* EXIT_YES, EXIT_NO, or an error where there is nobody to ask. */
static int agree(struct keeper *k, struct portroll_str id)
{
	if (keeper_has(k, OPTION_YES))
		return EXIT_YES;
	CLEANUP(buf_done) struct buf question = BUF_INIT(8192);
	buf_puts(&question, "portroll: erase for good what the ledger knows of ");
	buf_put(&question, id);
	buf_puts(&question, ", but the id?");
	buf_putc(&question, '\0');
	if (question.failed)
		return error_memory(&k->err);
	switch (ask(&k->out, question.ptr)) {
	case ASK_YES:
		return EXIT_YES;
	case ASK_NO:
		out_message(&k->out, "nothing is erased");
		return EXIT_NO;
	case ASK_NOBODY:
		break;
	}
	return error_set(&k->err, PORTROLL_EINVAL,
			 "nothing is erased, there is nobody to ask; --yes erases for good");
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

struct id_search {
	struct portroll_str id;
	bool is_there;
};

static int look_for_id(void *context, const struct stored_person *person,
		       struct portroll_error *err)
{
	struct id_search *search = context;
	(void)err;
	search->is_there |= str_equal(person->id, search->id);
	return PORTROLL_OK;
}

static int say_nothing(struct keeper *k, struct ledger *ledger, struct portroll_str id)
{
	struct id_search search = {.id = id};
	struct store *store;
	const struct store_ops *ops = ledger_store(&store, ledger);
	int r = ops->people(store, STR(""), look_for_id, &search, &k->err);
	if (r < 0)
		return r;
	id = str_part(id, 0, 80);
	if (search.is_there)
		out_message(&k->out, "%.*s is erased already", PORTROLL_STR_ARG(id));
	else
		out_message(&k->out, "the ledger knows nothing of %.*s", PORTROLL_STR_ARG(id));
	return EXIT_NO;
}

static int redact(struct keeper *k, struct held_roll *held, struct portroll_str id)
{
	uint64_t count = 0;
	if (!held->ledger)
		return error_set(&k->err, PORTROLL_EINVAL, "%s: there is no ledger yet",
				 held->folder);
	int r = agree(k, id);
	if (r != EXIT_YES)
		return r;
	r = ledger_redact(&count, held->ledger, id, &k->err);
	if (r < 0)
		return r;
	/* Also where nothing was erased: the one before may have been cut off here. */
	r = held_roll_renew(held);
	if (r == PORTROLL_OK)
		r = ledger_publish_people(held->ledger, &k->err);
	if (r < 0)
		return say_unfinished(k, r);
	if (count == 0)
		return say_nothing(k, held->ledger, id);
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
