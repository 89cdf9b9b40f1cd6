/* SPDX-License-Identifier: MIT */
#include "registry/richtext.h"

#include "random.h"

static const struct run whois[] = {
	{.kind = RUN_TEXT, .text = STR_INIT("whois++")},
	{.kind = RUN_BREAK},
	{.kind = RUN_BREAK},
	{.kind = RUN_TEXT, .text = STR_INIT("\nIANA assigned")},
};

static const struct run keys[] = {
	{.kind = RUN_PARAGRAPH_BEGIN},
	{.kind = RUN_TEXT, .text = STR_INIT("keys: ")},
	{.kind = RUN_XREF,
	 .xref = &(const struct xref){.type = XREF_RFC, .data = STR_INIT("rfc9483")}},
	{.kind = RUN_PARAGRAPH_END},
	{.kind = RUN_TEXT, .text = STR_INIT("\n      ")},
	{.kind = RUN_PARAGRAPH_BEGIN},
	{.kind = RUN_TEXT, .text = STR_INIT("td:")},
	{.kind = RUN_PARAGRAPH_END},
};

static void runs_become_the_cell_of_the_csv(void **state)
{
	(void)state;
	struct buf out = BUF_INIT(1000);
	richtext_put_csv(&out, (struct richtext){whois, ARRAY_LEN(whois)});
	assert_text(buf_str(&out), "whois++\nIANA assigned");
	buf_clear(&out);
	richtext_put_csv(&out, (struct richtext){keys, ARRAY_LEN(keys)});
	assert_text(buf_str(&out), "        keys: [RFC9483]\n              td:");
	buf_done(&out);
}

/* The examples of data.md section 2, rule 6. */
static const struct fold_case {
	const char *text, *folded;
} folds[] = {
	{"for \n      \"RadSec\"", "for \"RadSec\""},
	{"with\n      a binary", "with\n      a binary"},
	{"inherent \nin", "inherent \nin"},
	{"a \n \nb", "a b"},
	{"a\n\n\nb", "a b"},
	{"\n  \n", ""},
	{" \t a  b ", "a  b"},
	{"a\r\n b", "a b"},
	{"", ""},
	{"a \n", "a"},
	{"a \n b \n c", "a b c"},
};

static void cells_are_folded_as_iana_folds_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(folds); i++) {
		struct buf out = BUF_INIT(1000);
		buf_puts(&out, " kept \n ");
		buf_puts(&out, folds[i].text);
		cell_fold(&out, 8);
		assert_text(str_part(buf_str(&out), 0, 8), " kept \n ");
		assert_text(str_part(buf_str(&out), 8, SIZE_MAX), folds[i].folded);
		buf_done(&out);
	}
}

static bool white(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* s/[ \t\r\n]\n[ \t\r\n]+/ /g, then both ends cut: position by position. */
static size_t slow_fold(char *to, struct portroll_str s)
{
	size_t len = 0;
	for (size_t i = 0; i < s.len;) {
		size_t end = i;
		if (i + 2 < s.len && white(s.ptr[i]) && s.ptr[i + 1] == '\n' && white(s.ptr[i + 2]))
			for (end = i + 2; end < s.len && white(s.ptr[end]);)
				end++;
		to[len++] = end > i ? ' ' : s.ptr[i];
		i = end > i ? end : i + 1;
	}
	while (len && white(to[len - 1]))
		len--;
	size_t from = 0;
	while (from < len && white(to[from]))
		from++;
	memmove(to, to + from, len - from);
	return len - from;
}

static void folding_is_that_of_the_expression(void **state)
{
	(void)state;
	struct random random = {0};
	struct buf out = BUF_INIT(1000);
	for_rounds(&random, 30000)
	{
		char space[30], slow[30];
		struct portroll_str s =
			random_text(&random, space, random_below(&random, 30), STR("a \n\n\tb\r"));
		struct portroll_str want = {slow, slow_fold(slow, s)};
		buf_clear(&out);
		buf_put(&out, s);
		cell_fold(&out, 0);
		check(&random, str_equal(buf_str(&out), want));
	}
	buf_done(&out);
}

static void plain_text_is_one_run_or_none(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct portroll_str text = STR("before");
	struct richtext empty = richtext_plain(&a, STR("")), one = richtext_plain(&a, STR("x"));
	assert_true(richtext_is_empty(empty));
	assert_true(richtext_is_plain(empty, &text));
	assert_text(text, "");
	assert_false(richtext_is_empty(one));
	assert_true(richtext_is_plain(one, &text));
	assert_text(text, "x");
	assert_false(richtext_is_plain((struct richtext){whois, 2}, &text));
	assert_false(richtext_is_plain((struct richtext){whois + 1, 1}, &text));
	arena_done(&a);
}

static void texts_are_equal_run_by_run(void **state)
{
	(void)state;
	struct richtext a = {keys, ARRAY_LEN(keys)};
	struct xref another = {.type = XREF_RFC, .data = STR("rfc9484")};
	assert_true(richtext_equal(a, a));
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct run other[ARRAY_LEN(keys)];
		memcpy(other, keys, sizeof(keys));
		if (other[i].kind == RUN_TEXT)
			other[i].text = STR("other");
		else if (other[i].kind == RUN_XREF)
			other[i].xref = &another;
		else
			other[i].kind = RUN_BREAK;
		assert_false(richtext_equal(a, (struct richtext){other, ARRAY_LEN(other)}));
		assert_false(richtext_equal(a, (struct richtext){keys, i}));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(runs_become_the_cell_of_the_csv),
		cmocka_unit_test(cells_are_folded_as_iana_folds_them),
		cmocka_unit_test(folding_is_that_of_the_expression),
		cmocka_unit_test(plain_text_is_one_run_or_none),
		cmocka_unit_test(texts_are_equal_run_by_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
