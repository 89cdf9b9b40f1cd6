/* SPDX-License-Identifier: MIT */

/* Service names without a port that are new, gone, or another name for the same service. */

#include "registry/tell_work.h"

struct room {
	struct tell_work *work;
	struct idset gone; /* what a removed one says but for its name and dates: the operation */
	struct buf key;
};

/* Empty where nothing tells one service from another. */
static struct portroll_str content_key(struct room *room, const struct record *r)
{
	static const uint8_t same[] = {FIELD_TRANSPORT, FIELD_DESCRIPTION, FIELD_ASSIGNEE,
				       FIELD_CONTACT, FIELD_REGISTERED};
	buf_clear(&room->key);
	if (richtext_is_empty(r->description) || record_assignee(r).count == 0 ||
	    r->registered.year == 0)
		return STR("");
	for (size_t i = 0; i < ARRAY_LEN(same); i++) {
		field_put(&room->key, same[i], r);
		buf_putc(&room->key, '\0');
	}
	return buf_str(&room->key);
}

static bool is_portless(const struct record *r)
{
	return r && !r->has_port && r->name.len;
}

static int find_gone(struct room *room)
{
	struct tell_ops *ops = &room->work->records;
	for (size_t i = 0; i < ops->count; i++) {
		const struct tell_op *op = &ops->items[i];
		if (op->telling != TELL_NONE || op->part.new || !is_portless(op->part.old))
			continue;
		const struct record *old = op->mapped ? op->mapped : op->part.old;
		struct portroll_str key = arena_str(room->work->arena, content_key(room, old));
		if (room->key.failed || room->work->arena->failed ||
		    (key.len && idset_add(&room->gone, key, (uint32_t)i) == IDSET_NONE))
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

/* One operation takes the place of two. */
static void join_renamed(struct room *room)
{
	struct tell_ops *ops = &room->work->records;
	for (size_t i = 0; i < ops->count && room->gone.count; i++) {
		struct tell_op *op = &ops->items[i];
		if (op->telling != TELL_NONE || op->part.old || !is_portless(op->part.new))
			continue;
		struct portroll_str key = content_key(room, op->part.new);
		uint32_t at = key.len ? idset_find(&room->gone, key) : IDSET_NONE;
		if (at == IDSET_NONE || !ops->items[at].part.old)
			continue;
		op->part.old = ops->items[at].part.old;
		op->mapped = ops->items[at].mapped;
		ops->items[at].part = (struct telling_part){0};
	}
}

/* What was joined is nothing by itself. */
static void drop_joined(struct tell_ops *ops)
{
	size_t kept = 0;
	for (size_t i = 0; i < ops->count; i++)
		if (ops->items[i].part.old || ops->items[i].part.new)
			ops->items[kept++] = ops->items[i];
	ops->count = kept;
}

static int tell_rest(struct room *room)
{
	struct tell_ops *ops = &room->work->records;
	for (size_t i = 0; i < ops->count; i++) {
		struct tell_op *op = &ops->items[i];
		const struct record *r = op->part.new ? op->part.new : op->part.old;
		if (op->telling != TELL_NONE || (op->part.old && op->part.new) || !is_portless(r))
			continue;
		buf_clear(&room->key);
		for (size_t k = 0; k < r->name.len; k++)
			buf_putc(&room->key, fold_char(r->name.ptr[k]));
		uint32_t telling = tell_group(room->work, op->part.new ? TELL_NAME : TELL_GONE,
					      buf_str(&room->key));
		if (room->key.failed || tell_take(room->work, op, telling, ROLE_SUBJECT) < 0)
			return PORTROLL_ENOMEM;
	}
	return PORTROLL_OK;
}

int tell_names(struct tell_work *w)
{
	struct room room = {.work = w, .gone = IDSET_INIT(w->arena), .key = BUF_INIT(SIZE_MAX / 2)};
	int r = find_gone(&room);
	if (r == PORTROLL_OK) {
		join_renamed(&room);
		drop_joined(&w->records);
		r = tell_rest(&room);
	}
	if (room.key.failed)
		r = PORTROLL_ENOMEM;
	buf_done(&room.key);
	return r;
}
