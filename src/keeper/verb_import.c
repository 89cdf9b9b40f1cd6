/* SPDX-License-Identifier: MIT */

/* import FILE...: all files or none; with --history each by itself. */

#include "keeper/history.h"

static int import_together(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	struct import i = import_begin(k, &held);
	int r = import_files(&i);
	if (r == PORTROLL_OK)
		r = import_tell(&i);
	import_done(&i);
	held_roll_close(&held);
	return r;
}

int verb_import(struct keeper *k)
{
	int r = keeper_has(k, OPTION_HISTORY) ? history_import(k) : import_together(k);
	return r < 0 ? keeper_failed(k) : EXIT_YES;
}
