/* SPDX-License-Identifier: MIT */
#pragma once

/* Lines of columns with tabs between; in a text \t, \n, \r and \\ stand for themselves. */

#include "cli/reader.h"

/* The text, escaped, and a tab before it unless it is the first of the line. */
void tsv_put(struct buf *out, struct portroll_str text, bool is_first);

/* 0.484143 */
void tsv_put_frequency(struct buf *out, uint32_t millionths, bool is_first);

/* The cells of a record: name, port, transport, description, assignee, contact, registered,
 * modified, references, service_code, unauthorized, notes, alias_of, source, copy. */
void tsv_put_record(struct buf *out, const struct reader *r, const struct portroll_record *record,
		    bool is_first);

#define TSV_RECORD_COLUMNS 15

/* Their titles. */
void tsv_put_record_titles(struct buf *out, bool is_first);
