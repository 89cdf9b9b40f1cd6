/* SPDX-License-Identifier: MIT */
#pragma once

/* What a search page is asked: words or text, which page, in which order. */

#include "registry/fields.h"
#include "server/routes.h"

#define SEARCH_PAGE_SIZE 100U

enum search_how {
	SEARCH_AUTO,  /* go to the port or name if it is one, else words */
	SEARCH_WORDS, /* all words, ranked, all sources */
	SEARCH_TEXT,  /* one text in any column but the dates, document order, as IANA's page */
};

struct search {
	struct portroll_str text;
	uint8_t how;   /* enum search_how */
	size_t source; /* of SEARCH_TEXT */
	bool has_source;
	int sorted_by; /* enum field_id; -1: by rank or document */
	bool descending;
	uint64_t page; /* from 1 */
};

/* Reads the arguments q, how, source, sort, page, and the search of addresses of IANA's page. False
 * after a refusal. */
bool search_read(struct search *ret, const struct call *call, struct response *res);

/* The hits in order. PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int search_run(struct id_array *ret, const struct search *search,
				   const struct call *call);

/* Sorts ids by a column; records without that cell come last either way. */
PORTROLL_MUST_CHECK int sort_records(struct id_array *ids, const struct call *call,
				     enum field_id field, bool descending);

/* The address of the same search with another page or order, escaped for an attribute. */
void search_put_link(struct buf *out, const struct search *search, const struct call *call);

/* The page that a port, a range, a port/transport or a listed name has of its own; the empty view
 * for anything else. */
struct portroll_str search_own_page(const struct call *call, struct portroll_str text);
