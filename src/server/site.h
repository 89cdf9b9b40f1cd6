/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A site is one snapshot made ready for pages: opened, its sources listed, its states counted, its
 * downloads written once. It does not change, but for the downloads, which are made when they are
 * first asked for. Requests hold a reference; the last one closes it.
 */

#include "snapshot/snapshot.h"

struct site;

/* How many ports of a range are in each state, for one transport. */
struct state_counts {
	uint32_t counts[PORTROLL_DYNAMIC + 1]; /* by enum portroll_state */
};

/* Takes the snapshot over, also on failure. `ledger` is the folder of what the roll's ledger
 * publishes, which need not be there; it is copied. NULL: none. The caller holds the first
 * reference. */
PORTROLL_MUST_CHECK int site_new(struct site **ret, struct portroll_snapshot *snapshot,
				 const char *ledger, struct portroll_error *err);
struct site *site_hold(struct site *site);
void site_release(struct site *site); /* NULL is fine */

const struct portroll_snapshot *site_snapshot(const struct site *site);
/* The folder of the ledger; NULL: none. */
const char *site_ledger(const struct site *site);

size_t site_source_count(const struct site *site);
/* The source without its registry; NULL: no such source. */
const struct source *site_source(const struct site *site, size_t index);
/* By name, or SIZE_MAX. */
size_t site_find_source(const struct site *site, struct portroll_str name);
/* The first complete source, else the first; SIZE_MAX in an empty roll. */
size_t site_main_source(const struct site *site);
/* The header of a source; never NULL for one that is there. */
const struct registry *site_header(const struct site *site, size_t source);

/* By transport, 1 to 4. */
const struct state_counts *site_counts(const struct site *site, uint8_t transport);

/* What a download is made of. */
struct download_kind {
	const char *suffix; /* /registry.SUFFIX */
	const char *format; /* name in formats[] */
	bool one_per_line;  /* NDJSON */
	const char *media_type;
	const char *leaves_out; /* what the form has no place for, in words; NULL: nothing */
};

#define DOWNLOAD_KIND_COUNT 8
extern const struct download_kind download_kinds[DOWNLOAD_KIND_COUNT];

struct download {
	struct portroll_str bytes, gzip; /* gzip is empty when it could not be made */
	struct portroll_str loss;        /* what the form cannot hold, one line; empty: nothing */
	uint64_t tag;
};

/* May the source be given away whole? Not nmap's own data, whose licence binds what is made of it.
 */
bool site_may_download(const struct site *site, size_t source);

/* The registry of a source in a form, made at the first call; any number of threads. The bytes live
 * as long as the site. PORTROLL_ENOMEM, PORTROLL_ECORRUPT. */
PORTROLL_MUST_CHECK int site_download(const struct download **ret, struct site *site, size_t source,
				      size_t kind);
