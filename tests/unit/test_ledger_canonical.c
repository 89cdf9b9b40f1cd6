/* SPDX-License-Identifier: MIT */
#include "ledger/canonical_read.h"

#include "ledger/bundle.h"
#include "ledger/canonical.h"
#include "test.h"

/* One of each kind. */
static const char sample[] =
	"{\"author\":\"acct:17\",\"base_size\":4711,\"kind\":\"assign\",\"more\":[[],{},\"\",0,-1,"
	"9007199254740991,-9007199254740991,true,false,null,\"\xc3\xa4 \\\" \\\\ / \\n \\t "
	"\xf0\x9f\x98\x82\xef\xac\xb3\"],\"ops\":[{\"before\":null,\"op\":\"add\"}],\"v\":1}";

static void write_more(struct canonical *c)
{
	canonical_name(c, STR("more"));
	canonical_array(c);
	canonical_array(c);
	canonical_end(c);
	canonical_object(c);
	canonical_end(c);
	canonical_text(c, STR(""));
	canonical_integer(c, 0);
	canonical_integer(c, -1);
	canonical_integer(c, CANONICAL_INTEGER_MAX);
	canonical_integer(c, -CANONICAL_INTEGER_MAX);
	canonical_bool(c, true);
	canonical_bool(c, false);
	canonical_null(c);
	canonical_text(c, STR("\xc3\xa4 \" \\ / \n \t \xf0\x9f\x98\x82\xef\xac\xb3"));
	canonical_end(c);
}

static void write_sample(struct buf *out)
{
	struct canonical c = canonical_init(out);
	canonical_object(&c);
	canonical_member(&c, STR("author"), STR("acct:17"));
	canonical_name(&c, STR("base_size"));
	canonical_integer(&c, 4711);
	canonical_member(&c, STR("empty"), STR(""));
	canonical_member(&c, STR("kind"), STR("assign"));
	write_more(&c);
	canonical_name(&c, STR("ops"));
	canonical_array(&c);
	canonical_object(&c);
	canonical_name(&c, STR("before"));
	canonical_null(&c);
	canonical_member(&c, STR("op"), STR("add"));
	canonical_end(&c);
	canonical_end(&c);
	canonical_name(&c, STR("v"));
	canonical_integer(&c, 1);
	canonical_end(&c);
}

static void the_writer_writes_the_only_form(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf out = BUF_INIT(4000);
	write_sample(&out);
	assert_int_equal(out.failed, PORTROLL_OK);
	assert_text(buf_str(&out), sample);
}

static void the_reader_reads_what_the_writer_wrote(void **state)
{
	(void)state;
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	struct portroll_error err = {0};
	assert_int_equal(canonical_read(&value, str_from(sample), &err), PORTROLL_OK);
	assert_int_equal(json_integer_value(json_object_get(value, "base_size")), 4711);
	assert_string_equal(json_string_value(json_object_get(value, "kind")), "assign");
}

/* The name of a member must live as long as its object. */
static struct portroll_str name_of(char what)
{
	return what == 'a'   ? STR("a")
	       : what == 'b' ? STR("b")
	       : what == 'A' ? STR("A")
	       : what == '7' ? STR("7")
			     : STR("");
}

static void act(struct canonical *c, char what)
{
	switch (what) {
	case '{':
		canonical_object(c);
		break;
	case '[':
		canonical_array(c);
		break;
	case '.':
		canonical_end(c);
		break;
	case 'a':
	case 'b':
	case 'A':
	case '7':
	case '-':
		canonical_name(c, name_of(what));
		break;
	case 'n':
		canonical_null(c);
		break;
	case '0':
		canonical_integer(c, 0);
		break;
	case '>':
		canonical_integer(c, CANONICAL_INTEGER_MAX + 1);
		break;
	case '<':
		canonical_integer(c, INT64_MIN);
		break;
	case 'e':
		canonical_text(c, STR(""));
		break;
	case 't':
		canonical_text(c, STR("\t\n\"\\"));
		break;
	case 'r':
		canonical_text(c, STR("\r"));
		break;
	case 'd':
		canonical_text(c, STR("\x7f"));
		break;
	case 'u':
		canonical_text(c, STR("\xff"));
		break;
	default:
		fail_msg("%c", what);
	}
}

/* Each sign is one call: names a, b, A, 7 and '-' (none), values 0, n, and such that are refused.
 */
static void the_writer_refuses_what_is_not_in_the_subset(void **state)
{
	(void)state;
	static const struct {
		const char *calls;
		const char *written; /* NULL: refused */
	} cases[] = {
		{"{.", "{}"},
		{"{a0b0.", "{\"a\":0,\"b\":0}"},
		{"{a[0.b{an..", "{\"a\":[0],\"b\":{\"a\":null}}"},
		{"[{.{a0..", "[{},{\"a\":0}]"},
		{"{a[[...", "{\"a\":[[]]}"},
		{"0", "0"},
		{"[t.", "[\"\\t\\n\\\"\\\\\"]"},
		{"{b0a", NULL},
		{"{a0a", NULL},
		{"{A", NULL},
		{"{7", NULL},
		{"{-", NULL},
		{"a", NULL},
		{"[a", NULL},
		{"{0", NULL},
		{"{ab", NULL},
		{"{a.", NULL},
		{"{ae", NULL},
		{"{a[.", NULL},
		{"{a{.", NULL},
		{".", NULL},
		{"[..", NULL},
		{"00", NULL},
		{"[.0", NULL},
		{"[>", NULL},
		{"[<", NULL},
		{"[r", NULL},
		{"[d", NULL},
		{"[u", NULL},
		{"[[[[[[[[[[[[[[[[[", NULL},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(buf_done) struct buf out = BUF_INIT(1000);
		struct canonical c = canonical_init(&out);
		for (const char *at = cases[i].calls; *at; at++)
			act(&c, *at);
		if (out.failed != (cases[i].written ? PORTROLL_OK : PORTROLL_EINVAL))
			fail_msg("%s: %d", cases[i].calls, out.failed);
		if (cases[i].written)
			assert_text(buf_str(&out), cases[i].written);
	}
}

static void a_refusal_sticks(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf out = BUF_INIT(1000);
	struct canonical c = canonical_init(&out);
	for (const char *at = "{b0A0a0.{a0."; *at; at++)
		act(&c, *at);
	assert_int_equal(out.failed, PORTROLL_EINVAL);
	assert_text(buf_str(&out), "{\"b\":0");
}

static void another_text_begins_anew(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf out = BUF_INIT(1000);
	struct canonical c = canonical_init(&out);
	for (const char *at = "{b[{a0"; *at; at++)
		act(&c, *at);
	buf_clear(&out);
	canonical_again(&c);
	for (const char *at = "{a0."; *at; at++)
		act(&c, *at);
	assert_int_equal(out.failed, PORTROLL_OK);
	assert_text(buf_str(&out), "{\"a\":0}");
}

struct refused {
	const char *text;
	uint32_t line, column; /* 0: where jansson says */
	const char *says;
};

static void refuse(const struct refused *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		json_t *value = NULL;
		struct portroll_error err = {0};
		int r = canonical_read(&value, str_from(cases[i].text), &err);
		if (r != PORTROLL_ESYNTAX || !strstr(err.text, cases[i].says) ||
		    err.line != cases[i].line || (cases[i].column && err.column != cases[i].column))
			fail_msg("%s: %d, %u:%u: %s", cases[i].text, r, err.line, err.column,
				 err.text);
		assert_null(value);
	}
}

static void other_forms_are_refused_with_their_place(void **state)
{
	(void)state;
	static const struct refused cases[] = {
		{"[]", 1, 1, "expected an object"},
		{"{\"a\":0}\n", 1, 8, "expected the end"},
		{" {\"a\":0}", 1, 1, "' {\"a\":0}', expected '{\"a\":0}'"},
		{"{\"a\": 0}", 1, 6, "no blanks"},
		{"{\n\"a\":0}", 1, 2, "no blanks"},
		{"{\"a\":0,\n\"b\":0}", 1, 8, "no blanks"},
		{"{\"b\":0,\"a\":1}", 1, 7, "byte order"},
		{"{\"b\": 0,\"a\":1}", 1, 6, "no blanks"},
		{"{\"a\":-0}", 1, 6, "expected"},
		{"{\"a\":1.0}", 1, 6, "a fraction"},
		{"{\"a\":1e2}", 1, 6, "a fraction"},
		{"{\"a\":9007199254740992}", 1, 6, "beyond 2^53"},
		{"{\"a\":-9007199254740992}", 1, 6, "beyond 2^53"},
		{"{\"a\":\"\"}", 1, 6, "without content"},
		{"{\"a\":[]}", 1, 6, "without content"},
		{"{\"a\":{}}", 1, 6, "without content"},
		{"{\"a\":\"\\r\"}", 1, 6, "control character"},
		{"{\"a\":\"\\u0008\"}", 1, 6, "control character"},
		{"{\"a\":\"\\u0009\"}", 1, 8, "escapes"},
		{"{\"a\":\"\\u007f\"}", 1, 6, "control character"},
		{"{\"a\":\"\\u000a\"}", 1, 8, "escapes"},
		{"{\"a\":\"\\u00e4\"}", 1, 7, "escapes"},
		{"{\"a\":\"\\/\"}", 1, 7, "escapes"},
		{"{\"\\u0061\":0}", 1, 3, "escapes"},
		{"{\"A\":0}", 1, 2, "other characters"},
		{"{\"a\":0,\"state_sha256\":0}", 1, 7, "other characters"},
		{"{\"\":0}", 1, 2, "other characters"},
		{"{\"a\":[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]}", 1, 21, "16 levels"},
	};
	refuse(cases, ARRAY_LEN(cases));
}

static void what_is_not_json_is_refused(void **state)
{
	(void)state;
	static const struct refused cases[] = {
		{"", 1, 0, "expected"},
		{"{", 1, 0, "expected"},
		{"{\"a\":\"", 1, 0, "end of input"},
		{"{\"a\":\"\\\"}", 1, 0, "end of input"},
		{"{\"a\":\"\\x\"}", 1, 0, "invalid escape"},
		{"{\"a\" \"b\"}", 1, 0, "':' expected"},
		{"{\"a\":0 \"b\"}", 1, 0, "'}' expected"},
		{"{\"a\":aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", 1, 0, "invalid token"},
		{"{0:\"\"}", 1, 0, "string or '}' expected"},
		{"null", 1, 0, "expected"},
		{"{\"a\":0}{}", 1, 0, "end of file"},
		{"{\"a\":0,\"a\":1}", 1, 0, "duplicate"},
		{"{\"a\":01}", 1, 0, "invalid token"},
		{"{\"a\":9223372036854775808}", 1, 0, "integer"},
		{"{\"a\":\"\\u0000\"}", 1, 0, "NUL"},
		{"{\"a\":\"\xff\"}", 1, 0, "byte 0xff"},
	};
	refuse(cases, ARRAY_LEN(cases));
}

static void fifteen_levels_below_the_first_are_read(void **state)
{
	(void)state;
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	assert_int_equal(
		canonical_read(&value, STR("{\"a\":[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]}"), NULL),
		PORTROLL_OK);
}

/* No text but its own is read as the sample: what each change of a byte makes is refused, or is
 * written again the same. */
static void every_changed_byte_is_refused_or_is_another_value(void **state)
{
	(void)state;
	char bytes[sizeof(sample)];
	memcpy(bytes, sample, sizeof(sample));
	struct portroll_str text = {bytes, sizeof(sample) - 1};
	CLEANUP(json_decrefp)
	json_t *original = NULL;
	assert_int_equal(canonical_read(&original, text, NULL), PORTROLL_OK);
	for (size_t i = 0; i < text.len; i++)
		for (unsigned c = 0; c < 256; c++) {
			CLEANUP(json_decrefp)
			json_t *value = NULL;
			bytes[i] = (char)c;
			int r = canonical_read(&value, text, NULL);
			if (r == PORTROLL_OK && bytes[i] != sample[i])
				assert_false(json_equal(value, original));
			bytes[i] = sample[i];
		}
}

static void an_entry_has_at_most_65535_bytes(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf text = BUF_INIT(1U << 20);
	buf_puts(&text, "{\"a\":\"");
	buf_fill(&text, 'x', ENTRY_SIZE_MAX - sizeof("{\"a\":\"\"}") + 1);
	buf_puts(&text, "\"}");
	assert_int_equal(text.len, ENTRY_SIZE_MAX);
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	assert_int_equal(canonical_read(&value, buf_str(&text), NULL), PORTROLL_OK);
	text.ptr[text.len - 2] = 'x';
	text.ptr[text.len - 1] = '"';
	buf_putc(&text, '}');
	json_t *none = NULL;
	assert_int_equal(canonical_read(&none, buf_str(&text), NULL), PORTROLL_ELIMIT);
}

static void brackets_without_end_are_refused(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf text = BUF_INIT(1U << 20);
	json_t *value = NULL;
	buf_fill(&text, '[', ENTRY_SIZE_MAX);
	assert_int_equal(canonical_read(&value, buf_str(&text), NULL), PORTROLL_ESYNTAX);
}

static int write_and_read(void *context)
{
	(void)context;
	CLEANUP(buf_done) struct buf out = BUF_INIT(4000);
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	write_sample(&out);
	return out.failed ? out.failed : canonical_read(&value, buf_str(&out), NULL);
}

static void it_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(write_and_read, NULL) > 1);
}

static void *ask(size_t size)
{
	return malloc(size);
}

static int read_short(void *context)
{
	(void)context;
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	static const char text[] = "{\"a\":[[],{},\"\",0,-1,true,\"x\\\"y\"],\"b\":[{\"c\":null}]}";
	return canonical_read(&value, str_from(text), NULL);
}

/* jansson asks for memory here. Its own bytes of a token grow from 16 on, and it asserts that they
 * do: so the tokens are short. */
static void no_memory_for_jansson_is_no_fault_of_the_text(void **state)
{
	(void)state;
	json_set_alloc_funcs(ask, free);
	assert_true(oom_sweep(read_short, NULL) > 10);
	json_set_alloc_funcs(malloc, free);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_writer_writes_the_only_form),
		cmocka_unit_test(the_reader_reads_what_the_writer_wrote),
		cmocka_unit_test(the_writer_refuses_what_is_not_in_the_subset),
		cmocka_unit_test(a_refusal_sticks),
		cmocka_unit_test(another_text_begins_anew),
		cmocka_unit_test(other_forms_are_refused_with_their_place),
		cmocka_unit_test(what_is_not_json_is_refused),
		cmocka_unit_test(fifteen_levels_below_the_first_are_read),
		cmocka_unit_test(every_changed_byte_is_refused_or_is_another_value),
		cmocka_unit_test(an_entry_has_at_most_65535_bytes),
		cmocka_unit_test(brackets_without_end_are_refused),
		cmocka_unit_test(it_survives_any_failing_allocation),
		cmocka_unit_test(no_memory_for_jansson_is_no_fault_of_the_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
