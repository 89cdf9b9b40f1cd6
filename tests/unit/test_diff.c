/* SPDX-License-Identifier: MIT */
#include "registry/diff.h"

#include "random.h"
#include "small.h"
#include "write_case.h"

static const struct small_row old_rows[] = {
	{"http", "80", "tcp", "World Wide Web\nHTTP", NULL},
	{NULL, "81", NULL, "Unassigned", NULL},
	{"gone", "82", "tcp", "Gone", NULL},
	{"rdp", NULL, NULL, "Reliable Data Protocol", NULL},
	{"rdp", NULL, NULL, "Windows Remote Desktop Protocol", NULL},
};

static const struct small_row new_rows[] = {
	{"http", "80", "tcp", " World  Wide Web HTTP ", NULL},
	{"new", "81", "tcp", "New", NULL},
	{NULL, "81", NULL, "Unassigned", "De-registered"},
	{"rdp", NULL, NULL, "Reliable Data Protocol", NULL},
	{"rdp", NULL, NULL, "Remote Desktop", NULL},
};

static void changes_are_counted_by_what_became_of_records(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct diff_counts counts;
	struct registry *old = small_registry(&a, old_rows, ARRAY_LEN(old_rows));
	struct registry *new = small_registry(&a, new_rows, ARRAY_LEN(new_rows));
	assert_int_equal(registry_count_changes(&counts, old, new, &a), PORTROLL_OK);
	assert_int_equal(counts.added, 1);
	assert_int_equal(counts.removed, 1);
	assert_int_equal(counts.altered, 2);
	assert_int_equal(counts.unchanged, 2);
	assert_int_equal(registry_count_changes(&counts, new, old, &a), PORTROLL_OK);
	assert_int_equal(counts.added + counts.removed, 2);
	assert_int_equal(counts.altered, 2);
	assert_int_equal(registry_count_changes(&counts, old, old, &a), PORTROLL_OK);
	assert_int_equal(counts.unchanged, ARRAY_LEN(old_rows));
	arena_done(&a);
}

static void an_assignee_stored_apart_is_no_change(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct diff_counts counts;
	const struct xref iesg = {.type = XREF_PERSON, .data = STR("IESG")};
	const struct xref chair = {.type = XREF_PERSON, .data = STR("IETF_Chair")};
	struct record r = {.name = STR("exp1"), .contacts = {&iesg, 1}};
	struct registry *regs[3];
	for (size_t i = 0; i < ARRAY_LEN(regs); i++) {
		regs[i] = registry_new(&a);
		r.has_assignee = i > 0;
		r.assignee = (struct xref_list){i == 2 ? &chair : &iesg, i > 0};
		assert_int_equal(registry_add(regs[i], &r), PORTROLL_OK);
	}
	assert_int_equal(registry_count_changes(&counts, regs[0], regs[1], &a), PORTROLL_OK);
	assert_int_equal(counts.unchanged, 1);
	assert_int_equal(registry_count_changes(&counts, regs[0], regs[2], &a), PORTROLL_OK);
	assert_int_equal(counts.altered, 1);
	arena_done(&a);
}

static const struct small_row base_rows[] = {
	{"http", "80", "tcp", "World Wide Web HTTP", NULL},
	{NULL, "81", "tcp", "Reserved", NULL},
	{NULL, "81", "udp", "Reserved", NULL},
	{NULL, "90-99", NULL, "Unassigned", NULL},
	{"nfs", NULL, NULL, "Network File System", NULL},
};

static const struct small_row partial_rows[] = {
	{"last", NULL, "tcp", "No port", NULL},
	{"ninety", "90", "tcp", "In the range", NULL},
	{"eighty-one", "81", "tcp", "Takes the reserved place", NULL},
	{"eighty-one-b", "81", "tcp", "Has no place", NULL},
	{"http", "80", "tcp", "Hypertext", NULL},
	{"one", "1", "tcp", "First", NULL},
	{NULL, "81", "udp", "Unassigned", NULL},
};

static const struct overlay_case {
	const char *name, *description;
	uint16_t copy;
} merged[] = {
	{"one", "First", 3},
	{"http", "Hypertext", 3},
	{"eighty-one", "Takes the reserved place", 3},
	{"", "Unassigned", 3},
	{"eighty-one-b", "Has no place", 3},
	{"", "Unassigned", 0},
	{"ninety", "In the range", 3},
	{"nfs", "Network File System", 0},
	{"last", "No port", 3},
};

static void records_are_replaced_or_put_in_their_place(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *base = small_registry(&a, base_rows, ARRAY_LEN(base_rows));
	struct registry *partial = small_registry(&a, partial_rows, ARRAY_LEN(partial_rows));
	struct registry *over = registry_overlay(base, partial, 3, &a);
	assert_int_equal(over->record_count, ARRAY_LEN(merged));
	for (size_t i = 0; i < ARRAY_LEN(merged); i++) {
		assert_text(over->records[i]->name, merged[i].name);
		assert_text(over->records[i]->description.runs[0].text, merged[i].description);
		assert_int_equal(over->records[i]->copy, merged[i].copy);
	}
	arena_done(&a);
}

static void header_people_and_footnotes_win_where_they_say_something(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *base = registry_new(&a), *partial = registry_new(&a);
	const struct person people[] = {
		{.id = STR("IESG"), .org = STR("old")},
		{.id = STR("IESG"), .org = STR("new")},
		{.id = STR("Jon_Postel"), .name = STR("Jon Postel")},
		{.id = STR("Jon_Postel")},
		{.id = STR("FORT"), .org = STR("FORT")},
	};
	assert_int_equal(registry_add_person(base, &people[0]), PORTROLL_OK);
	assert_int_equal(registry_add_person(base, &people[2]), PORTROLL_OK);
	for (size_t i = 1; i < ARRAY_LEN(people); i++)
		if (i != 2)
			assert_int_equal(registry_add_person(partial, &people[i]), PORTROLL_OK);
	const struct footnote old_notes[] = {{.anchor = 1}, {.anchor = 2}};
	const struct run run = {.kind = RUN_TEXT, .text = STR("new")};
	const struct footnote new_notes[] = {{.anchor = 3}, {.anchor = 1, .text = {&run, 1}}};
	base->footnotes = old_notes;
	partial->footnotes = new_notes;
	base->footnote_count = partial->footnote_count = 2;
	base->header = (struct header){.title = STR("old"), .expert = STR("SCTP: A")};
	partial->header = (struct header){.title = STR("new"), .updated = {2025, 10, 22}};
	struct registry *over = registry_overlay(base, partial, 1, &a);
	assert_text(over->header.title, "new");
	assert_text(over->header.expert, "SCTP: A");
	assert_int_equal(over->person_count, 3);
	assert_text(over->people[0]->org, "new");
	assert_text(over->people[1]->name, "Jon Postel");
	assert_text(over->people[2]->id, "FORT");
	assert_int_equal(over->footnote_count, 3);
	assert_int_equal(over->footnotes[0].text.count, 1);
	assert_int_equal(over->footnotes[1].anchor, 2);
	assert_int_equal(over->footnotes[2].anchor, 3);
	arena_done(&a);
}

static void a_part_never_dates_the_whole(void **state)
{
	(void)state;
	static const struct date dates[] = {{0}, {2014, 7, 0}, {2026, 8, 17}};
	struct arena a = ARENA_INIT;
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		struct registry *base = registry_new(&a), *partial = registry_new(&a);
		base->header.updated = dates[i];
		partial->header.updated = (struct date){2025, 10, 22};
		struct registry *over = registry_overlay(base, partial, 1, &a);
		assert_int_equal(date_compare(over->header.updated, dates[i]), 0);
	}
	arena_done(&a);
}

static struct registry *random_registry(struct random *random, struct arena *a)
{
	static const char *const names[] = {"", "", "a", "b"};
	struct registry *reg = registry_new(a);
	for (size_t count = random_below(random, 8); count > 0; count--) {
		struct record r = {.name = str_from(names[random_below(random, 4)])};
		r.has_port = random_below(random, 4) > 0;
		if (r.has_port) {
			r.port.first = (uint16_t)random_below(random, 3);
			r.port.last = (uint16_t)(r.port.first + random_below(random, 2));
		}
		r.transport = (uint8_t)random_below(random, 2);
		r.service_code = random_below(random, 1000);
		r.has_service_code = true;
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	}
	return reg;
}

static bool has(const struct registry *reg, const struct record *r)
{
	for (size_t i = 0; i < reg->record_count; i++)
		if (record_equal(reg->records[i], r))
			return true;
	return false;
}

/* Is the port and transport of the record, with its name or any, still there? */
static bool has_place(const struct registry *reg, const struct record *r)
{
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *other = reg->records[i];
		bool same = r->has_port == other->has_port && r->transport == other->transport &&
			    r->port.first == other->port.first && r->port.last == other->port.last;
		if (same && (r->name.len == 0 || str_equal(r->name, other->name)))
			return true;
	}
	return false;
}

static void an_overlay_removes_nothing_and_is_idempotent(void **state)
{
	(void)state;
	struct random random = {0};
	for_rounds(&random, 3000)
	{
		struct arena a = ARENA_INIT;
		struct registry *base = random_registry(&random, &a);
		struct registry *partial = random_registry(&random, &a);
		struct registry *once = registry_overlay(base, partial, 1, &a);
		struct registry *twice = registry_overlay(once, partial, 1, &a);
		for (size_t i = 0; i < base->record_count; i++)
			check(&random, has_place(once, base->records[i]));
		for (size_t i = 0; i < partial->record_count; i++)
			check(&random, has(once, partial->records[i]));
		check(&random, once->record_count >= base->record_count);
		check(&random, registry_equal(once, twice, NULL, NULL));
		arena_done(&a);
	}
}

static void the_csv_of_a_day_says_what_the_xml_says(void **state)
{
	(void)state;
	struct write_case xml, csv;
	if (!case_shared(&xml, "iana-2026-02-13.xml", "xml"))
		skip();
	if (!case_shared(&csv, "iana-2026-02-13.csv", "csv")) {
		case_done(&xml);
		skip();
	}
	struct diff_counts counts;
	assert_int_equal(registry_count_changes(&counts, xml.reg, csv.reg, &xml.arena), 0);
	assert_int_equal(counts.added + counts.removed + counts.altered, 0);
	assert_int_equal(counts.unchanged, xml.reg->record_count);
	case_done(&csv);
	case_done(&xml);
}

static int count(void *context)
{
	(void)context;
	struct arena a = ARENA_INIT;
	struct diff_counts counts;
	struct registry *old = small_registry(&a, old_rows, ARRAY_LEN(old_rows));
	struct registry *new = small_registry(&a, new_rows, ARRAY_LEN(new_rows));
	int r = old && new ? registry_count_changes(&counts, old, new, &a) : PORTROLL_ENOMEM;
	arena_done(&a);
	return r;
}

static int overlay(void *context)
{
	(void)context;
	struct arena a = ARENA_INIT;
	struct registry *base = small_registry(&a, base_rows, ARRAY_LEN(base_rows));
	struct registry *partial = small_registry(&a, partial_rows, ARRAY_LEN(partial_rows));
	bool ok = base && partial && registry_overlay(base, partial, 1, &a);
	arena_done(&a);
	return ok ? PORTROLL_OK : PORTROLL_ENOMEM;
}

static void the_work_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(count, NULL) > 10);
	assert_true(oom_sweep(overlay, NULL) > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_are_counted_by_what_became_of_records),
		cmocka_unit_test(an_assignee_stored_apart_is_no_change),
		cmocka_unit_test(records_are_replaced_or_put_in_their_place),
		cmocka_unit_test(a_part_never_dates_the_whole),
		cmocka_unit_test(header_people_and_footnotes_win_where_they_say_something),
		cmocka_unit_test(an_overlay_removes_nothing_and_is_idempotent),
		cmocka_unit_test(the_csv_of_a_day_says_what_the_xml_says),
		cmocka_unit_test(the_work_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
