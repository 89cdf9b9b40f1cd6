/* SPDX-License-Identifier: MIT */
#include "ledger/tree.h"

#include <assert.h>
#include <nettle/sha2.h>
#include <string.h>

static_assert(TREE_HASH_SIZE == SHA256_DIGEST_SIZE, "SHA-256 has 32 bytes");

#define LEAF_PREFIX 0x00
#define NODE_PREFIX 0x01

bool tree_hash_equal(const struct tree_hash *a, const struct tree_hash *b)
{
	return memcmp(a->bytes, b->bytes, TREE_HASH_SIZE) == 0;
}

static void finish(struct sha256_ctx *state, struct tree_hash *ret)
{
	sha256_digest(state, TREE_HASH_SIZE, ret->bytes);
}

static void begin(struct sha256_ctx *state, uint8_t prefix)
{
	sha256_init(state);
	sha256_update(state, sizeof(prefix), &prefix);
}

struct tree_hash tree_hash_empty(void)
{
	struct sha256_ctx state;
	struct tree_hash hash;
	sha256_init(&state);
	finish(&state, &hash);
	return hash;
}

struct tree_hash tree_hash_leaf(struct portroll_str entry)
{
	struct sha256_ctx state;
	struct tree_hash hash;
	begin(&state, LEAF_PREFIX);
	sha256_update(&state, entry.len, (const uint8_t *)entry.ptr);
	finish(&state, &hash);
	return hash;
}

struct tree_hash tree_hash_node(const struct tree_hash *left, const struct tree_hash *right)
{
	struct sha256_ctx state;
	struct tree_hash hash;
	begin(&state, NODE_PREFIX);
	sha256_update(&state, TREE_HASH_SIZE, left->bytes);
	sha256_update(&state, TREE_HASH_SIZE, right->bytes);
	finish(&state, &hash);
	return hash;
}

int tree_append(struct tree *t, const struct tree_hash *leaf)
{
	if (t->size >= TREE_SIZE_MAX)
		return PORTROLL_ELIMIT;
	struct tree_hash hash = *leaf;
	unsigned level = 0;
	for (; t->size >> level & 1; level++)
		hash = tree_hash_node(&t->edge[level], &hash);
	t->edge[level] = hash;
	t->size++;
	return PORTROLL_OK;
}

struct tree_head tree_head(const struct tree *t)
{
	struct tree_head head = {.size = t->size};
	if (t->size == 0) {
		head.root = tree_hash_empty();
		return head;
	}
	unsigned level = 0;
	while (!(t->size >> level & 1))
		level++;
	head.root = t->edge[level];
	while (++level < TREE_LEVELS)
		if (t->size >> level & 1)
			head.root = tree_hash_node(&t->edge[level], &head.root);
	return head;
}
