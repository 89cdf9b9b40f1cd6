/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * People are personal data, and a ledger cannot forget: its entries hold their ids, and for what is
 * known of each a commitment, SHA-256 of a salt and the canonical person. The content lies with its
 * salt beside the ledger, and can be erased there; every proof still holds.
 */

#include "base/error.h"
#include "ledger/tree.h"
#include "registry/record.h"

#define SALT_SIZE 32

/* The salt and the canonical person of one commitment; both empty: erased. */
struct person_content {
	struct tree_hash commitment;
	struct portroll_str salt; /* SALT_SIZE bytes */
	struct portroll_str body; /* canonical JSON, see line.h */
};

struct tree_hash commitment_of(const uint8_t salt[static SALT_SIZE], struct portroll_str body);

/* Is the content what was committed to? False for one that was erased. */
bool person_content_holds(const struct person_content *content);

/* Contents by commitment; borrowed from whoever has them. NULL: not known, as if erased. */
typedef const struct person_content *person_find_fn(void *context,
						    const struct tree_hash *commitment);

struct person_contents {
	person_find_fn *find;
	void *context;
};
