/* SPDX-License-Identifier: MIT */
#include "snapshot_case.h"

#include "record_matches.h"
#include "registry/refer.h"

static const struct lookup_row {
	const char *name;
	uint32_t ids[8];
	uint32_t count;
} lookups[] = {
	{"http", {3, 5}, 2}, /* own 0-1, iana 2-9, part 10-11, names 12-14 */
	{"HTTP", {3, 5}, 2},
	{"www", {4, 12}, 2},
	{"http-part", {10}, 1},
	{"In-Use-With-A-Long-Name", {14}, 1},
	{"in-use-with-a-long-nam", {0}, 0},
	{"htt", {0}, 0},
	{"", {0}, 0},
	{"zzz", {0}, 0},
};

static void names_are_found_in_any_case_by_precedence(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	for (size_t i = 0; i < ARRAY_LEN(lookups); i++) {
		struct record_list list = snapshot_by_name(c.snapshot, str_from(lookups[i].name));
		assert_int_equal(list.count, lookups[i].count);
		for (uint32_t k = 0; k < list.count; k++)
			assert_int_equal(snapshot_list_at(c.snapshot, list, k), lookups[i].ids[k]);
	}
	snapshot_case_end(&c);
}

static void people_are_found_by_their_exact_id(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct arena a = ARENA_INIT;
	static const char *const ids[] = {"Jane_Example", "Example_Org", "Example_Org_2"};
	for (uint32_t i = 0; i < ARRAY_LEN(ids); i++) {
		struct person p;
		assert_int_equal(snapshot_find_person(c.snapshot, 1, str_from(ids[i])), i);
		assert_true(snapshot_person(c.snapshot, i, &a, &p));
		assert_true(str_equal(p.id, str_from(ids[i])));
	}
	assert_int_equal(snapshot_find_person(c.snapshot, 1, STR("jane_example")), UINT32_MAX);
	assert_int_equal(snapshot_find_person(c.snapshot, 0, STR("Jane_Example")), UINT32_MAX);
	assert_int_equal(snapshot_find_person(c.snapshot, 9, STR("Jane_Example")), UINT32_MAX);
	arena_done(&a);
	snapshot_case_end(&c);
}

static const struct search_row {
	const char *words;
	uint32_t ids[8];
	size_t count;
} searches[] = {
	{"satellite video", {7}, 1},
	{"VIDEO sat", {7}, 1},
	{"3370", {7}, 1},
	{"3366", {0}, 0},
	{"http", {3, 5, 10, 4}, 4}, /* the exact name, the begin of one, the description */
	{"80 http", {3, 5, 10, 4}, 4},
	{"intranet", {0}, 1},
	{"organisation", {8}, 1}, /* of the person who is its assignee */
	{"Jane", {8, 9}, 2},      /* what has no port comes last */
	{"ex\xc3\xa4mple", {8, 9}, 2},
	{"dccp everything", {8}, 1},
	{"satellite nothing", {0}, 0},
	{"", {0}, 0},
	{"  ", {0}, 0},
};

static void words_are_found_and_ranked(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	for (size_t i = 0; i < ARRAY_LEN(searches); i++) {
		struct arena a = ARENA_INIT;
		struct id_array got;
		assert_int_equal(
			snapshot_search(&got, c.snapshot, str_from(searches[i].words), 0, &a),
			PORTROLL_OK);
		if (got.count != searches[i].count)
			fail_msg("'%s': %zu hits", searches[i].words, got.count);
		for (size_t k = 0; k < got.count; k++)
			if (got.ids[k] != searches[i].ids[k])
				fail_msg("'%s': hit %zu is %u", searches[i].words, k, got.ids[k]);
		arena_done(&a);
	}
	snapshot_case_end(&c);
}

static void too_many_words_are_refused(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct buf words = BUF_INIT(1U << 20);
	for (size_t i = 0; i <= PORTROLL_SEARCH_WORDS_MAX; i++)
		buf_puts(&words, "a ");
	struct id_array got;
	struct arena a = ARENA_INIT;
	assert_int_equal(snapshot_search(&got, c.snapshot, buf_str(&words), 0, &a),
			 PORTROLL_ELIMIT);
	arena_done(&a);
	buf_done(&words);
	snapshot_case_end(&c);
}

/* The same hits as by the definition over the registry. */
static size_t assert_match(const struct registry *reg, const struct portroll_snapshot *s,
			   size_t source, const char *text)
{
	struct arena a = ARENA_INIT;
	struct buf scratch = BUF_INIT(1U << 20);
	struct id_array got;
	uint32_t first = snapshot_source_records(s, source).first;
	assert_int_equal(snapshot_match(&got, s, source, str_from(text), &a), PORTROLL_OK);
	size_t at = 0;
	for (uint32_t i = 0; i < reg->record_count; i++)
		if (record_matches(reg->records[i], str_from(text), &scratch))
			if (at >= got.count || got.ids[at++] != first + i)
				fail_msg("'%s': record %u", text, i);
	assert_int_equal(at, got.count);
	buf_done(&scratch);
	arena_done(&a);
	return at;
}

static const char *const texts[] = {
	"",          "6",    "HTTP", "tcp",  "[",  "4000-4001", "1145656131",
	"some text", "here", "4002", "2001", "zz", "RFC6335",
};

static void matches_are_those_of_the_registry(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	for (size_t source = 0; source < c.roll->source_count; source++)
		for (size_t i = 0; i < ARRAY_LEN(texts); i++)
			(void)assert_match(c.roll->sources[source].registry, c.snapshot, source,
					   texts[i]);
	snapshot_case_end(&c);
}

static void iana_search_for_6_has_4307_hits(void **state)
{
	(void)state;
	struct write_case c;
	if (!case_shared(&c, "iana-2025-10-22.xml", "xml")) {
		case_done(&c);
		skip();
	}
	struct buf out;
	case_compile(&out, case_roll_of(&c.arena, c.reg));
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_TOUCHED);
	assert_int_equal(assert_match(c.reg, s, 0, "6"), 4307);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		(void)assert_match(c.reg, s, 0, texts[i]);
	struct id_array got;
	struct portroll_record first;
	assert_int_equal(snapshot_search(&got, s, STR("satellite video"), 0, &c.arena),
			 PORTROLL_OK);
	assert_true(got.count > 0 && portroll_get(s, got.ids[0], &first));
	assert_true(str_equal(first.name, STR("satvid-datalnk")));
	portroll_close(s);
	buf_done(&out);
	case_done(&c);
}

struct wanted {
	const char *person;
	bool found;
};

static int is_wanted(void *context, const struct xref *x)
{
	struct wanted *w = context;
	w->found |= x->type == XREF_PERSON && str_equal(x->data, str_from(w->person));
	return PORTROLL_OK;
}

static void assert_person(const struct registry *reg, const struct portroll_snapshot *s,
			  size_t source, const char *id)
{
	struct arena a = ARENA_INIT;
	struct id_array got;
	size_t at = 0;
	uint32_t first = snapshot_source_records(s, source).first;
	assert_int_equal(snapshot_by_person(&got, s, source, str_from(id), &a), PORTROLL_OK);
	for (uint32_t i = 0; i < reg->record_count; i++) {
		struct wanted w = {id, false};
		(void)refer_each_of_record(reg->records[i], is_wanted, &w);
		if (w.found && (at >= got.count || got.ids[at++] != first + i))
			fail_msg("%s: record %u", id, i);
	}
	assert_int_equal(at, got.count);
	arena_done(&a);
}

static void records_of_people_are_all_that_refer_to_them(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	static const char *const ids[] = {"Jane_Example", "Example_Org",  "Example_Org_2",
					  "A Book",       "jane_example", ""};
	for (size_t source = 0; source < c.roll->source_count; source++)
		for (size_t i = 0; i < ARRAY_LEN(ids); i++)
			assert_person(c.roll->sources[source].registry, c.snapshot, source, ids[i]);
	snapshot_case_end(&c);
}

static void iana_people_have_the_records_that_refer_to_them(void **state)
{
	(void)state;
	struct write_case c;
	if (!case_shared(&c, "iana-2026-08-17.xml", "xml")) {
		case_done(&c);
		skip();
	}
	struct buf out;
	case_compile(&out, case_roll_of(&c.arena, c.reg));
	struct portroll_snapshot *s = case_open(&out, SNAPSHOT_TOUCHED);
	for (size_t i = 0; i < c.reg->person_count; i++) {
		struct portroll_str id = c.reg->people[i]->id;
		assert_int_equal(snapshot_find_person(s, 0, id), i);
		if (i % 500 == 0)
			assert_person(c.reg, s, 0, arena_cstr(&c.arena, id));
	}
	assert_person(c.reg, s, 0, "Bernie_Volz");
	portroll_close(s);
	buf_done(&out);
	case_done(&c);
}

static const struct reference_row {
	const char *label;
	size_t count;
} reference_rows[] = {
	{"RFC793", 2}, {"rfc793", 2}, {"RFC79", 0},        {"RFC6335", 1}, {"A Book", 2},
	{"here", 1},   {"1", 1},      {"Jane_Example", 0}, {"", 0},
};

static void records_are_found_by_the_label_of_a_document(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	for (size_t i = 0; i < ARRAY_LEN(reference_rows); i++) {
		struct arena a = ARENA_INIT;
		struct id_array got;
		assert_int_equal(snapshot_by_reference(&got, c.snapshot,
						       str_from(reference_rows[i].label), &a),
				 PORTROLL_OK);
		if (got.count != reference_rows[i].count)
			fail_msg("'%s': %zu", reference_rows[i].label, got.count);
		arena_done(&a);
	}
	snapshot_case_end(&c);
}

static void near_names_are_suggested_best_first(void **state)
{
	(void)state;
	struct snapshot_case c;
	snapshot_case_begin(&c);
	struct portroll_str names[2];
	assert_int_equal(snapshot_suggest(c.snapshot, STR("htpt"), names, 2), 1);
	assert_true(str_equal_fold(names[0], STR("http")));
	assert_int_equal(snapshot_suggest(c.snapshot, STR("wwww"), names, 2), 1);
	assert_true(str_equal(names[0], STR("www")));
	assert_int_equal(snapshot_suggest(c.snapshot, STR("intra"), names, 2), 0);
	assert_int_equal(snapshot_suggest(c.snapshot, STR("http"), names, 0), 0);
	snapshot_case_end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found_in_any_case_by_precedence),
		cmocka_unit_test(people_are_found_by_their_exact_id),
		cmocka_unit_test(words_are_found_and_ranked),
		cmocka_unit_test(too_many_words_are_refused),
		cmocka_unit_test(matches_are_those_of_the_registry),
		cmocka_unit_test(iana_search_for_6_has_4307_hits),
		cmocka_unit_test(records_of_people_are_all_that_refer_to_them),
		cmocka_unit_test(iana_people_have_the_records_that_refer_to_them),
		cmocka_unit_test(records_are_found_by_the_label_of_a_document),
		cmocka_unit_test(near_names_are_suggested_best_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
