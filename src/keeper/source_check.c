/* SPDX-License-Identifier: MIT */
#include "keeper/source_action.h"

/* source check NAME: what other sources of the roll have, too. */

#define REPORT_MAX ((size_t)256 << 20)

static int put_json(size_t *ret, struct keeper *k, struct conflict_question *q)
{
	struct json j = json_init(&k->out.buf, true);
	struct buf none = BUF_INIT(0);
	q->json = &j;
	json_object(&j);
	json_member(&j, "schema", STR("portroll-source-check/1"));
	json_member(&j, "source", q->name);
	json_key(&j, "conflicts");
	json_array(&j);
	int r = conflicts_put(&none, ret, q, SIZE_MAX, &k->arena);
	json_array_end(&j);
	json_object_end(&j);
	buf_putc(&k->out.buf, '\n');
	return r;
}

static int put_lines(size_t *ret, struct keeper *k, const struct conflict_question *q)
{
	CLEANUP(buf_done) struct buf lines = BUF_INIT(REPORT_MAX);
	int r = conflicts_put(&lines, ret, q, SIZE_MAX, &k->arena);
	if (r < 0 || lines.failed)
		return PORTROLL_ENOMEM;
	buf_put(&k->out.buf, buf_str(&lines));
	if (!*ret && !k->out.quiet)
		out_message(&k->out, "no other source of the roll has what %s has",
			    k->args.operands[1]);
	return PORTROLL_OK;
}

int source_check(struct keeper *k)
{
	struct present_policy present;
	size_t count = 0;
	int r = present_policy_find(&present, k, str_from(k->args.operands[1]));
	if (r == PORTROLL_OK) {
		struct conflict_question q = {.roll = present.roll,
					      .name = present.own.policy.source,
					      .policy = &present.own.policy};
		r = keeper_has(k, OPTION_JSON) ? put_json(&count, k, &q) : put_lines(&count, k, &q);
		if (r < 0)
			r = error_memory(&k->err);
	}
	present_policy_close(&present);
	if (r < 0)
		return r;
	return count ? EXIT_NO : EXIT_YES;
}
