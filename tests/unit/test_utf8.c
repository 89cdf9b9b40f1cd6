/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include "random.h"

/* Offset of the first invalid byte; SIZE_MAX: valid. Count of characters, and columns. */
static const struct utf8_case {
	const char *text;
	size_t invalid, count, width;
} cases[] = {
	{"", SIZE_MAX, 0, 0},
	{"http", SIZE_MAX, 4, 4},
	{"FORT\xc3\x89", SIZE_MAX, 5, 5},
	{"\xe6\x97\xa5\xe6\x9c\xac", SIZE_MAX, 2, 4},
	{"e\xcc\x81", SIZE_MAX, 2, 1},
	{"\xf0\x9f\x98\x80", SIZE_MAX, 1, 2},
	{"a\x80", 1, 2, 2},
	{"\xc0\xaf", 0, 2, 2},
	{"\xe0\x80\xaf", 0, 3, 3},
	{"\xed\xa0\x80", 0, 3, 3},
	{"\xf4\x90\x80\x80", 0, 4, 4},
	{"ab\xc3", 2, 3, 3},
	{"\xe6\x97", 0, 2, 2},
	{"\xff", 0, 1, 1},
};

static void only_utf8_is_valid(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct portroll_str text = str_from(cases[i].text);
		assert_int_equal(utf8_find_invalid(text), cases[i].invalid);
		assert_int_equal(utf8_count(text), cases[i].count);
		assert_int_equal(utf8_width(text), cases[i].width);
	}
}

static const struct control_case {
	const char *text;
	size_t at;
} controls[] = {
	{"a\tb\nc", SIZE_MAX},  {"a\rb", 1},        {"\x1b[0m", 0},
	{"ab\x7f", 2},          {"\xc2\x85", 0},    {"\xc2\xa0", SIZE_MAX},
	{"\xc3\x89", SIZE_MAX}, {"\xc2", SIZE_MAX},
};

static void control_characters_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(controls); i++)
		assert_int_equal(utf8_find_control(str_from(controls[i].text)), controls[i].at);
	assert_int_equal(utf8_find_control((struct portroll_str){"a\0", 2}), 1);
}

static void every_character_comes_back(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		char bytes[4];
		struct portroll_str text = {bytes, utf8_encode(bytes, c)};
		size_t want = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		if (text.len != want || utf8_next(&text) != c || text.len != 0)
			fail_msg("U+%04X", c);
	}
}

/* The rule as a table of Unicode 15, table 3-7, tried row by row. */
static size_t literal_len(struct portroll_str s)
{
	static const struct {
		uint8_t first_low, first_high, second_low, second_high;
		size_t len;
	} forms[] = {
		{0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2},
		{0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
		{0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
		{0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
		{0xf4, 0xf4, 0x80, 0x8f, 4},
	};
	const unsigned char *b = (const unsigned char *)s.ptr;
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		if (b[0] < forms[i].first_low || b[0] > forms[i].first_high || s.len < forms[i].len)
			continue;
		bool ok = forms[i].len == 1 ||
			  (b[1] >= forms[i].second_low && b[1] <= forms[i].second_high);
		for (size_t k = 2; k < forms[i].len; k++)
			ok = ok && b[k] >= 0x80 && b[k] <= 0xbf;
		return ok ? forms[i].len : 0;
	}
	return 0;
}

static void random_bytes_are_valid_as_the_table_of_unicode_says(void **state)
{
	(void)state;
	static const char alphabet[] = "a\x7f\x80\x8f\x90\x9f\xa0\xbf\xc1\xc2\xdf\xe0\xe1\xec\xed"
				       "\xee\xf0\xf1\xf4\xf5\xff";
	struct random random = {0};
	for_rounds(&random, 20000)
	{
		char space[5];
		struct portroll_str s = random_text(&random, space, 5, str_from(alphabet)),
				    rest = s;
		size_t first_invalid = SIZE_MAX;
		for (size_t at = 0; at < s.len;) {
			size_t len = literal_len(str_part(s, at, s.len));
			uint32_t c = utf8_next(&rest);
			check(&random, (c == UTF8_INVALID) == (len == 0));
			if (len == 0 && first_invalid == SIZE_MAX)
				first_invalid = at;
			at += len ? len : 1;
			check(&random, rest.len == s.len - at);
		}
		check(&random, utf8_find_invalid(s) == first_invalid);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_utf8_is_valid),
		cmocka_unit_test(control_characters_are_found),
		cmocka_unit_test(every_character_comes_back),
		cmocka_unit_test(random_bytes_are_valid_as_the_table_of_unicode_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
