/* SPDX-License-Identifier: MIT */
#include "cli/lines.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static struct portroll_str held(const struct lines *l)
{
	return (struct portroll_str){l->space + l->from, l->to - l->from};
}

bool lines_must_wait(const struct lines *l)
{
	return !l->is_over && str_find_char(held(l), '\n') == SIZE_MAX;
}

/* Moves what is held to the front and adds what comes. */
static int fill(struct lines *l, struct portroll_error *err)
{
	memmove(l->space, l->space + l->from, l->to - l->from);
	l->to -= l->from;
	l->from = 0;
	ssize_t got;
	do
		got = read(STDIN_FILENO, l->space + l->to, sizeof(l->space) - l->to);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_sys(err, errno, "standard input cannot be read");
	l->is_over = got == 0;
	l->to += (size_t)got;
	return PORTROLL_OK;
}

static int skip_line(struct lines *l, struct portroll_error *err)
{
	while (lines_must_wait(l)) {
		l->from = l->to;
		int r = fill(l, err);
		if (r < 0)
			return r;
	}
	size_t end = str_find_char(held(l), '\n');
	l->from = end == SIZE_MAX ? l->to : l->from + end + 1;
	return error_set(err, PORTROLL_ELIMIT,
			 "standard input: line %llu is longer than %d bytes; a key was expected",
			 (unsigned long long)l->number, LINE_MAX_LEN);
}

int lines_next(struct lines *l, struct portroll_str *ret, struct portroll_error *err)
{
	while (lines_must_wait(l) && l->to - l->from <= LINE_MAX_LEN) {
		int r = fill(l, err);
		if (r < 0)
			return r;
	}
	struct portroll_str line = held(l);
	if (line.len == 0)
		return 0;
	l->number++;
	size_t end = str_find_char(line, '\n');
	line = str_part(line, 0, end);
	if (line.len > LINE_MAX_LEN)
		return skip_line(l, err);
	l->from += line.len + (end == SIZE_MAX ? 0 : 1);
	*ret = line;
	return 1;
}
