/* SPDX-License-Identifier: MIT */
#include "cli/about.h"

#include "cli/words.h"

void about_heading(const struct reader *r, const char *text)
{
	struct out *o = r->out;
	if (o->buf.len || o->buf.drained)
		buf_putc(&o->buf, '\n');
	out_colour(o, COLOUR_HEADING);
	buf_puts(&o->buf, text);
	out_colour(o, COLOUR_NONE);
	buf_putc(&o->buf, '\n');
}

/* The registry that is told about: the first with notes, for an organisation's own list above
 * IANA's has none; else the first that says more than names. */
static size_t choose_source(const struct reader *r, size_t wanted)
{
	if (wanted != SOURCE_ANY)
		return wanted;
	for (size_t i = 0; i < r->source_count; i++) {
		const struct registry *reg = snapshot_header(r->snapshot, i, r->arena);
		if (reg && reg->header.note_count > 0)
			return i;
	}
	for (size_t i = 0; i < r->source_count; i++)
		if (r->sources[i].coverage != COVERAGE_NAMES)
			return i;
	return 0;
}

static void put_title(const struct reader *r, size_t source, const struct registry *reg)
{
	struct out *o = r->out;
	CLEANUP(buf_done) struct buf text = BUF_INIT(4096);
	char updated[DATE_TEXT_MAX];
	size_t len = reg ? date_format(updated, reg->header.updated) : 0;
	out_colour(o, COLOUR_HEADING);
	out_text(o,
		 reg && reg->header.title.len ? reg->header.title
					      : STR("a registry without a title"),
		 false);
	out_colour(o, COLOUR_NONE);
	buf_putc(&o->buf, '\n');
	if (len)
		buf_printf(&o->buf, "last updated %s; ", updated);
	put_source(&text, r, source, COPY_NONE);
	buf_puts(&o->buf, "read from ");
	out_text(o, buf_str(&text), false);
	buf_putc(&o->buf, '\n');
}

static int put_all(const struct reader *r, size_t source, const struct registry *reg)
{
	put_title(r, source, reg);
	int code = about_put_counts(r);
	about_put_ranges(r);
	if (code == PORTROLL_OK)
		code = about_put_experts(r, reg);
	about_put_notes(r, reg);
	about_put_request(r, reg);
	about_put_copies(r);
	return code;
}

int cmd_about(struct reader *r)
{
	const char *const *given = r->args->values;
	struct portroll_error err = {0};
	size_t wanted;
	if (reader_source(&wanted, r, &err) < 0)
		return reader_fail(r, &err);
	size_t source = choose_source(r, wanted);
	const struct registry *reg = NULL;
	if (source < r->source_count)
		reg = snapshot_header(r->snapshot, source, r->arena);
	int code = PORTROLL_OK;
	if (!given[OPTION_EXPERTS] && !given[OPTION_RANGES] && !given[OPTION_NOTES])
		code = put_all(r, source, reg);
	if (given[OPTION_RANGES])
		about_put_ranges(r);
	if (given[OPTION_EXPERTS])
		code = about_put_experts(r, reg);
	if (given[OPTION_NOTES])
		about_put_notes(r, reg);
	return code < 0 ? reader_fail_code(r, code) : (int)EXIT_YES;
}
