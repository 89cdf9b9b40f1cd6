/* SPDX-License-Identifier: MIT */
#include "registry/fields.h"

#include "record_matches.h"
#include "test.h"

static const struct xref references[] = {
	{.type = XREF_NOTE, .data = STR_INIT("1")},
	{.type = XREF_RFC, .data = STR_INIT("rfc4727")},
};
static const struct xref contact = {.type = XREF_PERSON, .data = STR_INIT("IETF_Chair")};
static const struct xref assignee = {.type = XREF_PERSON, .data = STR_INIT("IESG")};
static const struct run description = {.kind = RUN_TEXT, .text = STR_INIT("for \n   \"RadSec\" ")};
static const struct run note = {.kind = RUN_TEXT, .text = STR_INIT("Noted")};

static const struct record full = {
	.name = STR_INIT("exp1"),
	.has_port = true,
	.port = {6000, 6063},
	.transport = PORTROLL_DCCP,
	.description = {&description, 1},
	.has_assignee = true,
	.assignee = {&assignee, 1},
	.contacts = {&contact, 1},
	.registered = {2006, 5, 0},
	.modified = {2026, 8, 17},
	.references = {references, 2},
	.has_service_code = true,
	.service_code = 1145656131,
	.unauthorized = STR_INIT("Known Unauthorized Use on port 6000"),
	.note = {&note, 1},
};

static const char *const cells[FIELD_COUNT] = {
	"exp1",
	"6000-6063",
	"dccp",
	"for \"RadSec\"",
	"[IESG]",
	"[IETF_Chair]",
	"2006-05",
	"2026-08-17",
	"[1][RFC4727]",
	"1145656131",
	"Known Unauthorized Use on port 6000",
	"Noted",
};

static void cells_are_those_of_the_csv(void **state)
{
	(void)state;
	const struct record empty = {0};
	for (enum field_id i = 0; i < FIELD_COUNT; i++) {
		struct buf out = BUF_INIT(1000);
		buf_puts(&out, "before ");
		field_put(&out, i, &full);
		assert_text(str_part(buf_str(&out), 7, SIZE_MAX), cells[i]);
		buf_clear(&out);
		field_put(&out, i, &empty);
		assert_text(buf_str(&out), "");
		assert_non_null(fields[i].key);
		assert_non_null(fields[i].title);
		buf_done(&out);
	}
}

static const struct match_case {
	const char *text;
	bool matches;
} matches[] = {
	{"", true},      {"EXP1", true},    {"6000-60", true},
	{"dccp", true},  {"radsec", true},  {"[iesg]", true},
	{"chair", true}, {"rfc4727", true}, {"114565", true},
	{"noted", true}, {"2006", false},   {"2026-08", false},
	{"exp2", false}, {"exp16", false},  {"known unauthorized use on port 6000", true},
};

static void all_columns_but_the_dates_are_searched(void **state)
{
	(void)state;
	struct buf scratch = BUF_INIT(1000);
	for (size_t i = 0; i < ARRAY_LEN(matches); i++)
		if (record_matches(&full, str_from(matches[i].text), &scratch) !=
		    matches[i].matches)
			fail_msg("'%s'", matches[i].text);
	buf_done(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_those_of_the_csv),
		cmocka_unit_test(all_columns_but_the_dates_are_searched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
