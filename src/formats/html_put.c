/* SPDX-License-Identifier: MIT */
#include "formats/html_put.h"

#include "base/macros.h"

void html_put_text(struct buf *out, struct portroll_str text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		const char *entity = c == '&'   ? "&amp;"
				     : c == '<' ? "&lt;"
				     : c == '>' ? "&gt;"
				     : c == '"' ? "&quot;"
						: NULL;
		if (!entity)
			continue;
		buf_put(out, str_part(text, from, i));
		buf_puts(out, entity);
		from = i + 1;
	}
	buf_put(out, str_part(text, from, text.len));
}

void html_put_element(struct buf *out, const char *name, struct portroll_str text)
{
	buf_putc(out, '<');
	buf_puts(out, name);
	buf_putc(out, '>');
	html_put_text(out, text);
	buf_puts(out, "</");
	buf_puts(out, name);
	buf_puts(out, ">\n");
}

void html_put_query(struct buf *out, struct portroll_str value)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		if (is_alpha((char)c) || is_digit((char)c) || c == '-' || c == '_' || c == '.') {
			buf_putc(out, (char)c);
			continue;
		}
		buf_putc(out, '%');
		buf_putc(out, hex[c >> 4]);
		buf_putc(out, hex[c & 15]);
	}
}

/* A registry may come from anywhere: no javascript: and the like. */
static bool may_lead_to(struct portroll_str url)
{
	static const char *const starts[] = {"#",       "http://", "https://", "ftp://",
					     "mailto:", "tel:",    "urn:"};
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (str_starts_fold(url, str_from(starts[i])))
			return true;
	return false;
}

void html_put_link(struct buf *out, struct portroll_str url, struct portroll_str text)
{
	bool link = may_lead_to(url);
	if (link) {
		buf_puts(out, "<a href=\"");
		html_put_text(out, url);
		buf_puts(out, "\">");
	}
	html_put_text(out, text);
	buf_puts(out, link ? "</a>" : "");
}

void html_put_xref(struct buf *out, const struct xref *x, struct buf *scratch)
{
	const struct xref undated = {
		.type = x->type,
		.fragment_kind = x->fragment_kind,
		.data = x->data,
		.text = x->text,
		.fragment = x->fragment,
	};
	buf_clear(scratch);
	xref_put_label(scratch, &undated);
	size_t label_len = scratch->len;
	xref_put_link(scratch, x);
	struct portroll_str both = buf_str(scratch);
	if (scratch->failed || label_len < 2)
		return;
	buf_putc(out, '[');
	html_put_link(out, str_part(both, label_len, both.len), str_part(both, 1, label_len - 1));
	buf_putc(out, ']');
	if (x->last_updated.len) {
		buf_puts(out, " (");
		html_put_text(out, x->last_updated);
		buf_putc(out, ')');
	}
}

void html_put_xrefs(struct buf *out, struct xref_list list, struct buf *scratch)
{
	for (size_t i = 0; i < list.count; i++)
		html_put_xref(out, &list.items[i], scratch);
}

void html_put_rich(struct buf *out, struct richtext text, bool preformatted, struct buf *scratch)
{
	static const char *const tags[RUN_KIND_COUNT] = {
		[RUN_BREAK] = "<br>",
		[RUN_PARAGRAPH_BEGIN] = "<p>",
		[RUN_PARAGRAPH_END] = "</p>",
	};
	for (size_t i = 0; i < text.count; i++) {
		const struct run *run = &text.runs[i];
		if (run->kind == RUN_TEXT)
			html_put_text(out, run->text);
		else if (run->kind == RUN_XREF)
			html_put_xref(out, run->xref, scratch);
		else
			buf_puts(out, preformatted ? "\n" : tags[run->kind]);
	}
}
