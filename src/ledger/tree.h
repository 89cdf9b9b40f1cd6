/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1.1): SHA-256, a byte 0x00 before an
 * entry and 0x01 before two hashes, so that neither passes for the other. A tree of n > 1 entries
 * splits at the largest power of two below n; nothing is padded.
 */

#include "base/str.h"

#define TREE_HASH_SIZE 32
#define TREE_LEVELS    63 /* a perfect subtree has at most 2^62 entries */
#define TREE_SIZE_MAX  INT64_MAX

struct tree_hash {
	uint8_t bytes[TREE_HASH_SIZE];
};

bool tree_hash_equal(const struct tree_hash *a, const struct tree_hash *b);

/* The root of a tree without entries: SHA-256 of nothing. */
struct tree_hash tree_hash_empty(void);

/* The hash of an entry, and of the node above two hashes. */
struct tree_hash tree_hash_leaf(struct portroll_str entry);
struct tree_hash tree_hash_node(const struct tree_hash *left, const struct tree_hash *right);

/* How large a tree is, and the hash that stands for all of it. */
struct tree_head {
	uint64_t size; /* entries; at most TREE_SIZE_MAX */
	struct tree_hash root;
};

/* A tree that grows at its right edge: of all hashes it keeps only those of the perfect subtrees
 * that its size is made of, edge[n] where bit n of the size is set. Zeroed it is empty. */
struct tree {
	uint64_t size;
	struct tree_hash edge[TREE_LEVELS];
};

/* Adds the hash of one more entry; PORTROLL_ELIMIT at TREE_SIZE_MAX. */
PORTROLL_MUST_CHECK int tree_append(struct tree *t, const struct tree_hash *leaf);

struct tree_head tree_head(const struct tree *t);
