/* SPDX-License-Identifier: MIT */
#include "terminal/table.h"

#include "base/utf8.h"

#define COLUMN_MAX   16
#define GAP          2
#define FLEXIBLE_MIN 8 /* columns that a cut cell keeps, if nothing else is said */
#define ELLIPSIS     "\xe2\x80\xa6"

struct table table_init(struct arena *a, const struct table_column *columns, size_t count)
{
	return (struct table){
		.arena = a,
		.columns = columns,
		.column_count = count < COLUMN_MAX ? count : COLUMN_MAX,
	};
}

/* A row is a line: IANA's texts have line feeds. */
static struct portroll_str one_line(struct arena *a, struct portroll_str text)
{
	if (str_find_char(text, '\n') == SIZE_MAX)
		return arena_str(a, text);
	char *copy = arena_array(a, text.len, 1);
	for (size_t i = 0; copy && i < text.len; i++)
		copy[i] = text.ptr[i] == '\n' ? ' ' : text.ptr[i];
	return (struct portroll_str){copy, copy ? text.len : 0};
}

void table_cell(struct table *t, struct portroll_str text)
{
	if (t->cell_count == t->cell_capacity) {
		size_t capacity = t->cell_capacity ? t->cell_capacity * 2 : 64;
		struct portroll_str *grown =
			arena_grow(t->arena, t->cells, t->cell_count, capacity, sizeof(*grown));
		if (!grown) {
			t->failed = true;
			return;
		}
		t->cells = grown;
		t->cell_capacity = capacity;
	}
	t->cells[t->cell_count++] = one_line(t->arena, text);
	t->failed |= t->arena->failed;
}

static bool has_titles(const struct table *t)
{
	for (size_t i = 0; i < t->column_count; i++)
		if (t->columns[i].title)
			return true;
	return false;
}

struct layout {
	size_t widths[COLUMN_MAX];
	bool left_out[COLUMN_MAX];
};

static size_t least_width(const struct table_column *column)
{
	return column->least ? column->least : FLEXIBLE_MIN;
}

/* The flexible columns share what is too much, the widest first. False: it is still too much. */
static bool shrink(const struct table *t, struct layout *l, size_t limit)
{
	size_t total = 0;
	for (size_t i = 0; i < t->column_count; i++)
		total += l->left_out[i] ? 0 : l->widths[i] + (total > 0 ? GAP : 0);
	for (; total > limit; total--) {
		size_t widest = SIZE_MAX;
		for (size_t i = 0; i < t->column_count; i++) {
			const struct table_column *column = &t->columns[i];
			if (l->left_out[i] || !column->flexible ||
			    l->widths[i] <= least_width(column))
				continue;
			if (widest == SIZE_MAX || l->widths[i] > l->widths[widest])
				widest = i;
		}
		if (widest == SIZE_MAX)
			return false;
		l->widths[widest]--;
	}
	return true;
}

static void fit(const struct table *t, struct layout *l, size_t limit)
{
	struct layout tried = *l;
	size_t last = t->column_count;
	while (!shrink(t, &tried, limit)) {
		while (last > 0 && (!t->columns[last - 1].optional || l->left_out[last - 1]))
			last--;
		if (last == 0)
			break;
		l->left_out[last - 1] = true;
		tried = *l;
	}
	*l = tried;
}

static void measure(const struct table *t, const struct out *o, struct layout *l)
{
	*l = (struct layout){0};
	for (size_t i = 0; i < t->cell_count; i++) {
		size_t width = out_text_width(o, t->cells[i]);
		size_t *widest = &l->widths[i % t->column_count];
		if (width > *widest)
			*widest = width;
	}
	for (size_t i = 0; i < t->column_count; i++) {
		size_t width = str_from(t->columns[i].title).len;
		l->left_out[i] = t->columns[i].optional && l->widths[i] == 0;
		if (width > l->widths[i])
			l->widths[i] = width;
	}
	if (o->width)
		fit(t, l, o->width);
}

/* As much of the text as fits before the ellipsis. */
static struct portroll_str cut(const struct out *o, struct portroll_str text, size_t width)
{
	struct portroll_str rest = text;
	size_t used = 0;
	while (rest.len) {
		struct portroll_str next = rest;
		(void)utf8_next(&next);
		struct portroll_str character = {rest.ptr, rest.len - next.len};
		used += out_text_width(o, character);
		if (used + 1 > width)
			break;
		rest = next;
	}
	return str_part(text, 0, text.len - rest.len);
}

/* Pads to the width but after the last column. */
static void put_cell(struct out *o, struct portroll_str text, const struct table_column *column,
		     size_t width, bool last)
{
	size_t used = out_text_width(o, text);
	bool too_long = used > width;
	if (too_long) {
		text = cut(o, text, width);
		used = out_text_width(o, text) + 1;
	}
	size_t padding = used < width ? width - used : 0;
	if (column->right)
		buf_fill(&o->buf, ' ', padding);
	if (column->colour != COLOUR_NONE && text.len)
		out_colour(o, column->colour);
	out_text(o, text, false);
	if (too_long)
		buf_puts(&o->buf, ELLIPSIS);
	if (column->colour != COLOUR_NONE && text.len)
		out_colour(o, COLOUR_NONE);
	if (!last)
		buf_fill(&o->buf, ' ', (column->right ? 0 : padding) + GAP);
}

static void put_titles(const struct table *t, struct out *o, const struct layout *l)
{
	size_t end = t->column_count;
	while (l->left_out[end - 1])
		end--;
	for (size_t i = 0; i < end; i++) {
		struct table_column heading = t->columns[i];
		heading.colour = COLOUR_HEADING;
		if (!l->left_out[i])
			put_cell(o, str_from(heading.title), &heading, l->widths[i], i + 1 == end);
	}
	buf_putc(&o->buf, '\n');
}

/* The last cell of the row that holds anything: no blanks are written after it. */
static size_t row_end(const struct table *t, const struct layout *l, size_t row)
{
	size_t end = t->column_count;
	while (end > 1 && (l->left_out[end - 1] || t->cells[row + end - 1].len == 0))
		end--;
	return end;
}

void table_write(const struct table *t, struct out *o)
{
	struct layout l;
	if (t->failed && !o->buf.failed)
		o->buf.failed = PORTROLL_ENOMEM;
	if (t->cell_count < t->column_count)
		return;
	measure(t, o, &l);
	if (has_titles(t))
		put_titles(t, o, &l);
	for (size_t row = 0; row + t->column_count <= t->cell_count; row += t->column_count) {
		size_t end = row_end(t, &l, row);
		for (size_t i = 0; i < end; i++)
			if (!l.left_out[i])
				put_cell(o, t->cells[row + i], &t->columns[i], l.widths[i],
					 i + 1 == end);
		buf_putc(&o->buf, '\n');
	}
}
