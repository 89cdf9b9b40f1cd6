/* SPDX-License-Identifier: MIT */

/* Ports that got a service or lost it, with the Unassigned ranges and Reserved siblings round them
 * (data.md section 6; RFC 6335 section 8.1). */

#include "registry/tell_work.h"

#include <stdlib.h>

enum side {
	OLD,
	NEW
};

/* Records without a name that are on one side only, by their first port. */
struct spans {
	struct tell_op **ops;
	uint32_t *reach; /* of those up to here, the one that ends last */
	size_t count;
	enum side side;
};

struct room {
	struct tell_work *work;
	struct spans unassigned[2], reserved[2];
	struct idset portless[2]; /* services without a port on that side only: by their key */
	uint16_t *had_service;    /* ports that had one, in order; made when it is needed */
	size_t had_count;
	struct buf key; /* scratch */
};

static const struct record *on_side(const struct tell_op *op, enum side side)
{
	return side == OLD ? op->part.old : op->part.new;
}

static int find_spans(struct spans *ret, struct tell_work *w, enum side side,
		      bool (*is_one)(const struct record *r))
{
	struct spans s = {.ops = arena_array(w->arena, w->records.count, sizeof(*s.ops)),
			  .reach = arena_array(w->arena, w->records.count, sizeof(*s.reach)),
			  .side = side};
	if (!s.ops || !s.reach)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < w->records.count; i++) {
		struct tell_op *op = &w->records.items[i];
		const struct record *r = on_side(op, side);
		if (op->telling != TELL_NONE || !r || (op->part.old && op->part.new) || !is_one(r))
			continue;
		size_t n = s.count++;
		s.ops[n] = op;
		s.reach[n] = (uint32_t)n;
		if (n > 0 && on_side(s.ops[s.reach[n - 1]], side)->port.last > r->port.last)
			s.reach[n] = s.reach[n - 1];
	}
	*ret = s;
	return PORTROLL_OK;
}

/* How many begin before that port, or at it. */
static size_t count_up_to(const struct spans *s, uint32_t port)
{
	size_t low = 0, high = s->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (on_side(s->ops[middle], s->side)->port.first <= port)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The one that covers the range, or NULL. */
static struct tell_op *find_cover(const struct spans *s, struct range range)
{
	size_t count = count_up_to(s, range.first);
	if (count == 0)
		return NULL;
	struct tell_op *op = s->ops[s->reach[count - 1]];
	return on_side(op, s->side)->port.last >= range.last ? op : NULL;
}

/* Those within the range that nobody has told belong to the telling. */
static int take_within(struct room *room, const struct spans *s, struct range range,
		       uint32_t telling, enum telling_role role)
{
	size_t from = range.first ? count_up_to(s, range.first - 1U) : 0;
	for (size_t i = from; i < s->count; i++) {
		struct range r = on_side(s->ops[i], s->side)->port;
		if (r.first > range.last)
			break;
		if (r.last <= range.last && s->ops[i]->telling == TELL_NONE &&
		    tell_take(room->work, s->ops[i], telling, role) < 0)
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

/* The key of a name, and of a transport where it must be the same. */
static struct portroll_str name_key(struct room *room, const struct record *r)
{
	buf_clear(&room->key);
	for (size_t i = 0; i < r->name.len; i++)
		buf_putc(&room->key, fold_char(r->name.ptr[i]));
	return buf_str(&room->key);
}

static int find_portless(struct room *room, enum side side)
{
	struct tell_ops *ops = &room->work->records;
	room->portless[side] = IDSET_INIT(room->work->arena);
	for (size_t i = 0; i < ops->count; i++) {
		const struct tell_op *op = &ops->items[i];
		const struct record *r = on_side(op, side);
		if (op->telling != TELL_NONE || !r || (op->part.old && op->part.new) ||
		    r->has_port || r->name.len == 0)
			continue;
		struct portroll_str key = arena_str(room->work->arena, name_key(room, r));
		if (idset_add(&room->portless[side], key, (uint32_t)i) == IDSET_NONE ||
		    room->key.failed)
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

/* The service that the port got or lost was, or goes on, without a port: on any transport. */
static int take_portless(struct room *room, enum side side, const struct record *r,
			 uint32_t telling)
{
	struct tell_ops *ops = &room->work->records;
	uint32_t first = idset_find(&room->portless[side], name_key(room, r));
	if (first == IDSET_NONE || ops->items[first].telling != TELL_NONE)
		return PORTROLL_OK;
	for (size_t i = first; i < ops->count; i++) {
		struct tell_op *op = &ops->items[i];
		const struct record *other = on_side(op, side);
		if (op->telling != TELL_NONE || !other || (op->part.old && op->part.new) ||
		    other->has_port || !str_equal_fold(other->name, r->name))
			continue;
		if (tell_take(room->work, op, telling, ROLE_NAME) < 0)
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

static int compare_numbers(const void *a, const void *b)
{
	const uint16_t *x = a, *y = b;
	return (int)*x - (int)*y;
}

/* Had the port a service, on whatever transport? */
static int had_service(struct room *room, uint16_t port)
{
	const struct registry *old = room->work->old;
	if (!room->had_service) {
		room->had_service =
			arena_array(room->work->arena, old->record_count, sizeof(uint16_t));
		if (!room->had_service)
			return PORTROLL_ENOMEM;
		for (size_t i = 0; i < old->record_count; i++)
			if (old->records[i]->name.len && old->records[i]->has_port)
				room->had_service[room->had_count++] = old->records[i]->port.first;
		qsort(room->had_service, room->had_count, sizeof(uint16_t), compare_numbers);
	}
	return bsearch(&port, room->had_service, room->had_count, sizeof(port), compare_numbers) !=
	       NULL;
}

static struct portroll_str port_key(struct room *room, struct range port)
{
	char text[RANGE_TEXT_MAX];
	size_t len = range_format(text, port);
	buf_clear(&room->key);
	buf_put(&room->key, (struct portroll_str){text, len});
	return buf_str(&room->key);
}

/* The Reserved record in whose place it stands, where that was removed. */
static struct tell_op *find_reserved_before(struct room *room, const struct record *r)
{
	const struct spans *s = &room->reserved[OLD];
	for (size_t i = count_up_to(s, r->port.first); i-- > 0;) {
		const struct record *old = s->ops[i]->part.old;
		if (old->port.first != r->port.first)
			break;
		if (s->ops[i]->telling == TELL_NONE && old->port.last == r->port.last &&
		    (old->transport == r->transport || old->transport == PORTROLL_ANY))
			return s->ops[i];
	}
	return NULL;
}

static int take_range_of(struct room *room, const struct record *r, uint32_t telling)
{
	struct telling *t = &room->work->drafts[telling].telling;
	struct tell_op *range = find_cover(&room->unassigned[OLD], r->port);
	if (!range || t->from)
		return PORTROLL_OK;
	t->from = range->part.old;
	if (range->telling != TELL_NONE)
		return PORTROLL_OK;
	int result = tell_take(room->work, range, telling, ROLE_RANGE);
	if (result == PORTROLL_OK)
		result = take_within(room, &room->unassigned[NEW], range->part.old->port, telling,
				     ROLE_RANGE);
	return result;
}

static int assign(struct room *room, struct tell_op *op)
{
	const struct record *new = op->part.new;
	struct tell_op *before = op->part.old ? NULL : find_reserved_before(room, new);
	const struct record *old = before ? before->part.old : op->part.old;
	bool was_reserved = old && tell_is_reserved(old);
	int had = was_reserved ? had_service(room, new->port.first) : 0;
	if (had < 0)
		return had;
	uint32_t telling =
		tell_group(room->work, had ? TELL_USE : TELL_ASSIGN, port_key(room, new->port));
	int r = tell_take(room->work, op, telling, ROLE_SUBJECT);
	if (r == PORTROLL_OK && before)
		r = tell_take(room->work, before, telling, ROLE_SIBLING);
	if (r == PORTROLL_OK)
		r = take_range_of(room, new, telling);
	if (r == PORTROLL_OK)
		r = take_within(room, &room->reserved[NEW], new->port, telling, ROLE_SIBLING);
	if (r == PORTROLL_OK)
		r = take_portless(room, OLD, new, telling);
	return r;
}

static bool got_service(const struct tell_op *op)
{
	const struct record *old = op->part.old, *new = op->part.new;
	return new &&new->name.len &&new->has_port &&
	       (!old || old->name.len == 0 || !old->has_port);
}

/* Without anything that says what the port is now it is a removal. */
static int deassign(struct room *room, struct tell_op *op)
{
	const struct record *old = op->part.old;
	struct tell_op *range = find_cover(&room->unassigned[NEW], old->port);
	struct tell_op *reserved = find_cover(&room->reserved[NEW], old->port);
	enum telling_kind kind = op->part.new || range || reserved ? TELL_DEASSIGN : TELL_GONE;
	struct portroll_str name = name_key(room, old);
	uint32_t telling = tell_group(room->work, kind, name);
	int r = tell_take(room->work, op, telling, ROLE_SUBJECT);
	if (r == PORTROLL_OK && range)
		room->work->drafts[telling].telling.from = range->part.new;
	if (r == PORTROLL_OK && range && range->telling == TELL_NONE) {
		r = tell_take(room->work, range, telling, ROLE_RANGE);
		if (r == PORTROLL_OK)
			r = take_within(room, &room->unassigned[OLD], range->part.new->port,
					telling, ROLE_RANGE);
	}
	enum side reserved_on = range ? OLD : NEW;
	if (r == PORTROLL_OK)
		r = take_within(room, &room->reserved[reserved_on], old->port, telling,
				ROLE_SIBLING);
	if (r == PORTROLL_OK)
		r = take_portless(room, NEW, old, telling);
	return r;
}

static bool lost_service(const struct tell_op *op)
{
	const struct record *old = op->part.old, *new = op->part.new;
	return old && old->name.len && old->has_port &&
	       (!new || new->name.len == 0 || !new->has_port);
}

static int tell_all(struct room *room)
{
	struct tell_work *w = room->work;
	for (size_t i = 0; i < w->records.count; i++) {
		struct tell_op *op = &w->records.items[i];
		int r = PORTROLL_OK;
		if (op->telling != TELL_NONE)
			continue;
		if (got_service(op))
			r = assign(room, op);
		else if (lost_service(op))
			r = deassign(room, op);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

static int prepare(struct room *room)
{
	for (enum side side = OLD; side <= NEW; side++)
		if (find_spans(&room->unassigned[side], room->work, side, tell_is_unassigned) < 0 ||
		    find_spans(&room->reserved[side], room->work, side, tell_is_reserved) < 0 ||
		    find_portless(room, side) < 0)
			return PORTROLL_ENOMEM;
	return PORTROLL_OK;
}

int tell_ports(struct tell_work *w)
{
	struct room room = {.work = w, .key = BUF_INIT(SIZE_MAX / 2)};
	int r = prepare(&room);
	if (r == PORTROLL_OK)
		r = tell_all(&room);
	if (room.key.failed)
		r = PORTROLL_ENOMEM;
	buf_done(&room.key);
	return r;
}

/* What is left of those: ranges that were cut or grew together, Reserved ports that came or went.
 */
static int range_of(struct room *room, struct tell_op *op)
{
	const struct record *r = op->part.new ? op->part.new : op->part.old;
	struct range range = r->port;
	for (enum side side = OLD; side <= NEW && tell_is_unassigned(r); side++) {
		struct tell_op *cover = find_cover(&room->unassigned[side], range);
		if (cover)
			range = on_side(cover, side)->port;
	}
	uint32_t telling = tell_group(room->work, TELL_RANGE, port_key(room, range));
	return tell_take(room->work, op, telling, ROLE_SUBJECT);
}

int tell_ranges(struct tell_work *w)
{
	struct room room = {.work = w, .key = BUF_INIT(SIZE_MAX / 2)};
	int r = prepare(&room);
	for (size_t i = 0; i < w->records.count && r == PORTROLL_OK; i++)
		if (w->records.items[i].telling == TELL_NONE)
			r = range_of(&room, &w->records.items[i]);
	if (room.key.failed)
		r = PORTROLL_ENOMEM;
	buf_done(&room.key);
	return r;
}
