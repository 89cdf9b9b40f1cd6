/* SPDX-License-Identifier: MIT */
#include "procedure/paragraph.h"

#include "base/utf8.h"

#define NAME_MAX_BYTES 64  /* of a field's name */
#define FIELD_MAX      256 /* of one paragraph */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static char name_char(char c)
{
	return is_blank(c) || c == '_' ? '-' : fold_char(c);
}

bool paragraph_name_equal(struct portroll_str a, struct portroll_str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (name_char(a.ptr[i]) != name_char(b.ptr[i]))
			return false;
	return true;
}

const struct paragraph_field *paragraph_find(const struct paragraph *p, struct portroll_str name)
{
	for (size_t i = 0; i < p->count; i++)
		if (paragraph_name_equal(p->fields[i].name, name))
			return &p->fields[i];
	return NULL;
}

static struct portroll_str trim_end(struct portroll_str line)
{
	while (line.len && is_space(line.ptr[line.len - 1]))
		line.len--;
	return line;
}

static size_t indentation(struct portroll_str line)
{
	size_t i = 0;
	while (i < line.len && is_blank(line.ptr[i]))
		i++;
	return i;
}

/* Only dots, or nothing: what a continuation cannot say as it is. */
static bool is_dots(struct portroll_str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] != '.')
			return false;
	return true;
}

/* The lines of a value one by one, as its text has them. */
struct lines {
	struct portroll_str rest;
	bool in_paragraph; /* comments between, and dots before dots */
	bool is_first;
};

static bool next_line(struct lines *l, struct portroll_str *ret)
{
	do {
		if (!str_cut(&l->rest, '\n', ret))
			return false;
	} while (l->in_paragraph && !l->is_first && ret->len && ret->ptr[0] == '#');
	*ret = trim_end(*ret);
	struct portroll_str bare = str_part(*ret, indentation(*ret), ret->len);
	if (is_dots(bare)) {
		bool is_marked = l->in_paragraph && !l->is_first && bare.len;
		*ret = is_marked ? str_part(bare, 1, bare.len) : bare;
	}
	l->is_first = false;
	return true;
}

static struct lines lines_of(struct portroll_str raw, bool in_paragraph)
{
	return (struct lines){.rest = raw, .in_paragraph = in_paragraph, .is_first = true};
}

/* How far all lines behind the first that is not empty are indented; empty ones do not count. */
static size_t common_indentation(struct lines lines)
{
	struct portroll_str line;
	size_t common = SIZE_MAX;
	bool any = false;
	while (next_line(&lines, &line)) {
		size_t own = indentation(line);
		if (any && !is_dots(line) && own < common)
			common = own;
		any = any || line.len;
	}
	return common == SIZE_MAX ? 0 : common;
}

static struct portroll_str tidy(struct portroll_str raw, bool in_paragraph, struct arena *a)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(PARAGRAPH_TEXT_MAX);
	struct lines lines = lines_of(raw, in_paragraph);
	size_t common = common_indentation(lines), empty = 0;
	struct portroll_str line;
	while (next_line(&lines, &line)) {
		if (line.len == 0) {
			empty++;
			continue;
		}
		bool is_first = out.len == 0;
		size_t marks = is_first ? indentation(line) : is_dots(line) ? 0 : common;
		if (!is_first)
			buf_fill(&out, '\n', empty + 1);
		buf_put(&out, str_part(line, marks, line.len));
		empty = 0;
	}
	if (out.failed)
		a->failed = true;
	return buf_keep(&out, a);
}

struct portroll_str paragraph_value(struct portroll_str text, struct arena *a)
{
	return tidy(text, false, a);
}

void paragraph_put(struct buf *out, struct portroll_str name, struct portroll_str value)
{
	struct portroll_str line;
	bool is_first = true;
	if (value.len == 0)
		return;
	buf_put(out, name);
	buf_putc(out, ':');
	while (str_cut(&value, '\n', &line)) {
		struct portroll_str bare = str_trim(line);
		bool is_marked = !is_first && is_dots(bare);
		buf_puts(out, !is_first || line.len ? " " : "");
		if (is_marked)
			buf_putc(out, '.');
		buf_put(out, is_marked ? bare : line);
		buf_putc(out, '\n');
		is_first = false;
	}
}

struct reader {
	struct portroll_str rest;
	uint32_t line; /* of the last one that was taken */
	struct arena *arena;
	struct portroll_error *err;
	struct paragraph *paragraphs;
	size_t count;
	struct paragraph_field *fields; /* of the paragraph at hand */
	size_t field_count;
};

/* The bytes that a text must not have. */
static int check_characters(struct portroll_str text, struct portroll_error *err)
{
	struct portroll_str line;
	for (uint32_t number = 1; str_cut(&text, '\n', &line); number++) {
		line = trim_end(line);
		size_t invalid = utf8_find_invalid(line);
		if (invalid != SIZE_MAX)
			return error_at(err, PORTROLL_ESYNTAX, number, (uint32_t)invalid + 1,
					"a byte that is not UTF-8");
		size_t control = utf8_find_control(line);
		if (control != SIZE_MAX)
			return error_at(err, PORTROLL_ESYNTAX, number, (uint32_t)control + 1,
					"a control character, expected text");
	}
	return PORTROLL_OK;
}

static bool name_ok(struct portroll_str name)
{
	if (name.len == 0 || name.len > NAME_MAX_BYTES || !is_alpha(name.ptr[0]))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		if (!is_alpha(c) && !is_digit(c) && c != ' ' && c != '-' && c != '_')
			return false;
	}
	return true;
}

/* Lists have room for a power of two. */
static bool is_full(size_t count)
{
	return (count & (count - 1)) == 0;
}

static size_t more(size_t count)
{
	return count ? 2 * count : 1;
}

static int begin_field(struct reader *r, struct portroll_str line)
{
	size_t colon = str_find_char(line, ':');
	struct portroll_str name = trim_end(str_part(line, 0, colon));
	if (colon == SIZE_MAX || !name_ok(name))
		return error_at(r->err, PORTROLL_ESYNTAX, r->line, 1,
				"expected 'Field: value', a line that is continued with a blank "
				"before it, or a comment after #");
	const struct paragraph so_far = {r->fields, r->field_count};
	const struct paragraph_field *before = paragraph_find(&so_far, name);
	if (before)
		return error_at(r->err, PORTROLL_ESYNTAX, r->line, 1,
				"'%.*s' a second time: it is in line %u", PORTROLL_STR_ARG(name),
				before->line);
	if (r->field_count == FIELD_MAX)
		return error_at(r->err, PORTROLL_ELIMIT, r->line, 1,
				"more than %d fields in one paragraph", FIELD_MAX);
	if (is_full(r->field_count))
		r->fields = arena_grow(r->arena, r->fields, r->field_count, more(r->field_count),
				       sizeof(*r->fields));
	if (!r->fields)
		return error_memory(r->err);
	struct portroll_str value = str_part(line, colon + 1, line.len);
	r->fields[r->field_count++] =
		(struct paragraph_field){.name = name, .value = value, .line = r->line};
	return PORTROLL_OK;
}

/* Values are parts of the text, up to the end of their last line; they get their form here. */
static int end_paragraph(struct reader *r)
{
	if (r->field_count == 0)
		return PORTROLL_OK;
	for (size_t i = 0; i < r->field_count; i++)
		r->fields[i].value = tidy(r->fields[i].value, true, r->arena);
	if (is_full(r->count))
		r->paragraphs = arena_grow(r->arena, r->paragraphs, r->count, more(r->count),
					   sizeof(*r->paragraphs));
	if (!r->paragraphs || r->arena->failed)
		return error_memory(r->err);
	r->paragraphs[r->count++] = (struct paragraph){r->fields, r->field_count};
	r->fields = NULL;
	r->field_count = 0;
	return PORTROLL_OK;
}

static int take_line(struct reader *r, struct portroll_str line)
{
	if (line.len && line.ptr[0] == '#')
		return PORTROLL_OK;
	if (trim_end(line).len == 0)
		return end_paragraph(r);
	if (!is_blank(line.ptr[0]))
		return begin_field(r, line);
	if (r->field_count == 0)
		return error_at(r->err, PORTROLL_ESYNTAX, r->line, 1,
				"a line that continues nothing; an empty line within a value is "
				"written as ' .'");
	struct paragraph_field *last = &r->fields[r->field_count - 1];
	last->value.len = (size_t)(line.ptr + line.len - last->value.ptr);
	return PORTROLL_OK;
}

int paragraphs_read(struct paragraph_list *ret, struct portroll_str text, struct arena *a,
		    struct portroll_error *err)
{
	if (text.len > PARAGRAPH_TEXT_MAX)
		return error_set(err, PORTROLL_ELIMIT, "%zu bytes, expected at most %zu", text.len,
				 PARAGRAPH_TEXT_MAX);
	if (str_starts(text, STR("\xef\xbb\xbf"))) /* as editors of Windows mark UTF-8 */
		text = str_part(text, 3, text.len);
	int code = check_characters(text, err);
	struct reader r = {.rest = text, .arena = a, .err = err};
	struct portroll_str line;
	while (code == PORTROLL_OK && str_cut(&r.rest, '\n', &line)) {
		r.line++;
		code = take_line(&r, line);
	}
	if (code == PORTROLL_OK)
		code = end_paragraph(&r);
	if (code < 0)
		return code;
	*ret = (struct paragraph_list){r.paragraphs, r.count};
	return PORTROLL_OK;
}
