/* SPDX-License-Identifier: MIT */
#include "keeper/source_action.h"

#include "keeper/pool_rows.h"

/* source manage NAME: a mirror becomes a registry of its own, for who runs it. */

static int check_mirror(struct keeper *k, const struct source *source)
{
	if (source->kind == SOURCE_MANAGED)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "source %.*s is managed already; source policy %.*s FILE gives it "
				 "another policy",
				 PORTROLL_STR_ARG(source->name), PORTROLL_STR_ARG(source->name));
	if (source->coverage == COVERAGE_COMPLETE)
		return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_EINVAL,
			 "source %.*s is not the whole of a registry (%s): what it does not list "
			 "is not known to be free",
			 PORTROLL_STR_ARG(source->name), coverage_names[source->coverage]);
}

static int find_policy(struct policy *ret, struct keeper *k, const struct source *source)
{
	const char *path = k->args.values[OPTION_POLICY];
	if (path)
		return source_policy_load(ret, k, path, source->name);
	*ret = source_policy_usual(source->name, source->registry->header.title);
	return PORTROLL_OK;
}

static int set_managed(struct keeper *k, struct source *source, const struct policy *policy)
{
	source->kind = SOURCE_MANAGED;
	if (policy->pool_count)
		source->registry =
			pool_rows(source->registry, policy, date_of_time(k->now), &k->arena);
	return source->registry ? PORTROLL_OK : error_memory(&k->err);
}

static int manage(struct keeper *k, struct held_roll *held)
{
	struct roll *roll;
	size_t at = 0;
	struct policy_setting setting = {0};
	int r = source_hold(&roll, &at, held, k);
	if (r == PORTROLL_OK)
		r = source_need_administrator(&setting.author, k, held);
	if (r == PORTROLL_OK)
		r = check_mirror(k, &roll->sources[at]);
	if (r == PORTROLL_OK)
		r = find_policy(&setting.policy, k, &roll->sources[at]);
	if (r == PORTROLL_OK)
		r = source_policy_version(&setting.version, k, held, setting.policy.source);
	if (r == PORTROLL_OK)
		r = source_allow(k, roll, &setting.policy, NULL);
	if (r == PORTROLL_OK)
		r = set_managed(k, &roll->sources[at], &setting.policy);
	if (r == PORTROLL_OK)
		r = source_policy_commit(held, roll, &setting);
	if (r >= 0 && !k->out.quiet)
		buf_printf(&k->out.buf,
			   "source %.*s is managed: it changes by decisions on requests, and "
			   "imports into it are refused\n",
			   PORTROLL_STR_ARG(setting.policy.source));
	return r < 0 ? r : PORTROLL_OK;
}

int source_manage(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	int r = manage(k, &held);
	held_roll_close(&held);
	return r;
}
