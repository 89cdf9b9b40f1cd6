/* SPDX-License-Identifier: MIT */
#include "random.h"
#include "snapshot_case.h"

#include "base/utf8.h"
#include "registry/fields.h"

static void assert_round_trip(const struct registry *reg, const struct portroll_snapshot *s,
			      size_t source)
{
	struct arena a = ARENA_INIT;
	struct registry *back = snapshot_read(s, source, &a);
	assert_non_null(back);
	assert_registries_equal(reg, back);
	for (size_t i = 0; i < reg->record_count; i++)
		assert_int_equal(reg->records[i]->copy, back->records[i]->copy);
	arena_done(&a);
}

/* The plain cells are what the writers of CSV would put. */
static void assert_cells(const struct registry *reg, const struct portroll_snapshot *s,
			 uint32_t first)
{
	struct buf cell = BUF_INIT(1U << 20);
	for (uint32_t i = 0; i < reg->record_count; i++) {
		struct portroll_record r;
		assert_true(portroll_get(s, first + i, &r));
		const struct {
			enum field_id field;
			struct portroll_str text;
		} cells[] = {
			{FIELD_NAME, r.name},
			{FIELD_DESCRIPTION, r.description},
			{FIELD_ASSIGNEE, r.assignee},
			{FIELD_CONTACT, r.contact},
			{FIELD_REGISTERED, r.registered},
			{FIELD_MODIFIED, r.modified},
			{FIELD_REFERENCE, r.reference},
			{FIELD_UNAUTHORIZED, r.unauthorized},
			{FIELD_NOTES, r.notes},
		};
		for (size_t k = 0; k < ARRAY_LEN(cells); k++) {
			buf_clear(&cell);
			field_put(&cell, cells[k].field, reg->records[i]);
			if (!str_equal(buf_str(&cell), cells[k].text))
				fail_msg("record %u: %s", i, fields[cells[k].field].key);
		}
		assert_int_equal(r.id, first + i);
		assert_int_equal(r.transport, reg->records[i]->transport);
		assert_int_equal(r.has_port, reg->records[i]->has_port);
		assert_int_equal(r.port_first, reg->records[i]->port.first);
		assert_int_equal(r.port_last, reg->records[i]->port.last);
		assert_int_equal(r.service_code, reg->records[i]->service_code);
	}
	buf_done(&cell);
}

static void a_roll_of_everything_comes_back(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	assert_int_equal(portroll_source_count(c.snapshot), c.roll->source_count);
	for (size_t i = 0; i < c.roll->source_count; i++) {
		assert_round_trip(c.roll->sources[i].registry, c.snapshot, i);
		assert_cells(c.roll->sources[i].registry, c.snapshot,
			     snapshot_source_records(c.snapshot, i).first);
	}
	snapshot_case_end(&c);
}

static void sources_and_copies_come_back(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct arena a = ARENA_INIT;
	struct roll *back = NULL;
	assert_int_equal(snapshot_read_roll(&back, c.snapshot, &a, NULL), PORTROLL_OK);
	assert_int_equal(back->source_count, c.roll->source_count);
	for (size_t i = 0; i < back->source_count; i++) {
		const struct source *x = &c.roll->sources[i], *y = &back->sources[i];
		assert_true(str_equal(x->name, y->name));
		assert_int_equal(x->kind, y->kind);
		assert_int_equal(x->coverage, y->coverage);
		assert_int_equal(x->copy_count, y->copy_count);
		for (size_t k = 0; k < x->copy_count; k++) {
			const struct copy *p = &x->copies[k], *q = &y->copies[k];
			assert_true(str_equal(p->origin, q->origin));
			assert_true(str_equal(p->format, q->format));
			assert_true(str_equal(p->etag, q->etag));
			assert_true(str_equal(p->licence, q->licence));
			assert_true(date_equal(p->dated, q->dated));
			assert_int_equal(p->partial, q->partial);
			assert_memory_equal(p->sha256, q->sha256, SHA256_SIZE);
			assert_int_equal(p->record_count, q->record_count);
		}
	}
	arena_done(&a);
	snapshot_case_end(&c);
}

static void what_was_read_back_compiles_to_the_same_bytes(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct arena a = ARENA_INIT;
	struct roll *back = NULL;
	assert_int_equal(snapshot_read_roll(&back, c.snapshot, &a, NULL), PORTROLL_OK);
	struct buf again;
	case_compile(&again, back);
	assert_true(str_equal(buf_str(&c.out), buf_str(&again)));
	buf_done(&again);
	arena_done(&a);
	snapshot_case_end(&c);
}

static void an_empty_roll_is_a_snapshot_too(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct buf out;
	case_compile(&out, roll_new(&a));
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_FULL);
	assert_int_equal(portroll_source_count(s), 0);
	assert_int_equal(portroll_record_count(s), 0);
	assert_int_equal(snapshot_by_name(s, STR("http")).count, 0);
	assert_int_equal(snapshot_answer(s, 80, PORTROLL_TCP).state, PORTROLL_UNKNOWN);
	assert_int_equal(snapshot_answer(s, 65535, PORTROLL_TCP).state, PORTROLL_DYNAMIC);
	portroll_close(s);
	buf_done(&out);
	arena_done(&a);
}

static void the_ledger_and_the_changes_of_records_are_kept(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT(1U << 20);
	struct registry *reg = registry_new(&a);
	static const struct record records[] = {{.change = UINT32_MAX}, {.change = 0}};
	for (size_t i = 0; i < ARRAY_LEN(records); i++)
		assert_int_equal(registry_add(reg, &records[i]), PORTROLL_OK);
	struct roll *roll = case_roll_of(&a, reg), *again;
	roll->ledger_size = (uint64_t)1 << 40;
	memset(roll->ledger_root, 0xa5, SHA256_SIZE);
	assert_int_equal(snapshot_compile(&out, roll, NULL), PORTROLL_OK);
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_FULL);
	assert_int_equal(snapshot_read_roll(&again, s, &a, NULL), PORTROLL_OK);
	assert_true(again->ledger_size == roll->ledger_size);
	assert_memory_equal(again->ledger_root, roll->ledger_root, SHA256_SIZE);
	for (uint32_t i = 0; i < ARRAY_LEN(records); i++) {
		struct portroll_record plain;
		assert_int_equal(again->sources[0].registry->records[i]->change, records[i].change);
		assert_true(portroll_get(s, i, &plain));
		assert_int_equal(plain.change, records[i].change);
	}
	portroll_close(s);
	buf_done(&out);
	arena_done(&a);
}

static void nonsense_is_not_compiled(void **state)
{
	(void)state;
	static const struct record nonsense[] = {
		{.transport = 9},
		{.has_port = true, .port = {2, 1}},
		{.registered = {2024, 13, 1}},
		{.modified = {2023, 2, 29}},
		{.copy = 1},
	};
	for (size_t i = 0; i < ARRAY_LEN(nonsense); i++) {
		struct arena a = ARENA_INIT;
		struct registry *reg = registry_new(&a);
		assert_int_equal(registry_add(reg, &nonsense[i]), PORTROLL_OK);
		struct buf out = BUF_INIT(1U << 20);
		struct portroll_error err = {0};
		assert_int_equal(snapshot_compile(&out, case_roll_of(&a, reg), &err),
				 PORTROLL_EINVAL);
		assert_int_equal(err.code, PORTROLL_EINVAL);
		buf_done(&out);
		arena_done(&a);
	}
}

static struct portroll_str random_word(struct random *random, struct arena *a, size_t len)
{
	char space[64];
	struct portroll_str word = random_text(
		random, space, 1 + random_below(random, (uint32_t)len), STR("abc12 -[]\n\xc3\xa4"));
	return utf8_find_invalid(word) == SIZE_MAX ? arena_str(a, word) : STR("x");
}

/* Texts with brackets, blanks and line feeds, that cells cannot hold as they are. */
static struct record random_record(struct random *random, struct registry *reg)
{
	struct arena *a = reg->arena;
	char name[15];
	uint16_t first = (uint16_t)random_below(random, PORT_COUNT - 3);
	struct xref person = {
		.type = XREF_PERSON,
		.data = reg->people[random_below(random, (uint32_t)reg->person_count)]->id,
	};
	struct xref text = {.type = (uint8_t)(1 + random_below(random, XREF_TYPE_COUNT - 1)),
			    .data = random_word(random, a, 9),
			    .text = random_word(random, a, 9)};
	struct xref *kept = arena_alloc(a, sizeof(*kept));
	if (kept)
		*kept = text;
	struct run runs[] = {{.kind = RUN_TEXT, .text = random_word(random, a, 40)},
			     {.kind = RUN_XREF, .xref = kept}};
	return (struct record){
		.name = arena_str(
			a, random_text(random, name, random_below(random, 16), STR("abcDE12-_"))),
		.port = {first, (uint16_t)(first + random_below(random, 3))},
		.has_port = random_below(random, 9) > 0,
		.transport = (uint8_t)random_below(random, TRANSPORT_COUNT + 1),
		.has_assignee = random_below(random, 5) == 0,
		.registered = {(uint16_t)(1990 + random_below(random, 40)), 2, 0},
		.description = runs_of(a, runs, random_below(random, 3)),
		.note = runs_of(a, runs, random_below(random, 2)),
		.unauthorized = random_below(random, 50) ? STR("") : runs[0].text,
		.contacts = list_of(a, &person, random_below(random, 2)),
		.references = list_of(a, &text, random_below(random, 2)),
	};
}

static void a_generated_registry_of_full_size_comes_back(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct registry *reg = registry_new(&a);
	struct random random;
	for_rounds(&random, 5600)
	{
		struct buf id = BUF_INIT(64);
		buf_put(&id, random_word(&random, &a, 9));
		buf_put_num(&id, reg->person_count);
		struct person p = {.id = arena_str(&a, buf_str(&id))};
		assert_int_equal(registry_add_person(reg, &p), PORTROLL_OK);
		buf_done(&id);
	}
	for_rounds(&random, 14500)
	{
		struct record r = random_record(&random, reg);
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	}
	struct buf out;
	case_compile(&out, case_roll_of(&a, reg));
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_FULL);
	assert_round_trip(reg, s, 0);
	assert_cells(reg, s, 0);
	portroll_close(s);
	buf_done(&out);
	arena_done(&a);
}

static void read_iana(const char *name)
{
	struct write_case c;
	if (!case_shared(&c, name, "xml")) {
		case_done(&c);
		skip();
	}
	struct buf out;
	case_compile(&out, case_roll_of(&c.arena, c.reg));
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_FULL);
	assert_round_trip(c.reg, s, 0);
	assert_cells(c.reg, s, 0);
	portroll_close(s);
	buf_done(&out);
	case_done(&c);
}

static void iana_of_2025_10_22_comes_back(void **state)
{
	(void)state;
	read_iana("iana-2025-10-22.xml");
}

static void iana_of_2026_02_13_comes_back(void **state)
{
	(void)state;
	read_iana("iana-2026-02-13.xml");
}

static void iana_of_2026_08_17_comes_back(void **state)
{
	(void)state;
	read_iana("iana-2026-08-17.xml");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_roll_of_everything_comes_back),
		cmocka_unit_test(sources_and_copies_come_back),
		cmocka_unit_test(what_was_read_back_compiles_to_the_same_bytes),
		cmocka_unit_test(an_empty_roll_is_a_snapshot_too),
		cmocka_unit_test(the_ledger_and_the_changes_of_records_are_kept),
		cmocka_unit_test(nonsense_is_not_compiled),
		cmocka_unit_test(a_generated_registry_of_full_size_comes_back),
		cmocka_unit_test(iana_of_2025_10_22_comes_back),
		cmocka_unit_test(iana_of_2026_02_13_comes_back),
		cmocka_unit_test(iana_of_2026_08_17_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
