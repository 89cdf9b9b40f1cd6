/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A changeset: what one entry of the ledger says, in canonical JSON (doc/LEDGER.md), at most
 * ENTRY_SIZE_MAX bytes. A change that needs more is cut into parts, entries that stand together;
 * all of them name the change's base, and only the last one the state after it. Operations name
 * records by key, [transport, port, name, count among equals], as they are before the whole change;
 * people by id, footnotes by anchor.
 */

#include "ledger/bundle.h"
#include "ledger/source_state.h"
#include "ledger/tree.h"

#define CHANGESET_VERSION 1

/* What a changeset says of itself. Texts that are empty are not there. */
struct changeset {
	struct portroll_str author; /* who made it */
	int64_t time;               /* when it was made, seconds since 1970 UTC */
	struct portroll_str kind;   /* import, order, remove, correct, revert, key, fork ... */
	struct portroll_str reason;
	struct portroll_str source; /* that it changes; empty: the roll */
	struct date effective;      /* the day from which "as of" counts it; as exact as known */
	struct tree_head base;      /* the ledger that it was made upon */
	uint32_t part, part_count;  /* 1 of 1: whole */
	struct portroll_str mirrored_by; /* whose mirror it was taken from, if not the registry's */
	struct portroll_str vkey;        /* kind key: the key that signs from now on (note_key.h) */
	uint64_t reverts;                /* kind revert: the number of the change; 0: none */
	bool has_dossier;                /* a commitment to papers that lie beside the ledger */
	struct tree_hash dossier;

	/* What it sets in the source; in the first part. */
	bool has_kind, has_coverage, has_copies;
	uint8_t source_kind, coverage; /* enum source_kind, enum coverage */
	const struct copy *copies;
	size_t copy_count;

	/* The names of all sources after it, in order of precedence, where that is not as before;
	 * in the last part. A source that is not among them is gone. */
	bool has_sources;
	const struct portroll_str *sources;
	size_t source_count;

	bool has_state; /* in the last part, where a source is new or its registry is another */
	struct tree_hash state;
};

/* What one change does to its source: from a state (or an empty one) to another. */
struct proposal {
	struct changeset about;               /* part, part_count, state are set by the writer */
	const struct source_state *old, *new; /* NULL: no registry is changed */
	const struct registry_change *change; /* with old and new */
};

struct entry_list {
	const struct portroll_str *items; /* bytes of each part */
	size_t count;
};

/* An operation of more bytes than this is refused. */
#define OPERATION_SIZE_MAX 60000

/* Writes the parts into the arena. PORTROLL_ELIMIT names the record whose operation is above
 * OPERATION_SIZE_MAX; PORTROLL_EINVAL for what is not in the subset. */
PORTROLL_MUST_CHECK int changeset_write(struct entry_list *ret, const struct proposal *proposal,
					struct arena *a, struct portroll_error *err);

/* Reads what a changeset says of itself and passes over its operations: fast, and with no memory
 * but for the lists. The bytes need not be canonical all through; what is read is checked. Views
 * point into the entry or the arena. PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int changeset_read_about(struct changeset *ret, struct portroll_str entry,
					     struct arena *a, struct portroll_error *err);

/* An operation as it was read: what it is about, by key, and what it brings. */
enum subject {
	SUBJECT_HEADER,
	SUBJECT_RECORD,
	SUBJECT_PERSON,
	SUBJECT_FOOTNOTE
};

struct subject_key {
	struct record record; /* transport, port and name only */
	uint32_t ordinal;     /* the count among equals, from 0 */
	struct portroll_str id;
	uint32_t anchor;
};

struct operation {
	uint8_t op;      /* enum change_op */
	uint8_t subject; /* enum subject */
	bool has_before; /* ADD, MOVE: before `before`; else at the end */
	struct subject_key key, before;
	/* What is added or put in its place: one of these. */
	const struct header *header;
	const struct record *record;
	const struct footnote *footnote;
	struct portroll_str id; /* of the person, with commitment */
	struct tree_hash commitment;
};

struct operation_list {
	const struct operation *items;
	size_t count;
};

/* Reads all of one entry, strictly (canonical_read.h). PORTROLL_ESYNTAX, PORTROLL_EVERSION for a
 * later version. All is copied into the arena. */
PORTROLL_MUST_CHECK int changeset_read(struct changeset *ret, struct operation_list *ret_operations,
				       struct portroll_str entry, struct arena *a,
				       struct portroll_error *err);
