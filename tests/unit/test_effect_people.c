/* SPDX-License-Identifier: MIT */
#include "procedure/effect_people.h"

#include "effect_case.h"
#include "procedure/effect_ids.h"
#include "procedure/effect_notes.h"
#include "procedure/effect_place.h"

static const struct id_case {
	const char *name, *id;
} ids[] = {
	/* As IANA's people have them. */
	{"Stuart Cheshire", "Stuart_Cheshire"},
	{"KAOS Management Group, LLC", "KAOS_Management_Group_LLC"},
	{"3GPP Specifications Manager", "_3GPP_Specifications_Manager"},
	{"1026 Labs", "_1026_Labs"},
	{"FORTÉ", "FORTÉ"},
	{"Sentyron B.V.", "Sentyron_B.V."},
	{"Apple Inc.", "Apple_Inc"},
	{"B. Clifford Neuman", "B_Clifford_Neuman"},
	{"Becker & Hickl GmbH", "Becker_Hickl_GmbH"},
	{"Roman Štěpánek", "Roman_Štěpánek"},
	{"PNO – PROFIBUS Nutzerorganisation e.V.", "PNO_PROFIBUS_Nutzerorganisation_e.V."},
	{"Phillip Hallam-Baker", "Phillip_Hallam-Baker"},
	{"AT&T", "ATT"},
	/* None of them. */
	{"  two \t blanks ", "two_blanks"},
	{"...", "_..."},
	{"-a", "_-a"},
	{"\"<>&'", "_"},
	{"", "_"},
	{"\xff\xfe", "_"},
};

static void ids_are_made_as_iana_makes_them(void **state)
{
	(void)state;
	size_t wrong = 0;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		struct arena a = ARENA_INIT;
		struct portroll_str id = id_of_name(&a, str_from(ids[i].name));
		if (!str_equal(id, str_from(ids[i].id))) {
			print_error("'%s': '%.*s'\n", ids[i].name, PORTROLL_STR_ARG(id));
			wrong++;
		}
		arena_done(&a);
	}
	assert_int_equal(wrong, 0);
}

static const struct portroll_str ann_uri = STR_INIT("mailto:ann&example.com");
static const struct portroll_str org_uri = STR_INIT("mailto:Info&example.org");

/* Ann_Lee is contact of bar and baz, Example_Org assignee of bar. */
static void begin(struct effect_case *c)
{
	effect_begin(c, "bar,5,tcp,Bar,[Example_Org],[Ann_Lee],2001-02,,,,,\n"
			"baz,6,tcp,Baz,[Ann_Lee],[Ann_Lee],2001-02,,,,,\n"
			",7-99,,Unassigned,,,,,,,,\n");
	struct person ann = {.id = STR("Ann_Lee"),
			     .name = STR("Ann Lee"),
			     .uris = &ann_uri,
			     .uri_count = 1,
			     .updated = {2001, 2, 0}};
	struct person org = {.id = STR("Example_Org"),
			     .org = STR("Example Org"),
			     .uris = &org_uri,
			     .uri_count = 1};
	c->before->person_count = 0;
	assert_int_equal(registry_add_person(c->before, &ann), PORTROLL_OK);
	assert_int_equal(registry_add_person(c->before, &org), PORTROLL_OK);
}

/* A person as text: id|name|org|uris|updated. */
static void put_people(struct buf *out, const struct registry *reg)
{
	for (size_t i = 0; i < reg->person_count; i++) {
		const struct person *p = reg->people[i];
		char date[DATE_TEXT_MAX];
		date_format(date, p->updated);
		buf_printf(out, "%.*s|%.*s|%.*s|", PORTROLL_STR_ARG(p->id),
			   PORTROLL_STR_ARG(p->name), PORTROLL_STR_ARG(p->org));
		for (size_t k = 0; k < p->uri_count; k++)
			buf_printf(out, "%s%.*s", k ? " " : "", PORTROLL_STR_ARG(p->uris[k]));
		buf_printf(out, "|%s\n", date);
	}
}

#define ANN "Ann_Lee|Ann Lee||mailto:ann&example.com|2001-02\n"
#define ORG "Example_Org||Example Org|mailto:Info&example.org|\n"
#define NEW "Service Name: foo\nTransport Protocols: tcp, udp\nPort Number: 9\n"
#define MOD "Request: modify\nService Name: bar\n"

static const struct people_case {
	const char *fact, *document, *people;
} cases[] = {
	{"one who is there by name and mail",
	 NEW "Assignee: Ann Lee <ann@EXAMPLE.com>\nContact: Ann Lee <ann@example.com>\n", ANN ORG},
	{"an organisation that is there",
	 NEW "Assignee: Example Org <info@example.org>\nAssignee Type: organization\n", ANN ORG},
	{"one who is there by id", NEW "Assignee ID: Ann_Lee\nContact ID: Example_Org\n", ANN ORG},
	{"a new person with an organisation, and a new organisation",
	 NEW "Assignee: Acme, Inc. <x@example.com>\nAssignee Type: organization\n"
	     "Contact: Bo Hu <bo@example.com>\nContact Organization: Acme, Inc.\n",
	 "Acme_Inc||Acme, Inc.|mailto:x&example.com|2026-01-05\n" ANN
	 "Bo_Hu|Bo Hu|Acme, Inc.|mailto:bo&example.com|2026-01-05\n" ORG},
	{"another one of the same name", NEW "Assignee: Ann Lee <other@example.com>\n",
	 ANN "Ann_Lee_2|Ann Lee||mailto:other&example.com|2026-01-05\n" ORG},
	{"an id that was chosen", NEW "Assignee: Bo Hu <bo@example.com>\nAssignee ID: Bo\n",
	 ANN "Bo|Bo Hu||mailto:bo&example.com|2026-01-05\n" ORG},
	{"the contact has another mail: told of the person",
	 MOD "Contact: Ann Lee <lee@example.com>\n",
	 "Ann_Lee|Ann Lee||mailto:lee&example.com|2026-01-05\n" ORG},
	{"the contact has another name, by id",
	 MOD "Contact: Ann Ray <ann@example.com>\nContact ID: Ann_Lee\n",
	 "Ann_Lee|Ann Ray||mailto:ann&example.com|2026-01-05\n" ORG},
	{"who is not used any more goes",
	 "Request: succession\nService Name: bar\nAssignee: Ann Lee "
	 "<ann@example.com>\n",
	 ANN},
	{"who is used by another record stays", MOD "Contact: Bo Hu <bo@example.com>\n",
	 ANN "Bo_Hu|Bo Hu||mailto:bo&example.com|2026-01-05\n" ORG},
	{"the note of a release still refers to its assignee",
	 "Request: deassign\nService Name: bar\nRelease Name: yes\n", ANN ORG},
};

static void people_come_change_and_go(void **state)
{
	(void)state;
	size_t wrong = 0;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct effect_case c;
		struct buf people = BUF_INIT(1 << 16);
		begin(&c);
		effect_on(&c, c.before, &(struct effect_asked){.document = cases[i].document});
		if (c.code == PORTROLL_OK)
			put_people(&people, c.result.registry);
		if (c.code < 0 || !str_equal(buf_str(&people), str_from(cases[i].people))) {
			print_error("%s: %s\n%.*sexpected\n%s", cases[i].fact, c.err.text,
				    PORTROLL_STR_ARG(buf_str(&people)), cases[i].people);
			wrong++;
		}
		buf_done(&people);
		effect_done(&c);
	}
	assert_int_equal(wrong, 0);
}

static void data_of_a_person_do_not_date_the_record(void **state)
{
	(void)state;
	struct effect_case c;
	begin(&c);
	effect_on(&c, c.before,
		  &(struct effect_asked){.document = MOD "Contact: Ann Lee <lee@example.com>\n"});
	assert_int_equal(c.code, PORTROLL_OK);
	assert_ptr_equal(c.result.registry->records[0], c.before->records[0]);
	assert_text(c.result.summary, "updates Ann_Lee");
	effect_done(&c);
}

static const struct refusal {
	const char *document;
	int code;
	const char *words;
} refusals[] = {
	{NEW "Assignee: Ann Ray <ray@example.com>\nAssignee ID: Ann_Lee\n", PORTROLL_ECONFLICT,
	 "'Ann_Lee' has other data"},
	{NEW "Assignee: Ann Lee <ann@example.com>\nAssignee ID: Ann\n", PORTROLL_ECONFLICT,
	 "are of 'Ann_Lee'"},
	{NEW "Assignee: Bo <bo@example.com>\nAssignee ID: 1 &\n", PORTROLL_ECONFLICT,
	 "no person has the id '1 &'"},
	{NEW "Assignee ID: Bo\n", PORTROLL_ECONFLICT, "no person has the id 'Bo'"},
};

static void data_of_others_are_not_changed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
		struct effect_case c;
		begin(&c);
		effect_on(&c, c.before, &(struct effect_asked){.document = refusals[i].document});
		if (c.code != refusals[i].code || !strstr(c.err.text, refusals[i].words))
			fail_msg("row %zu: %d: %s", i, c.code, c.err.text);
		effect_done(&c);
	}
}

/* A registry of names, or of people, in that order; and where another one stands. */
static const struct place_case {
	const char *order[8];
	const char *what;
	size_t place;
} places[] = {
	{{"bar", "foo"}, "baz", 1},
	{{"bar", "foo"}, "foo", 2},
	{{"bar", "foo"}, "Able", 0},
	{{"bar", "foo"}, "zoo", 2},
	{{NULL}, "foo", 0},
	{{"bar", "zoo", "cat", "dog"}, "eel", 4}, /* one is out of order */
	{{"b", "k", "z", "a", "c", "m"}, "b", 4}, /* the last run */
};

static void a_name_stands_in_the_last_alphabet(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		struct arena a = ARENA_INIT;
		struct registry *reg = registry_new(&a);
		struct record r = {.name = str_from(places[i].what)};
		for (size_t k = 0; places[i].order[k]; k++)
			assert_int_equal(
				registry_add(reg, &(struct record){.name = str_from(
									   places[i].order[k])}),
				PORTROLL_OK);
		if (place_of_record(reg, &r) != places[i].place)
			fail_msg("%s stands at %zu", places[i].what, place_of_record(reg, &r));
		arena_done(&a);
	}
}

static void days_are_counted_as_the_calendar_has_them(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		uint32_t days;
		const char *to;
	} rows[] = {
		{"2026-01-05", 0, "2026-01-05"},     {"2026-01-31", 1, "2026-02-01"},
		{"2024-02-28", 1, "2024-02-29"},     {"2026-02-28", 1, "2026-03-01"},
		{"2026-03-01", 365, "2027-03-01"},   {"2100-02-28", 1, "2100-03-01"},
		{"2026-12-31", 1, "2027-01-01"},     {"9999-12-30", 36525, "9999-12-31"},
		{"2000-01-01", 36525, "2100-01-01"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[DATE_TEXT_MAX];
		date_format(text, date_after(day(rows[i].from), rows[i].days));
		assert_string_equal(text, rows[i].to);
	}
}

struct work {
	struct effect_case c;
	struct effect effect;
};

static int apply_once(void *context)
{
	struct work *w = context;
	struct arena a = ARENA_INIT;
	struct effect_result result;
	int r = effect_apply(&result, &w->effect, &a, NULL);
	arena_done(&a);
	return r;
}

/* Every kind that can be done to this registry. */
static void effects_survive_any_failing_allocation(void **state)
{
	(void)state;
	static const char *const documents[] = {
		NEW "Assignee: Bo Hu <bo@example.com>\nContact: Bo Hu <bo@example.com>\n"
		    "Reference: [RFC1]\nAssignment Notes: N\nDefined TXT Keys: a\n",
		"Request: transport\nService Name: bar\nTransport Protocols: udp\n",
		"Request: name\nService Name: foo\nPort Number: 5\nTransport Protocols: tcp\n",
		MOD "Description: Bars\nContact: Ann Lee <lee@example.com>\n",
		"Request: rename\nService Name: bar\nProposed Service Name: foo\n",
		"Request: deassign\nService Name: bar\n",
		"Request: reuse\nService Name: bar\nProposed Service Name: foo\n",
		"Request: succession\nService Name: bar\nAssignee: Bo Hu <bo@example.com>\n",
		"Request: early\nService Name: foo\nPort Number: 9\nTransport Protocols: sctp\n",
		"Request: reserve\nPort Number: 9\n",
	};
	for (size_t i = 0; i < ARRAY_LEN(documents); i++) {
		struct work w;
		begin(&w.c);
		struct effect_asked asked = {.document = documents[i]};
		w.effect = (struct effect){
			.registry = w.c.before,
			.request = request_of(&asked, &w.c.arena),
			.policy = &policy_rfc6335,
			.today = day("2026-01-05"),
		};
		assert_true(oom_sweep(apply_once, &w) > 5);
		effect_done(&w.c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_are_made_as_iana_makes_them),
		cmocka_unit_test(people_come_change_and_go),
		cmocka_unit_test(data_of_a_person_do_not_date_the_record),
		cmocka_unit_test(data_of_others_are_not_changed),
		cmocka_unit_test(a_name_stands_in_the_last_alphabet),
		cmocka_unit_test(days_are_counted_as_the_calendar_has_them),
		cmocka_unit_test(effects_survive_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
