/* SPDX-License-Identifier: MIT */
#include "ledger/source_state.h"

#include "changeset_case.h"
#include "generated.h"
#include "random_registry.h"
#include "small.h"

static void an_empty_source_is_the_line_of_its_header(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct source_state s;
	static const struct registry nothing;
	assert_int_equal(source_state_of(&s, &nothing, NULL, &a, NULL), PORTROLL_OK);
	struct tree_hash line = tree_hash_leaf(STR("{\"header\":null}"));
	assert_int_equal(s.tree.count, 1);
	assert_true(tree_hash_equal(&s.root, &line));
	assert_true(tree_hash_equal(&s.tree.lines[0], &line));
	arena_done(&a);
}

static void the_root_is_that_of_the_lines_in_their_order(void **state)
{
	(void)state;
	static const struct small_row rows[] = {{"http", "80", "tcp", "World Wide Web", NULL},
						{NULL, "9982-9986", NULL, NULL, NULL}};
	static const char *const lines[] = {
		"{\"header\":{\"title\":\"Ports\"}}",
		"{\"record\":{\"description\":\"World Wide "
		"Web\",\"name\":\"http\",\"port\":\"80\",\"transport\":\"tcp\"}}",
		"{\"record\":{\"port\":\"9982-9986\"}}",
		"{\"footnote\":{\"anchor\":1}}",
		"{\"person\":{\"commitment\":\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\","
		"\"id\":\"IESG\"}}",
	};
	static const struct footnote note = {.anchor = 1};
	struct arena a = ARENA_INIT;
	struct tree tree = {0};
	struct source_state s;
	struct registry *reg = small_registry(&a, rows, ARRAY_LEN(rows));
	struct tree_hash commitment = tree_hash_empty();
	reg->header.title = STR("Ports");
	reg->footnotes = &note;
	reg->footnote_count = 1;
	assert_int_equal(registry_add_person(reg, &(struct person){.id = STR("IESG")}),
			 PORTROLL_OK);
	assert_int_equal(source_state_of(&s, reg, &commitment, &a, NULL), PORTROLL_OK);
	assert_int_equal(s.tree.count, ARRAY_LEN(lines));
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct tree_hash leaf = tree_hash_leaf(str_from(lines[i]));
		assert_int_equal(tree_append(&tree, &leaf), PORTROLL_OK);
		assert_true(tree_hash_equal(&s.tree.lines[i], &leaf));
	}
	struct tree_head head = tree_head(&tree);
	assert_true(tree_hash_equal(&s.root, &head.root));
	arena_done(&a);
}

static void check_step(struct changeset_case *c)
{
	struct source_state after;
	const struct source_step step = {c->new.registry, c->new.people, &c->change};
	assert_int_equal(source_state_after(&after, &c->old, &step, &c->arena, NULL), PORTROLL_OK);
	assert_int_equal(after.tree.count, c->new.tree.count);
	for (size_t i = 0; i < after.tree.count; i++)
		assert_true(tree_hash_equal(&after.tree.lines[i], &c->new.tree.lines[i]));
	assert_true(tree_hash_equal(&after.root, &c->new.root));
	assert_ptr_equal(after.registry, c->new.registry);
	assert_ptr_equal(after.people, c->new.people);
}

static void the_state_after_a_change_is_that_of_the_new_registry(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 3000)
	{
		struct arena a = ARENA_INIT;
		struct random_registry r = {.random = &random, .arena = &a};
		struct changeset_case c = {0};
		const struct registry *old = random_registry(&r);
		const struct registry *new = random_edited(&r, old, random_below(&random, 12));
		assert_int_equal(case_states(&c, old, new), PORTROLL_OK);
		check_step(&c);
		arena_done(&c.arena);
		arena_done(&a);
	}
}

/* A text that cannot be written where nothing changed: it is not looked at. */
static void only_what_changed_is_written(void **state)
{
	(void)state;
	static const struct registry_change none;
	struct arena a = ARENA_INIT;
	struct source_state old, after;
	struct registry *reg = generated_registry(&a, 300);
	const struct tree_hash *people = case_commitments(&a, reg);
	assert_int_equal(source_state_of(&old, reg, people, &a, NULL), PORTROLL_OK);
	struct record bad = *reg->records[100];
	bad.name = STR("\r");
	reg->records[100] = &bad;
	reg->header.title = STR("\r");
	const struct source_step step = {reg, people, &none};
	assert_int_equal(source_state_after(&after, &old, &step, &a, NULL), PORTROLL_OK);
	assert_true(tree_hash_equal(&old.root, &after.root));
	const struct change replace = {CHANGE_REPLACE, 100, 100, CHANGE_NONE};
	const struct registry_change one = {.records = {&replace, 1}};
	const struct source_step other = {reg, people, &one};
	assert_int_equal(source_state_after(&after, &old, &other, &a, NULL), PORTROLL_EINVAL);
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_source_is_the_line_of_its_header),
		cmocka_unit_test(the_root_is_that_of_the_lines_in_their_order),
		cmocka_unit_test(the_state_after_a_change_is_that_of_the_new_registry),
		cmocka_unit_test(only_what_changed_is_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
