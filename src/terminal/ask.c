/* SPDX-License-Identifier: MIT */
#include "terminal/ask.h"

#include <errno.h>
#include <unistd.h>

static void put(struct portroll_str text)
{
	while (text.len) {
		ssize_t written = write(STDERR_FILENO, text.ptr, text.len);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return;
		text = str_part(text, (size_t)written, text.len);
	}
}

/* The first character of the line, folded; NUL: there is none. */
static char read_line(void)
{
	char first = '\0', c;
	for (size_t i = 0;; i++) {
		ssize_t got = read(STDIN_FILENO, &c, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || c == '\n')
			return first;
		if (i == 0)
			first = fold_char(c);
	}
}

enum ask_answer ask(struct out *o, const char *question)
{
	if (!isatty(STDIN_FILENO) || !o->messages_terminal)
		return ASK_NOBODY;
	(void)buf_flush(&o->buf);
	put(str_from(question));
	put(STR(" [y/N] "));
	return read_line() == 'y' ? ASK_YES : ASK_NO;
}
