/* SPDX-License-Identifier: MIT */
#include "keeper/source_action.h"

#include "keeper/place.h"
#include "keeper/pool_rows.h"

/* source add NAME --policy FILE: a registry of one's own, which decisions on requests fill. */

/* What decides of its ports goes first, where nobody says where it is to stand. */
static int find_place(size_t *ret, struct keeper *k, const struct roll *roll)
{
	struct portroll_str above = keeper_option(k, OPTION_ABOVE);
	struct portroll_str below = keeper_option(k, OPTION_BELOW);
	*ret = 0;
	return above.ptr || below.ptr ? place_find(ret, roll, above, below, &k->err) : PORTROLL_OK;
}

static int insert(struct keeper *k, struct roll *roll, const struct policy *policy)
{
	size_t at;
	const struct source source = {
		.name = policy->source,
		.kind = SOURCE_MANAGED,
		.coverage = COVERAGE_COMPLETE,
		.registry = pool_rows(NULL, policy, date_of_time(k->now), &k->arena),
	};
	if (!source.registry)
		return error_memory(&k->err);
	int r = find_place(&at, k, roll);
	return r == PORTROLL_OK ? roll_insert(roll, at, &source, &k->err) : r;
}

/* Two registries whose names differ by case alone would be taken for one another. */
static int check_case(struct keeper *k, const struct roll *roll, struct portroll_str name)
{
	for (size_t i = 0; i < roll->source_count; i++)
		if (str_equal_fold(roll->sources[i].name, name))
			return error_set(&k->err, PORTROLL_ECONFLICT,
					 "there is a source %.*s, which differs by its case alone: "
					 "take another name",
					 PORTROLL_STR_ARG(roll->sources[i].name));
	return PORTROLL_OK;
}

static int check_new(struct keeper *k, const struct roll *roll, struct portroll_str name)
{
	if (roll_find(roll, name) == SIZE_MAX)
		return check_case(k, roll, name);
	return error_set(&k->err, PORTROLL_ECONFLICT,
			 "there is a source %.*s; source policy gives it another policy, source "
			 "manage makes a mirror a registry of its own",
			 PORTROLL_STR_ARG(name));
}

static void tell(struct keeper *k, const struct policy *policy)
{
	struct buf *out = &k->out.buf;
	buf_puts(out, "source ");
	buf_put(out, policy->source);
	buf_puts(out, " added");
	for (size_t i = 0; i < policy->pool_count; i++) {
		const struct pool *pool = &policy->pools[i];
		buf_puts(out, i ? "; " : ": ");
		buf_put(out, pool->name);
		for (size_t n = 0; n < pool->port_count; n++) {
			char text[RANGE_TEXT_MAX];
			size_t len = range_format(text, pool->ports[n]);
			buf_puts(out, n ? ", " : " ");
			buf_put(out, (struct portroll_str){text, len});
		}
	}
	buf_putc(out, '\n');
}

static int add(struct keeper *k, struct held_roll *held, struct policy_setting *setting)
{
	const struct policy *policy = &setting->policy;
	struct roll *roll;
	int r = held_roll_open(held, k);
	if (r == PORTROLL_OK)
		r = source_need_administrator(&setting->author, k, held);
	if (r == PORTROLL_OK)
		r = held_roll_read(&roll, held, policy->source, &k->arena);
	if (r == PORTROLL_OK)
		r = check_new(k, roll, policy->source);
	if (r == PORTROLL_OK)
		r = source_policy_version(&setting->version, k, held, policy->source);
	if (r == PORTROLL_OK)
		r = source_allow(k, roll, policy, NULL);
	if (r == PORTROLL_OK)
		r = insert(k, roll, policy);
	if (r == PORTROLL_OK)
		r = source_policy_commit(held, roll, setting);
	if (r >= 0 && !k->out.quiet)
		tell(k, policy);
	return r < 0 ? r : PORTROLL_OK;
}

int source_add(struct keeper *k)
{
	struct policy_setting setting = {0};
	struct held_roll held = HELD_ROLL_INIT;
	struct portroll_str name = str_from(k->args.operands[1]);
	const char *path = k->args.values[OPTION_POLICY];
	if (!path)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "source add needs --policy FILE, which says who decides of which "
				 "ports; see portroll-policy(5)");
	int r = place_check_other(name, keeper_option(k, OPTION_ABOVE),
				  keeper_option(k, OPTION_BELOW), &k->err);
	if (r == PORTROLL_OK)
		r = source_policy_load(&setting.policy, k, path, name);
	if (r == PORTROLL_OK)
		r = add(k, &held, &setting);
	held_roll_close(&held);
	return r;
}
