/* SPDX-License-Identifier: MIT */
#include "procedure/policy_text.h"

#include "base/error.h"
#include "base/str.h"

static int check_deciders(const struct pool *pool, struct portroll_error *err)
{
	if (pool->approvals > pool->reviewer_count)
		return error_at(err, PORTROLL_ERULE, pool->line, 1,
				"pool %.*s wants %u approvals of %zu reviewers; name more, or "
				"lower Approvals",
				PORTROLL_STR_ARG(pool->name), pool->approvals,
				pool->reviewer_count);
	if (!pool->approvals && !pool->owner.len)
		return error_at(err, PORTROLL_ERULE, pool->line, 1,
				"pool %.*s has no one who could decide: give it an Owner, or "
				"Reviewers and Approvals",
				PORTROLL_STR_ARG(pool->name));
	return PORTROLL_OK;
}

/* The last port of the pool's range that a port lies in; UINT32_MAX: in none. */
static uint32_t last_with(const struct pool *pool, uint32_t port)
{
	for (size_t i = 0; i < pool->port_count; i++)
		if (port >= pool->ports[i].first && port <= pool->ports[i].last)
			return pool->ports[i].last;
	return UINT32_MAX;
}

static bool is_within(const struct pool *pool, struct range range)
{
	uint32_t port = range.first;
	while (port <= range.last) {
		uint32_t last = last_with(pool, port);
		if (last == UINT32_MAX)
			return false;
		port = last + 1;
	}
	return true;
}

static int check_reserved(const struct pool *pool, struct portroll_error *err)
{
	for (size_t i = 0; i < pool->reserved_count; i++) {
		if (is_within(pool, pool->reserved[i]))
			continue;
		char text[RANGE_TEXT_MAX];
		(void)range_format(text, pool->reserved[i]);
		return error_at(err, PORTROLL_ERULE, pool->line, 1,
				"pool %.*s reserves %s, which is not in its Range",
				PORTROLL_STR_ARG(pool->name), text);
	}
	return PORTROLL_OK;
}

static bool share(struct range *ret, struct range a, struct range b)
{
	ret->first = a.first > b.first ? a.first : b.first;
	ret->last = a.last < b.last ? a.last : b.last;
	return ret->first <= ret->last;
}

static int check_range(const struct pool *a, struct range range, const struct pool *b, size_t count,
		       struct portroll_error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct range both;
		char text[RANGE_TEXT_MAX];
		if (!share(&both, range, b->ports[i]))
			continue;
		(void)range_format(text, both);
		if (a == b)
			return error_at(err, PORTROLL_ERULE, a->line, 1, "pool %.*s has %s twice",
					PORTROLL_STR_ARG(a->name), text);
		return error_at(err, PORTROLL_ERULE, a->line, 1,
				"pool %.*s and pool %.*s (line %u) both have %s; a port is of one "
				"pool, on all transports",
				PORTROLL_STR_ARG(a->name), PORTROLL_STR_ARG(b->name), b->line,
				text);
	}
	return PORTROLL_OK;
}

/* Against its own ranges and the pools before it. */
static int check_overlaps(const struct policy *p, size_t at, struct portroll_error *err)
{
	const struct pool *pool = &p->pools[at];
	for (size_t i = 0; i < pool->port_count; i++) {
		int r = check_range(pool, pool->ports[i], pool, i, err);
		for (size_t k = 0; k < at && r == PORTROLL_OK; k++)
			r = check_range(pool, pool->ports[i], &p->pools[k], p->pools[k].port_count,
					err);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

static int check_name(const struct policy *p, size_t at, struct portroll_error *err)
{
	const struct pool *pool = &p->pools[at], *first = policy_pool(p, pool->name);
	if (first == pool)
		return PORTROLL_OK;
	return error_at(err, PORTROLL_ERULE, pool->line, 1,
			"a second pool %.*s: the first is in line %u", PORTROLL_STR_ARG(pool->name),
			first->line);
}

int policy_check(const struct policy *p, struct portroll_error *err)
{
	if (p->is_rfc6335 && p->pool_count)
		return error_at(err, PORTROLL_ERULE, p->pools[0].line, 1,
				"a pool, but the procedures are those of RFC 6335, which has none; "
				"leave out one of them");
	if (!p->is_rfc6335 && !p->pool_count)
		return error_at(err, PORTROLL_ERULE, 1, 1,
				"a policy without a pool; add a paragraph with 'Pool' and 'Range', "
				"or 'Procedures: RFC 6335'");
	int r = PORTROLL_OK;
	for (size_t i = 0; i < p->pool_count && r == PORTROLL_OK; i++) {
		r = check_name(p, i, err);
		if (r == PORTROLL_OK)
			r = check_deciders(&p->pools[i], err);
		if (r == PORTROLL_OK)
			r = check_reserved(&p->pools[i], err);
		if (r == PORTROLL_OK)
			r = check_overlaps(p, i, err);
	}
	return r;
}
