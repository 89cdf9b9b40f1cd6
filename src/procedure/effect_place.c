/* SPDX-License-Identifier: MIT */
#include "procedure/effect_place.h"

typedef struct portroll_str key_fn(const struct registry *reg, size_t index);

static struct portroll_str name_at(const struct registry *reg, size_t index)
{
	return reg->records[index]->name;
}

static struct portroll_str id_at(const struct registry *reg, size_t index)
{
	return reg->people[index]->id;
}

/* The place that the fewest others contradict; the last of them, so behind what is equal. */
static size_t place_between(const struct registry *reg, key_fn *key_at, size_t from, size_t to,
			    struct portroll_str key)
{
	size_t best = from;
	long cost = 0, least = 0;
	for (size_t i = from; i < to; i++) {
		int order = str_compare_fold(key_at(reg, i), key);
		cost += order > 0 ? 1 : order < 0 ? -1 : 0;
		if (cost <= least) {
			least = cost;
			best = i + 1;
		}
	}
	return best;
}

static size_t first_without_port(const struct registry *reg)
{
	size_t i = reg->record_count;
	while (i > 0 && !reg->records[i - 1]->has_port)
		i--;
	return i;
}

/* A run begins where a name stands before most of the run until there. */
static bool begins_run(const struct registry *reg, size_t from, size_t index)
{
	struct portroll_str name = name_at(reg, index);
	if (index == from || str_compare_fold(name_at(reg, index - 1), name) <= 0)
		return false;
	size_t larger = 0;
	for (size_t i = from; i < index; i++)
		larger += str_compare_fold(name_at(reg, i), name) > 0;
	return larger * 2 > index - from;
}

static size_t place_of_name(const struct registry *reg, struct portroll_str name)
{
	size_t from = first_without_port(reg);
	for (size_t i = from; i < reg->record_count; i++)
		if (begins_run(reg, from, i))
			from = i;
	return place_between(reg, name_at, from, reg->record_count, name);
}

size_t place_of_record(const struct registry *reg, const struct record *r)
{
	if (!r->has_port)
		return place_of_name(reg, r->name);
	size_t after = 0, after_same = 0;
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *other = reg->records[i];
		if (!other->has_port || other->port.first > r->port.first)
			continue;
		if (other->port.first < r->port.first || other->transport <= r->transport)
			after = i + 1;
		if (other->port.first == r->port.first && other->transport == r->transport)
			after_same = i + 1;
	}
	return after_same ? after_same : after;
}

size_t place_of_person(const struct registry *reg, const struct person *p)
{
	return place_between(reg, id_at, 0, reg->person_count, p->id);
}
