/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Where entries live. A store keeps bytes in order, tells the truth about the last one, and says
 * that something is durable only when it is. It knows nothing of ports or of rules, and decides
 * nothing but who was first. Rows of stores[] are told apart by the scheme of their URL.
 */

#include "base/error.h"
#include "ledger/commitment.h"
#include "ledger/tree.h"

struct store; /* each store has its own; the first member is what all have */

struct stored_entry {
	uint64_t index; /* from 0; given by the store where entries are appended */
	struct tree_hash leaf;
	struct portroll_str topic; /* to find the last one of: the name of a source, or empty */
	struct portroll_str body;  /* at most ENTRY_SIZE_MAX bytes */
};

struct stored_person {
	struct person_content content; /* salt and body empty: erased */
	struct portroll_str source, id;
};

/* A document beside the ledger: an account, a request, a policy. The store knows nothing of what is
 * in it. Whoever changes one must know its version. */
struct stored_paper {
	struct portroll_str kind, id; /* at most PAPER_NAME_MAX bytes each */
	uint64_t version; /* as it is, from 1; to be put: as it was, 0 when there must be none, or
			   * only an erased one: a version is never had twice */
	struct portroll_str body; /* at most PAPER_SIZE_MAX bytes; to be put: empty erases it */
};

/* Papers that are asked for; what is empty is any. */
struct paper_name {
	struct portroll_str kind, id;
};

#define PAPER_NAME_MAX 64
#define PAPER_SIZE_MAX ((size_t)1 << 20)

/* What is appended at once, or not at all. */
struct store_batch {
	uint64_t base; /* how many entries there are before it */
	const struct stored_entry *entries;
	size_t count;
	const struct stored_person *people; /* contents that are new */
	size_t person_count;
	const struct stored_paper *papers; /* that are put with the entries */
	size_t paper_count;
	struct tree after; /* the ledger with these entries */
};

/* Entries from an index up to, not including, another. */
struct entry_range {
	uint64_t from, to;
};

/* Views live until the function returns, which must not use the same store. 0, or a negative code
 * that ends the walk. */
typedef int store_entry_fn(void *context, const struct stored_entry *entry,
			   struct portroll_error *err);
typedef int store_person_fn(void *context, const struct stored_person *person,
			    struct portroll_error *err);
typedef int store_paper_fn(void *context, const struct stored_paper *paper,
			   struct portroll_error *err);

struct store_ops {
	const char *scheme; /* "sqlite", "postgresql", "memory" */

	/* Opens what the URL names, sqlite:PATH or postgresql://..., making an empty store there
	 * with `create` when there is none. PORTROLL_EVERSION: made by a later portroll. */
	int (*open)(struct store **ret, struct portroll_str url, bool create,
		    struct portroll_error *err);
	void (*close)(struct store *s); /* NULL is fine */

	/* The ledger as it is. An empty store has a zeroed tree. */
	int (*head)(struct tree *ret, struct store *s, struct portroll_error *err);

	/* Durable when it returns PORTROLL_OK. PORTROLL_ECONFLICT, and nothing appended, when the
	 * store has not `base` entries or has one of these entries already. After any other failure
	 * the outcome is unknown: the head tells. */
	int (*append)(struct store *s, const struct store_batch *batch, struct portroll_error *err);

	/* PORTROLL_OK when all that head() tells will survive whatever the store promises to
	 * survive; what append() left unknown may be signed only after this. */
	int (*settle)(struct store *s, struct portroll_error *err);

	/* The entries of the range in order; those beyond the end are not there. */
	int (*each)(struct store *s, struct entry_range range, store_entry_fn *fn, void *context,
		    struct portroll_error *err);

	/* The index of the last entry of a topic; UINT64_MAX: none. */
	int (*last)(uint64_t *ret, struct store *s, struct portroll_str topic,
		    struct portroll_error *err);

	/* All contents, in the order in which they came; of one source, or all where it is empty.
	 */
	int (*people)(struct store *s, struct portroll_str source, store_person_fn *fn,
		      void *context, struct portroll_error *err);

	/* Erases salt and body of all contents of that id, durably and so that the bytes are not
	 * found in the store's files; *ret says how many. */
	int (*erase)(uint64_t *ret, struct store *s, struct portroll_str id,
		     struct portroll_error *err);

	/* Puts papers, all or none, durably. PORTROLL_ECONFLICT names the first whose version is
	 * another, and nothing is put; append() says the same of its papers. Erased bytes are not
	 * found in the store's files. After any other failure the outcome is unknown. */
	int (*put_papers)(struct store *s, const struct stored_paper *papers, size_t count,
			  struct portroll_error *err);

	/* The papers of that name in byte order of kinds and ids. Erased ones are not there. */
	int (*papers)(struct store *s, struct paper_name name, store_paper_fn *fn, void *context,
		      struct portroll_error *err);

	/* Keeps the signed checkpoint of a size, durably at the latest with the next append() or
	 * settle(); the same one again is fine. Two that differ are both kept: that is a proof. */
	int (*keep_note)(struct store *s, uint64_t size, struct portroll_str note,
			 struct portroll_error *err);

	/* The notes kept for the largest size not above `size`, in order. 0 where there is none. */
	int (*notes)(struct store *s, uint64_t size, store_entry_fn *fn, void *context,
		     struct portroll_error *err);

	/* Waits until another has appended, kept a note or erased since the last call, at most that
	 * long: 1, at the first call at once; 0: nothing was seen. Returns 0 at once where it
	 * cannot be told. */
	int (*wait)(struct store *s, uint32_t timeout_ms, struct portroll_error *err);
};

extern const struct store_ops store_memory, store_sqlite, store_postgres;

/* All of them, NULL at the end. */
extern const struct store_ops *const stores[];

/* The store for a URL; NULL: no store has that scheme. */
const struct store_ops *store_find(struct portroll_str url);

/* Copies all entries, contents, papers and notes of one store into another that is empty, in
 * batches, and checks that the other has the same ledger then. Versions of papers begin anew. */
PORTROLL_MUST_CHECK int store_copy(const struct store_ops *from_ops, struct store *from,
				   const struct store_ops *to_ops, struct store *to,
				   struct portroll_error *err);
