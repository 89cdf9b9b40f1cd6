/* SPDX-License-Identifier: MIT */
#include "ledger/fold.h"

#include "fold_case.h"
#include "random_registry.h"
#include "small.h"
#include "write_case.h"

/* Is the fold the registry that the entries were written for, and in the same state? */
static void assert_folded(const struct folding *f, const struct fold_case *c)
{
	const struct roll *roll = fold_roll(f);
	struct tree_head head = tree_head(&c->tree);
	assert_int_equal(roll->source_count, 1);
	assert_registries_equal(roll->sources[0].registry, c->state.registry);
	assert_int_equal(roll->ledger_size, head.size);
	assert_memory_equal(roll->ledger_root, head.root.bytes, SHA256_SIZE);
	assert_int_equal(fold_pending(f), 0);
	const struct source_state *state = fold_state(f, STR("iana"));
	if (state)
		assert_memory_equal(&state->root, &c->state.root, sizeof(state->root));
}

static void add_all(struct folding *f, const struct fold_case *c, size_t from)
{
	struct portroll_error err = {0};
	for (size_t i = from; i < c->count; i++)
		if (fold_add(f, c->entries[i], &err) < 0)
			fail_msg("%s", err.text);
}

static void random_changes_fold_to_each_state(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 300)
	{
		struct fold_case *c = fold_case_make();
		struct random_registry r = {&random, &c->arena, .unique = random_below(&random, 2)};
		bool trusts = random_below(&random, 2);
		struct folding *f = fold_case_new(c, trusts);
		struct registry *reg = random_registry(&r);
		for (size_t i = 0; i < 8; i++) {
			size_t from = c->count;
			fold_case_import(c, reg);
			add_all(f, c, from);
			assert_folded(f, c);
			reg = random_below(&random, 8) ? random_edited(&r, reg, i)
						       : random_registry(&r);
		}
		fold_free(f);
		fold_case_done(c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_changes_fold_to_each_state),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
