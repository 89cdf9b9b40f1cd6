/* SPDX-License-Identifier: MIT */
#include "ledger/changeset.h"

#include "changeset_case.h"

#define NO_HASH "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
#define HEAD    "{\"author\":\"a\",\"base_root\":\"" NO_HASH "\",\"base_size\":0,"
#define TIME    "\"time\":\"2026-11-23T07:20:00Z\",\"v\":1}"

/* An entry with members between those that are always there. */
#define ENTRY(before_kind, before_time) HEAD before_kind "\"kind\":\"k\"," before_time TIME
#define OPS(operations)                 ENTRY("", "\"ops\":[" operations "],\"source\":\"s\",")

struct refused {
	const char *entry;
	int code;
	bool both; /* also where the operations are passed over */
	const char *says;
};

static void refuse(const struct refused *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct arena a = ARENA_INIT;
		struct changeset about;
		struct operation_list operations;
		struct portroll_error err = {0}, again = {0};
		struct portroll_str entry = str_from(cases[i].entry);
		int r = changeset_read(&about, &operations, entry, &a, &err);
		if (r != cases[i].code || err.code != r || !strstr(err.text, cases[i].says))
			fail_msg("%s: %d, %s", cases[i].entry, r, err.text);
		r = changeset_read_about(&about, entry, &a, &again);
		if (r != (cases[i].both ? cases[i].code : PORTROLL_OK) || again.code != r)
			fail_msg("%s: about: %d, %s", cases[i].entry, r, again.text);
		arena_done(&a);
	}
}

static void what_changesets_do_not_say_is_refused(void **state)
{
	(void)state;
	static const struct refused cases[] = {
		{"", PORTROLL_ESYNTAX, true, "expected"},
		{"[]", PORTROLL_ESYNTAX, true, "expected an object"},
		{"{}", PORTROLL_ESYNTAX, true, "expected a member 'v'"},
		{"{\"v\":0}", PORTROLL_ESYNTAX, true, "expected a member 'v'"},
		{"{\"v\":\"1\"}", PORTROLL_ESYNTAX, true, "expected a member 'v'"},
		{"{\"new\":1,\"v\":2}", PORTROLL_EVERSION, true, "version 2, expected 1"},
		{"{\"v\":1}", PORTROLL_ESYNTAX, true, "expected a member 'author'"},
		{ENTRY("", "") "\n", PORTROLL_ESYNTAX, true, "expected the end"},
		{" " ENTRY("", ""), PORTROLL_ESYNTAX, true, "no blanks"},
		{HEAD TIME, PORTROLL_ESYNTAX, true, "expected a member 'kind'"},
		{HEAD "\"kind\":\"k\",\"v\":1}", PORTROLL_ESYNTAX, true, "a member 'time'"},
		{ENTRY("\"extra\":1,", ""), PORTROLL_ESYNTAX, true, "unknown member 'extra'"},
		{ENTRY("\"base_size\":0,", ""), PORTROLL_ESYNTAX, true, "duplicate"},
		{ENTRY("", "\"reason\":\"b\",\"part\":[1,2],"), PORTROLL_ESYNTAX, true, "order"},
		{ENTRY("", "\"part\":[1,1],"), PORTROLL_ESYNTAX, true, "member 'part'"},
		{ENTRY("", "\"part\":[0,2],"), PORTROLL_ESYNTAX, true, "member 'part'"},
		{ENTRY("", "\"part\":[3,2],"), PORTROLL_ESYNTAX, true, "member 'part'"},
		{ENTRY("", "\"part\":[1,2,3],"), PORTROLL_ESYNTAX, true, "member 'part'"},
		{ENTRY("", "\"part\":[1,4294967296],"), PORTROLL_ESYNTAX, true, "member 'part'"},
		{ENTRY("", "\"reverts\":0,"), PORTROLL_ESYNTAX, true, "member 'reverts'"},
		{ENTRY("\"coverage\":\"names only\",", "\"source\":\"s\","), PORTROLL_ESYNTAX, true,
		 "complete, partial or names"},
		{ENTRY("\"coverage\":\"names\",", ""), PORTROLL_ESYNTAX, true, "member 'source'"},
		{ENTRY("\"coverage\":\"names\",", "\"part\":[2,2],\"source\":\"s\","),
		 PORTROLL_ESYNTAX, true, "expected in the first"},
		{ENTRY("\"copies\":null,", "\"part\":[2,2],\"source\":\"s\","), PORTROLL_ESYNTAX,
		 true, "expected in the first"},
		{ENTRY("\"copies\":[1],", "\"source\":\"s\","), PORTROLL_ESYNTAX, true,
		 "expected an object"},
		{ENTRY("\"dossier\":\"a\",", ""), PORTROLL_ESYNTAX, true, "32 bytes in base64"},
		{ENTRY("\"effective\":\"2026-2\",", ""), PORTROLL_ESYNTAX, true, "expected a date"},
		{ENTRY("", "\"source\":\"s\",\"source_kind\":\"other\","), PORTROLL_ESYNTAX, true,
		 "mirrored or managed"},
		{ENTRY("", "\"part\":[1,2],\"sources\":[\"s\"],"), PORTROLL_ESYNTAX, true,
		 "expected in the last"},
		{ENTRY("", "\"part\":[1,2],\"source\":\"s\",\"state_root\":\"" NO_HASH "\","),
		 PORTROLL_ESYNTAX, true, "expected in the last"},
		{ENTRY("", "\"state_root\":\"" NO_HASH "\","), PORTROLL_ESYNTAX, true,
		 "member 'source'"},
		{ENTRY("", "\"ops\":[{\"key\":1,\"op\":\"remove\"}],"), PORTROLL_ESYNTAX, true,
		 "member 'source'"},
		{ENTRY("", "\"ops\":1,\"source\":\"s\","), PORTROLL_ESYNTAX, false,
		 "member 'ops': expected a list"},
		{HEAD "\"kind\":\"k\",\"time\":\"2026-11-23 07:20:00Z\",\"v\":1}", PORTROLL_ESYNTAX,
		 true, "a moment in UTC"},
		{"{\"author\":\"a\",\"base_root\":\"" NO_HASH
		 "\",\"base_size\":-1,\"kind\":\"k\"," TIME,
		 PORTROLL_ESYNTAX, true, "a number of entries"},
		{"{\"author\":\"a\",\"base_root\":\"" NO_HASH
		 "\",\"base_size\":9007199254740992,\"kind\":\"k\"," TIME,
		 PORTROLL_ESYNTAX, true, "beyond 2^53"},
	};
	refuse(cases, ARRAY_LEN(cases));
}

static const struct refused operation_cases[] = {
	{OPS("1"), PORTROLL_ESYNTAX, false, "operation 1: expected an object"},
	{OPS("{}"), PORTROLL_ESYNTAX, false, "expected a member 'op'"},
	{OPS("{\"key\":1,\"op\":\"remove\"},{\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false,
	 "operation 2: expected a member 'key'"},
	{OPS("{\"op\":\"drop\"}"), PORTROLL_ESYNTAX, false, "expected add, replace, move"},
	{OPS("{\"key\":1,\"op\":1}"), PORTROLL_ESYNTAX, false, "member 'op'"},
	{OPS("{\"key\":1,\"note\":1,\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false,
	 "unknown member 'note'"},
	{OPS("{\"before\":null,\"key\":1,\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false,
	 "expected no before"},
	{OPS("{\"before\":null,\"key\":1,\"op\":\"add\",\"record\":null}"), PORTROLL_ESYNTAX, false,
	 "expected no key"},
	{OPS("{\"op\":\"add\",\"record\":null}"), PORTROLL_ESYNTAX, false,
	 "expected a member 'before'"},
	{OPS("{\"key\":1,\"op\":\"move\"}"), PORTROLL_ESYNTAX, false, "a member 'before'"},
	{OPS("{\"before\":null,\"op\":\"add\"}"), PORTROLL_ESYNTAX, false, "expected one of"},
	{OPS("{\"before\":null,\"footnote\":{\"anchor\":1},\"op\":\"add\",\"record\":"
	     "null}"),
	 PORTROLL_ESYNTAX, false, "expected one of"},
	{OPS("{\"key\":1,\"op\":\"remove\",\"record\":null}"), PORTROLL_ESYNTAX, false,
	 "expected no footnote"},
	{OPS("{\"before\":null,\"header\":null,\"op\":\"add\"}"), PORTROLL_ESYNTAX, false,
	 "to replace the header"},
	{OPS("{\"header\":null,\"key\":1,\"op\":\"replace\"}"), PORTROLL_ESYNTAX, false,
	 "expected no key"},
	{OPS("{\"key\":null,\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false, "member 'key'"},
	{OPS("{\"key\":-1,\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false, "member 'key'"},
	{OPS("{\"key\":{\"a\":1},\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false, "a key"},
	{OPS("{\"key\":[\"tcp\",\"80\",\"a\"],\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false,
	 "[transport, port, name, count among equals]"},
	{OPS("{\"key\":[\"TCP\",\"80\",\"a\",0],\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false,
	 "tcp, udp, sctp or dccp"},
	{OPS("{\"key\":[null,\"80\",\"a\",0],\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false,
	 "tcp, udp, sctp or dccp"},
	{OPS("{\"key\":[\"tcp\",80,\"a\",0],\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false,
	 "a port or a range"},
	{OPS("{\"key\":[\"tcp\",\"80\",1,0],\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false,
	 "a text"},
	{OPS("{\"key\":[\"tcp\",\"80\",\"a\",\"0\"],\"op\":\"remove\"}"), PORTROLL_ESYNTAX, false,
	 "a number"},
	{OPS("{\"before\":1,\"key\":\"a\",\"op\":\"move\"}"), PORTROLL_ESYNTAX, false,
	 "member 'before': expected the id of a person"},
	{OPS("{\"before\":\"a\",\"op\":\"add\",\"record\":null}"), PORTROLL_ESYNTAX, false,
	 "member 'before': expected a key"},
	{OPS("{\"key\":1,\"op\":\"replace\",\"person\":{\"commitment\":\"" NO_HASH
	     "\",\"id\":\"a\"}}"),
	 PORTROLL_ESYNTAX, false, "member 'key': expected the id"},
	{OPS("{\"before\":null,\"op\":\"add\",\"person\":{\"id\":\"a\"}}"), PORTROLL_ESYNTAX, false,
	 "expected a member 'commitment'"},
	{OPS("{\"before\":null,\"op\":\"add\",\"person\":{\"commitment\":\"a\",\"id\":"
	     "\"a\"}}"),
	 PORTROLL_ESYNTAX, false, "32 bytes"},
	{OPS("{\"before\":null,\"op\":\"add\",\"record\":{\"change\":1}}"), PORTROLL_ESYNTAX, false,
	 "unknown member 'change'"},
	{OPS("{\"before\":null,\"op\":\"add\",\"record\":{}}"), PORTROLL_ESYNTAX, false,
	 "without content"},
};

static void operations_of_other_forms_are_refused(void **state)
{
	(void)state;
	refuse(operation_cases, ARRAY_LEN(operation_cases));
}

static void an_entry_above_65535_bytes_is_refused(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf entry = BUF_INIT(1U << 20);
	struct arena a = ARENA_INIT;
	struct changeset about;
	struct operation_list operations;
	struct portroll_error err = {0}, again = {0};
	buf_puts(&entry, HEAD "\"kind\":\"k\",\"ops\":[\"");
	buf_fill(&entry, 'x', ENTRY_SIZE_MAX);
	buf_puts(&entry, "\"],\"source\":\"s\"," TIME);
	assert_int_equal(changeset_read(&about, &operations, buf_str(&entry), &a, &err),
			 PORTROLL_ELIMIT);
	assert_int_equal(changeset_read_about(&about, buf_str(&entry), &a, &again),
			 PORTROLL_ELIMIT);
	arena_done(&a);
}

/* Brackets, quotes and names within texts and operations end nothing. */
static void operations_are_passed_over_whatever_they_say(void **state)
{
	(void)state;
	static const char *const operations[] = {
		"[]",
		"\"]\"",
		"\"\\\"],\\\"reason\\\":\"",
		"\"\\\\\"",
		"\"\\\\\\\"]\"",
		"[[{\"ops\":[\"}\"]}]]",
		"{\"a\":\"],\\\"source\\\":\\\"t\\\"\"}",
	};
	for (size_t i = 0; i < ARRAY_LEN(operations); i++) {
		CLEANUP(buf_done) struct buf entry = BUF_INIT(1U << 20);
		struct arena a = ARENA_INIT;
		struct changeset about;
		struct portroll_error err = {0};
		buf_puts(&entry, HEAD "\"kind\":\"\\\"ops\\\":[\",\"ops\":[");
		buf_puts(&entry, operations[i]);
		buf_puts(&entry, "],\"reason\":\"r\",\"source\":\"s\"," TIME);
		if (changeset_read_about(&about, buf_str(&entry), &a, &err) < 0)
			fail_msg("%s: %s", operations[i], err.text);
		assert_text(about.reason, "r");
		assert_text(about.source, "s");
		arena_done(&a);
	}
}

/* Every change of a byte: what both accept they read alike. */
static void both_readers_agree_on_every_changed_byte(void **state)
{
	(void)state;
	static const char sample[] = ENTRY(
		"\"copies\":null,", "\"ops\":[{\"key\":[\"\",\"\",\"\\\\\",0],\"op\":\"remove\"}],"
				    "\"part\":[1,2],\"source\":\"s\",");
	char bytes[sizeof(sample)];
	memcpy(bytes, sample, sizeof(sample));
	struct portroll_str entry = {bytes, sizeof(sample) - 1};
	size_t accepted = 0;
	for (size_t i = 0; i < entry.len; i++)
		for (unsigned c = 0; c < 256; c++) {
			struct arena a = ARENA_INIT;
			struct changeset all, about;
			struct operation_list operations;
			bytes[i] = (char)c;
			if (changeset_read(&all, &operations, entry, &a, NULL) == PORTROLL_OK) {
				int r = changeset_read_about(&about, entry, &a, NULL);
				assert_int_equal(r, PORTROLL_OK);
				assert_true(case_about_equal(&all, &about));
				accepted++;
			}
			bytes[i] = sample[i];
			arena_done(&a);
		}
	assert_true(accepted > entry.len);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_changesets_do_not_say_is_refused),
		cmocka_unit_test(operations_of_other_forms_are_refused),
		cmocka_unit_test(an_entry_above_65535_bytes_is_refused),
		cmocka_unit_test(operations_are_passed_over_whatever_they_say),
		cmocka_unit_test(both_readers_agree_on_every_changed_byte),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
