/* SPDX-License-Identifier: MIT */
#include "keeper/questions_ground.h"

#include "base/file.h"

static bool has_roll(struct keeper *k)
{
	char *path = NULL;
	return roll_snapshot_to_read(&path, &k->environment, &k->arena, NULL) == PORTROLL_OK &&
	       file_exists(path);
}

static int lay_empty(struct ground *g)
{
	struct keeper *k = g->k;
	struct registry *reg = registry_new(&k->arena);
	if (!reg || port_index_build(&g->empty, reg, &k->arena) < 0)
		return error_memory(&k->err);
	g->world = (struct rule_world){
		.registry = reg,
		.index = &g->empty,
		.policy = &policy_rfc6335,
		.today = date_of_time(k->now),
	};
	return PORTROLL_OK;
}

/* Forgets an error that only means that less is known. */
static int go_without(struct ground *g, int code, const char *what)
{
	struct keeper *k = g->k;
	if (code == PORTROLL_OK || code == PORTROLL_ENOMEM)
		return code;
	out_message(&k->out, "%s: %s", what, k->err.text);
	k->err = (struct portroll_error){0};
	return PORTROLL_OK;
}

static int look(struct ground *g)
{
	int r = at_desk_look(&g->desk);
	return r == PORTROLL_OK ? ground_turn(g, STR("")) : r;
}

int ground_open(struct ground *ret, struct keeper *k)
{
	*ret = (struct ground){.k = k, .desk = {.k = k}};
	int r = lay_empty(ret);
	if (r < 0 || !has_roll(k))
		return r;
	r = at_desk_open(&ret->desk, k);
	if (r < 0)
		at_desk_close(&ret->desk);
	r = go_without(ret, r, "open requests and the policy are not known to you");
	return r == PORTROLL_OK
		       ? go_without(ret, look(ret), "what the registry has is not looked at")
		       : r;
}

void ground_close(struct ground *g)
{
	at_desk_close(&g->desk);
	*g = (struct ground){0};
}

int ground_turn(struct ground *g, struct portroll_str name)
{
	const struct roll *roll = g->desk.present.roll;
	size_t at;
	if (!roll)
		return PORTROLL_OK;
	int r = world_find_source(&at, roll, name, &g->k->err);
	if (r == PORTROLL_OK)
		r = at_desk_world(&g->world, &g->desk, NULL, roll->sources[at].name, UINT64_MAX);
	if (r == PORTROLL_OK)
		g->source = &roll->sources[at];
	return r;
}

bool ground_lacks_policy(const struct ground *g)
{
	return g->source && g->source->kind == SOURCE_MANAGED && !g->desk.store;
}
