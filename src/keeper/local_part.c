/* SPDX-License-Identifier: MIT */
#include "keeper/local_part.h"

#include "base/error.h"
#include "base/hash.h"

/* clang-format off */
static const struct portroll_str begin_text = STR_INIT("# BEGIN portroll publish");
static const struct portroll_str end_text = STR_INIT("# END portroll publish");
/* clang-format on */

#define BEGIN_REST ": lines up to END are replaced by the next run, the others are yours and win\n"
#define CHECK_TEXT ", check "

static void put_end(struct buf *out, struct portroll_str ours)
{
	buf_put(out, end_text);
	buf_printf(out, CHECK_TEXT "%016llx\n", (unsigned long long)hash_bytes(ours));
}

static bool is_end_of(struct portroll_str line, struct portroll_str ours)
{
	CLEANUP(buf_done) struct buf expected = BUF_INIT(256);
	put_end(&expected, ours);
	return str_equal(line, buf_str(&expected));
}

struct search {
	struct portroll_str file;
	size_t begin, begin_end, end, end_end; /* of the two comments; SIZE_MAX: not seen */
	uint32_t line, begin_line;
	struct portroll_error *err;
};

static int take_begin(struct search *s, size_t from, size_t to)
{
	if (s->begin != SIZE_MAX)
		return error_at(s->err, PORTROLL_ESYNTAX, s->line, 0,
				"a second part of portroll begins here; take one of the two out");
	s->begin = from;
	s->begin_end = to;
	s->begin_line = s->line;
	return PORTROLL_OK;
}

static int take_end(struct search *s, size_t from, size_t to)
{
	if (s->begin == SIZE_MAX || s->end != SIZE_MAX)
		return error_at(s->err, PORTROLL_ESYNTAX, s->line, 0,
				"a part of portroll ends here that begins nowhere; take this line "
				"out");
	s->end = from;
	s->end_end = to;
	return PORTROLL_OK;
}

static int search(struct search *s)
{
	for (size_t from = 0; from < s->file.len;) {
		struct portroll_str rest = str_part(s->file, from, s->file.len);
		size_t feed = str_find_char(rest, '\n');
		size_t to = feed == SIZE_MAX ? s->file.len : from + feed + 1;
		int r = PORTROLL_OK;
		s->line++;
		if (str_starts(rest, begin_text))
			r = take_begin(s, from, to);
		else if (str_starts(rest, end_text))
			r = take_end(s, from, to);
		if (r < 0)
			return r;
		from = to;
	}
	if (s->begin != SIZE_MAX && s->end == SIZE_MAX)
		return error_at(s->err, PORTROLL_ESYNTAX, s->begin_line, 0,
				"a part of portroll begins here that ends nowhere; take the lines "
				"that are not yours out, with this one");
	return PORTROLL_OK;
}

int local_part_find(struct local_part *ret, struct portroll_str file, struct portroll_error *err)
{
	struct search s = {.file = file, .begin = SIZE_MAX, .end = SIZE_MAX, .err = err};
	int r = search(&s);
	if (r < 0)
		return r;
	*ret = (struct local_part){.before = file};
	if (s.begin == SIZE_MAX)
		return PORTROLL_OK;
	ret->before = str_part(file, 0, s.begin);
	ret->ours = str_part(file, s.begin_end, s.end);
	ret->after = str_part(file, s.end_end, file.len);
	ret->has_part = true;
	ret->is_as_written = is_end_of(str_part(file, s.end, s.end_end), ret->ours);
	return PORTROLL_OK;
}

void local_part_put(struct buf *out, const struct local_part *part, struct portroll_str ours)
{
	buf_put(out, part->before);
	if (part->before.len && !str_ends(part->before, STR("\n")))
		buf_putc(out, '\n');
	buf_put(out, begin_text);
	buf_puts(out, BEGIN_REST);
	buf_put(out, ours);
	put_end(out, ours);
	buf_put(out, part->after);
}

bool local_part_is_around(const struct local_part *part, struct portroll_str before)
{
	struct portroll_str own = part->before;
	if (part->after.len)
		return false;
	if (before.len && !str_ends(before, STR("\n")) && str_ends(own, STR("\n")))
		own = str_part(own, 0, own.len - 1);
	return str_equal(own, before);
}
