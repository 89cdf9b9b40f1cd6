/* SPDX-License-Identifier: MIT */
#include "ledger/changeset.h"

#include "changeset_case.h"
#include "generated.h"
#include "random_registry.h"
#include "read_case.h"
#include "small.h"

/* One entry after the other; how many operations of each list were met. */
struct met {
	const struct changeset_case *c;
	size_t records, people, footnotes;
	bool header;
};

static uint32_t ordinal_of(const struct registry *reg, uint32_t record)
{
	const struct record *r = reg->records[record];
	uint32_t ordinal = 0;
	for (uint32_t i = 0; i < record; i++) {
		const struct record *other = reg->records[i];
		ordinal += str_equal(other->name, r->name) && other->transport == r->transport &&
			   other->has_port == r->has_port && other->port.first == r->port.first &&
			   other->port.last == r->port.last;
	}
	return ordinal;
}

static void check_record_key(const struct subject_key *key, const struct registry *reg,
			     uint32_t record)
{
	const struct record *r = reg->records[record];
	assert_true(str_equal(key->record.name, r->name));
	assert_int_equal(key->record.transport, r->transport);
	assert_int_equal(key->record.has_port, r->has_port);
	assert_int_equal(key->record.port.first, r->port.first);
	assert_int_equal(key->record.port.last, r->port.last);
	assert_int_equal(key->ordinal, ordinal_of(reg, record));
}

static void check_key(const struct subject_key *key, uint8_t subject, const struct registry *reg,
		      uint32_t item)
{
	if (subject == SUBJECT_RECORD)
		check_record_key(key, reg, item);
	else if (subject == SUBJECT_PERSON)
		assert_true(str_equal(key->id, reg->people[item]->id));
	else
		assert_int_equal(key->anchor, reg->footnotes[item].anchor);
}

static void check_content(const struct operation *op, const struct source_state *new, uint32_t item)
{
	const struct registry *reg = new->registry;
	if (op->subject == SUBJECT_RECORD) {
		assert_true(record_equal(op->record, reg->records[item]));
		assert_int_equal(op->record->copy, reg->records[item]->copy);
	} else if (op->subject == SUBJECT_PERSON) {
		assert_true(str_equal(op->id, reg->people[item]->id));
		assert_true(tree_hash_equal(&op->commitment, &new->people[item]));
	} else {
		assert_true(footnote_equal(op->footnote, &reg->footnotes[item]));
	}
}

static const struct change *next_change(struct met *met, uint8_t subject)
{
	const struct registry_change *change = &met->c->change;
	if (subject == SUBJECT_RECORD)
		return &change->records.items[met->records++];
	if (subject == SUBJECT_PERSON)
		return &change->people.items[met->people++];
	return &change->footnotes.items[met->footnotes++];
}

static void check_operation(struct met *met, const struct operation *op)
{
	const struct registry *old = met->c->old.registry;
	if (op->subject == SUBJECT_HEADER) {
		assert_int_equal(op->op, CHANGE_REPLACE);
		assert_true(header_equal(op->header, &met->c->new.registry->header));
		met->header = true;
		return;
	}
	const struct change *change = next_change(met, op->subject);
	assert_int_equal(op->op, change->op);
	if (op->op != CHANGE_ADD)
		check_key(&op->key, op->subject, old, change->old);
	if (op->op == CHANGE_ADD || op->op == CHANGE_REPLACE)
		check_content(op, &met->c->new, change->new);
	if (op->op == CHANGE_ADD || op->op == CHANGE_MOVE) {
		assert_int_equal(op->has_before, change->before != CHANGE_NONE);
		if (op->has_before)
			check_key(&op->before, op->subject, old, change->before);
	}
}

static void check_entry(struct met *met, size_t part)
{
	const struct entry_list *entries = &met->c->entries;
	struct arena a = ARENA_INIT;
	struct changeset about, again;
	struct operation_list operations;
	struct portroll_error err = {0};
	struct portroll_str entry = entries->items[part];
	assert_true(entry.len <= ENTRY_SIZE_MAX);
	if (changeset_read(&about, &operations, entry, &a, &err) < 0 ||
	    changeset_read_about(&again, entry, &a, &err) < 0)
		fail_msg("%.*s: %s", PORTROLL_STR_ARG(str_part(entry, 0, 4000)), err.text);
	assert_true(case_about_equal(&about, &again));
	assert_int_equal(about.part, part + 1);
	assert_int_equal(about.part_count, entries->count);
	assert_int_equal(about.has_state, part + 1 == entries->count);
	if (about.has_state)
		assert_true(tree_hash_equal(&about.state, &met->c->new.root));
	for (size_t i = 0; i < operations.count; i++)
		check_operation(met, &operations.items[i]);
	arena_done(&a);
}

/* All operations come back, in their order, by the keys of the old registry. */
static void check_change(const struct registry *old, const struct registry *new)
{
	struct changeset_case c;
	struct met met = {.c = &c};
	case_write(&c, old, new);
	for (size_t i = 0; i < c.entries.count; i++)
		check_entry(&met, i);
	assert_int_equal(met.records, c.change.records.count);
	assert_int_equal(met.people, c.change.people.count);
	assert_int_equal(met.footnotes, c.change.footnotes.count);
	assert_int_equal(met.header, c.change.header);
	arena_done(&c.arena);
}

static void what_a_random_edit_does_comes_back(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 2000)
	{
		struct arena a = ARENA_INIT;
		struct random_registry r = {.random = &random, .arena = &a};
		const struct registry *old = random_registry(&r);
		const struct registry *new = random_edited(&r, old, random_below(&random, 12));
		check_change(old, new);
		check_change(NULL, new);
		arena_done(&a);
	}
}

static void a_generated_registry_comes_back(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	check_change(NULL, generated_registry(&a, GENERATED_COUNT));
	arena_done(&a);
}

static void every_real_registry_comes_back(void **state)
{
	(void)state;
	static const char *const names[] = {"iana-2025-10-22.xml", "iana-2026-02-13.xml",
					    "iana-2026-08-17.xml", "iana-2026-02-13.csv",
					    "registry-page-2025-10-22.txt"};
	struct read_case old = {0};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct read_case new;
		if (!case_shared(&new, "", names[i]))
			skip();
		check_change(NULL, new.reg);
		if (old.reg)
			check_change(old.reg, new.reg);
		if (i > 0)
			case_done(&old);
		old = new;
	}
	case_done(&old);
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
		check_change(NULL, c.reg);
		case_done(&c);
		count++;
	}
	if (count == 0)
		skip();
}

/* The next operation and a comma would not have gone into the part before it. */
static void check_parts_are_full(const struct entry_list *entries)
{
	static const struct portroll_str begin = STR_INIT("\"ops\":[");
	for (size_t i = 0; i + 1 < entries->count; i++) {
		struct portroll_str next = entries->items[i + 1];
		size_t at = str_find(next, begin);
		if (at == SIZE_MAX) { /* only the state did not go into the one before */
			assert_int_equal(i + 2, entries->count);
			return;
		}
		next = str_part(next, at + begin.len, next.len);
		size_t end = str_find(next, STR("},{\"before\":"));
		if (end != SIZE_MAX)
			assert_true(entries->items[i].len + end + 2 > ENTRY_SIZE_MAX);
	}
}

static void parts_are_as_full_as_can_be(void **state)
{
	(void)state;
	size_t seen = 0;
	for (size_t count = 0; count < 4000; count += 53) {
		struct arena a = ARENA_INIT;
		struct changeset_case c;
		case_write(&c, NULL, generated_registry(&a, count));
		check_parts_are_full(&c.entries);
		if (c.entries.count < 16)
			seen |= (size_t)1 << c.entries.count;
		arena_done(&c.arena);
		arena_done(&a);
	}
	assert_int_equal(seen & 0xffe, 0xffe);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_random_edit_does_comes_back),
		cmocka_unit_test(a_generated_registry_comes_back),
		cmocka_unit_test(every_real_registry_comes_back),
		cmocka_unit_test(the_lists_of_this_machine_come_back),
		cmocka_unit_test(parts_are_as_full_as_can_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
