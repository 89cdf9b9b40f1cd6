/* SPDX-License-Identifier: MIT */
#include "keeper/source_action.h"

#include "keeper/pool_rows.h"

/* source policy NAME [FILE]: shows it, or puts another in its place. */

#define SAID 10

static int allow_overlaps(struct keeper *k, const struct roll *roll, const struct policy *policy,
			  const struct policy *before)
{
	CLEANUP(buf_done) struct buf lines = BUF_INIT(1U << 20);
	CLEANUP(arena_done) struct arena work = ARENA_INIT;
	size_t count = 0;
	const struct conflict_question q = {
		.roll = roll, .name = policy->source, .policy = policy, .before = before};
	int r = conflicts_put(&lines, &count, &q, CONFLICTS_SAID, &work);
	if (r < 0 || lines.failed)
		return error_memory(&k->err);
	conflicts_say(&k->out, buf_str(&lines), count);
	if (count && !keeper_has(k, OPTION_FORCE))
		return error_set(&k->err, PORTROLL_ERULE,
				 "nothing is changed: other sources have ports of the policy; take "
				 "them out of its pools, or --force has them in both");
	return PORTROLL_OK;
}

static int allow_outside(struct keeper *k, const struct registry *reg, const struct policy *policy)
{
	CLEANUP(buf_done) struct buf lines = BUF_INIT(1U << 20);
	size_t count = pool_put_outside(&lines, reg, policy, SAID);
	struct portroll_str rest = buf_str(&lines), line;
	while (str_cut(&rest, '\n', &line))
		if (line.len)
			out_message(&k->out, "%.*s of %.*s is outside the pools of the policy",
				    PORTROLL_STR_ARG(line), PORTROLL_STR_ARG(policy->source));
	if (count > SAID)
		out_message(&k->out, "... and %zu more", count - SAID);
	if (count && !keeper_has(k, OPTION_FORCE))
		return error_set(&k->err, PORTROLL_ERULE,
				 "nothing is changed: what is assigned would be outside the pools; "
				 "make room for it, release it, or --force leaves it there");
	return PORTROLL_OK;
}

int source_allow(struct keeper *k, const struct roll *roll, const struct policy *policy,
		 const struct policy *before)
{
	size_t at = roll_find(roll, policy->source);
	int r = PORTROLL_OK;
	if (at != SIZE_MAX)
		r = allow_outside(k, roll->sources[at].registry, policy);
	return r == PORTROLL_OK ? allow_overlaps(k, roll, policy, before) : r;
}

static int find_allowed(struct policy_setting *setting, struct keeper *k, struct held_roll *held,
			const struct roll *roll, const struct source *source)
{
	struct source_policy now;
	int r = source_need_managed(k, source);
	if (r == PORTROLL_OK)
		r = source_policy_held(&now, k, held, source->name);
	if (r < 0)
		return r;
	setting->version = now.version;
	return source_allow(k, roll, &setting->policy, &now.policy);
}

static int replace(struct keeper *k, struct held_roll *held, struct policy_setting *setting)
{
	struct roll *roll;
	size_t at = 0;
	const struct policy *policy = &setting->policy;
	int r = source_hold(&roll, &at, held, k);
	if (r == PORTROLL_OK)
		r = source_need_administrator(&setting->author, k, held);
	if (r == PORTROLL_OK)
		r = find_allowed(setting, k, held, roll, &roll->sources[at]);
	if (r < 0)
		return r;
	struct source *source = &roll->sources[at];
	if (policy->pool_count)
		source->registry =
			pool_rows(source->registry, policy, date_of_time(k->now), &k->arena);
	if (!source->registry)
		return error_memory(&k->err);
	r = source_policy_commit(held, roll, setting);
	if (r >= 0 && !k->out.quiet)
		buf_printf(&k->out.buf, "source %.*s has another policy: %zu %s\n",
			   PORTROLL_STR_ARG(source->name), policy->pool_count,
			   policy->pool_count == 1 ? "pool" : "pools");
	return r < 0 ? r : PORTROLL_OK;
}

static int set_policy(struct keeper *k)
{
	struct policy_setting setting = {0};
	struct held_roll held = HELD_ROLL_INIT;
	int r = source_policy_load(&setting.policy, k, k->args.operands[2],
				   str_from(k->args.operands[1]));
	if (r == PORTROLL_OK)
		r = replace(k, &held, &setting);
	held_roll_close(&held);
	return r;
}

static int show(struct keeper *k)
{
	struct present_policy present;
	int r = present_policy_find(&present, k, str_from(k->args.operands[1]));
	if (r == PORTROLL_OK)
		policy_put(&k->out.buf, &present.own.policy);
	present_policy_close(&present);
	return r;
}

int source_policy(struct keeper *k)
{
	return k->args.operand_count == 3 ? set_policy(k) : show(k);
}
