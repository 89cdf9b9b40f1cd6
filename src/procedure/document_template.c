/* SPDX-License-Identifier: MIT */
#include "procedure/document.h"

static void put_comment(struct buf *out, struct portroll_str text)
{
	struct portroll_str line;
	while (str_cut(&text, '\n', &line)) {
		buf_puts(out, "# ");
		buf_put(out, line);
		buf_putc(out, '\n');
	}
}

/* Is it asked of some requests of that kind: for a port, for several, for some transport? */
static bool may_apply(const struct document *d, const struct document_row *row)
{
	struct document other = *d;
	other.values[DOC_TRANSPORTS] = STR("tcp, udp, sctp, dccp");
	other.values[DOC_PORT_NUMBER] = STR("1, 2");
	return row->need(&other) != NEED_NOT;
}

static const char *need_words(const struct document *d, const struct document_row *row)
{
	enum field_need need = row->need(d);
	if (need == NEED_NOT)
		return may_apply(d, row) ? "if it applies" : NULL;
	return need == NEED_REQUIRED ? "required" : "optional";
}

static void put_field(struct buf *out, const struct document *d, unsigned field)
{
	const struct document_row *row = &document_rows[field];
	const char *need = need_words(d, row);
	if (!need && d->values[field].len == 0)
		return;
	buf_puts(out, "\n# ");
	buf_puts(out, row->question);
	buf_printf(out, " (%s)\n", need ? need : "optional");
	put_comment(out, str_from(row->help));
	if (d->values[field].len) {
		paragraph_put(out, str_from(row->name), d->values[field]);
		return;
	}
	buf_puts(out, row->name);
	buf_puts(out, ":\n");
}

void document_put_template(struct buf *out, const struct document *d)
{
	enum request_kind kind = document_kind(d);
	struct document whole = *d;
	if (kind < REQUEST_KIND_COUNT) {
		whole.values[DOC_REQUEST] = str_from(request_kinds[kind].name);
		buf_printf(out, "# A request to the registry: %s (%s).\n",
			   request_kinds[kind].title, request_kinds[kind].section);
	}
	put_comment(out,
		    STR("Lines that begin with # are comments. A value goes on in the next line "
			"if that\nbegins with a blank; an empty line within it is written "
			"as ' .'."));
	for (unsigned i = 0; i < DOC_FIELD_COUNT; i++)
		put_field(out, &whole, i);
}
