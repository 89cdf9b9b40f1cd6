/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <string.h>

struct portroll_str str_from(const char *text)
{
	return (struct portroll_str){text, text ? strlen(text) : 0};
}

struct portroll_str str_part(struct portroll_str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	/* No pointer has an offset of its own, not even 0. */
	return (struct portroll_str){from ? s.ptr + from : s.ptr, to - from};
}

char fold_char(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool is_alpha(char c)
{
	char folded = fold_char(c);
	return folded >= 'a' && folded <= 'z';
}

bool str_equal(struct portroll_str a, struct portroll_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static int compare_fold(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char x = (unsigned char)fold_char(a[i]);
		unsigned char y = (unsigned char)fold_char(b[i]);
		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

bool str_equal_fold(struct portroll_str a, struct portroll_str b)
{
	return a.len == b.len && compare_fold(a.ptr, b.ptr, a.len) == 0;
}

bool str_starts(struct portroll_str s, struct portroll_str prefix)
{
	return s.len >= prefix.len && str_equal(str_part(s, 0, prefix.len), prefix);
}

bool str_starts_fold(struct portroll_str s, struct portroll_str prefix)
{
	return s.len >= prefix.len && str_equal_fold(str_part(s, 0, prefix.len), prefix);
}

bool str_ends(struct portroll_str s, struct portroll_str suffix)
{
	return s.len >= suffix.len && str_equal(str_part(s, s.len - suffix.len, s.len), suffix);
}

int str_compare(struct portroll_str a, struct portroll_str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

int str_compare_fold(struct portroll_str a, struct portroll_str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = compare_fold(a.ptr, b.ptr, len);
	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

size_t str_find(struct portroll_str s, struct portroll_str part)
{
	if (part.len == 0)
		return 0;
	const char *at = s.len ? memmem(s.ptr, s.len, part.ptr, part.len) : NULL;
	return at ? (size_t)(at - s.ptr) : SIZE_MAX;
}

size_t str_find_fold(struct portroll_str s, struct portroll_str part)
{
	if (part.len > s.len)
		return SIZE_MAX;
	if (part.len == 0)
		return 0;
	char first = fold_char(part.ptr[0]);
	for (size_t i = 0; i + part.len <= s.len; i++)
		if (fold_char(s.ptr[i]) == first &&
		    compare_fold(s.ptr + i, part.ptr, part.len) == 0)
			return i;
	return SIZE_MAX;
}

size_t str_find_char(struct portroll_str s, char c)
{
	const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;
	return at ? (size_t)(at - s.ptr) : SIZE_MAX;
}

struct portroll_str str_trim(struct portroll_str s)
{
	while (s.len && is_space(s.ptr[0]))
		s = str_part(s, 1, s.len);
	while (s.len && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool str_equal_squeezed(struct portroll_str a, struct portroll_str b)
{
	struct portroll_str word_a, word_b;
	for (;;) {
		bool more_a = str_word(&a, &word_a);
		bool more_b = str_word(&b, &word_b);
		if (more_a != more_b)
			return false;
		if (!more_a)
			return true;
		if (!str_equal(word_a, word_b))
			return false;
	}
}

bool str_cut(struct portroll_str *rest, char c, struct portroll_str *ret)
{
	if (!rest->ptr)
		return false;
	size_t at = str_find_char(*rest, c);
	if (at == SIZE_MAX) {
		*ret = *rest;
		*rest = STR_NONE;
		return true;
	}
	*ret = str_part(*rest, 0, at);
	*rest = str_part(*rest, at + 1, rest->len);
	return true;
}

bool str_word(struct portroll_str *rest, struct portroll_str *ret)
{
	size_t from = 0;
	while (from < rest->len && is_space(rest->ptr[from]))
		from++;
	size_t to = from;
	while (to < rest->len && !is_space(rest->ptr[to]))
		to++;
	if (from == to)
		return false;
	*ret = str_part(*rest, from, to);
	*rest = str_part(*rest, to, rest->len);
	return true;
}
