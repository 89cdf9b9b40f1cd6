/* SPDX-License-Identifier: MIT */
#include "procedure/request_parts.h"

/* References as people write them: [RFC6335], RFC 6335, a draft, a URL, several of them in
 * brackets on one line, or the words of a description, whose lines are joined. */

#define REFERENCE_MAX 64

struct reader {
	struct request *request;
	struct arena *arena;
	struct xref *items;
	struct portroll_str words; /* lines of a description so far */
};

static void add(struct reader *r, struct xref x)
{
	if (!r->items)
		r->items = arena_array(r->arena, REFERENCE_MAX, sizeof(*r->items));
	if (!r->items)
		return;
	if (r->request->references.count == REFERENCE_MAX)
		r->request->too_many = true;
	else
		r->items[r->request->references.count++] = x;
	r->request->references.items = r->items;
}

/* "RFC 6335" as the label has it, RFC6335. */
static struct portroll_str without_blank(struct reader *r, struct portroll_str label)
{
	bool has_blank = label.len > 4 && str_starts_fold(label, STR("rfc")) &&
			 label.ptr[3] == ' ' && is_digit(label.ptr[4]);
	if (!has_blank)
		return label;
	CLEANUP(buf_done) struct buf joined = BUF_INIT(PARAGRAPH_TEXT_MAX);
	buf_puts(&joined, "RFC");
	buf_put(&joined, str_part(label, 4, label.len));
	if (joined.failed)
		r->arena->failed = true;
	return buf_keep(&joined, r->arena);
}

static bool has_blank(struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_space(text.ptr[i]))
			return true;
	return false;
}

static struct xref read_label(struct reader *r, struct portroll_str label)
{
	struct xref x = xref_from_label(r->arena, without_blank(r, label));
	bool is_prose = x.type == XREF_URI && has_blank(label);
	return is_prose ? (struct xref){.type = XREF_TEXT, .text = label} : x;
}

static void end_words(struct reader *r)
{
	if (r->words.len)
		add(r, (struct xref){.type = XREF_TEXT, .text = r->words});
	r->words = STR("");
}

static void add_words(struct reader *r, struct portroll_str line)
{
	CLEANUP(buf_done) struct buf joined = BUF_INIT(PARAGRAPH_TEXT_MAX);
	buf_put(&joined, r->words);
	if (r->words.len)
		buf_putc(&joined, ' ');
	buf_put(&joined, line);
	if (joined.failed)
		r->arena->failed = true;
	r->words = buf_keep(&joined, r->arena);
}

/* [A][B], [C]: false where it is something else. */
static bool read_brackets(struct reader *r, struct portroll_str rest)
{
	while (rest.len) {
		size_t end = str_find_char(rest, ']');
		struct portroll_str label = str_trim(str_part(rest, 1, end));
		if (rest.ptr[0] != '[')
			return false;
		if (end == SIZE_MAX || label.len == 0) {
			request_bad(&r->request->bad_reference, rest);
			return true;
		}
		add(r, read_label(r, label));
		rest = str_trim(str_part(rest, end + 1, rest.len));
		if (rest.len && (rest.ptr[0] == ',' || rest.ptr[0] == ';'))
			rest = str_trim(str_part(rest, 1, rest.len));
	}
	return true;
}

static void read_line(struct reader *r, struct portroll_str line)
{
	size_t before = r->request->references.count;
	if (line.len == 0 || line.ptr[0] == '[') {
		end_words(r);
		if (read_brackets(r, line))
			return;
		r->request->references.count = before;
		add_words(r, line);
		return;
	}
	struct xref x = read_label(r, line);
	if (x.type == XREF_TEXT || x.type == XREF_NOTE) {
		add_words(r, line);
		return;
	}
	end_words(r);
	add(r, x);
}

void request_read_references(struct request *q, struct portroll_str text, struct arena *a)
{
	struct reader r = {.request = q, .arena = a};
	struct portroll_str line;
	while (str_cut(&text, '\n', &line))
		read_line(&r, str_trim(line));
	end_words(&r);
}
