/* SPDX-License-Identifier: MIT */
#include "keeper/world.h"

#include "base/file.h"
#include "keeper/ledger_place.h"
#include "keeper/place.h"

static bool is_managed(const struct source *s)
{
	return s->kind == SOURCE_MANAGED;
}

static bool is_complete(const struct source *s)
{
	return s->coverage == COVERAGE_COMPLETE;
}

/* The first from `from` on; source_count: none. */
static size_t find(const struct roll *roll, size_t from, bool (*fits)(const struct source *s))
{
	while (from < roll->source_count && !fits(&roll->sources[from]))
		from++;
	return from;
}

int world_find_source(size_t *ret, const struct roll *roll, struct portroll_str name,
		      struct portroll_error *err)
{
	if (name.len)
		return place_existing(ret, roll, name, err);
	size_t found = find(roll, 0, is_managed);
	if (found < roll->source_count && find(roll, found + 1, is_managed) < roll->source_count)
		return error_set(err, PORTROLL_EINVAL,
				 "the roll has several managed sources; name one with --source");
	if (found == roll->source_count)
		found = roll_find(roll, STR("iana"));
	if (found == SIZE_MAX)
		found = find(roll, 0, is_complete);
	if (found >= roll->source_count)
		return error_set(err, PORTROLL_EINVAL,
				 "no source of the roll is a complete registry; import one");
	*ret = found;
	return PORTROLL_OK;
}

/* Where the roll is not that of a ledger there are none. */
static int read_past(struct world *w, struct keeper *k)
{
	struct ledger_files files;
	struct published *published = NULL;
	if (keeper_has(k, OPTION_SNAPSHOT))
		return PORTROLL_OK;
	int r = ledger_place_files(&files, k);
	if (r < 0 || !file_exists(files.checkpoint))
		return r;
	r = published_open(&published, files.ledger, &k->err);
	if (r == PORTROLL_OK)
		r = past_names_read(&w->past, published, w->source, &k->arena, &k->err);
	published_close(published);
	return r;
}

int world_build(struct world *ret, struct keeper *k, const struct roll *roll, size_t source)
{
	ret->roll = roll;
	ret->source = &roll->sources[source];
	ret->policy = policy_rfc6335;
	ret->policy.source = ret->source->name;
	int r = port_index_build(&ret->index, ret->source->registry, &k->arena);
	if (r == PORTROLL_ELIMIT)
		return error_set(&k->err, r, "the source %.*s has more records than it can have",
				 PORTROLL_STR_ARG(ret->source->name));
	if (r < 0)
		return error_memory(&k->err);
	r = read_past(ret, k);
	ret->rules = (struct rule_world){
		.roll = roll,
		.registry = ret->source->registry,
		.index = &ret->index,
		.policy = &ret->policy,
		.past_names = ret->past.items,
		.past_name_count = ret->past.count,
		.today = date_of_time(k->now),
	};
	return r;
}
