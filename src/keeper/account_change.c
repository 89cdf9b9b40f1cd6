/* SPDX-License-Identifier: MIT */

/* What becomes of an account by the words of `portroll account`. */

#include "keeper/account_run.h"

/* How many parts there are between commas, none where there is nothing. */
static size_t count_parts(struct portroll_str list)
{
	struct portroll_str part;
	size_t count = 0;
	if (str_trim(list).len == 0)
		return 0;
	while (str_cut(&list, ',', &part))
		count++;
	return count;
}

static int take_persons(struct account_run *run, struct account *a)
{
	struct portroll_str list = keeper_option(run->keeper, OPTION_PERSON), part;
	size_t count = count_parts(list);
	struct portroll_str *persons = arena_array(run->desk.arena, count, sizeof(*persons));
	if (!persons)
		return error_memory(&run->keeper->err);
	for (size_t i = 0; i < count && str_cut(&list, ',', &part); i++)
		persons[i] = str_trim(part);
	a->persons = persons;
	a->person_count = count;
	return PORTROLL_OK;
}

/* Adds the grants of a list to those that are there; with --admin that too. */
static int add_grants(struct account_run *run, struct account *a, struct portroll_str list)
{
	struct keeper *k = run->keeper;
	struct portroll_str part;
	size_t count = count_parts(list);
	struct grant *grants = arena_grow(run->desk.arena, a->grants, a->grant_count,
					  a->grant_count + count + 1, sizeof(*grants));
	if (!grants)
		return error_memory(&k->err);
	a->grants = grants;
	for (size_t i = 0; i < count && str_cut(&list, ',', &part); i++) {
		int r = grant_parse(&grants[a->grant_count], str_trim(part), &k->err);
		if (r < 0)
			return r;
		a->grant_count++;
	}
	if (keeper_has(k, OPTION_ADMIN) && !account_has(a, ROLE_ADMINISTRATOR))
		grants[a->grant_count++] =
			(struct grant){.role = ROLE_ADMINISTRATOR, .scope = STR("")};
	return PORTROLL_OK;
}

static int take_texts(struct account_run *run, struct account *a)
{
	struct keeper *k = run->keeper;
	if (keeper_has(k, OPTION_DISPLAY))
		a->display = keeper_option(k, OPTION_DISPLAY);
	if (keeper_has(k, OPTION_MAIL))
		a->mail = keeper_option(k, OPTION_MAIL);
	if (keeper_has(k, OPTION_LOGIN))
		a->login = keeper_option(k, OPTION_LOGIN);
	return keeper_has(k, OPTION_PERSON) ? take_persons(run, a) : PORTROLL_OK;
}

/* The first is that of who makes it, if nothing else is said. */
int account_change_add(struct account_run *run, struct account *a)
{
	struct keeper *k = run->keeper;
	if (run->all.count == 0)
		a->login = k->user;
	a->created = k->now;
	int r = take_texts(run, a);
	return r == PORTROLL_OK ? add_grants(run, a, keeper_option(k, OPTION_GRANT)) : r;
}

int account_change_set(struct account_run *run, struct account *a)
{
	static const uint8_t any[] = {OPTION_DISPLAY, OPTION_MAIL, OPTION_LOGIN, OPTION_PERSON};
	for (size_t i = 0; i < sizeof(any); i++)
		if (keeper_has(run->keeper, any[i]))
			return take_texts(run, a);
	return error_set(&run->keeper->err, PORTROLL_EINVAL,
			 "account set needs --login, --display, --mail or --person; an empty one "
			 "takes away what is there");
}

static size_t find_grant(const struct account *a, const struct grant *g)
{
	size_t at = 0;
	while (at < a->grant_count &&
	       (a->grants[at].role != g->role || !str_equal(a->grants[at].scope, g->scope)))
		at++;
	return at;
}

int account_change_grant(struct account_run *run, struct account *a)
{
	struct portroll_str list = str_from(run->keeper->args.operands[2]);
	return add_grants(run, a, list);
}

static int refuse_revoke(struct account_run *run, const struct account *a, struct portroll_str part)
{
	struct buf has CLEANUP(buf_done) = BUF_INIT(64U << 10);
	account_put_grants(&has, a);
	return error_set(&run->keeper->err, PORTROLL_EINVAL, "%.*s has no '%.*s'; it has: %.*s",
			 PORTROLL_STR_ARG(a->name), PORTROLL_STR_ARG(str_part(part, 0, 40)),
			 PORTROLL_STR_ARG(has.len ? buf_str(&has) : STR("nothing")));
}

int account_change_revoke(struct account_run *run, struct account *a)
{
	struct keeper *k = run->keeper;
	struct portroll_str list = str_from(k->args.operands[2]), part;
	struct grant *kept = arena_grow(run->desk.arena, a->grants, a->grant_count,
					a->grant_count + 1, sizeof(*kept));
	if (!kept)
		return error_memory(&k->err);
	a->grants = kept;
	while (str_cut(&list, ',', &part)) {
		struct grant g;
		int r = grant_parse(&g, str_trim(part), &k->err);
		if (r < 0)
			return r;
		size_t at = find_grant(a, &g);
		if (at == a->grant_count)
			return refuse_revoke(run, a, str_trim(part));
		for (a->grant_count--; at < a->grant_count; at++)
			kept[at] = kept[at + 1];
	}
	return PORTROLL_OK;
}

static int set_disabled(struct account_run *run, struct account *a, bool is_disabled)
{
	if (a->is_disabled == is_disabled)
		return error_set(&run->keeper->err, PORTROLL_EINVAL, "%.*s is %s already",
				 PORTROLL_STR_ARG(a->name), is_disabled ? "disabled" : "enabled");
	a->is_disabled = is_disabled;
	return PORTROLL_OK;
}

int account_change_disable(struct account_run *run, struct account *a)
{
	return set_disabled(run, a, true);
}

int account_change_enable(struct account_run *run, struct account *a)
{
	return set_disabled(run, a, false);
}
