/* SPDX-License-Identifier: MIT */
#include "ledger/changeset.h"

#include <string.h>

#include "ledger/changeset_about.h"
#include "ledger/changeset_operations.h"

/*
 * An entry is the members before the operations, the operations, and the members behind them. As
 * many operations as there is room for go into each part; how many parts there are is itself
 * written in each, so they are cut anew until the count is the one that they say. Then the
 * operations are moved apart, from the last part to the first, and the members put between: a large
 * change is in memory once.
 */

static const struct portroll_str ops_begin = STR_INIT(",\"ops\":["), ops_end = STR_INIT("]");

/* A part: how far its operations go, and how long it is. */
struct piece {
	size_t from, to, len;
};

struct cutter {
	const struct changeset *about; /* as the proposal has it */
	const struct tree_hash *state; /* NULL: none */
	struct operations_text operations;
	struct buf head, tail; /* scratch */
	struct piece *pieces;  /* NULL while they are only counted */
	struct arena *arena;
};

/* The two halves of a part, both objects. */
static int put_halves(struct cutter *k, uint32_t part, uint32_t part_count, bool is_last)
{
	struct changeset about = *k->about;
	about.part = part;
	about.part_count = part_count;
	if (part > 1)
		about.has_kind = about.has_coverage = about.has_copies = false;
	about.has_sources = is_last && about.has_sources;
	about.has_state = is_last && k->state;
	if (about.has_state)
		about.state = *k->state;
	buf_clear(&k->head);
	buf_clear(&k->tail);
	changeset_put_head(&k->head, &about);
	changeset_put_tail(&k->tail, &about);
	return k->head.failed ? k->head.failed : k->tail.failed;
}

/* How long the part is with the operations from `from` to before `to`. The brackets where head and
 * tail meet give way to a comma. */
static size_t part_len(const struct cutter *k, size_t from, size_t to)
{
	size_t begin = from ? k->operations.ends[from - 1] + 1 : 0;
	size_t len = k->head.len + k->tail.len - 1;
	if (from < to)
		len += ops_begin.len + k->operations.ends[to - 1] - begin + ops_end.len;
	return len;
}

/* How far the operations from `from` on fit. */
static size_t fill(const struct cutter *k, size_t from)
{
	size_t to = from;
	while (to < k->operations.count && part_len(k, from, to + 1) <= ENTRY_SIZE_MAX)
		to++;
	return to;
}

static char *put_at(char *at, struct portroll_str text)
{
	memcpy(at, text.ptr, text.len);
	return at + text.len;
}

/* Where a part is to begin nothing lies any more but its own operations and those before it. */
static void put_part(struct cutter *k, char *at, const struct piece *piece)
{
	struct portroll_str head = buf_str(&k->head), tail = buf_str(&k->tail);
	size_t begin = piece->from ? k->operations.ends[piece->from - 1] + 1 : 0;
	if (piece->from < piece->to) {
		size_t len = k->operations.ends[piece->to - 1] - begin;
		char *to = at + head.len - 1 + ops_begin.len;
		memmove(to, k->operations.bytes.ptr + begin, len);
		at = put_at(at, str_part(head, 0, head.len - 1));
		(void)put_at(at, ops_begin);
		at = put_at(to + len, ops_end);
	} else {
		at = put_at(at, str_part(head, 0, head.len - 1));
	}
	at = put_at(at, STR(","));
	(void)put_at(at, str_part(tail, 1, tail.len));
}

static int halves_error(int code, struct portroll_error *err)
{
	if (code == PORTROLL_ENOMEM)
		return error_memory(err);
	return error_set(err, code,
			 code == PORTROLL_ELIMIT
				 ? "what a change says of itself is too long for an entry"
				 : "what a change says of itself: a text that is not UTF-8 or has "
				   "control characters, or a value that is none");
}

/* Cuts the operations into parts that say they are `part_count`, and gives how many there are. */
static int cut(struct cutter *k, uint32_t *ret_count, uint32_t part_count,
	       struct portroll_error *err)
{
	size_t from = 0, count = k->operations.count;
	for (uint32_t part = 1;; part++) {
		int r = put_halves(k, part, part_count, true);
		bool is_last = r == PORTROLL_OK && part_len(k, from, count) <= ENTRY_SIZE_MAX;
		if (r == PORTROLL_OK && !is_last)
			r = put_halves(k, part, part_count, false);
		size_t to = is_last ? count : r == PORTROLL_OK ? fill(k, from) : from;
		bool is_stuck = to == from && (part > 1 || part_len(k, from, to) > ENTRY_SIZE_MAX);
		if (r == PORTROLL_OK && !is_last && is_stuck)
			r = PORTROLL_ELIMIT;
		if (r < 0)
			return halves_error(r, err);
		if (k->pieces && part <= part_count)
			k->pieces[part - 1] = (struct piece){from, to, part_len(k, from, to)};
		if (is_last) {
			*ret_count = part;
			return PORTROLL_OK;
		}
		from = to;
	}
}

/* More parts make longer numbers and never fewer parts, so this ends. */
static int cut_all(struct cutter *k, uint32_t *ret, struct portroll_error *err)
{
	uint32_t said = 0, count = 1;
	while (said != count) {
		said = count;
		int r = cut(k, &count, said, err);
		if (r < 0)
			return r;
	}
	k->pieces = arena_array(k->arena, count, sizeof(*k->pieces));
	if (!k->pieces)
		return error_memory(err);
	*ret = count;
	return cut(k, &count, said, err);
}

static int put_parts(struct cutter *k, struct entry_list *ret, uint32_t count,
		     struct portroll_error *err)
{
	struct buf *bytes = &k->operations.bytes;
	struct portroll_str *items = arena_array(k->arena, count, sizeof(*items));
	size_t all = 0;
	for (uint32_t i = 0; i < count; i++)
		all += k->pieces[i].len;
	buf_reserve(bytes, all - bytes->len);
	if (!items || bytes->failed)
		return error_memory(err);
	bytes->len = all;
	for (uint32_t i = count; i-- > 0;) {
		int r = put_halves(k, i + 1, count, i + 1 == count);
		if (r < 0)
			return halves_error(r, err);
		all -= k->pieces[i].len;
		put_part(k, bytes->ptr + all, &k->pieces[i]);
		items[i] = (struct portroll_str){bytes->ptr + all, k->pieces[i].len};
	}
	if (!buf_keep(bytes, k->arena).len)
		return error_memory(err);
	*ret = (struct entry_list){items, count};
	return PORTROLL_OK;
}

int changeset_write(struct entry_list *ret, const struct proposal *proposal, struct arena *a,
		    struct portroll_error *err)
{
	struct cutter k = {
		.about = &proposal->about,
		.state = proposal->new ? &proposal->new->root : NULL,
		.operations.bytes = BUF_INIT(SIZE_MAX / 2),
		.head = BUF_INIT(ENTRY_SIZE_MAX),
		.tail = BUF_INIT(ENTRY_SIZE_MAX),
		.arena = a,
	};
	uint32_t count = 0;
	int r = PORTROLL_OK;
	if (proposal->new && proposal->change)
		r = operations_put(&k.operations, proposal, a, err);
	if (r == PORTROLL_OK)
		r = cut_all(&k, &count, err);
	if (r == PORTROLL_OK)
		r = put_parts(&k, ret, count, err);
	buf_done(&k.operations.bytes);
	buf_done(&k.head);
	buf_done(&k.tail);
	return r;
}
