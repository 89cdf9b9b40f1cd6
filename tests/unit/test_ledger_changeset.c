/* SPDX-License-Identifier: MIT */
#include "ledger/changeset.h"

#include "generated.h"
#include "read_case.h"

/* The first import of a registry: all of it is added. */
struct import_case {
	struct arena arena;
	struct source_state state;
	struct registry_change change;
	struct entry_list entries;
	struct portroll_error err;
};

static struct tree_hash *some_commitments(struct arena *a, size_t count)
{
	struct tree_hash *hashes = arena_array(a, count, sizeof(*hashes));
	assert_non_null(hashes);
	for (size_t i = 0; i < count; i++)
		hashes[i].bytes[0] = (uint8_t)i, hashes[i].bytes[1] = (uint8_t)(i >> 8);
	return hashes;
}

static void import_all(struct import_case *c, const struct registry *reg)
{
	*c = (struct import_case){0};
	struct registry *nothing = registry_new(&c->arena);
	const struct tree_hash *people = some_commitments(&c->arena, reg->person_count);
	assert_int_equal(source_state_of(&c->state, reg, people, &c->arena, &c->err), PORTROLL_OK);
	assert_int_equal(registry_compare(&c->change, nothing, reg, &c->arena), PORTROLL_OK);
	const struct proposal proposal = {
		.about = {.author = STR("root"),
			  .kind = STR("import"),
			  .source = STR("iana"),
			  .time = 1795418400},
		.new = &c->state,
		.change = &c->change,
	};
	if (changeset_write(&c->entries, &proposal, &c->arena, &c->err) < 0)
		fail_msg("%s", c->err.text);
}

struct tally {
	size_t records, people, footnotes, headers;
};

static void check_operation(const struct operation *op, const struct registry *reg, struct tally *t)
{
	struct person person;
	switch ((enum subject)op->subject) {
	case SUBJECT_RECORD:
		assert_true(record_equal(op->record, reg->records[t->records]));
		assert_int_equal(op->record->copy, reg->records[t->records++]->copy);
		break;
	case SUBJECT_PERSON:
		person = *reg->people[t->people++];
		assert_true(str_equal(op->id, person.id));
		break;
	case SUBJECT_FOOTNOTE:
		assert_true(footnote_equal(op->footnote, &reg->footnotes[t->footnotes++]));
		break;
	case SUBJECT_HEADER:
		assert_true(header_equal(op->header, &reg->header));
		t->headers++;
		break;
	}
}

static void check_import(const struct registry *reg)
{
	struct import_case c;
	struct tally tally = {0};
	import_all(&c, reg);
	for (size_t i = 0; i < c.entries.count; i++) {
		struct arena a = ARENA_INIT;
		struct changeset about, again;
		struct operation_list ops;
		struct portroll_error err = {0};
		assert_true(c.entries.items[i].len <= ENTRY_SIZE_MAX);
		if (changeset_read(&about, &ops, c.entries.items[i], &a, &err) < 0)
			fail_msg("entry %zu: %s", i, err.text);
		if (changeset_read_about(&again, c.entries.items[i], &a, &err) < 0)
			fail_msg("entry %zu: %s", i, err.text);
		assert_int_equal(about.part, i + 1);
		assert_int_equal(again.part_count, c.entries.count);
		assert_int_equal(about.has_state, i + 1 == c.entries.count);
		for (size_t k = 0; k < ops.count; k++)
			check_operation(&ops.items[k], reg, &tally);
		arena_done(&a);
	}
	assert_int_equal(tally.records, reg->record_count);
	assert_int_equal(tally.people, reg->person_count);
	assert_int_equal(tally.footnotes, reg->footnote_count);
	arena_done(&c.arena);
}

static void a_generated_registry_comes_back(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	check_import(generated_registry(&a, GENERATED_COUNT));
	arena_done(&a);
}

static void every_real_registry_comes_back(void **state)
{
	(void)state;
	static const char *const names[] = {"iana-2025-10-22.xml", "iana-2026-02-13.xml",
					    "iana-2026-08-17.xml", "iana-2026-02-13.csv",
					    "registry-page-2025-10-22.txt"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct read_case c;
		if (!case_shared(&c, "", names[i]))
			skip();
		check_import(c.reg);
		case_done(&c);
	}
}

static void the_lists_of_this_machine_come_back(void **state)
{
	(void)state;
	static const char *const paths[] = {"/usr/share/ipv6toolkit/service-names-port-numbers.csv",
					    "/etc/services", "/usr/share/nmap/nmap-services"};
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		struct read_case c;
		if (!case_file(&c, "", paths[i]))
			continue;
		check_import(c.reg);
		case_done(&c);
		count++;
	}
	if (count == 0)
		skip();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_generated_registry_comes_back),
		cmocka_unit_test(every_real_registry_comes_back),
		cmocka_unit_test(the_lists_of_this_machine_come_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
