/* SPDX-License-Identifier: MIT */
#include "formats/service_lines.h"

#include "formats/cells.h"

/* Splits a line; false when nothing but a comment stands there. */
static bool split(struct portroll_str text, struct service_line *ret)
{
	struct portroll_str words = text;
	size_t hash = str_find_char(text, '#');
	*ret = (struct service_line){0};
	if (hash != SIZE_MAX) {
		words = str_part(text, 0, hash);
		ret->comment = str_trim(str_part(text, hash + 1, text.len));
	}
	if (!str_word(&words, &ret->name))
		return false;
	(void)str_word(&words, &ret->port);
	ret->words = words;
	return true;
}

int service_fail(struct service_lines *lines, struct portroll_str word, const char *what,
		 const char *expected)
{
	size_t column = (size_t)(word.ptr - lines->line.ptr) + 1;
	return error_at(lines->err, PORTROLL_ESYNTAX, lines->number, (uint32_t)column,
			"%s '%.*s', expected %s", what, SHOWN(word), expected);
}

int service_line_next(struct service_lines *lines, struct service_line *ret)
{
	while (str_cut(&lines->rest, '\n', &lines->line)) {
		lines->number++;
		if (!split(lines->line, ret))
			continue;
		if (ret->port.len == 0)
			return service_fail(lines, ret->name, "only",
					    "NAME PORT/PROTOCOL and further names");
		return 1;
	}
	return 0;
}

int service_port(struct range *ret, struct portroll_str *ret_protocols, struct service_lines *lines,
		 const struct service_line *line)
{
	size_t slash = str_find_char(line->port, '/');
	if (slash == SIZE_MAX)
		return service_fail(lines, line->port, "port", "PORT/PROTOCOL");
	int r = range_parse(ret, str_part(line->port, 0, slash));
	if (r < 0)
		return service_fail(lines, line->port, "port", range_expected_text(r));
	*ret_protocols = str_part(line->port, slash + 1, line->port.len);
	return PORTROLL_OK;
}

bool service_line_first(struct portroll_str head, struct service_line *ret)
{
	struct portroll_str line;
	while (str_cut(&head, '\n', &line))
		if (split(line, ret)) {
			size_t slash = str_find_char(ret->port, '/');
			return slash != SIZE_MAX && slash > 0 && is_digit(ret->port.ptr[0]);
		}
	return false;
}
