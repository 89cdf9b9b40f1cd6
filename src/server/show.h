/* SPDX-License-Identifier: MIT */
#pragma once

/* The parts that pages are put together from. All write to `out`, escaped. */

#include "registry/fields.h"
#include "server/html.h"
#include "server/routes.h"

/* Everything up to the content, and after it. `title` is text; the start page has its search field
 * in the content and none above. */
struct page_head {
	struct portroll_str title;
	bool is_home;
	bool is_private; /* robots shall not index it */
};
void show_begin(const struct call *call, struct response *res, const struct page_head *head);
void show_end(const struct call *call, struct response *res);

/* Sends on to another page of this site, for good (301) or for this answer (303). */
void show_redirect(const struct call *call, struct response *res, unsigned status,
		   struct portroll_str page);

/* The field to look something up, with what was asked. */
void show_search_field(struct buf *out, struct portroll_str text, bool has_focus);

/* "Did you mean ...?": names that are spelled nearly so, each with its page; nothing where there
 * are none. */
void show_suggestions(const struct call *call, struct buf *out, struct portroll_str name);

/* "iana, copy of 2014-07, with 101 records of a copy of 2025-10-22 on top". */
void show_dates(const struct call *call, struct buf *out, size_t source);

/* "iana, copy of 2026-02-13"; with a record, the copy that it came from. */
void show_source(const struct call *call, struct buf *out, size_t source);
void show_copy(const struct call *call, struct buf *out, const struct portroll_record *record);

/* One (port, transport): state, names, why, by which source. */
void show_answer(const struct call *call, struct buf *out, uint16_t port, uint8_t transport);

/* All that the records say, each a list of the columns that hold something. A list of names that
 * only repeats a record of the first ones is named there. */
void show_records(const struct call *call, struct buf *out, const struct id_array *ids);

/* The cell of a column, references linked. */
void show_cell(struct buf *out, enum field_id field, const struct record *record);

/* How a table is sorted; the heads of its columns link to the other ways. */
struct table_links {
	void (*put_link)(struct buf *out, const void *context, enum field_id field,
			 bool descending);
	const void *context;
	int sorted_by; /* enum field_id, or -1 */
	bool descending;
};

/* Records in the twelve columns of the registry. `links` may be NULL. */
void show_table(const struct call *call, struct buf *out, const char *caption,
		const struct id_array *ids, const struct table_links *links);

#define RANGE_PAGE_MAX 256U /* ports on one page of a range */

struct range_page {
	struct range ports;
	uint64_t number, count; /* from 1 */
};

/* The page of a range that the argument `page` chooses, the first without it. False after a
 * refusal. */
bool range_page_read(struct range_page *ret, const struct call *call, struct response *res,
		     struct range range);

/* A page of a range: a row a port, a column a transport. */
void show_range(const struct call *call, struct response *res, struct range range);

/* A table of how many ports are in each state. */
void show_counts(const struct call *call, struct buf *out);

/* Links to the registry of a source in all forms; SIZE_MAX shows nothing. */
void show_downloads(const struct call *call, struct buf *out, size_t source);
