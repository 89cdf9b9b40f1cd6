/* SPDX-License-Identifier: MIT */

/* init: the ledger of a roll that has none. */

#include "keeper/held_roll.h"

static void tell(struct keeper *k, const struct held_roll *h, struct portroll_str origin)
{
	struct buf *out = &k->out.buf;
	if (k->out.quiet)
		return;
	out_text(&k->out, str_from(h->folder), false);
	buf_puts(out, ": a ledger that signs as ");
	buf_put(out, origin);
	buf_puts(out, "; its key is ");
	out_text(&k->out, str_from(h->folder), false);
	buf_puts(out, "/key, keep a copy apart\n");
}

static int make(struct keeper *k, struct held_roll *h)
{
	int r = held_roll_open(h, k);
	if (r < 0)
		return r;
	if (h->ledger)
		return error_set(&k->err, PORTROLL_ECONFLICT, "%s: there is a ledger already",
				 h->folder);
	struct portroll_str origin = keeper_origin(k);
	r = ledger_init(&h->options, keeper_option(k, OPTION_STORE), origin, &k->err);
	if (r == PORTROLL_OK)
		tell(k, h, origin);
	return r;
}

int verb_init(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	int r = make(k, &held);
	held_roll_close(&held);
	return r < 0 ? keeper_failed(k) : EXIT_YES;
}
