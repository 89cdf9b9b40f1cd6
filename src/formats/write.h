/* SPDX-License-Identifier: MIT */
#pragma once

/* What the writers share among themselves; not for other rooms. */

#include "formats/format.h"

/* The title over the registry: IANA's header's with the masthead, else the roll's own if it has
 * one. */
struct portroll_str write_title(const struct registry *reg, const struct write_options *o);

/* The text of a date in `space`. */
struct portroll_str write_date(char space[static DATE_TEXT_MAX], struct date date);

/* Makes each run of white space in the buffer one blank and cuts the ends. It must not drain. */
void write_squeeze(struct buf *b);

/* Is the text just what the cell shows, so that the cell alone gives it back? */
bool write_text_is_whole(struct richtext text, struct portroll_str cell);

/* Has any person an organisation? Only then IANA's tables of people have that column. */
bool write_has_org(const struct registry *reg);

/* Everything of the header and of the footnotes; `shown`: but for what a page shows of it. */
void loss_of_header(struct loss *loss, const struct registry *reg, bool shown);

/* What the twelve cells of the CSV do not show of a record. `scratch` is used. */
void loss_of_cells(struct loss *loss, const struct record *r, struct buf *scratch);

/* Every person that has more than the id, for forms that show the id alone; with `all` the others
 * too, for forms without any reference. */
void loss_of_people(struct loss *loss, const struct registry *reg, bool all);

/* One for each of the record's extras, but for the one called `kept` (may be NULL). */
void loss_of_extras(struct loss *loss, const struct record *r, const char *kept);
