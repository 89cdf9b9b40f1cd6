/* SPDX-License-Identifier: MIT */
#include "server/html.h"

#include "base/macros.h"
#include "base/num.h"
#include "base/utf8.h"
#include "server/percent.h"

void html_scratch_done(struct buf *out, struct buf *scratch)
{
	if (!out->failed)
		out->failed = scratch->failed;
	buf_done(scratch);
}

static void put_character(struct buf *out, uint32_t character)
{
	char bytes[4];
	switch (character) {
	case '&':
		HTML(out, "&amp;");
		return;
	case '<':
		HTML(out, "&lt;");
		return;
	case '>':
		HTML(out, "&gt;");
		return;
	case '"':
		HTML(out, "&quot;");
		return;
	case '\'':
		HTML(out, "&#39;");
		return;
	default:
		break;
	}
	bool is_control = (character < 0x20 && character != '\n' && character != '\t') ||
			  (character >= 0x7f && character < 0xa0);
	if (character == UTF8_INVALID || is_control)
		character = 0xfffd;
	size_t len = utf8_encode(bytes, character);
	buf_put(out, (struct portroll_str){bytes, len});
}

void html_text(struct buf *out, struct portroll_str text)
{
	while (text.len > 0)
		put_character(out, utf8_next(&text));
}

void html_number(struct buf *out, uint64_t value)
{
	char digits[NUM_TEXT_MAX];
	size_t len = num_format(digits, value);
	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_putc(out, ',');
		buf_putc(out, digits[i]);
	}
}

void html_date(struct buf *out, struct date date)
{
	char text[DATE_TEXT_MAX];
	size_t len = date_format(text, date);
	if (len == 0)
		return;
	HTML(out, "<time>");
	html_text(out, (struct portroll_str){text, len});
	HTML(out, "</time>");
}

static bool is_harmless(struct portroll_str uri)
{
	static const char *const schemes[] = {"https://", "http://", "ftp://", "mailto:", "sip:"};
	for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
		if (str_starts_fold(uri, str_from(schemes[i])))
			return true;
	}
	return false;
}

void html_link(struct buf *out, struct portroll_str uri, struct portroll_str text)
{
	if (!is_harmless(uri)) {
		html_text(out, text);
		return;
	}
	HTML(out, "<a rel=\"nofollow noopener\" href=\"");
	html_text(out, uri);
	HTML(out, "\">");
	html_text(out, text);
	HTML(out, "</a>");
}

void html_local_link(struct buf *out, const char *path, struct portroll_str segment,
		     struct portroll_str text)
{
	HTML(out, "<a href=\"");
	html_text(out, str_from(path));
	percent_put(out, segment);
	HTML(out, "\">");
	html_text(out, text);
	HTML(out, "</a>");
}

void html_xref(struct buf *out, const struct xref *x)
{
	struct buf label = BUF_INIT(64U << 10), link = BUF_INIT(64U << 10);
	xref_put_label(&label, x);
	if (x->type == XREF_PERSON) {
		html_local_link(out, "/people/", x->data, buf_str(&label));
	} else if (x->type == XREF_NOTE) {
		HTML(out, "<a href=\"/about#note");
		percent_put(out, x->data);
		HTML(out, "\">");
		html_text(out, buf_str(&label));
		HTML(out, "</a>");
	} else {
		if (x->type == XREF_REGISTRY)
			buf_puts(&link, "https://www.iana.org");
		xref_put_link(&link, x);
		html_link(out, buf_str(&link), buf_str(&label));
	}
	html_scratch_done(out, &label);
	html_scratch_done(out, &link);
}

void html_xrefs(struct buf *out, struct xref_list list)
{
	for (size_t i = 0; i < list.count; i++) {
		if (i > 0)
			HTML(out, " ");
		html_xref(out, &list.items[i]);
	}
}

void html_richtext(struct buf *out, struct richtext text)
{
	for (size_t i = 0; i < text.count; i++) {
		const struct run *run = &text.runs[i];
		switch ((enum run_kind)run->kind) {
		case RUN_TEXT:
			html_text(out, run->text);
			break;
		case RUN_XREF:
			html_xref(out, run->xref);
			break;
		case RUN_BREAK:
			HTML(out, "<br>");
			break;
		case RUN_PARAGRAPH_BEGIN:
			HTML(out, "<span class=\"paragraph\">");
			break;
		case RUN_PARAGRAPH_END:
			HTML(out, "</span>");
			break;
		case RUN_KIND_COUNT:
			break;
		}
	}
}
