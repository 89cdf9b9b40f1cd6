/* SPDX-License-Identifier: MIT */
#include "keeper/difference.h"

#include <stdlib.h>

#include "base/error.h"

#define CONTEXT   3
#define RUN_SHOWN 5 /* lines of a run that is cut */

struct line {
	struct portroll_str text;
	size_t *left[2]; /* shared by equal lines: how many are still to come, before and after */
	uint8_t side;    /* 0: before, 1: after */
	size_t number;   /* on its side, from 0 */
};

/* A line of the answer. */
struct step {
	struct portroll_str text;
	char sign; /* ' ', '-', '+' */
};

struct comparison {
	struct line *lines[2];
	size_t counts[2];
	struct step *steps;
	size_t step_count;
};

static size_t count_lines(struct portroll_str text)
{
	size_t count = 0;
	struct portroll_str line;
	while (text.len && str_cut(&text, '\n', &line))
		count++;
	return count;
}

static int split_side(struct comparison *c, uint8_t side, struct portroll_str text, struct arena *a)
{
	c->counts[side] = count_lines(text);
	c->lines[side] = arena_array(a, c->counts[side], sizeof(**c->lines));
	if (!c->lines[side])
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < c->counts[side]; i++) {
		c->lines[side][i].side = side;
		c->lines[side][i].number = i;
		(void)str_cut(&text, '\n', &c->lines[side][i].text);
	}
	return PORTROLL_OK;
}

static int compare_lines(const void *a, const void *b)
{
	const struct line *const *x = a, *const *y = b;
	int order = str_compare((*x)->text, (*y)->text);
	return order ? order : (int)(*x)->side - (int)(*y)->side;
}

/* Lets equal lines share their counts. */
static int count_equal(struct comparison *c, struct arena *a)
{
	size_t total = c->counts[0] + c->counts[1];
	struct line **sorted = arena_array(a, total, sizeof(struct line *));
	size_t *counts = arena_array(a, total, 2 * sizeof(*counts));
	if (!sorted || !counts)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < total; i++)
		sorted[i] = i < c->counts[0] ? &c->lines[0][i] : &c->lines[1][i - c->counts[0]];
	qsort(sorted, total, sizeof(struct line *), compare_lines);
	size_t *own = counts;
	for (size_t i = 0; i < total; i++) {
		if (i > 0 && !str_equal(sorted[i]->text, sorted[i - 1]->text))
			own += 2;
		own[sorted[i]->side]++;
		sorted[i]->left[0] = own;
		sorted[i]->left[1] = own + 1;
	}
	return PORTROLL_OK;
}

static void take(struct comparison *c, const struct line *line, char sign)
{
	(*line->left[line->side])--;
	c->steps[c->step_count++] = (struct step){line->text, sign};
}

/* Lines that stand in another order are taken out and put in. */
static void walk(struct comparison *c)
{
	size_t i = 0, k = 0;
	while (i < c->counts[0] || k < c->counts[1]) {
		const struct line *x = i < c->counts[0] ? &c->lines[0][i] : NULL;
		const struct line *y = k < c->counts[1] ? &c->lines[1][k] : NULL;
		if (x && y && str_equal(x->text, y->text)) {
			(*y->left[1])--;
			take(c, x, ' ');
			i++;
			k++;
		} else if (y && (!x || (*y->left[0] == 0 && *x->left[1] != 0))) {
			take(c, y, '+');
			k++;
		} else {
			take(c, x, '-');
			i++;
		}
	}
}

static int compare(struct comparison *c, const struct difference *d, struct arena *a)
{
	if (split_side(c, 0, d->before, a) < 0 || split_side(c, 1, d->after, a) < 0 ||
	    count_equal(c, a) < 0)
		return PORTROLL_ENOMEM;
	c->steps = arena_array(a, c->counts[0] + c->counts[1], sizeof(*c->steps));
	if (!c->steps)
		return PORTROLL_ENOMEM;
	walk(c);
	return PORTROLL_OK;
}

static void put_step(struct out *o, const struct step *step)
{
	enum colour colour = step->sign == '+'   ? COLOUR_GOOD
			     : step->sign == '-' ? COLOUR_WARN
						 : COLOUR_NONE;
	if (colour != COLOUR_NONE)
		out_colour(o, colour);
	buf_putc(&o->buf, step->sign);
	out_text(o, step->text, false);
	if (colour != COLOUR_NONE)
		out_colour(o, COLOUR_NONE);
	buf_putc(&o->buf, '\n');
}

static size_t run_length(const struct step *steps, size_t from, size_t to)
{
	size_t end = from;
	while (end < to && steps[end].sign == steps[from].sign)
		end++;
	return end - from;
}

static void put_steps(struct out *o, const struct comparison *c, size_t from, size_t to, bool whole)
{
	while (from < to) {
		size_t length = run_length(c->steps, from, to);
		size_t shown = whole || length <= 2 * RUN_SHOWN ? length : RUN_SHOWN;
		for (size_t i = 0; i < shown; i++)
			put_step(o, &c->steps[from + i]);
		if (shown < length) {
			buf_puts(&o->buf, "\\ and ");
			buf_put_grouped(&o->buf, length - shown);
			buf_puts(&o->buf, " more such lines; --verbose shows them\n");
		}
		from += length;
	}
}

/* The number of a side's first line, or of the one before where it has none here. */
static void put_place(struct buf *out, size_t before, size_t count)
{
	buf_put_num(out, count ? before + 1 : before);
	buf_putc(out, ',');
	buf_put_num(out, count);
}

/* The end of the hunk that begins at `from`: where more than twice the context follows. */
static size_t hunk_end(const struct comparison *c, size_t from)
{
	size_t last = from;
	for (size_t i = from; i < c->step_count && i <= last + 2 * CONTEXT + 1; i++)
		if (c->steps[i].sign != ' ')
			last = i;
	size_t end = last + 1 + CONTEXT;
	return end < c->step_count ? end : c->step_count;
}

static void put_hunks(struct out *o, const struct comparison *c, bool whole)
{
	size_t before = 0, after = 0, done = 0;
	for (size_t at = 0; at < c->step_count; at++) {
		if (c->steps[at].sign == ' ')
			continue;
		size_t from = at - done > CONTEXT ? at - CONTEXT : done;
		size_t end = hunk_end(c, at), counts[2] = {0, 0};
		before += from - done;
		after += from - done;
		for (size_t i = from; i < end; i++) {
			counts[0] += c->steps[i].sign != '+';
			counts[1] += c->steps[i].sign != '-';
		}
		buf_puts(&o->buf, "@@ -");
		put_place(&o->buf, before, counts[0]);
		buf_puts(&o->buf, " +");
		put_place(&o->buf, after, counts[1]);
		buf_puts(&o->buf, " @@\n");
		put_steps(o, c, from, end, whole);
		before += counts[0];
		after += counts[1];
		done = end;
		at = end - 1;
	}
}

int difference_put(struct out *o, const struct difference *d, struct arena *a)
{
	struct comparison c = {0};
	if (str_equal(d->before, d->after))
		return PORTROLL_OK;
	if (compare(&c, d, a) < 0)
		return PORTROLL_ENOMEM;
	buf_puts(&o->buf, "--- ");
	out_text(o, str_from(d->before_name), false);
	buf_puts(&o->buf, "\n+++ ");
	out_text(o, str_from(d->after_name), false);
	buf_putc(&o->buf, '\n');
	put_hunks(o, &c, d->whole);
	return PORTROLL_OK;
}
