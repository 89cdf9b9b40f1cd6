/* SPDX-License-Identifier: MIT */
#include "ledger/changeset.h"

#include "ledger/changeset_about.h"
#include "ledger/changeset_operations.h"

/*
 * An entry is the members before the operations, the operations, and the members behind them. As
 * many operations as there is room for go into each part; how many parts there are is itself
 * written in each, so they are cut anew until the count is the one that they say.
 */

static const struct portroll_str ops_begin = STR_INIT(",\"ops\":["), ops_end = STR_INIT("]");

struct cutter {
	const struct changeset *about; /* as the proposal has it */
	const struct tree_hash *state; /* NULL: none */
	struct operations_text operations;
	struct buf head, tail, entry; /* scratch */
	struct portroll_str *parts;   /* of entries, NULL while they are only counted */
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

static int put_entry(struct cutter *k, struct portroll_str *ret, size_t from, size_t to)
{
	struct portroll_str head = buf_str(&k->head), tail = buf_str(&k->tail);
	size_t begin = from ? k->operations.ends[from - 1] + 1 : 0;
	buf_clear(&k->entry);
	buf_put(&k->entry, str_part(head, 0, head.len - 1));
	if (from < to) {
		buf_put(&k->entry, ops_begin);
		buf_put(&k->entry,
			str_part(buf_str(&k->operations.bytes), begin, k->operations.ends[to - 1]));
		buf_put(&k->entry, ops_end);
	}
	buf_putc(&k->entry, ',');
	buf_put(&k->entry, str_part(tail, 1, tail.len));
	*ret = arena_str(k->arena, buf_str(&k->entry));
	return k->entry.failed || !ret->len ? PORTROLL_ENOMEM : PORTROLL_OK;
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
		if (k->parts && part <= part_count &&
		    put_entry(k, &k->parts[part - 1], from, to) < 0)
			return error_memory(err);
		if (is_last) {
			*ret_count = part;
			return PORTROLL_OK;
		}
		from = to;
	}
}

/* More parts make longer numbers and never fewer parts, so this ends. */
static int cut_all(struct cutter *k, struct entry_list *ret, struct portroll_error *err)
{
	uint32_t said = 0, count = 1;
	while (said != count) {
		said = count;
		int r = cut(k, &count, said, err);
		if (r < 0)
			return r;
	}
	k->parts = arena_array(k->arena, count, sizeof(*k->parts));
	if (!k->parts)
		return error_memory(err);
	int r = cut(k, &count, said, err);
	*ret = (struct entry_list){k->parts, count};
	return r;
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
		.entry = BUF_INIT(ENTRY_SIZE_MAX),
		.arena = a,
	};
	struct entry_list entries;
	int r = PORTROLL_OK;
	if (proposal->new && proposal->change)
		r = operations_put(&k.operations, proposal, a, err);
	if (r == PORTROLL_OK)
		r = cut_all(&k, &entries, err);
	buf_done(&k.operations.bytes);
	buf_done(&k.head);
	buf_done(&k.tail);
	buf_done(&k.entry);
	if (r == PORTROLL_OK)
		*ret = entries;
	return r;
}
