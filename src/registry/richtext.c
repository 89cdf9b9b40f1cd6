/* SPDX-License-Identifier: MIT */
#include "registry/richtext.h"

#include <string.h>

struct richtext richtext_plain(struct arena *a, struct portroll_str text)
{
	if (text.len == 0)
		return (struct richtext){NULL, 0};
	struct run *run = arena_alloc(a, sizeof(*run));
	if (!run)
		return (struct richtext){NULL, 0};
	*run = (struct run){.kind = RUN_TEXT, .text = text};
	return (struct richtext){run, 1};
}

bool richtext_is_empty(struct richtext text)
{
	return text.count == 0;
}

bool richtext_is_plain(struct richtext text, struct portroll_str *ret)
{
	if (text.count > 1 || (text.count == 1 && text.runs[0].kind != RUN_TEXT))
		return false;
	*ret = text.count ? text.runs[0].text : STR("");
	return true;
}

void richtext_put_csv(struct buf *out, struct richtext text)
{
	for (size_t i = 0; i < text.count; i++) {
		const struct run *run = &text.runs[i];
		if (run->kind == RUN_TEXT)
			buf_put(out, run->text);
		else if (run->kind == RUN_XREF)
			xref_put_label(out, run->xref);
		else if (run->kind == RUN_PARAGRAPH_BEGIN)
			buf_fill(out, ' ', 8);
	}
}

/* Length of the match of WS LF WS+ at the start of s, 0 for none. */
static size_t fold_match(struct portroll_str s)
{
	if (s.len < 3 || !is_space(s.ptr[0]) || s.ptr[1] != '\n' || !is_space(s.ptr[2]))
		return 0;
	size_t len = 3;
	while (len < s.len && is_space(s.ptr[len]))
		len++;
	return len;
}

void cell_fold(struct buf *out, size_t from)
{
	if (out->failed || out->len <= from)
		return;
	struct portroll_str rest = {out->ptr + from, out->len - from};
	char *to = out->ptr + from;
	bool has_line_feed = str_find_char(rest, '\n') != SIZE_MAX;
	if (!has_line_feed && !is_space(rest.ptr[0]) && !is_space(rest.ptr[rest.len - 1]))
		return;
	if (has_line_feed) {
		while (rest.len) {
			size_t match = fold_match(rest);
			*to++ = match ? ' ' : rest.ptr[0];
			rest = str_part(rest, match ? match : 1, rest.len);
		}
		out->len = (size_t)(to - out->ptr);
	}
	struct portroll_str kept =
		str_trim((struct portroll_str){out->ptr + from, out->len - from});
	memmove(out->ptr + from, kept.ptr, kept.len);
	out->len = from + kept.len;
}

bool richtext_equal(struct richtext a, struct richtext b)
{
	if (a.count != b.count)
		return false;
	for (size_t i = 0; i < a.count; i++) {
		const struct run *x = &a.runs[i], *y = &b.runs[i];
		if (x->kind != y->kind || !str_equal(x->text, y->text) ||
		    (x->kind == RUN_XREF && !xref_equal(x->xref, y->xref)))
			return false;
	}
	return true;
}
