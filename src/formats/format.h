/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The text forms of the registry. A form is a row in formats[] (what it is called), with a reader
 * and a writer where it has them, each in a file of its own. Everything is from memory to memory:
 * a format sees a registry and a buffer, never a file.
 *
 * Writers need libc only and may be linked by every program (library formats_write). Readers need
 * expat and jansson (library formats_read).
 */

#include "base/buf.h"
#include "formats/loss.h"
#include "registry/registry.h"
#include "registry/roll.h"

/* How the registry is to be written. Zeroed: the defaults. */
struct write_options {
	bool masthead;                  /* IANA's: only for an unaltered copy of IANA's registry */
	struct portroll_str title;      /* instead of the header's where there is no masthead */
	struct portroll_str provenance; /* one line: source, date, file; for headers of forms */
	const struct source *source;    /* services, nmap: for its dates; NULL: the header's */
	unsigned style;                 /* text: 2025 or 2026; 0: the newest */
	bool expand_ranges;             /* services, nmap: a line for each port of a range */
	bool merge_transports;   /* services: port/tcp/udp on one line, as Wireshark reads it */
	bool one_per_line;       /* json: NDJSON, a record a line */
	struct listing *listing; /* html: a page of a search; NULL: the whole */
};

/* One page of a search as IANA's site pages it: 100 hits, the last of a page again as the first of
 * the next. The registry given to the writer holds the rows of the page only. */
struct listing {
	struct portroll_str search; /* empty: all records */
	struct portroll_str source; /* kept in the links as source=; empty: not there */
	size_t page, page_count;    /* from 1 */
	size_t hit_count;
};

#define LISTING_PAGE_SIZE 100

/* The rows of a page: *ret_first (from 0) and *ret_count, by IANA's rule. PORTROLL_EINVAL when
 * there is no such page. */
PORTROLL_MUST_CHECK int listing_rows(size_t *ret_first, size_t *ret_count, size_t hit_count,
				     size_t page);
size_t listing_page_count(size_t hit_count);

/* Writes the registry; failure sticks in out->failed. What the form cannot hold goes to `loss` (may
 * be NULL). */
typedef void write_fn(struct buf *out, const struct registry *reg, const struct write_options *o,
		      struct loss *loss);

/* Adds what the input holds to an empty registry. Texts that need no change are views into the
 * input, which must live as long as the registry. Errors carry line and column. */
typedef int read_fn(struct registry *ret, struct portroll_str input, struct portroll_error *err);

struct format {
	const char *name, *extension, *media_type, *summary;
	uint8_t coverage; /* enum coverage of what a file of this form usually holds */
	write_fn *write;  /* NULL: cannot be written */
};

/* All forms: xml csv text html page json services nmap. NULL name at the end. */
extern const struct format formats[];

/* By name, or NULL. */
const struct format *format_find(struct portroll_str name);

/* The names of all sources of the roll by precedence in one services file, ranges expanded: a line
 * for each port and transport for which the roll has a name. A comment of FIRST_LINE comes first.
 * What stands in it is added to `tally`, and what does not to `loss`; both may be NULL. */
struct service_tally;
void services_write_roll(struct buf *out, const struct roll *roll, const char *first_line,
			 struct service_tally *tally, struct loss *loss);

write_fn xml_write, csv_write, text_write, html_write, json_write, services_write, nmap_write;
