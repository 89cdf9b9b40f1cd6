/* SPDX-License-Identifier: MIT */
#include "procedure/policy_overlap.h"

#include "base/str.h"
#include "procedure/policy_parts.h"
#include "registry/state.h"

/* What one port has, each for all transports that are alike. */
struct port_overlaps {
	struct overlap items[TRANSPORT_COUNT];
	size_t count;
};

struct overlap_finder {
	struct arena *arena;
	struct overlap *items;
	size_t count, capacity;
	size_t last[TRANSPORT_COUNT]; /* those that reach up to the port before */
	size_t last_count;
};

static struct portroll_str name_at(const struct port_index *index, uint16_t port, uint8_t transport)
{
	uint32_t first;
	if (port_records(index, port, transport, &first, 1) && index->kinds[first] == ROW_ASSIGNED)
		return index->registry->records[first]->name;
	return STR("");
}

/* What the other says of the port, if that is in the way. */
static bool ask_other(struct overlap *o, const struct source *other, const struct port_index *index,
		      uint16_t port, uint8_t transport)
{
	uint8_t state = source_port_state(other, index, port, transport);
	if (state != PORTROLL_ASSIGNED && state != PORTROLL_RESERVED)
		return false;
	o->state = state;
	o->is_in_pool = state == PORTROLL_RESERVED &&
			port_state_of(index, port, transport).state == PORTROLL_UNASSIGNED;
	o->name = state == PORTROLL_ASSIGNED ? name_at(index, port, transport) : STR("");
	return true;
}

static bool is_news(const struct overlap *o, const struct overlap_question *q, uint16_t port,
		    uint8_t transport)
{
	struct overlap before = {0};
	if (!q->before || !ask_other(&before, q->other, q->before, port, transport))
		return true;
	return before.state != o->state || !str_equal_fold(before.name, o->name);
}

static bool ask(struct overlap *ret, const struct overlap_question *q, uint16_t port,
		uint8_t transport)
{
	struct overlap o = {.ports = {port, port}, .transports = TRANSPORT_BIT(transport)};
	bool is_own = q->own && port_state_of(q->own, port, transport).state == PORTROLL_ASSIGNED;
	o.pool = policy_pool_of(q->policy, port, transport);
	o.own = is_own ? name_at(q->own, port, transport) : STR("");
	if ((!o.pool && !is_own) || !ask_other(&o, q->other, q->index, port, transport))
		return false;
	if (is_own && o.state == PORTROLL_ASSIGNED && str_equal_fold(o.own, o.name))
		return false;
	*ret = o;
	return is_news(&o, q, port, transport);
}

static bool is_alike(const struct overlap *a, const struct overlap *b)
{
	return a->pool == b->pool && a->state == b->state && a->is_in_pool == b->is_in_pool &&
	       str_equal(a->own, b->own) && str_equal(a->name, b->name);
}

static void ask_all(struct port_overlaps *found, const struct overlap_question *q, uint16_t port)
{
	found->count = 0;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		struct overlap o;
		size_t i = 0;
		if (!ask(&o, q, port, t))
			continue;
		while (i < found->count && !is_alike(&found->items[i], &o))
			i++;
		if (i == found->count)
			found->items[found->count++] = o;
		found->items[i].transports |= o.transports;
	}
}

static int append(struct overlap_finder *f, const struct overlap *o)
{
	if (f->count == f->capacity) {
		size_t more = f->capacity ? 2 * f->capacity : 64;
		f->items = arena_grow(f->arena, f->items, f->count, more, sizeof(*f->items));
		if (!f->items)
			return PORTROLL_ENOMEM;
		f->capacity = more;
	}
	f->items[f->count++] = *o;
	return PORTROLL_OK;
}

/* The one that goes on with this port; SIZE_MAX: none. */
static size_t find_same(const struct overlap_finder *f, const struct overlap *o)
{
	for (size_t i = 0; i < f->last_count; i++) {
		const struct overlap *before = &f->items[f->last[i]];
		if (before->transports == o->transports && is_alike(before, o))
			return f->last[i];
	}
	return SIZE_MAX;
}

static int add_port(struct overlap_finder *f, const struct port_overlaps *found)
{
	size_t now[TRANSPORT_COUNT];
	for (size_t i = 0; i < found->count; i++) {
		now[i] = find_same(f, &found->items[i]);
		if (now[i] != SIZE_MAX) {
			f->items[now[i]].ports.last = found->items[i].ports.last;
			continue;
		}
		now[i] = f->count;
		if (append(f, &found->items[i]) < 0)
			return PORTROLL_ENOMEM;
	}
	for (size_t i = 0; i < found->count; i++)
		f->last[i] = now[i];
	f->last_count = found->count;
	return PORTROLL_OK;
}

int overlaps_find(struct overlap_list *ret, const struct overlap_question *q, struct arena *a)
{
	struct overlap_finder f = {.arena = a};
	struct port_overlaps found;
	for (uint32_t port = 0; port < PORT_COUNT; port++) {
		ask_all(&found, q, (uint16_t)port);
		if (add_port(&f, &found) < 0)
			return PORTROLL_ENOMEM;
	}
	*ret = (struct overlap_list){f.items, f.count};
	return PORTROLL_OK;
}

static void put_ports(struct buf *out, const struct overlap *o)
{
	char text[RANGE_TEXT_MAX];
	size_t len = range_format(text, o->ports);
	buf_put(out, (struct portroll_str){text, len});
	const char *between = "/";
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!(o->transports & TRANSPORT_BIT(t)))
			continue;
		buf_puts(out, between);
		buf_put(out, transport_name(t));
		between = ",";
	}
}

void overlap_put(struct buf *out, const struct overlap *o, const struct overlap_question *q)
{
	buf_put(out, q->policy->source);
	buf_puts(out, " has ");
	buf_put(out, o->own);
	buf_puts(out, o->own.len ? " at " : "");
	put_ports(out, o);
	if (o->pool) {
		buf_puts(out, o->own.len ? " (pool " : " in pool ");
		buf_put(out, o->pool->name);
		buf_puts(out, o->own.len ? ")" : "");
	}
	buf_puts(out, ", ");
	buf_put(out, q->other->name);
	buf_puts(out, o->state == PORTROLL_ASSIGNED ? " has it Assigned"
		      : o->is_in_pool               ? " has it in a pool"
						    : " has it Reserved");
	buf_puts(out, o->name.len ? " to " : "");
	buf_put(out, o->name);
	buf_putc(out, '\n');
}
