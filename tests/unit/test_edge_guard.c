/* SPDX-License-Identifier: MIT */

/* The guard: what it lets through and with which status it refuses the rest. */

#include "server/percent.h"
#include "server/request.h"
#include "test.h"

struct guard_row {
	const char *fact, *method, *target, *version;
	const char *fields; /* NAME|VALUE, a line each; Host is added unless it begins with ! */
	unsigned status;    /* 0: passes */
};

static const struct guard_row guard_rows[] = {
	{"a plain request", "GET", "/ports/3306", "HTTP/1.1", "", 0},
	{"no Host in 1.1", "GET", "/", "HTTP/1.1", "!", 400},
	{"no Host in 1.0", "GET", "/", "HTTP/1.0", "!", 0},
	{"two Hosts", "GET", "/", "HTTP/1.1", "Host|other\n", 400},
	{"a Host with a path", "GET", "/", "HTTP/1.1", "!Host|a/b\n", 400},
	{"length and coding", "POST", "/", "HTTP/1.1",
	 "Content-Length|5\nTransfer-Encoding|chunked\n", 400},
	{"two lengths", "POST", "/", "HTTP/1.1", "Content-Length|5\nContent-Length|6\n", 400},
	{"two equal lengths", "POST", "/", "HTTP/1.1", "Content-Length|5\nContent-Length|5\n", 400},
	{"a length with a sign", "POST", "/", "HTTP/1.1", "Content-Length|+5\n", 400},
	{"a length with letters", "POST", "/", "HTTP/1.1", "Content-Length|5abc\n", 400},
	{"a list of lengths", "POST", "/", "HTTP/1.1", "Content-Length|5, 5\n", 400},
	{"an empty length", "POST", "/", "HTTP/1.1", "Content-Length|\n", 400},
	{"a length beyond 64 KiB", "POST", "/", "HTTP/1.1", "Content-Length|65537\n", 413},
	{"a length of 23 digits", "POST", "/", "HTTP/1.1",
	 "Content-Length|10000000000000000000000\n", 413},
	{"another coding", "POST", "/", "HTTP/1.1", "Transfer-Encoding|xchunked\n", 501},
	{"two codings", "POST", "/", "HTTP/1.1", "Transfer-Encoding|chunked, identity\n", 501},
	{"two fields of coding", "POST", "/", "HTTP/1.1",
	 "Transfer-Encoding|chunked\nTransfer-Encoding|chunked\n", 400},
	{"chunked alone", "POST", "/", "HTTP/1.1", "Transfer-Encoding|chunked\n", 0},
	{"a blank in a name", "GET", "/", "HTTP/1.1", "Foo |x\n", 400},
	{"an empty name", "GET", "/", "HTTP/1.1", "|x\n", 400},
	{"a CR in a value", "GET", "/", "HTTP/1.1", "Foo|x\ry\n", 400},
	{"a zero byte in the path", "GET", "/a%00b", "HTTP/1.1", "", 400},
	{"a line feed in the path", "GET", "/a%0ab", "HTTP/1.1", "", 400},
	{"climbing", "GET", "/ports/../about", "HTTP/1.1", "", 400},
	{"climbing in disguise", "GET", "/%2e%2E/about", "HTTP/1.1", "", 400},
	{"one dot", "GET", "/./about", "HTTP/1.1", "", 400},
	{"a bad escape", "GET", "/%zz", "HTTP/1.1", "", 400},
	{"a cut escape", "GET", "/%2", "HTTP/1.1", "", 400},
	{"not UTF-8", "GET", "/%ff", "HTTP/1.1", "", 400},
	{"an overlong slash", "GET", "/%c0%af", "HTTP/1.1", "", 400},
	{"a C1 control", "GET", "/%c2%85", "HTTP/1.1", "", 400},
	{"a slash in a name", "GET", "/names/914c%2Fg", "HTTP/1.1", "", 0},
	{"an absolute address", "GET", "http://example.com/", "HTTP/1.1", "", 400},
	{"no path", "GET", "", "HTTP/1.1", "", 400},
	{"a star", "OPTIONS", "*", "HTTP/1.1", "", 400},
	{"more segments than any page", "GET", "/a/b/c/d/e/f/g/h/i/j/k/l/m", "HTTP/1.1", "", 404},
	{"TRACE", "TRACE", "/", "HTTP/1.1", "", 501},
	{"CONNECT", "CONNECT", "/", "HTTP/1.1", "", 501},
	{"a method in lower case", "get", "/", "HTTP/1.1", "", 501},
	{"a method that is no word", "FOO<>", "/", "HTTP/1.1", "", 400},
	{"a repeated argument", "GET", "/search?q=a&q=b", "HTTP/1.1", "", 400},
	{"a repeated argument in disguise", "GET", "/search?q=a&%71=b", "HTTP/1.1", "", 400},
	{"a control in the query", "GET", "/search?q=%1b", "HTTP/1.1", "", 400},
	{"a tab in a form", "GET", "/search?q=a%09b", "HTTP/1.1", "", 0},
	{"17 arguments", "GET", "/?a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q", "HTTP/1.1", "", 400},
};

/* Splits the rows of a test's fields; returns their count. */
static size_t read_fields(struct header_field *ret, const char *text)
{
	size_t count = 0;
	struct portroll_str rest = str_from(text), line;
	if (rest.len > 0 && rest.ptr[0] == '!')
		rest = str_part(rest, 1, rest.len);
	else
		ret[count++] = (struct header_field){STR("Host"), STR("localhost")};
	while (rest.len > 0 && str_cut(&rest, '\n', &line)) {
		struct portroll_str value = line;
		(void)str_cut(&value, '|', &ret[count].name);
		ret[count++].value = value;
	}
	return count;
}

static void guard_refuses_what_it_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(guard_rows); i++) {
		const struct guard_row *row = &guard_rows[i];
		struct arena arena = ARENA_INIT;
		struct header_field fields[8];
		const struct wire wire = {.method = str_from(row->method),
					  .target = str_from(row->target),
					  .version = str_from(row->version),
					  .fields = fields,
					  .field_count = read_fields(fields, row->fields)};
		struct request req;
		const char *why = NULL;
		unsigned status = request_read(&req, &wire, &arena, &why);
		if (status != row->status)
			fail_msg("%s: %u instead of %u", row->fact, status, row->status);
		if (status != 0)
			assert_non_null(why);
		arena_done(&arena);
	}
}

static unsigned status_of(const struct wire *wire)
{
	struct arena arena = ARENA_INIT;
	struct request req;
	const char *why;
	unsigned status = request_read(&req, wire, &arena, &why);
	arena_done(&arena);
	return status;
}

static void sizes_are_bounded(void **state)
{
	(void)state;
	static char text[20000];
	struct header_field fields[80];
	memset(text, 'a', sizeof(text));
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		fields[i] = (struct header_field){STR("X-Some"), STR("x")};
	fields[0] = (struct header_field){STR("Host"), STR("localhost")};
	struct wire wire = {.method = STR("GET"),
			    .target = STR("/"),
			    .version = STR("HTTP/1.1"),
			    .fields = fields,
			    .field_count = 64};
	assert_int_equal(status_of(&wire), 0);
	wire.field_count = 65;
	assert_int_equal(status_of(&wire), 431);
	wire.field_count = 2;
	fields[1].value = (struct portroll_str){text, REQUEST_FIELDS_SIZE};
	assert_int_equal(status_of(&wire), 431);
	wire.field_count = 1;
	text[0] = '/';
	wire.target = (struct portroll_str){text, REQUEST_TARGET_MAX};
	assert_int_equal(status_of(&wire), 0);
	wire.target.len++;
	assert_int_equal(status_of(&wire), 414);
}

static void path_and_query_are_decoded_once(void **state)
{
	(void)state;
	struct arena arena = ARENA_INIT;
	const struct header_field host = {STR("Host"), STR("localhost")};
	const struct wire wire = {.method = STR("GET"),
				  .target = STR("/names/914c%252Fg/?q=a+b%2B%26c&empty&x=1=2"),
				  .version = STR("HTTP/1.1"),
				  .fields = &host,
				  .field_count = 1};
	struct request req;
	const char *why;
	assert_int_equal(request_read(&req, &wire, &arena, &why), 0);
	assert_int_equal(req.segment_count, 2);
	assert_text(req.segments[1], "914c%2Fg");
	assert_text(request_argument(&req, STR("q")), "a b+&c");
	assert_text(request_argument(&req, STR("empty")), "");
	assert_text(request_argument(&req, STR("x")), "1=2");
	assert_text(request_argument(&req, STR("y")), "");
	arena_done(&arena);
}

static void percent_encoding_comes_back(void **state)
{
	(void)state;
	for (char c = ' '; c < 0x7f; c++) {
		struct arena arena = ARENA_INIT;
		struct buf out = BUF_INIT(16);
		struct portroll_str back, one = {&c, 1};
		percent_put(&out, one);
		assert_int_equal(percent_decode(&back, buf_str(&out), true, &arena), PORTROLL_OK);
		assert_true(str_equal(back, one));
		assert_true(str_find_char(buf_str(&out), '"') == SIZE_MAX);
		buf_done(&out);
		arena_done(&arena);
	}
}

static void accept_prefers_by_weight(void **state)
{
	(void)state;
	static const struct {
		const char *accept;
		bool json;
	} rows[] = {
		{"", false},
		{"*/*", false},
		{"text/html,application/xhtml+xml,*/*;q=0.8", false},
		{"application/json", true},
		{"Application/JSON; charset=utf-8", true},
		{"application/json;q=0.5, text/html", false},
		{"application/json, text/html;q=0.9", true},
		{"application/json;q=0", false},
		{"application/json;q=0.001", true},
		{"application/problem+json", true},
		{";;,,q=", false},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct request req = {.accept = str_from(rows[i].accept)};
		if (request_wants_json(&req) != rows[i].json)
			fail_msg("Accept: %s", rows[i].accept);
	}
	assert_true(request_accepts_gzip(
		&(struct request){.accept_encoding = STR("deflate, gzip;q=0.1")}));
	assert_false(request_accepts_gzip(&(struct request){.accept_encoding = STR("gzip;q=0.0")}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guard_refuses_what_it_should),
		cmocka_unit_test(sizes_are_bounded),
		cmocka_unit_test(path_and_query_are_decoded_once),
		cmocka_unit_test(percent_encoding_comes_back),
		cmocka_unit_test(accept_prefers_by_weight),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
