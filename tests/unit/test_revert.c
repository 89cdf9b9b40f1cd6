/* SPDX-License-Identifier: MIT */
#include "keeper/revert.h"

#include "random.h"
#include "small.h"

/* A registry of records "name@port", in one word each. */
static struct registry *registry_of(struct arena *a, const char *text)
{
	struct registry *reg = registry_new(a);
	struct portroll_str rest = str_from(text), word;
	while (reg && str_word(&rest, &word)) {
		size_t at = str_find_char(word, '@'), equals = str_find_char(word, '=');
		struct record r = {
			.name = str_part(word, 0, at), .transport = PORTROLL_TCP, .has_port = true};
		assert_int_equal(range_parse(&r.port, str_part(word, at + 1, equals)), PORTROLL_OK);
		if (equals != SIZE_MAX)
			r.description = richtext_plain(a, str_part(word, equals + 1, word.len));
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	}
	return reg;
}

static void put_registry(struct buf *out, const struct registry *reg)
{
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		buf_puts(out, i ? " " : "");
		buf_put(out, r->name);
		buf_printf(out, "@%u", r->port.first);
		if (r->description.count)
			buf_putc(out, '=');
		richtext_put_csv(out, r->description);
	}
}

static const struct {
	const char *fact, *before, *after, *present, *result, *conflicts;
} rows[] = {
	{"the last change goes back whole", "a@1 b@2 c@3", "a@1=x d@2 e@4 c@3", "a@1=x d@2 e@4 c@3",
	 "a@1 b@2 c@3", ""},
	{"what was added later stays", "a@1", "a@1 b@2", "a@1 b@2 c@3", "a@1 c@3", ""},
	{"what was removed comes back in its place", "a@1 b@2 c@3", "a@1 c@3", "a@1 c@3 d@4",
	 "a@1 b@2 c@3 d@4", ""},
	{"at the end too", "a@1 b@2 c@3", "a@1", "z@9 a@1", "z@9 a@1 b@2 c@3", ""},
	{"before what stays, where its neighbour has gone since", "a@1 b@2 c@3 d@4", "a@1 c@3 d@4",
	 "a@1 d@4", "a@1 b@2 d@4", ""},
	{"what was altered is as before", "a@1=x b@2", "a@1=y b@2", "a@1=y c@3", "a@1=x c@3", ""},
	{"a rename goes back", "a@1 b@2", "z@1 b@2", "z@1 b@2 c@3", "a@1 b@2 c@3", ""},
	{"the order goes back", "a@1 b@2 c@3", "b@2 c@3 a@1", "b@2 c@3 a@1 d@4", "a@1 b@2 c@3 d@4",
	 ""},
	{"an altered record that was moved goes back", "a@1=x b@2 c@3", "b@2 c@3 a@1=y",
	 "b@2 c@3 a@1=y", "a@1=x b@2 c@3", ""},
	{"what was altered again is a conflict", "a@1=x", "a@1=y", "a@1=z", NULL, "a 1/tcp"},
	{"what was renamed again is a conflict", "a@1", "b@1", "c@1", NULL, "b 1/tcp"},
	{"all conflicts are named", "a@1=x b@2=x", "a@1=y b@2=y", "a@1=z b@2=z", NULL,
	 "a 1/tcp\nb 2/tcp"},
	{"an added one that was altered since is a conflict", "a@1", "a@1 b@2", "a@1 b@2=z", NULL,
	 "b 2/tcp"},
	{"a removed one that is there again otherwise is a conflict", "a@1 b@2", "a@1", "a@1 b@2=z",
	 NULL, "b 2/tcp"},
	{"what is as before already stays so", "a@1=x b@2", "a@1=y c@3", "a@1=x b@2", "a@1=x b@2",
	 ""},
	{"an added one that has gone since stays away", "a@1", "a@1 b@2", "a@1", "a@1", ""},
};

static void a_change_is_taken_back_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena a = ARENA_INIT;
		struct buf got = BUF_INIT(1U << 16);
		struct registry *result;
		struct revert r = {.before = registry_of(&a, rows[i].before),
				   .after = registry_of(&a, rows[i].after),
				   .present = registry_of(&a, rows[i].present),
				   .copy_count = 1,
				   .conflicts = BUF_INIT(1U << 16)};
		assert_int_equal(revert_registry(&result, &r, &a), PORTROLL_OK);
		if (result)
			put_registry(&got, result);
		const char *expected = rows[i].result ? rows[i].result : "";
		if (!!result != !!rows[i].result || !str_equal(buf_str(&got), str_from(expected)) ||
		    !str_equal(buf_str(&r.conflicts), str_from(rows[i].conflicts)))
			fail_msg("%s: '%.*s', conflicts '%.*s'", rows[i].fact,
				 PORTROLL_STR_ARG(buf_str(&got)),
				 PORTROLL_STR_ARG(buf_str(&r.conflicts)));
		buf_done(&got);
		buf_done(&r.conflicts);
		arena_done(&a);
	}
}

static void people_who_are_referred_to_stay(void **state)
{
	struct arena a = ARENA_INIT;
	struct registry *before = registry_new(&a), *after = registry_new(&a),
			*present = registry_new(&a), *result;
	const struct person old = {.id = STR("Old"), .name = STR("old")};
	const struct person new = {.id = STR("New"), .name = STR("new")};
	const struct xref to_old = {.type = XREF_PERSON, .data = STR("Old")};
	const struct xref to_new = {.type = XREF_PERSON, .data = STR("New")};
	struct record r = {.name = STR("a"), .contacts = {&to_old, 1}};
	struct record later = {.name = STR("b"), .contacts = {&to_new, 1}};
	(void)state;
	assert_int_equal(registry_add(before, &r), PORTROLL_OK);
	assert_int_equal(registry_add_person(before, &old), PORTROLL_OK);
	r.contacts.items = &to_new;
	assert_int_equal(registry_add(after, &r), PORTROLL_OK);
	assert_int_equal(registry_add_person(after, &new), PORTROLL_OK);
	assert_int_equal(registry_add(present, &r), PORTROLL_OK);
	assert_int_equal(registry_add(present, &later), PORTROLL_OK);
	assert_int_equal(registry_add_person(present, &new), PORTROLL_OK);
	struct revert revert = {.before = before,
				.after = after,
				.present = present,
				.conflicts = BUF_INIT(1U << 10)};
	assert_int_equal(revert_registry(&result, &revert, &a), PORTROLL_OK);
	assert_non_null(result);
	assert_text(result->records[0]->contacts.items[0].data, "Old");
	assert_int_equal(result->person_count, 2);
	assert_int_equal(registry_check(result, NULL, NULL), PORTROLL_OK);
	buf_done(&revert.conflicts);
	arena_done(&a);
}

static void the_header_goes_back_by_its_parts(void **state)
{
	struct arena a = ARENA_INIT;
	struct registry *before = registry_new(&a), *after = registry_new(&a),
			*present = registry_new(&a), *result;
	(void)state;
	before->header =
		(struct header){.title = STR("old"), .updated = {2026, 1, 1}, .expert = STR("A")};
	after->header =
		(struct header){.title = STR("new"), .updated = {2026, 1, 2}, .expert = STR("B")};
	present->header = after->header;
	present->header.updated = (struct date){2026, 1, 3};
	struct revert revert = {.before = before,
				.after = after,
				.present = present,
				.conflicts = BUF_INIT(1U << 10)};
	assert_int_equal(revert_registry(&result, &revert, &a), PORTROLL_OK);
	assert_text(result->header.title, "old");
	assert_text(result->header.expert, "A");
	assert_true(date_equal(result->header.updated, present->header.updated));
	present->header.expert = STR("C");
	present->header.title = STR("newer");
	assert_int_equal(revert_registry(&result, &revert, &a), PORTROLL_OK);
	assert_null(result);
	assert_text(buf_str(&revert.conflicts), "the header's experts\nthe header's title");
	buf_done(&revert.conflicts);
	arena_done(&a);
}

/* Names of a few letters on a few ports, in a random order. */
static struct registry *random_registry(struct arena *a, struct random *random)
{
	struct registry *reg = registry_new(a);
	size_t count = random_below(random, 8);
	for (size_t i = 0; i < count; i++) {
		char *name = arena_alloc(a, 1);
		name[0] = (char)('a' + random_below(random, 4));
		uint16_t port = (uint16_t)random_below(random, 3);
		struct record r = {.name = {name, 1}, .has_port = true, .port = {port, port}};
		r.registered.year = (uint16_t)random_below(random, 2);
		assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	}
	return reg;
}

static void the_last_change_of_any_goes_back_whole(void **state)
{
	struct random random = {0};
	(void)state;
	for_rounds(&random, 20000)
	{
		struct arena a = ARENA_INIT;
		struct registry *result, *after = NULL;
		struct revert r = {.before = random_registry(&a, &random),
				   .conflicts = BUF_INIT(1U << 16)};
		after = random_registry(&a, &random);
		r.after = r.present = after;
		r.copy_count = 1;
		assert_int_equal(revert_registry(&result, &r, &a), PORTROLL_OK);
		check(&random, result && registry_equal(result, r.before, NULL, NULL));
		buf_done(&r.conflicts);
		arena_done(&a);
	}
}

struct three {
	const struct registry *before, *after, *present;
};

static int take_back(void *context)
{
	const struct three *three = context;
	struct arena a = ARENA_INIT;
	struct registry *result;
	struct revert r = {.before = three->before,
			   .after = three->after,
			   .present = three->present,
			   .conflicts = BUF_INIT(1U << 16)};
	int code = revert_registry(&result, &r, &a);
	buf_done(&r.conflicts);
	arena_done(&a);
	return code;
}

static void a_revert_survives_any_failing_allocation(void **state)
{
	struct arena a = ARENA_INIT;
	(void)state;
	struct three three = {registry_of(&a, "a@1=x b@2 c@3"), registry_of(&a, "c@3 a@1=y d@4"),
			      registry_of(&a, "c@3 a@1=z d@4 e@5")};
	oom_sweep(take_back, &three);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_is_taken_back_and_nothing_else),
		cmocka_unit_test(people_who_are_referred_to_stay),
		cmocka_unit_test(the_header_goes_back_by_its_parts),
		cmocka_unit_test(the_last_change_of_any_goes_back_whole),
		cmocka_unit_test(a_revert_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
