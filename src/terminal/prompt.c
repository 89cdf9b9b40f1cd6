/* SPDX-License-Identifier: MIT */
#include "terminal/prompt.h"

#include <errno.h>
#include <unistd.h>

#include "base/utf8.h"

bool prompt_has_terminal(const struct out *o)
{
	return isatty(STDIN_FILENO) && o->messages_terminal;
}

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

static size_t find_harmful(struct portroll_str text)
{
	size_t control = utf8_find_control(text), invalid = utf8_find_invalid(text);
	return control < invalid ? control : invalid;
}

void prompt_say(struct out *o, struct portroll_str text)
{
	(void)buf_flush(&o->buf);
	for (;;) {
		size_t harmful = find_harmful(text);
		put(str_part(text, 0, harmful));
		if (harmful == SIZE_MAX)
			return;
		put(STR("?"));
		text = str_part(text, harmful + 1, text.len);
	}
}

bool prompt_line(struct buf *ret, struct out *o, struct portroll_str label)
{
	char c;
	buf_clear(ret);
	prompt_say(o, label);
	for (bool any = false;; any = true) {
		ssize_t got = read(STDIN_FILENO, &c, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return any;
		if (c == '\n')
			return true;
		if (ret->len < PROMPT_LINE_MAX)
			buf_putc(ret, c);
	}
}
