/* SPDX-License-Identifier: MIT */
#include "registry/frequency.h"

#include "generated.h"

static void a_frequency_is_read_in_millionths(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t millionths;
	} cases[] = {
		{"0.484143", 484143},
		{"0.000000", 0},
		{"0.000001", 1},
		{"0.0000005", 1},
		{"0.00000049", 0},
		{"0.9999999", 1000000},
		{"0.5", 500000},
		{"1.000000", 1000000},
		{"1.5", 1000000},
		{"1", 1000000},
		{"0", 0},
		{"99999999999999999999999.0", 1000000},
		{"0.99999999999999999999999999", 1000000},
		{"5/1000", 5000},
		{"1/3", 333333},
		{"2/3", 666667},
		{"3/2", 1000000},
		{"4294967295/4294967295", 1000000},
		{"4294967294/4294967295", 1000000},
		{"1/4294967295", 0},
		{"1/4294967296", 0},
		{"4294967296/1", 0},
		{"1/0", 0},
		{"0/0", 0},
		{"0/7", 0},
		{"", 0},
		{".", 0},
		{".5", 0},
		{"0.", 0},
		{"-0.5", 0},
		{"0.5e3", 0},
		{"0.5 ", 0},
		{"0.1/2", 0},
		{"1/2/3", 0},
		{"0.0.1", 0},
		{"often", 0},
		{"NaN", 0},
		{"\xff", 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (frequency_parse(str_from(cases[i].text)) != cases[i].millionths)
			fail_msg("'%s': %u", cases[i].text,
				 frequency_parse(str_from(cases[i].text)));
}

static void a_record_states_a_frequency_or_none(void **state)
{
	(void)state;
	static const struct extra frequency = {TEXT("frequency"), TEXT("0.25"), false};
	static const struct extra zero = {TEXT("frequency"), TEXT("0.000000"), false};
	static const struct extra other = {TEXT("port"), TEXT("0.25"), false};
	uint32_t value = 7;
	assert_false(record_frequency(&value, &(struct record){0}));
	assert_false(record_frequency(&value, &(struct record){.extras = {&other, 1}}));
	assert_int_equal(value, 7);
	assert_true(record_frequency(&value, &(struct record){.extras = {&frequency, 1}}));
	assert_int_equal(value, 250000);
	assert_true(record_frequency(&value, &(struct record){.extras = {&zero, 1}}));
	assert_int_equal(value, 0);
}

static void it_is_shown_as_a_percentage(void **state)
{
	(void)state;
	static const struct {
		uint32_t millionths;
		const char *text;
	} cases[] = {
		{484143, "48.4143 %"}, {1000000, "100.0000 %"}, {1, "0.0001 %"},
		{10000, "1.0000 %"},   {109999, "10.9999 %"},   {0, "0.0000 %"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(buf_done) struct buf out = BUF_INIT(64);
		frequency_put(&out, cases[i].millionths);
		assert_text(buf_str(&out), cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_frequency_is_read_in_millionths),
		cmocka_unit_test(a_record_states_a_frequency_or_none),
		cmocka_unit_test(it_is_shown_as_a_percentage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
