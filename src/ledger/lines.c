/* SPDX-License-Identifier: MIT */
#include "ledger/lines.h"

#include "base/num.h"
#include "ledger/base64.h"

#define SHOWN_MAX 60

struct lines lines_init(struct portroll_str text, uint32_t before, struct portroll_error *err)
{
	return (struct lines){.rest = text, .number = before, .err = err};
}

int lines_expected(struct lines *l, struct portroll_str found, const char *expected)
{
	struct portroll_str shown = str_part(found, 0, SHOWN_MAX);
	if (l->failed == 0)
		l->failed = error_at(l->err, PORTROLL_ESYNTAX, l->number, 1,
				     "'%.*s'%s, expected %s", PORTROLL_STR_ARG(shown),
				     shown.len < found.len ? "..." : "", expected);
	return l->failed;
}

struct portroll_str lines_next(struct lines *l, const char *expected)
{
	if (l->failed < 0)
		return STR("");
	l->number++;
	size_t end = str_find_char(l->rest, '\n');
	if (end == SIZE_MAX) {
		l->failed = error_at(l->err, PORTROLL_ESYNTAX, l->number, 1,
				     "the text ends, expected %s and a line end", expected);
		return STR("");
	}
	struct portroll_str line = str_part(l->rest, 0, end);
	l->rest = str_part(l->rest, end + 1, l->rest.len);
	return line;
}

uint64_t lines_number(struct lines *l, struct portroll_str digits, const char *expected)
{
	uint64_t number = 0;
	bool has_zeros = digits.len > 1 && digits.ptr[0] == '0';
	if (l->failed == 0 && (has_zeros || num_parse(&number, digits, TREE_SIZE_MAX) < 0))
		(void)lines_expected(l, digits, expected);
	return l->failed < 0 ? 0 : number;
}

struct tree_hash lines_hash(struct lines *l, struct portroll_str line)
{
	struct tree_hash hash = {{0}};
	if (l->failed == 0 && !base64_read(hash.bytes, TREE_HASH_SIZE, line))
		(void)lines_expected(l, line, "the base64 of a hash of 32 bytes");
	return hash;
}

int lines_end(struct lines *l)
{
	l->number++;
	if (l->failed == 0 && l->rest.len)
		(void)lines_expected(l, l->rest, "the end of the text");
	return l->failed;
}
