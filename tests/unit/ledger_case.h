/* SPDX-License-Identifier: MIT */
#pragma once

/* The ledger that the tests know the answers of: entries "changeset 1", "changeset 2" ... */

#include "test.h"

#include "base/buf.h"
#include "ledger/tree.h"

static inline void put_changeset(struct buf *out, size_t n)
{
	buf_puts(out, "changeset ");
	buf_put_num(out, n);
}

static inline struct tree_hash changeset_leaf(size_t n)
{
	CLEANUP(buf_done) struct buf entry = BUF_INIT(64);
	put_changeset(&entry, n);
	return tree_hash_leaf(buf_str(&entry));
}

static inline void check_hash(const struct tree_hash *got, const char *expected, const char *where,
			      int line)
{
	CLEANUP(buf_done) struct buf digits = BUF_INIT(2 * TREE_HASH_SIZE);
	for (size_t i = 0; i < TREE_HASH_SIZE; i++)
		buf_printf(&digits, "%02x", got->bytes[i]);
	check_text(buf_str(&digits), expected, where, line);
}

#define assert_hash(got, expected) check_hash((got), (expected), __FILE__, __LINE__)
