/* SPDX-License-Identifier: MIT */
#include "server/notices.h"

#include "server/html.h"

static bool is_framed(struct portroll_str line)
{
	return line.len > 0 && line.ptr[0] == '*';
}

/* The line without its asterisks and the blanks beside them. */
static struct portroll_str unframe(struct portroll_str line)
{
	while (line.len > 0 && line.ptr[0] == '*')
		line = str_part(line, 1, line.len);
	while (line.len > 0 && line.ptr[line.len - 1] == '*')
		line.len--;
	return str_trim(line);
}

void notice_put_prose(struct buf *out, struct richtext note)
{
	bool open = false;
	for (size_t i = 0; i < note.count; i++) {
		struct portroll_str rest = note.runs[i].text, line;
		if (note.runs[i].kind != RUN_TEXT) {
			struct richtext run = {&note.runs[i], 1};
			if (!open)
				HTML(out, "<p>");
			open = true;
			html_richtext(out, run);
			continue;
		}
		for (bool first = true; str_cut(&rest, '\n', &line); first = false) {
			/* The ends of a run are parts of lines that other runs share. */
			bool is_blank = str_trim(line).len == 0 && !first && rest.ptr;
			if (open && is_blank)
				HTML(out, "</p>\n");
			open = open && !is_blank;
			if (str_trim(line).len == 0 || is_framed(str_trim(line))) {
				buf_putc(out, '\n');
				continue;
			}
			if (!open)
				HTML(out, "<p>");
			open = true;
			html_text(out, line);
			if (rest.ptr)
				buf_putc(out, '\n');
		}
	}
	if (open)
		HTML(out, "</p>\n");
}

void notice_put_box(struct buf *out, struct richtext note)
{
	bool open = false;
	for (size_t i = 0; i < note.count; i++) {
		struct portroll_str rest = note.runs[i].text, line;
		while (note.runs[i].kind == RUN_TEXT && str_cut(&rest, '\n', &line)) {
			if (!is_framed(str_trim(line)))
				continue;
			struct portroll_str text = unframe(str_trim(line));
			if (text.len == 0)
				continue;
			if (!open)
				HTML(out, "<p>");
			open = true;
			html_text(out, text);
			buf_putc(out, '\n');
			if (text.ptr[text.len - 1] == ':') {
				HTML(out, "</p>\n");
				open = false;
			}
		}
	}
	if (open)
		HTML(out, "</p>\n");
}
