/* SPDX-License-Identifier: MIT */
#include "ledger/proof.h"

/* A part of the tree as the recursion of RFC 6962 section 2.1 meets it: `first` is a multiple of
 * the largest power of two within `count`. */
struct part {
	uint64_t first, count;
};

/* The largest power of two below n, for n > 1. */
static uint64_t split(uint64_t n)
{
	uint64_t k = 1;
	while (k < n - k)
		k *= 2;
	return k;
}

int tree_read_leaves(struct tree_hash *ret, void *context, struct tree_place at,
		     struct portroll_error *err)
{
	(void)err;
	const struct tree_hash *leaves = context;
	uint64_t first = at.index << at.level;
	struct tree t = {0};
	for (uint64_t i = 0; i < (uint64_t)1 << at.level; i++) {
		int r = tree_append(&t, &leaves[first + i]);
		if (r < 0)
			return r;
	}
	*ret = t.edge[at.level];
	return PORTROLL_OK;
}

/* From its right edge to the left: each bit of the count is a perfect subtree. */
static int hash_part(struct tree_hash *ret, const struct tree_reader *tree, struct part part,
		     struct portroll_error *err)
{
	uint64_t end = part.first + part.count;
	bool any = false;
	for (unsigned level = 0; level < TREE_LEVELS; level++) {
		if (!(part.count >> level & 1))
			continue;
		struct tree_hash hash;
		end -= (uint64_t)1 << level;
		int r = tree->read(&hash, tree->context, (struct tree_place){level, end >> level},
				   err);
		if (r < 0)
			return r;
		*ret = any ? tree_hash_node(&hash, ret) : hash;
		any = true;
	}
	return PORTROLL_OK;
}

static int check_size(const struct tree_reader *tree, uint64_t size, struct portroll_error *err)
{
	if (size <= tree->size && size <= TREE_SIZE_MAX)
		return PORTROLL_OK;
	return error_set(err, PORTROLL_EINVAL,
			 "size %llu, expected at most the %llu entries of the tree",
			 (unsigned long long)size, (unsigned long long)tree->size);
}

int tree_root(struct tree_hash *ret, struct tree_reader tree, uint64_t size,
	      struct portroll_error *err)
{
	int r = check_size(&tree, size, err);
	if (r < 0)
		return r;
	struct tree_hash root = tree_hash_empty();
	r = hash_part(&root, &tree, (struct part){0, size}, err);
	if (r == PORTROLL_OK)
		*ret = root;
	return r;
}

static int add(struct proof *p, const struct tree_reader *tree, struct part part,
	       struct portroll_error *err)
{
	return hash_part(&p->hashes[p->count++], tree, part, err);
}

/* They were added from the root to the leaves. */
static void turn_round(struct proof *p)
{
	for (size_t i = 0; i < p->count / 2; i++) {
		struct tree_hash hash = p->hashes[i];
		p->hashes[i] = p->hashes[p->count - 1 - i];
		p->hashes[p->count - 1 - i] = hash;
	}
}

/* One step of the recursion: to the half that has the entry; the other half is returned. */
static struct part descend(struct part *part, uint64_t index)
{
	uint64_t k = split(part->count);
	struct part left = {part->first, k}, right = {part->first + k, part->count - k};
	bool goes_left = index < right.first;
	*part = goes_left ? left : right;
	return goes_left ? right : left;
}

int proof_of_inclusion(struct proof *ret, struct tree_reader tree, uint64_t index, uint64_t size,
		       struct portroll_error *err)
{
	int r = check_size(&tree, size, err);
	if (r < 0)
		return r;
	if (index >= size)
		return error_set(err, PORTROLL_EINVAL,
				 "entry @%llu, expected at most the size %llu",
				 (unsigned long long)index + 1, (unsigned long long)size);
	struct proof p = {0};
	for (struct part part = {0, size}; part.count > 1;) {
		r = add(&p, &tree, descend(&part, index), err);
		if (r < 0)
			return r;
	}
	turn_round(&p);
	*ret = p;
	return PORTROLL_OK;
}

/* RFC 9162 section 2.1.4.1: down to the part where the smaller tree ends with it; its hash is left
 * out where the verifier has it, as the root of the smaller tree. */
static int add_consistency(struct proof *p, const struct tree_reader *tree, uint64_t from,
			   uint64_t to, struct portroll_error *err)
{
	struct part part = {0, to};
	while (part.first + part.count != from) {
		int r = add(p, tree, descend(&part, from - 1), err);
		if (r < 0)
			return r;
	}
	return part.first == 0 ? PORTROLL_OK : add(p, tree, part, err);
}

int proof_of_consistency(struct proof *ret, struct tree_reader tree, uint64_t from, uint64_t to,
			 struct portroll_error *err)
{
	int r = check_size(&tree, to, err);
	if (r < 0)
		return r;
	if (from > to)
		return error_set(err, PORTROLL_EINVAL, "from size %llu to the smaller size %llu",
				 (unsigned long long)from, (unsigned long long)to);
	struct proof p = {0};
	if (from > 0)
		r = add_consistency(&p, &tree, from, to, err);
	if (r < 0)
		return r;
	turn_round(&p);
	*ret = p;
	return PORTROLL_OK;
}

/* Where the walk up the tree is: `at` of the nodes 0 to `last` of a level. */
struct walk {
	uint64_t at, last;
};

static void ascend(struct walk *w)
{
	w->at >>= 1;
	w->last >>= 1;
}

/* Is the next hash of the proof one on the left? Then the walk is at a right child, be it after
 * levels where it stands alone at the edge. */
static bool is_on_left(struct walk *w)
{
	if (!(w->at & 1) && w->at != w->last)
		return false;
	while (!(w->at & 1) && w->at != 0)
		ascend(w);
	return true;
}

bool proof_includes(const struct proof *p, const struct tree_head *head, uint64_t index,
		    const struct tree_hash *leaf)
{
	if (index >= head->size || p->count > PROOF_MAX)
		return false;
	struct walk w = {index, head->size - 1};
	struct tree_hash hash = *leaf;
	for (size_t i = 0; i < p->count; i++) {
		if (w.last == 0)
			return false;
		hash = is_on_left(&w) ? tree_hash_node(&p->hashes[i], &hash)
				      : tree_hash_node(&hash, &p->hashes[i]);
		ascend(&w);
	}
	return w.last == 0 && tree_hash_equal(&hash, &head->root);
}

/* Both roots are built from the same hashes; those on the right are in the larger tree only. */
static bool walk_continues(struct walk w, const struct proof *p, size_t from, struct tree_hash seed,
			   const struct tree_head heads[static 2])
{
	struct tree_hash old = seed, new = seed;
	for (size_t i = from; i < p->count; i++) {
		if (w.last == 0)
			return false;
		if (is_on_left(&w)) {
			old = tree_hash_node(&p->hashes[i], &old);
			new = tree_hash_node(&p->hashes[i], &new);
		} else {
			new = tree_hash_node(&new, &p->hashes[i]);
		}
		ascend(&w);
	}
	return w.last == 0 && tree_hash_equal(&old, &heads[0].root) &&
	       tree_hash_equal(&new, &heads[1].root);
}

bool proof_continues(const struct proof *p, const struct tree_head *old,
		     const struct tree_head *new)
{
	if (p->count > PROOF_MAX || old->size > new->size)
		return false;
	if (old->size == new->size)
		return p->count == 0 && tree_hash_equal(&old->root, &new->root);
	if (old->size == 0) {
		struct tree_hash empty = tree_hash_empty();
		return p->count == 0 && tree_hash_equal(&old->root, &empty);
	}
	bool is_perfect = (old->size & (old->size - 1)) == 0;
	if (!is_perfect && p->count == 0)
		return false;
	struct walk w = {old->size - 1, new->size - 1};
	while (w.at & 1)
		ascend(&w);
	return walk_continues(w, p, is_perfect ? 0 : 1, is_perfect ? old->root : p->hashes[0],
			      (const struct tree_head[]){*old, *new});
}
