/* SPDX-License-Identifier: MIT */
#include "ledger/fold_list.h"

#include <stdlib.h>

#include "ledger/fold_key.h"

/* What is done to an old item. */
struct mark {
	uint32_t by; /* the operation that replaces it, FOLD_NONE: none does */
	bool is_replaced, is_moved, is_removed;
};

/* Something that is put before an old item, or at the end. */
struct insertion {
	uint32_t before; /* FOLD_NONE, the largest: at the end */
	uint32_t op;
};

struct placing {
	struct fold_list *list;
	struct mark *marks;
	struct insertion *insertions;
	size_t insertion_count, added, removed;
	struct portroll_error *err;
};

static const char *const verbs[CHANGE_OP_COUNT] = {
	[CHANGE_ADD] = "adds",
	[CHANGE_REPLACE] = "replaces",
	[CHANGE_MOVE] = "moves",
	[CHANGE_REMOVE] = "removes",
};

static bool goes_somewhere(const struct operation *op)
{
	return op->op == CHANGE_ADD || op->op == CHANGE_MOVE;
}

static int refuse(const struct placing *p, const struct operation *op,
		  const struct subject_key *key, const char *words)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(SIZE_MAX / 2);
	bool is_anchor = key == &op->before;
	item_key_put(&text, p->list->subject, key);
	if (text.failed)
		return error_memory(p->err);
	return error_set(p->err, PORTROLL_ECORRUPT, "%s %s%.*s, %s", verbs[op->op],
			 is_anchor ? "something before " : "", PORTROLL_STR_ARG(buf_str(&text)),
			 words);
}

/* Where what the operations name stands. */
static int find(struct placing *p, struct arena *scratch)
{
	struct fold_list *list = p->list;
	struct key_reference *references =
		arena_array(scratch, 2 * list->op_count, sizeof(*references));
	size_t count = 0;
	for (size_t i = 0; references && i < list->op_count; i++) {
		const struct operation *op = list->ops[i];
		struct change *change = &list->changes[i];
		*change = (struct change){op->op, FOLD_NONE, FOLD_NONE, FOLD_NONE};
		if (op->op != CHANGE_ADD)
			references[count++] = (struct key_reference){&op->key, &change->old};
		if (goes_somewhere(op) && op->has_before)
			references[count++] = (struct key_reference){&op->before, &change->before};
	}
	const struct item_list items = {list->old, list->subject, list->old_count};
	if (!references || item_keys_find(&items, references, count, scratch) < 0)
		return error_memory(p->err);
	return PORTROLL_OK;
}

/* One operation on an old item. */
static int mark(struct placing *p, uint32_t i)
{
	const struct operation *op = p->list->ops[i];
	uint32_t old = p->list->changes[i].old;
	if (old == FOLD_NONE)
		return refuse(p, op, &op->key, "which is not there");
	struct mark *m = &p->marks[old];
	bool is_double = (op->op == CHANGE_REPLACE && m->is_replaced) ||
			 (op->op == CHANGE_MOVE && m->is_moved) ||
			 (op->op == CHANGE_REMOVE && (m->is_replaced || m->is_moved));
	if (is_double || m->is_removed)
		return refuse(p, op, &op->key, "which another operation names too");
	if (op->op == CHANGE_REPLACE)
		*m = (struct mark){i, true, m->is_moved, false};
	m->is_moved = m->is_moved || op->op == CHANGE_MOVE;
	m->is_removed = op->op == CHANGE_REMOVE;
	p->removed += m->is_removed;
	return PORTROLL_OK;
}

static int mark_all(struct placing *p)
{
	int r = PORTROLL_OK;
	for (uint32_t i = 0; i < p->list->op_count && r == PORTROLL_OK; i++) {
		const struct operation *op = p->list->ops[i];
		if (op->op != CHANGE_ADD)
			r = mark(p, i);
		if (goes_somewhere(op))
			p->insertions[p->insertion_count++] =
				(struct insertion){p->list->changes[i].before, i};
		p->added += op->op == CHANGE_ADD;
	}
	return r;
}

static int check_anchors(const struct placing *p)
{
	for (size_t i = 0; i < p->insertion_count; i++) {
		const struct operation *op = p->list->ops[p->insertions[i].op];
		uint32_t before = p->insertions[i].before;
		if (!op->has_before)
			continue;
		if (before == FOLD_NONE)
			return refuse(p, op, &op->before, "which is not there");
		if (p->marks[before].is_moved || p->marks[before].is_removed)
			return refuse(p, op, &op->before, "which does not stay where it is");
	}
	return PORTROLL_OK;
}

static int compare_insertions(const void *a, const void *b)
{
	const struct insertion *x = a, *y = b;
	if (x->before != y->before)
		return x->before < y->before ? -1 : 1;
	return x->op < y->op ? -1 : x->op > y->op;
}

static void put(struct fold_list *list, uint32_t old, uint32_t op)
{
	if (op != FOLD_NONE)
		list->changes[op].new = (uint32_t)list->count;
	list->items[list->count++] = (struct fold_item){old, op};
}

static void insert(struct placing *p, uint32_t op)
{
	struct change *change = &p->list->changes[op];
	change->new = (uint32_t)p->list->count;
	if (change->op == CHANGE_ADD)
		put(p->list, FOLD_NONE, op);
	else
		put(p->list, change->old, p->marks[change->old].by);
}

static void place(struct placing *p)
{
	struct fold_list *list = p->list;
	const struct insertion *next = p->insertions, *end = next + p->insertion_count;
	for (uint32_t i = 0; i < list->old_count; i++) {
		const struct mark *m = &p->marks[i];
		for (; next < end && next->before == i; next++)
			insert(p, next->op);
		if (!m->is_moved && !m->is_removed)
			put(list, i, m->by);
	}
	for (; next < end; next++)
		insert(p, next->op);
}

int fold_list_apply(struct fold_list *list, struct arena *scratch, struct portroll_error *err)
{
	struct placing p = {
		.list = list,
		.marks = arena_array(scratch, list->old_count, sizeof(struct mark)),
		.insertions = arena_array(scratch, list->op_count, sizeof(struct insertion)),
		.err = err,
	};
	list->changes = arena_array(scratch, list->op_count, sizeof(*list->changes));
	if (!p.marks || !p.insertions || !list->changes)
		return error_memory(err);
	for (size_t i = 0; i < list->old_count; i++)
		p.marks[i].by = FOLD_NONE;
	int r = find(&p, scratch);
	if (r == PORTROLL_OK)
		r = mark_all(&p);
	if (r == PORTROLL_OK)
		r = check_anchors(&p);
	if (r < 0)
		return r;
	if (list->old_count + p.added >= FOLD_NONE)
		return error_set(err, PORTROLL_ECORRUPT, "makes a list of too many items");
	qsort(p.insertions, p.insertion_count, sizeof(*p.insertions), compare_insertions);
	list->items =
		arena_array(scratch, list->old_count + p.added - p.removed, sizeof(*list->items));
	if (!list->items)
		return error_memory(err);
	place(&p);
	return PORTROLL_OK;
}
