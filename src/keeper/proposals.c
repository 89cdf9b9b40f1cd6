/* SPDX-License-Identifier: MIT */
#include "keeper/proposals.h"

#include "keeper/derive.h"
#include "snapshot/snapshot.h"

/* The names of the sources, as they are after the changes so far. */
struct order {
	struct portroll_str names[ROLL_SOURCE_MAX];
	size_t count;
};

static struct order order_of(const struct roll *roll)
{
	struct order order = {.count = roll->source_count};
	for (size_t i = 0; i < roll->source_count; i++)
		order.names[i] = roll->sources[i].name;
	return order;
}

static bool order_has(const struct order *order, struct portroll_str name)
{
	for (size_t i = 0; i < order->count; i++)
		if (str_equal(order->names[i], name))
			return true;
	return false;
}

static bool order_equal(const struct order *a, const struct order *b)
{
	for (size_t i = 0; i < a->count && i < b->count; i++)
		if (!str_equal(a->names[i], b->names[i]))
			return false;
	return a->count == b->count;
}

/* Of the roll's sources those that are there, and one more. */
static struct order order_with(const struct order *now, const struct roll *roll,
			       struct portroll_str name)
{
	struct order order = {.count = 0};
	for (size_t i = 0; i < roll->source_count; i++) {
		struct portroll_str other = roll->sources[i].name;
		if (str_equal(other, name) || order_has(now, other))
			order.names[order.count++] = other;
	}
	return order;
}

static struct order order_without(const struct order *now, struct portroll_str name)
{
	struct order order = {.count = 0};
	for (size_t i = 0; i < now->count; i++)
		if (!str_equal(now->names[i], name))
			order.names[order.count++] = now->names[i];
	return order;
}

/* A change begins as `about` has it; its sources are stated when they are others than before. */
static struct proposal *begin(struct proposals *p, const struct changeset *about, struct order *now,
			      const struct order *next)
{
	struct proposal *proposal = &p->items[p->count];
	*proposal = (struct proposal){.about = *about};
	if (order_equal(now, next))
		return proposal;
	struct portroll_str *names = arena_array(p->arena, next->count, sizeof(*names));
	for (size_t i = 0; names && i < next->count; i++)
		names[i] = next->names[i];
	proposal->about.has_sources = true;
	proposal->about.sources = names;
	proposal->about.source_count = next->count;
	*now = *next;
	return proposal;
}

static int remove_missing(struct proposals *p, const struct roll *before, const struct roll *after,
			  const struct changeset *about, struct order *now)
{
	for (size_t i = 0; i < before->source_count; i++) {
		struct portroll_str name = before->sources[i].name;
		if (roll_find(after, name) != SIZE_MAX)
			continue;
		struct order next = order_without(now, name);
		struct proposal *proposal = begin(p, about, now, &next);
		proposal->about.source = name;
		p->count++;
	}
	return p->arena->failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}

static bool copies_equal(const struct source *a, const struct source *b)
{
	for (size_t i = 0; i < a->copy_count && i < b->copy_count; i++)
		if (!copy_equal(&a->copies[i], &b->copies[i]))
			return false;
	return a->copy_count == b->copy_count;
}

static bool set_members(struct changeset *about, const struct source *old, const struct source *new)
{
	about->source = new->name;
	about->has_kind = !old || old->kind != new->kind;
	about->has_coverage = !old || old->coverage != new->coverage;
	about->has_copies = !old || !copies_equal(old, new);
	about->source_kind = new->kind;
	about->coverage = new->coverage;
	about->copies = new->copies;
	about->copy_count = new->copy_count;
	return about->has_kind || about->has_coverage || about->has_copies;
}

/* A decision on papers is told of the source that it is about, whatever it alters there. */
static bool is_decided(const struct changeset *about, const struct source *source)
{
	return about->has_dossier && str_equal(about->source, source->name);
}

static int change_source(struct proposals *p, const struct source *old, const struct source *new,
			 struct proposal *proposal, struct portroll_error *err)
{
	bool differs = is_decided(&proposal->about, new);
	differs = set_members(&proposal->about, old, new) || proposal->about.has_sources || differs;
	int r = derive_change(proposal, p, old, new, err);
	if (r == PORTROLL_OK && (differs || !registry_change_is_empty(proposal->change)))
		p->count++;
	return r;
}

static bool may_differ(const struct source *old, const struct source *new)
{
	return !old || old->registry != new->registry || old->kind != new->kind ||
	       old->coverage != new->coverage || !copies_equal(old, new);
}

/* What is not a change of one of them is a change of the roll. */
static void change_order(struct proposals *p, const struct roll *after,
			 const struct changeset *about, struct order *now)
{
	struct order next = order_of(after);
	if (order_equal(now, &next))
		return;
	struct proposal *proposal = begin(p, about, now, &next);
	proposal->about.kind = STR("order");
	proposal->about.source = STR_NONE;
	proposal->about.has_dossier = false;
	proposal->about.effective = date_of_time(about->time);
	p->count++;
}

int proposals_add(struct proposals *p, const struct roll *before, struct roll *after,
		  const struct changeset *about, struct portroll_error *err)
{
	struct order now = order_of(before);
	int r = remove_missing(p, before, after, about, &now);
	for (size_t i = 0; i < after->source_count && r == PORTROLL_OK; i++) {
		const struct source *new = &after->sources[i], *old = NULL;
		size_t at = roll_find(before, new->name);
		if (at != SIZE_MAX)
			old = &before->sources[at];
		if (!may_differ(old, new) && !is_decided(about, new))
			continue;
		struct order next = order_with(&now, after, new->name);
		r = change_source(p, old, new, begin(p, about, &now, &next), err);
	}
	if (r == PORTROLL_OK)
		change_order(p, after, about, &now);
	p->people = p->contents->items + p->contents->count - p->person_count;
	if (r == PORTROLL_OK && p->arena->failed)
		r = PORTROLL_ENOMEM;
	return r == PORTROLL_ENOMEM ? error_memory(err) : r;
}
