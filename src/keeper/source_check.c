/* SPDX-License-Identifier: MIT */
#include "keeper/source_action.h"

/* source check NAME: what other sources of the roll have, too. */

#define REPORT_MAX ((size_t)256 << 20)

int source_check(struct keeper *k)
{
	struct present_policy present;
	CLEANUP(buf_done) struct buf lines = BUF_INIT(REPORT_MAX);
	size_t count = 0;
	int r = present_policy_find(&present, k, str_from(k->args.operands[1]));
	if (r == PORTROLL_OK) {
		const struct conflict_question q = {.roll = present.roll,
						    .name = present.own.policy.source,
						    .policy = &present.own.policy};
		r = conflicts_put(&lines, &count, &q, SIZE_MAX, &k->arena);
		if (r < 0 || lines.failed)
			r = error_memory(&k->err);
	}
	present_policy_close(&present);
	if (r < 0)
		return r;
	buf_put(&k->out.buf, buf_str(&lines));
	if (!count && !k->out.quiet)
		out_message(&k->out, "no other source of the roll has what %s has",
			    k->args.operands[1]);
	return count ? EXIT_NO : EXIT_YES;
}
