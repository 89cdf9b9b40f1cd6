/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include "random.h"

static void parts_are_cut_to_the_text(void **state)
{
	(void)state;
	struct portroll_str s = STR("3300-3310");
	assert_text(str_part(s, 0, 4), "3300");
	assert_text(str_part(s, 5, 9), "3310");
	assert_text(str_part(s, 5, SIZE_MAX), "3310");
	assert_text(str_part(s, 100, 200), "");
	assert_text(str_part(s, 5, 2), "");
	assert_text(str_part(STR_NONE, 0, 1), "");
	assert_text(str_from(NULL), "");
}

static void beginnings_and_ends_are_found(void **state)
{
	(void)state;
	assert_true(str_starts(STR("RFC6335"), STR("RFC")));
	assert_true(str_starts(STR("RFC"), STR("")));
	assert_false(str_starts(STR("RF"), STR("RFC")));
	assert_false(str_starts(STR("rfc6335"), STR("RFC")));
	assert_true(str_starts_fold(STR("rfc6335"), STR("RFC")));
	assert_true(str_ends(STR("a.xml"), STR(".xml")));
	assert_false(str_ends(STR("xml"), STR(".xml")));
	assert_true(str_equal(STR_NONE, STR("")));
}

static const struct order_case {
	const char *a, *b;
	int order, folded;
} order_cases[] = {
	{"", "", 0, 0},    {"", "a", -1, -1},       {"a", "ab", -1, -1},     {"b", "ab", 1, 1},
	{"A", "a", -1, 0}, {"HTTP", "http", -1, 0}, {"\xc3\xa9", "z", 1, 1},
};

static int sign(int value)
{
	return (value > 0) - (value < 0);
}

static void texts_are_ordered_by_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(order_cases); i++) {
		const struct order_case *c = &order_cases[i];
		struct portroll_str a = str_from(c->a), b = str_from(c->b);
		assert_int_equal(sign(str_compare(a, b)), c->order);
		assert_int_equal(sign(str_compare(b, a)), -c->order);
		assert_int_equal(sign(str_compare_fold(a, b)), c->folded);
		assert_int_equal(str_equal(a, b), c->order == 0);
		assert_int_equal(str_equal_fold(a, b), c->folded == 0);
	}
}

static void folding_is_of_the_26_letters_only(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++) {
		bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
		assert_int_equal((unsigned char)fold_char((char)c), upper ? c + 32 : c);
		assert_int_equal(is_alpha((char)c), upper || lower);
		assert_int_equal(is_digit((char)c), c >= '0' && c <= '9');
		assert_int_equal(is_space((char)c), c == 32 || c == 9 || c == 10 || c == 13);
	}
}

static void white_space_is_trimmed_and_squeezed(void **state)
{
	(void)state;
	assert_text(str_trim(STR(" \t\r\n a b \n")), "a b");
	assert_text(str_trim(STR(" \n ")), "");
	assert_text(str_trim(STR("\va\f")), "\va\f");
	assert_true(str_equal_squeezed(STR(" a\n  b"), STR("a b ")));
	assert_true(str_equal_squeezed(STR(""), STR(" \n")));
	assert_false(str_equal_squeezed(STR("a b"), STR("ab")));
	assert_false(str_equal_squeezed(STR("a b"), STR("a b c")));
	assert_false(str_equal_squeezed(STR("a b c"), STR("a b")));
}

static void cutting_gives_every_piece_once(void **state)
{
	(void)state;
	static const char *const pieces[] = {"a", "", "b", ""};
	struct portroll_str rest = STR("a;;b;"), piece;
	for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
		assert_true(str_cut(&rest, ';', &piece));
		assert_text(piece, pieces[i]);
	}
	assert_false(str_cut(&rest, ';', &piece));
}

static void words_have_no_blanks(void **state)
{
	(void)state;
	static const char *const words[] = {"satellite", "video", "data"};
	struct portroll_str rest = STR("  satellite\tvideo\r\ndata "), word;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		assert_true(str_word(&rest, &word));
		assert_text(word, words[i]);
	}
	assert_false(str_word(&rest, &word));
	assert_false(str_word(&rest, &word));
}

static size_t naive_find(struct portroll_str s, struct portroll_str part, bool fold)
{
	for (size_t i = 0; i + part.len <= s.len; i++) {
		size_t k = 0;
		while (k < part.len &&
		       (s.ptr[i + k] == part.ptr[k] ||
			(fold && fold_char(s.ptr[i + k]) == fold_char(part.ptr[k]))))
			k++;
		if (k == part.len)
			return i;
	}
	return SIZE_MAX;
}

static void parts_are_found_where_a_slow_search_finds_them(void **state)
{
	(void)state;
	struct random random = {0};
	for_rounds(&random, 20000)
	{
		char space[40], wanted[6];
		struct portroll_str s =
			random_text(&random, space, random_below(&random, 40), STR("abAB-"));
		struct portroll_str part =
			random_text(&random, wanted, random_below(&random, 6), STR("abAB-"));
		check(&random, str_find(s, part) == naive_find(s, part, false));
		check(&random, str_find_fold(s, part) == naive_find(s, part, true));
		check(&random, str_find_char(s, 'A') == naive_find(s, STR("A"), false));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_cut_to_the_text),
		cmocka_unit_test(beginnings_and_ends_are_found),
		cmocka_unit_test(texts_are_ordered_by_bytes),
		cmocka_unit_test(folding_is_of_the_26_letters_only),
		cmocka_unit_test(white_space_is_trimmed_and_squeezed),
		cmocka_unit_test(cutting_gives_every_piece_once),
		cmocka_unit_test(words_have_no_blanks),
		cmocka_unit_test(parts_are_found_where_a_slow_search_finds_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
