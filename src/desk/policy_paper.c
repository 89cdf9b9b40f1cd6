/* SPDX-License-Identifier: MIT */
#include "desk/policy_paper.h"

struct finding_paper {
	struct arena *arena;
	struct stored_paper *paper;
};

static int take(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	const struct finding_paper *f = context;
	f->paper->version = paper->version;
	f->paper->body = arena_str(f->arena, paper->body);
	return f->arena->failed ? error_memory(err) : PORTROLL_OK;
}

int policy_paper_find(struct stored_paper *ret, const struct desk *d, struct portroll_str source,
		      struct portroll_error *err)
{
	*ret = (struct stored_paper){.kind = PAPER_POLICY, .id = source};
	struct finding_paper f = {d->arena, ret};
	return d->ops->papers(d->store, (struct paper_name){PAPER_POLICY, source}, take, &f, err);
}
