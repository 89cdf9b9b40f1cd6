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
}

static void one_other_byte_gives_another_hash(void **state)
{
	(void)state;
	struct random random = {0};
	for_rounds(&random, 2000)
	{
		char text[300], other[300];
		uint32_t len = 1 + random_below(&random, sizeof(text) - 1);
		struct portroll_str s = random_text(&random, text, len, STR("abcXYZ019-"));
		memcpy(other, text, len);
		other[random_below(&random, len)] = '!';
		check(&random, hash_bytes(s) != hash_bytes((struct portroll_str){other, len}));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_bytes_have_equal_hashes),
		cmocka_unit_test(one_other_byte_gives_another_hash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
