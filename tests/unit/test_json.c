/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include "test.h"

static void write_document(struct json *j)
{
	json_object(j);
	json_key(j, "port");
	json_num(j, 3306);
	json_member(j, "name", STR("mysql"));
	json_member(j, "left_out", STR(""));
	json_key(j, "list");
	json_array(j);
	json_bool(j, true);
	json_bool(j, false);
	json_null(j);
	json_array(j);
	json_array_end(j);
	json_object(j);
	json_object_end(j);
	json_array_end(j);
	json_object_end(j);
}

static void commas_and_lines_are_its_business(void **state)
{
	(void)state;
	static const struct {
		bool indented;
		const char *text;
	} cases[] = {
		{false, "{\"port\":3306,\"name\":\"mysql\",\"list\":[true,false,null,[],{}]}"},
		{true, "{\n  \"port\": 3306,\n  \"name\": \"mysql\",\n  \"list\": [\n    true,\n"
		       "    false,\n    null,\n    [],\n    {}\n  ]\n}"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out = BUF_INIT(1000);
		struct json j = json_init(&out, cases[i].indented);
		write_document(&j);
		assert_text(buf_str(&out), cases[i].text);
		assert_int_equal(j.depth, 0);
		buf_done(&out);
	}
}

static void texts_are_escaped(void **state)
{
	(void)state;
	struct buf out = BUF_INIT(1000);
	struct json j = json_init(&out, false);
	json_str(&j, STR("a\"b\\c\n\r\t\x01\x1f\x7f\xc3\xa9/"));
	assert_text(buf_str(&out), "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001f\x7f\xc3\xa9/\"");
	buf_done(&out);
}

static void millionths_have_six_places(void **state)
{
	(void)state;
	static const struct {
		uint32_t value;
		const char *text;
	} cases[] = {
		{0, "0.000000"},       {1, "0.000001"},
		{484143, "0.484143"},  {100000, "0.100000"},
		{999999, "0.999999"},  {1000000, "1.000000"},
		{1000001, "1.000001"}, {4294967295U, "4294.967295"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf out = BUF_INIT(64);
		struct json j = json_init(&out, false);
		json_millionths(&j, cases[i].value);
		assert_text(buf_str(&out), cases[i].text);
		buf_done(&out);
	}
}

static void numbers_keep_all_their_digits(void **state)
{
	(void)state;
	struct buf out = BUF_INIT(1000);
	struct json j = json_init(&out, false);
	json_num(&j, UINT64_MAX);
	assert_text(buf_str(&out), "18446744073709551615");
	buf_done(&out);
}

static void nesting_has_an_end(void **state)
{
	(void)state;
	struct buf out = BUF_INIT(1000);
	struct json j = json_init(&out, false);
	for (int i = 0; i < JSON_DEPTH_MAX; i++)
		json_array(&j);
	assert_int_equal(out.failed, 0);
	for (int i = 0; i < 100; i++)
		json_object(&j);
	assert_int_equal(out.failed, PORTROLL_ELIMIT);
	for (int i = 0; i < JSON_DEPTH_MAX + 100; i++)
		json_array_end(&j);
	buf_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_and_lines_are_its_business),
		cmocka_unit_test(texts_are_escaped),
		cmocka_unit_test(millionths_have_six_places),
		cmocka_unit_test(numbers_keep_all_their_digits),
		cmocka_unit_test(nesting_has_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
