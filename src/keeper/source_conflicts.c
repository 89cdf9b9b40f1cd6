/* SPDX-License-Identifier: MIT */
#include "keeper/source_conflicts.h"

#include "keeper/source_papers.h"

#define LINES_MAX ((size_t)64 << 20)

struct answering {
	const struct conflict_question *question;
	struct buf *out;
	size_t count, max;
	struct arena *arena;
	struct port_index *own; /* NULL: it is not there yet */
};

static int index_of(struct port_index **ret, const struct roll *roll, struct portroll_str name,
		    struct arena *a)
{
	size_t at = roll ? roll_find(roll, name) : SIZE_MAX;
	*ret = NULL;
	if (at == SIZE_MAX)
		return PORTROLL_OK;
	struct port_index *index = arena_alloc(a, sizeof(*index));
	if (!index || port_index_build(index, roll->sources[at].registry, a) < 0)
		return PORTROLL_ENOMEM;
	*ret = index;
	return PORTROLL_OK;
}

static bool was_in_pools(const struct overlap *o, const struct policy *before)
{
	if (!before || !o->pool)
		return false;
	for (uint32_t port = o->ports.first; port <= o->ports.last; port++)
		if (!policy_pool_of(before, (uint16_t)port, PORTROLL_ANY))
			return false;
	return true;
}

static void put_json(struct json *j, const struct overlap *o, const struct source *other)
{
	json_object(j);
	json_key(j, "port_first");
	json_num(j, o->ports.first);
	json_key(j, "port_last");
	json_num(j, o->ports.last);
	json_key(j, "transports");
	json_array(j);
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
		if (o->transports & TRANSPORT_BIT(t))
			json_str(j, transport_name(t));
	json_array_end(j);
	if (o->pool)
		json_member(j, "pool", o->pool->name);
	json_member(j, "name", o->own);
	json_member(j, "other", other->name);
	json_member(j, "other_state", str_from(portroll_state_name(o->state)));
	json_member(j, "other_name", o->name);
	json_key(j, "in_pool_of_other");
	json_bool(j, o->is_in_pool);
	json_object_end(j);
}

static int answer_of(struct answering *w, const struct source *other)
{
	const struct conflict_question *q = w->question;
	struct port_index *index, *before;
	struct overlap_list list;
	int r = index_of(&index, q->roll, other->name, w->arena);
	if (r == PORTROLL_OK)
		r = index_of(&before, q->was, other->name, w->arena);
	if (r < 0)
		return r;
	const struct overlap_question one = {.policy = q->policy,
					     .own = w->own,
					     .other = other,
					     .index = index,
					     .before = before};
	r = overlaps_find(&list, &one, w->arena);
	for (size_t i = 0; r == PORTROLL_OK && i < list.count; i++) {
		if (was_in_pools(&list.items[i], q->before) || w->count++ >= w->max)
			continue;
		if (q->json)
			put_json(q->json, &list.items[i], other);
		else
			overlap_put(w->out, &list.items[i], &one);
	}
	return r;
}

int conflicts_put(struct buf *out, size_t *ret, const struct conflict_question *q, size_t max,
		  struct arena *a)
{
	struct answering w = {.question = q, .out = out, .max = max, .arena = a};
	int r = index_of(&w.own, q->roll, q->name, a);
	for (size_t i = 0; r == PORTROLL_OK && i < q->roll->source_count; i++) {
		const struct source *other = &q->roll->sources[i];
		bool is_asked = !q->other.len || str_equal(q->other, other->name);
		if (is_asked && !str_equal(other->name, q->name) &&
		    other->coverage != COVERAGE_NAMES)
			r = answer_of(&w, other);
	}
	*ret = w.count;
	return r;
}

void conflicts_say(const struct out *o, struct portroll_str lines, size_t count)
{
	struct portroll_str line;
	while (str_cut(&lines, '\n', &line))
		if (line.len)
			out_message(o, "%.*s", PORTROLL_STR_ARG(line));
	if (count > CONFLICTS_SAID)
		out_message(o, "... and %zu more; portroll source check tells them all",
			    count - CONFLICTS_SAID);
}

static int say_of(struct keeper *k, struct held_roll *held, const struct conflict_question *base,
		  const struct source *managed)
{
	struct source_policy own;
	CLEANUP(buf_done) struct buf lines = BUF_INIT(LINES_MAX);
	CLEANUP(arena_done) struct arena work = ARENA_INIT;
	struct conflict_question q = *base;
	size_t count = 0;
	int r = source_policy_held(&own, k, held, managed->name);
	if (r < 0)
		return r;
	q.name = managed->name;
	q.policy = &own.policy;
	r = conflicts_put(&lines, &count, &q, CONFLICTS_SAID, &work);
	if (r == PORTROLL_OK)
		r = lines.failed;
	if (r < 0)
		return error_memory(&k->err);
	conflicts_say(&k->out, buf_str(&lines), count);
	return PORTROLL_OK;
}

int conflicts_of_import(struct keeper *k, struct held_roll *held, const struct roll *roll,
			struct portroll_str source)
{
	const struct conflict_question q = {.roll = roll, .other = source, .was = &held->before};
	int r = PORTROLL_OK;
	for (size_t i = 0; i < roll->source_count && r == PORTROLL_OK; i++) {
		const struct source *s = &roll->sources[i];
		if (s->kind == SOURCE_MANAGED && !str_equal(s->name, source))
			r = say_of(k, held, &q, s);
	}
	return r;
}
