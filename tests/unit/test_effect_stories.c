/* SPDX-License-Identifier: MIT */

/* What IANA did, asked for as requests: it must end in the very records and people that IANA
 * published then. */

#include "effect_case.h"

#define STEP_MAX 4

struct step {
	const char *file, *today, *registered;
};

struct story {
	const char *before, *after; /* IANA's registry of those days */
	struct step steps[STEP_MAX];
	const char *ports, *name;     /* whose records are compared; NULL: none */
	const char *people[STEP_MAX]; /* who must be there, or not, as they are there */
};

#define STARTS "iana-2025-10-22.xml"
#define LATER  "iana-2026-02-13.xml"
#define LAST   "iana-2026-08-17.xml"

static const struct story user_port = {
	STARTS,      LATER, {{"kaostransport", "2025-10-30", NULL}},
	"9982-9986", NULL,  {"KAOS_Management_Group_LLC", "Philip_Duvalsaint"},
};

static const struct story published_later = {
	STARTS,        LATER, {{"ollama", "2026-02-02", "2025-09-26"}},
	"11431-11488", NULL,  {"Jesse_Gross"},
};

/* No name without port was added between the other two days. */
static const struct story name_only = {
	LATER, LAST,   {{"wchr", "2026-02-25", NULL}},
	NULL,  "wchr", {"Tolt_Technologies", "Jay_Beavers", "Jay_Beavers_2"},
};

static const struct story name_only_earlier = {
	STARTS, LAST,   {{"wchr", "2026-02-25", NULL}},
	NULL,   "wchr", {"Tolt_Technologies", "Jay_Beavers", "Jay_Beavers_2"},
};

static const struct story of_the_ietf = {
	LATER, LAST, {{"roughtime", "2026-03-27", NULL}}, "5319", NULL, {"IESG", "IETF_Chair"},
};

static const struct story udp_alone = {
	LATER,       LAST, {{"veroce", "2026-03-06", NULL}},
	"4794-4799", NULL, {"ByteDance", "Dai_Huichen"},
};

static const struct story known_name = {
	LATER,  LAST, {{"pcoip", "2026-03-10", NULL}},
	"4172", NULL, {"HP_Inc", "HP_Inc_2", "Jeff_Jeansonne", "Jeff_Dillabough"},
};

static const struct story rename_in_place = {
	STARTS, LATER, {{"panquest-xact", "2025-11-20", NULL}}, "1980", NULL, {"Chris_Vertonghen"},
};

static const struct story succession = {
	STARTS,
	LATER,
	{{"avi-nms", "2025-10-30", NULL},
	 {"avi-nms-disc", "2025-10-30", NULL},
	 {"vision-mon", "2025-11-14", NULL},
	 {"vision-mon-disc", "2025-11-14", NULL}},
	"4413",
	NULL,
	{"FORTÉ", "Rob_Duram", "AVI_Systems", "Dave_Hatz"},
};

/* The registry of a step, and what it says it did. */
static const struct registry *play(struct effect_case *c, const struct registry *reg,
				   const struct step *step)
{
	char path[4096];
	struct file_bytes file = {0};
	(void)snprintf(path, sizeof(path), SOURCE_ROOT "/tests/stories/%s.request", step->file);
	assert_int_equal(file_read(&file, path, PARAGRAPH_TEXT_MAX, NULL), PORTROLL_OK);
	struct effect_asked asked = {
		.document = arena_cstr(&c->arena, file.bytes),
		.today = step->today,
		.registered = step->registered,
	};
	file_release(&file);
	effect_on(c, reg, &asked);
	if (c->code < 0)
		fail_msg("%s: %s", step->file, c->err.text);
	return c->result.registry;
}

static bool is_compared(const struct record *r, const struct story *story)
{
	struct range ports;
	if (story->name)
		return str_equal(r->name, str_from(story->name));
	assert_int_equal(range_parse(&ports, str_from(story->ports)), PORTROLL_OK);
	return r->has_port && r->port.first >= ports.first && r->port.last <= ports.last;
}

/* The next record that is compared, from *i on; NULL at the end. */
static const struct record *next_compared(const struct registry *reg, size_t *i,
					  const struct story *story)
{
	while (*i < reg->record_count && !is_compared(reg->records[*i], story))
		(*i)++;
	return *i < reg->record_count ? reg->records[(*i)++] : NULL;
}

static void compare_records(const struct registry *ours, const struct registry *theirs,
			    const struct story *story)
{
	size_t i = 0, k = 0, count = 0;
	const struct record *a, *b;
	do {
		a = next_compared(ours, &i, story);
		b = next_compared(theirs, &k, story);
		if (!a != !b || (a && !record_equal(a, b)))
			fail_msg("record %zu of the story is another than IANA's", count);
		count++;
	} while (a);
	assert_true(count > 1);
}

static const struct person *person_at(const struct registry *reg, const char *id)
{
	for (size_t i = 0; i < reg->person_count; i++)
		if (str_equal(reg->people[i]->id, str_from(id)))
			return reg->people[i];
	return NULL;
}

static void compare_people(const struct registry *ours, const struct registry *theirs,
			   const struct story *story)
{
	for (size_t i = 0; i < STEP_MAX && story->people[i]; i++) {
		const struct person *a = person_at(ours, story->people[i]);
		const struct person *b = person_at(theirs, story->people[i]);
		if (!a != !b || (a && !person_equal(a, b)))
			fail_msg("%s is another than IANA's", story->people[i]);
	}
}

static void tell(const struct story *story)
{
	struct read_case before = {0}, after = {0};
	struct effect_case c = {.arena = ARENA_INIT};
	struct portroll_str at_fault;
	if (!case_shared(&before, "xml", story->before))
		skip();
	assert_true(case_shared(&after, "xml", story->after));
	const struct registry *reg = before.reg;
	for (size_t i = 0; i < STEP_MAX && story->steps[i].file; i++)
		reg = play(&c, reg, &story->steps[i]);
	compare_records(reg, after.reg, story);
	compare_people(reg, after.reg, story);
	assert_int_equal(registry_check(reg, &at_fault, NULL), PORTROLL_OK);
	effect_done(&c);
	case_done(&before);
	case_done(&after);
}

static void a_new_user_port_splits_its_range_and_has_a_reserved_sibling(void **state)
{
	(void)state;
	tell(&user_port);
}

static void a_port_is_registered_before_it_is_published(void **state)
{
	(void)state;
	tell(&published_later);
}

static void a_name_alone_has_its_txt_keys(void **state)
{
	(void)state;
	tell(&name_only);
	tell(&name_only_earlier);
}

static void the_ietf_is_assigned_what_its_documents_ask_for(void **state)
{
	(void)state;
	tell(&of_the_ietf);
}

static void the_reserved_sibling_of_udp_stands_before_it(void **state)
{
	(void)state;
	tell(&udp_alone);
}

static void another_of_the_same_name_has_a_number(void **state)
{
	(void)state;
	tell(&known_name);
}

static void a_service_is_renamed_in_place(void **state)
{
	(void)state;
	tell(&rename_in_place);
}

static void another_assignee_and_contact_succeed(void **state)
{
	(void)state;
	tell(&succession);
}

/* As compressnet was until 2025-02-13: on 2 and 3, with a contact on 3 only. */
static const struct xref volz = {.type = XREF_PERSON, .data = STR_INIT("Bernie_Volz")};

static struct registry *compressnet_before(const struct registry *reg, struct arena *a)
{
	struct registry *before = registry_new(a);
	before->header = reg->header;
	for (size_t i = 0; i < reg->record_count; i++) {
		struct record r = *reg->records[i];
		bool is_there = r.has_port && (r.port.first == 2 || r.port.first == 3);
		if (str_equal(r.name, STR("compressnet")))
			continue;
		if (is_there) {
			r = (struct record){.name = STR("compressnet"),
					    .port = r.port,
					    .has_port = true,
					    .transport = r.transport};
			bool is_second = r.port.first == 3;
			r.description = richtext_plain(a, is_second ? STR("Compression Process")
								    : STR("Management Utility"));
			r.contacts = (struct xref_list){is_second ? &volz : NULL, is_second};
		}
		assert_int_equal(registry_add(before, &r), PORTROLL_OK);
	}
	for (size_t i = 0; i < reg->person_count; i++)
		assert_int_equal(registry_add_person(before, reg->people[i]), PORTROLL_OK);
	return before;
}

/* It was before the first of the days, so what was before is made of what is known of it. All other
 * records must be where they were, and the names where IANA has put them. */
static void a_name_lives_on_without_its_ports(void **state)
{
	(void)state;
	static const struct step step = {"compressnet", "2025-02-13", NULL};
	struct read_case after = {0};
	struct effect_case c = {.arena = ARENA_INIT};
	if (!case_shared(&after, "xml", STARTS))
		skip();
	struct registry *before = compressnet_before(after.reg, &c.arena);
	const struct registry *reg = play(&c, before, &step);
	assert_int_equal(reg->record_count, after.reg->record_count);
	for (size_t i = 0; i < reg->record_count; i++)
		if (!record_equal(reg->records[i], after.reg->records[i]))
			fail_msg("record %zu is another than IANA's", i);
	assert_int_equal(reg->person_count, after.reg->person_count);
	for (size_t i = 0; i < reg->person_count; i++)
		assert_true(person_equal(reg->people[i], after.reg->people[i]));
	effect_done(&c);
	case_done(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_user_port_splits_its_range_and_has_a_reserved_sibling),
		cmocka_unit_test(a_port_is_registered_before_it_is_published),
		cmocka_unit_test(a_name_alone_has_its_txt_keys),
		cmocka_unit_test(the_ietf_is_assigned_what_its_documents_ask_for),
		cmocka_unit_test(the_reserved_sibling_of_udp_stands_before_it),
		cmocka_unit_test(another_of_the_same_name_has_a_number),
		cmocka_unit_test(a_service_is_renamed_in_place),
		cmocka_unit_test(another_assignee_and_contact_succeed),
		cmocka_unit_test(a_name_lives_on_without_its_ports),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
