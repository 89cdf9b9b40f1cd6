/* SPDX-License-Identifier: MIT */
#include "read_case.h"

#include <zlib.h>

static const struct {
	const char *form, *head;
} known[] = {
	{"xml", "<?xml version='1.0'?>\n<registry "},
	{"xml", "\n<registry xmlns="},
	{"csv", "Service Name,Port Number,Transport Protocol"},
	{"json", "{\n  \"schema\": "},
	{"page", "Title\n\nLast Updated\n2025-10-22\nExpert(s)\n"},
	{"page", "Title\r\n\r\nLast Updated\r\n2025-10-22\r\n"},
	{"nmap", "# c\ntcpmux\t1/tcp\t0.001995\n"},
	{"services", "# c\ntcpmux\t1/tcp\t0.5alias\n"},
	{"services", "tcpmux\t1/tcp/udp # 0.1\n"},
	{NULL, "Last Updated\n        2026-08-17\n"},
	{NULL, "<html>"},
	{NULL, "name,port\n"},
	{NULL, "some words\n"},
};

static void form_is_found_by_content(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		const struct format_reader *r = format_readers;
		while (r->name && !r->probe(str_from(known[i].head)))
			r++;
		if (known[i].form)
			assert_string_equal(r->name, known[i].form);
		else
			assert_null(r->name);
	}
}

static void every_reader_is_of_a_known_form(void **state)
{
	(void)state;
	for (const struct format_reader *r = format_readers; r->name; r++)
		assert_non_null(format_find(str_from(r->name)));
}

static const struct bad_input bad[] = {
	{"", 0, 0, "the input is empty"},
	{" \r\n\n", 0, 0, "the input is empty"},
	{"\xef\xbb\xbf", 0, 0, "the input is empty"},
	{"hello world\n", 1, 1, "not a form of the registry, expected xml, csv, page, json"},
	{"a 1/tcp\nb 2/tcp \xc3(\n", 2, 9, "byte 0xc3, expected UTF-8"},
	{"a 1/tcp\nb 2/tcp \xed\xa0\x80\n", 2, 9, "byte 0xed, expected UTF-8"},
	{"a 1/tcp # \xc3\xa9\nb 2/tcp\x1b[0m\n", 2, 8, "control character U+001B"},
	{"a 1/tcp\nb 2/tcp # \xc2\x9b\n", 2, 11, "control character U+009B"},
	{"a 1/tcp\nb 2/tcp\x7f\n", 2, 8, "control character U+007F"},
	{"a 1/tcp\rb 2/tcp\n", 1, 8, "control character U+000D"},
};

static void bad_inputs_are_refused_with_their_place(void **state)
{
	(void)state;
	check_bad_inputs("", bad, ARRAY_LEN(bad));
}

static void bad_bytes_are_found_wherever_they_stand(void **state)
{
	(void)state;
	char text[300];
	for (size_t i = 0; i < sizeof(text); i++) {
		memset(text, 'a', sizeof(text));
		text[i] = '\x01';
		struct read_case c = {0};
		int r = case_read(&c, "services", (struct portroll_str){text, sizeof(text)});
		assert_int_equal(r, PORTROLL_ESYNTAX);
		assert_int_equal(c.err.column, i + 1);
		assert_non_null(strstr(c.err.text, "U+0001"));
		case_done(&c);
	}
}

static void unknown_form_is_refused(void **state)
{
	(void)state;
	struct read_case c = {0};
	assert_int_equal(case_read(&c, "html", STR("<html>")), PORTROLL_EINVAL);
	assert_non_null(strstr(c.err.text, "form 'html' cannot be read, expected xml, csv"));
	case_done(&c);
}

static void too_large_input_is_refused(void **state)
{
	(void)state;
	struct read_case c = {0};
	struct portroll_str huge = {"a", INPUT_MAX + 1};
	assert_int_equal(case_read(&c, "", huge), PORTROLL_ELIMIT);
	case_done(&c);
}

/* Packs `size` bytes of a text repeated. */
static struct portroll_str pack(struct arena *a, struct portroll_str text, size_t size)
{
	char *plain = arena_alloc(a, size);
	size_t room = size / 2 + 1024;
	char *packed = arena_alloc(a, room);
	for (size_t i = 0; i < size; i++)
		plain[i] = text.ptr[i % text.len];
	z_stream z = {.next_in = (Bytef *)plain,
		      .avail_in = (uInt)size,
		      .next_out = (Bytef *)packed,
		      .avail_out = (uInt)room};
	assert_int_equal(deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(deflateEnd(&z), Z_OK);
	return (struct portroll_str){packed, room - z.avail_out};
}

static void gzip_is_unpacked(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct portroll_str unpacked, packed = pack(&a, STR("a 1/tcp\n"), 800000);
	assert_int_equal(gunzip(&unpacked, packed, &a, NULL), PORTROLL_OK);
	assert_int_equal(unpacked.len, 800000);
	assert_true(str_ends(unpacked, STR("a 1/tcp\n")));
	assert_int_equal(gunzip(&unpacked, STR("plain"), &a, NULL), PORTROLL_OK);
	assert_text(unpacked, "plain");
	arena_done(&a);
}

static void members_of_gzip_are_joined(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	CLEANUP(buf_done) struct buf both = BUF_INIT(1 << 20);
	struct portroll_str unpacked;
	buf_put(&both, pack(&a, STR("a"), 3));
	buf_put(&both, pack(&a, STR("b"), 2));
	assert_int_equal(gunzip(&unpacked, buf_str(&both), &a, NULL), PORTROLL_OK);
	assert_text(unpacked, "aaabb");
	arena_done(&a);
}

static void damaged_gzip_is_refused(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct portroll_str unpacked, packed = pack(&a, STR("a 1/tcp\n"), 80000);
	struct portroll_error err = {0};
	for (size_t len = 2; len < packed.len; len++)
		assert_int_equal(gunzip(&unpacked, str_part(packed, 0, len), &a, NULL),
				 PORTROLL_ESYNTAX);
	assert_int_equal(gunzip(&unpacked, STR("\x1f\x8bnonsense"), &a, &err), PORTROLL_ESYNTAX);
	assert_non_null(strstr(err.text, "damaged gzip"));
	arena_done(&a);
}

static void gzip_bomb_is_refused(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT, room = ARENA_INIT;
	struct portroll_str unpacked, packed = pack(&a, STR("a"), INPUT_MAX + 1);
	assert_int_equal(gunzip(&unpacked, packed, &room, NULL), PORTROLL_ELIMIT);
	arena_done(&a);
	arena_done(&room);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(form_is_found_by_content),
		cmocka_unit_test(every_reader_is_of_a_known_form),
		cmocka_unit_test(bad_inputs_are_refused_with_their_place),
		cmocka_unit_test(bad_bytes_are_found_wherever_they_stand),
		cmocka_unit_test(unknown_form_is_refused),
		cmocka_unit_test(too_large_input_is_refused),
		cmocka_unit_test(gzip_is_unpacked),
		cmocka_unit_test(members_of_gzip_are_joined),
		cmocka_unit_test(damaged_gzip_is_refused),
		cmocka_unit_test(gzip_bomb_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
