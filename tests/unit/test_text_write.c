/* SPDX-License-Identifier: MIT */
#include "write_case.h"

static void iana_text_is_made_from_the_xml_to_the_byte(void **state)
{
	(void)state;
	struct write_case c;
	struct file_bytes want = {0};
	if (!case_shared(&c, "iana-2025-10-22.xml", "xml"))
		skip();
	assert_true(shared_file(&want, "iana-2025-10-22.txt"));
	const struct write_options o = {.masthead = true, .style = 2025};
	struct buf out = case_write(c.reg, text_write, &o, NULL);
	assert_lines_equal(buf_str(&out), want.bytes);
	buf_done(&out);
	file_release(&want);
	case_done(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(iana_text_is_made_from_the_xml_to_the_byte),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
