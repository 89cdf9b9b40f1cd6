/* SPDX-License-Identifier: MIT */
#include "keeper/change_told.h"

#include "keeper/tellings.h"

static int tell(struct telling_list *ret, struct keeper *k, const struct registry *before,
		const struct registry *after)
{
	struct registry_change change;
	int r = registry_compare(&change, before, after, &k->arena);
	if (r == PORTROLL_OK)
		r = tell_change(ret, before, after, &change, &k->arena);
	return r < 0 ? error_memory(&k->err) : r;
}

int change_told_put(struct keeper *k, const struct registry *before, const struct registry *after)
{
	struct telling_list list;
	const struct tellings_style style = {.indent = 2, .patch = true};
	int r = tell(&list, k, before, after);
	if (r == PORTROLL_OK)
		tellings_put(&k->out, &list, &style);
	return r;
}

int change_told_put_json(struct json *j, struct keeper *k, const struct registry *before,
			 const struct registry *after)
{
	struct telling_list list;
	int r = tell(&list, k, before, after);
	if (r == PORTROLL_OK)
		tellings_put_json(j, &list);
	return r;
}
