/* SPDX-License-Identifier: MIT */
#include "terminal/fold.h"

#define PROSE_WIDTH 100 /* longer lines are hard to read */

static void put_line(struct out *o, struct portroll_str line, size_t column, size_t indent)
{
	size_t limit = o->width == 0 ? SIZE_MAX : o->width < PROSE_WIDTH ? o->width : PROSE_WIDTH;
	struct portroll_str word;
	for (bool first = true; str_word(&line, &word); first = false) {
		size_t width = out_text_width(o, word);
		if (!first && width + 1 > limit - (column < limit ? column : limit)) {
			buf_putc(&o->buf, '\n');
			buf_fill(&o->buf, ' ', indent);
			column = indent;
		} else if (!first) {
			buf_putc(&o->buf, ' ');
			column++;
		}
		out_text(o, word, false);
		column += width;
	}
	buf_putc(&o->buf, '\n');
}

void out_folded(struct out *o, struct portroll_str text, struct fold fold)
{
	if (!fold.keep_lines) {
		put_line(o, text, fold.column, fold.indent);
		return;
	}
	struct portroll_str line;
	for (bool first = true; str_cut(&text, '\n', &line); first = false) {
		if (!first && str_trim(line).len)
			buf_fill(&o->buf, ' ', fold.indent);
		put_line(o, line, first ? fold.column : fold.indent, fold.indent);
	}
}
