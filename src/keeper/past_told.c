/* SPDX-License-Identifier: MIT */
#include "keeper/past_told.h"

#include "keeper/log_life.h"

int past_told_put(struct keeper *k, struct portroll_str word)
{
	struct log_history history = {0};
	const struct log_filter all = {0};
	if (log_history_open(&history, k) < 0) {
		k->err = (struct portroll_error){0};
		return PORTROLL_OK;
	}
	buf_puts(&k->out.buf, "what became of ");
	out_text(&k->out, word, false);
	buf_puts(&k->out.buf, " until now\n");
	int r = log_life(k, &history, word, &all);
	log_history_close(&history);
	return r < 0 ? r : PORTROLL_OK;
}
