/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The roll: one or more sources in order of precedence, each with its registry and where that came
 * from. A source may be put together from several copies (a complete one, and partial ones on
 * top); each record knows its copy.
 */

#include "registry/registry.h"

enum source_kind {
	SOURCE_MIRRORED = 0, /* changes only by import */
	SOURCE_MANAGED = 1,  /* changes only by decisions on requests */
};

enum coverage {
	COVERAGE_COMPLETE = 0, /* what it does not list is known not to be assigned */
	COVERAGE_PARTIAL = 1,  /* says nothing of what it does not list */
	COVERAGE_NAMES = 2,    /* names of ports, nothing of the state */
};

#define SHA256_SIZE 32

/* One file that was imported. */
struct copy {
	struct portroll_str origin;  /* file name or URL, as given */
	struct portroll_str format;  /* name of the format */
	struct portroll_str etag;    /* as the server gave it, for the next update; empty: none */
	struct portroll_str licence; /* what the file says of its use; empty: nothing */
	struct date dated; /* the header's "updated", or the newest record's, or as told */
	bool partial;      /* laid over what was there */
	uint8_t sha256[SHA256_SIZE]; /* of the bytes as read (gzip: unpacked) */
	uint32_t record_count;
};

struct source {
	struct portroll_str name;
	uint8_t kind;     /* enum source_kind */
	uint8_t coverage; /* enum coverage */
	const struct copy *copies;
	size_t copy_count;
	struct registry *registry;
};

#define ROLL_SOURCE_MAX 64

struct roll {
	struct arena *arena;                    /* borrowed */
	struct source sources[ROLL_SOURCE_MAX]; /* highest precedence first */
	size_t source_count;
	uint64_t ledger_size; /* entries of the ledger that it was folded from; 0: none */
	uint8_t ledger_root[SHA256_SIZE];
};

/* Equal in every member. */
bool copy_equal(const struct copy *a, const struct copy *b);

struct roll *roll_new(struct arena *a);

/* Index of a source by name, or SIZE_MAX. */
size_t roll_find(const struct roll *roll, struct portroll_str name);

/* Puts a source before the one at `at` (source_count: last). PORTROLL_ELIMIT when full,
 * PORTROLL_ECONFLICT when the name is taken. */
PORTROLL_MUST_CHECK int roll_insert(struct roll *roll, size_t at, const struct source *source,
				    struct portroll_error *err);
void roll_remove(struct roll *roll, size_t at);

/* Moves the source at `from` so that it stands before the one now at `to`. */
void roll_move(struct roll *roll, size_t from, size_t to);

/* May a source be called so? Letters, digits, hyphen, 1 to 32. */
bool source_name_ok(struct portroll_str name);

/* Is this IANA's registry as IANA published it, whole and from one file? Only then a writer puts
 * IANA's masthead over it. Only IANA's XML is whole: its CSV has no header, and anybody can have
 * written the other forms. */
bool source_is_unaltered_iana(const struct source *source);

/* Does any of it come from nmap? The Nmap Public Source License binds what is derived from it, so
 * such a source is given away only to those who name it. */
bool source_has_nmap(const struct source *source);

/* Where a copy came from, without the folders of this machine: what is given away need not tell how
 * they are called. */
struct portroll_str copy_origin_shown(const struct copy *copy);

/* One line on where the source is from: its copies by origin and date, and the licences they name.
 */
void source_put_provenance(struct buf *out, const struct source *source);

/* The date of the source, and of what was laid over it: "2014-07, with 101 records of a copy of
 * 2025-10-22 on top". Nothing when no date is known. */
void source_put_dates(struct buf *out, const struct source *source);

/* The date that the source is said to be of: its complete copy's, else its newest copy's. */
struct date source_date(const struct source *source);

extern const char *const coverage_names[]; /* by enum coverage: complete, partial, names only */
