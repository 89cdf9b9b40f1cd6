/* SPDX-License-Identifier: MIT */
#include "procedure/policy_parts.h"

#include "base/error.h"
#include "base/str.h"
#include "registry/state.h"

struct looking {
	const struct rule_world *world;
	const struct request *request;
	transport_set transports;
	const struct pool *pool;  /* NULL: a range */
	struct range range;       /* of the ports that may be given */
	struct portroll_str what; /* for the error: pool web, System Ports */
	/* The other sources, where the policy has pools. */
	struct port_index indexes[ROLL_SOURCE_MAX];
	bool is_asked[ROLL_SOURCE_MAX];
	bool released_too;
};

static int index_others(struct looking *l, struct arena *a)
{
	const struct roll *roll = l->world->roll;
	const struct policy *policy = l->world->policy;
	for (size_t i = 0; !policy->is_rfc6335 && roll && i < roll->source_count; i++) {
		const struct source *s = &roll->sources[i];
		if (s->registry == l->world->registry || str_equal(s->name, policy->source) ||
		    s->coverage == COVERAGE_NAMES)
			continue;
		int r = port_index_build(&l->indexes[i], s->registry, a);
		if (r < 0)
			return r;
		l->is_asked[i] = true;
	}
	return PORTROLL_OK;
}

static bool is_elsewhere(const struct looking *l, uint16_t port, uint8_t transport)
{
	const struct roll *roll = l->world->roll;
	for (size_t i = 0; roll && i < roll->source_count; i++) {
		if (!l->is_asked[i])
			continue;
		uint8_t state =
			source_port_state(&roll->sources[i], &l->indexes[i], port, transport);
		if (state == PORTROLL_ASSIGNED || state == PORTROLL_RESERVED)
			return true;
	}
	return false;
}

static bool is_held(const struct rule_world *w, uint16_t port, transport_set wanted)
{
	for (size_t i = 0; i < w->hold_count; i++)
		if (range_covers(w->holds[i].ports, port) && (w->holds[i].transports & wanted))
			return true;
	return false;
}

bool policy_gives_again(const struct rule_world *w, uint16_t port, uint8_t transport)
{
	struct port_state s = port_state_of(w->index, port, transport);
	if (!w->policy->reuse_released || s.state != PORTROLL_RESERVED ||
	    s.reason != PORTROLL_REASON_RELEASED)
		return false;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
		if (port_state_of(w->index, port, t).state == PORTROLL_ASSIGNED)
			return false;
	return true;
}

/* Free on that transport by the registry itself. */
static bool is_free_here(const struct looking *l, uint16_t port, uint8_t transport)
{
	struct port_state s = port_state_of(l->world->index, port, transport);
	if (s.state == PORTROLL_UNASSIGNED)
		return true;
	return l->released_too && policy_gives_again(l->world, port, transport);
}

static bool is_free(const struct looking *l, uint16_t port)
{
	if (l->pool && (!pool_covers(l->pool, port) || pool_holds_back(l->pool, port)))
		return false;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!(l->transports & TRANSPORT_BIT(t)))
			continue;
		if (!is_free_here(l, port, t))
			return false;
		if (is_elsewhere(l, port, t))
			return false;
	}
	return !is_held(l->world, port, l->transports);
}

/* By others, without assignment (RFC 6335 section 8.1.1): whoever gets it would not be alone. */
static bool is_known_in_use(const struct looking *l, uint16_t port)
{
	const struct rule_world *w = l->world;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		uint32_t found;
		bool has_record = port_records(w->index, port, t, &found, 1) > 0;
		if (has_record && w->registry->records[found]->unauthorized.len)
			return true;
	}
	return false;
}

static bool find_lowest(uint16_t *ret, const struct looking *l, bool is_in_use_too)
{
	for (uint32_t port = l->range.first; port <= l->range.last; port++) {
		if (!is_free(l, (uint16_t)port))
			continue;
		if (!is_in_use_too && is_known_in_use(l, (uint16_t)port))
			continue;
		*ret = (uint16_t)port;
		return true;
	}
	return false;
}

/* The higher one of two equally near: what follows is more often free. */
static bool find_nearest(uint16_t *ret, const struct looking *l, uint16_t near)
{
	for (int32_t away = 0; away < (int32_t)PORT_COUNT; away++) {
		const int32_t candidates[] = {near + away, near - away};
		for (size_t i = 0; i < 2; i++) {
			int32_t port = candidates[i];
			if (port < l->range.first || port > l->range.last ||
			    !is_free(l, (uint16_t)port))
				continue;
			*ret = (uint16_t)port;
			return true;
		}
	}
	return false;
}

static void look_in_pool(struct looking *l, const struct pool *pool)
{
	l->pool = pool;
	l->range = pool->ports[0];
	for (size_t i = 1; i < pool->port_count; i++) {
		if (pool->ports[i].first < l->range.first)
			l->range.first = pool->ports[i].first;
		if (pool->ports[i].last > l->range.last)
			l->range.last = pool->ports[i].last;
	}
	l->what = pool->name;
}

static void look_in_class(struct looking *l, const struct port_class *class)
{
	l->range = class->range;
	l->what = str_from(class->name);
}

/* RFC 6335's ranges are not given where an organisation has pools of its own. */
static int want_pool(const struct policy *p, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf names = BUF_INIT(sizeof(err->text));
	for (size_t i = 0; i < p->pool_count; i++) {
		buf_puts(&names, i ? ", " : "");
		buf_put(&names, p->pools[i].name);
	}
	return error_set(err, PORTROLL_ELIMIT,
			 "no pool is asked for, and only these have ports to give: name a pool in "
			 "Port Number: %.*s",
			 PORTROLL_STR_ARG(buf_str(&names)));
}

/* What may be given is a pool, or a range of RFC 6335 where there are none. */
static int choose_place(struct looking *l, struct portroll_error *err)
{
	const struct request *q = l->request;
	const struct policy *p = l->world->policy;
	const struct pool *pool = NULL;
	if (q->wanted == WANTED_POOL)
		pool = policy_pool(p, q->pool);
	else if (q->wanted == WANTED_NUMBER && q->port_count)
		pool = policy_pool_of(p, q->ports[0].first, PORTROLL_ANY);
	if (pool && pool->port_count)
		look_in_pool(l, pool);
	else if (q->wanted == WANTED_POOL || !p->is_rfc6335)
		return want_pool(p, err);
	else if (q->wanted == WANTED_NUMBER && q->port_count &&
		 port_class_of(q->ports[0].first) != &port_classes[PORT_CLASS_COUNT - 1])
		look_in_class(l, port_class_of(q->ports[0].first));
	else if (q->wanted == WANTED_SYSTEM)
		look_in_class(l, &port_classes[0]);
	else if (q->wanted == WANTED_USER)
		look_in_class(l, &port_classes[1]);
	else
		return error_set(err, PORTROLL_ELIMIT,
				 "no port is asked for that could be given: System and User Ports "
				 "are assigned, Dynamic Ports never");
	return PORTROLL_OK;
}

static bool find(uint16_t *ret, const struct looking *l)
{
	const struct request *q = l->request;
	if (q->wanted == WANTED_NUMBER)
		return find_nearest(ret, l, q->ports[0].first);
	return find_lowest(ret, l, false) || find_lowest(ret, l, true);
}

static int look(uint16_t *ret, struct looking *l, struct portroll_error *err)
{
	if (find(ret, l))
		return PORTROLL_OK;
	l->released_too = l->world->policy->reuse_released;
	if (l->released_too && find(ret, l))
		return PORTROLL_OK;
	return error_set(
		err, PORTROLL_ELIMIT,
		"%.*s: no port is free on every transport that is asked for; release some, "
		"or ask for fewer transports",
		PORTROLL_STR_ARG(l->what));
}

int policy_next_free(uint16_t *ret, const struct rule_world *w, const struct request *q,
		     struct portroll_error *err)
{
	CLEANUP(arena_done) struct arena work = ARENA_INIT;
	struct looking *l = arena_alloc(&work, sizeof(*l));
	if (!l)
		return error_memory(err);
	l->world = w;
	l->request = q;
	l->transports = q->transports ? q->transports : TRANSPORTS_ALL;
	int r = choose_place(l, err);
	if (r < 0)
		return r;
	r = index_others(l, &work);
	if (r == PORTROLL_ENOMEM)
		return error_memory(err);
	if (r < 0)
		return error_set(err, r, "a source of the roll lists more ports than can be kept");
	return look(ret, l, err);
}

uint32_t policy_count_free(const struct rule_world *w, uint16_t port, uint8_t transport)
{
	const struct pool *pool = policy_pool_of(w->policy, port, transport);
	const struct port_class *class = port_class_of(port);
	uint32_t count = 0;
	for (uint32_t p = class->range.first; p <= class->range.last; p++) {
		if (pool && (!pool_covers(pool, (uint16_t)p) || pool_holds_back(pool, (uint16_t)p)))
			continue;
		count += port_state_of(w->index, (uint16_t)p, transport).state ==
			 PORTROLL_UNASSIGNED;
	}
	return count;
}
