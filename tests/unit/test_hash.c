/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include "random.h"

static void equal_bytes_have_equal_hashes(void **state)
{
	(void)state;
	char a[] = "mysql", b[] = "mysql";
	assert_true(hash_bytes(str_from(a)) == hash_bytes(str_from(b)));
	assert_true(hash_bytes(STR("mysql")) != hash_bytes(STR("mysqk")));
	assert_true(hash_bytes(STR_NONE) == hash_bytes(STR("")));
	assert_true(hash_fold(STR_NONE) == hash_fold(STR("")));
}

static void folded_hashes_ignore_case_and_nothing_else(void **state)
{
	(void)state;
	struct random random = {0};
	for_rounds(&random, 2000)
	{
		char text[200], other[200];
		size_t len = 1 + random_below(&random, sizeof(text) - 1);
		struct portroll_str s =
			random_text(&random, text, len, STR("abcXYZ@[`{019-\xc3\xa9"));
		for (size_t i = 0; i < len; i++)
			other[i] = is_alpha(text[i]) && random_below(&random, 2) ? text[i] ^ 0x20
										 : text[i];
		struct portroll_str t = {other, len};
		check(&random, hash_fold(s) == hash_fold(t));
		other[random_below(&random, (uint32_t)len)] = '!';
		check(&random, hash_fold(s) != hash_fold(t));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_bytes_have_equal_hashes),
		cmocka_unit_test(folded_hashes_ignore_case_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
