/* SPDX-License-Identifier: MIT */
#include "ledger/state_tree.h"

#include "random.h"

#define LINE_MAX 140

struct lines {
	struct tree_hash hashes[LINE_MAX], inner[LINE_MAX];
	size_t count;
};

/* The root as the tree that only grows has it. */
static struct tree_hash plain_root(const struct lines *lines)
{
	struct tree tree = {0};
	for (size_t i = 0; i < lines->count; i++)
		assert_int_equal(tree_append(&tree, &lines->hashes[i]), PORTROLL_OK);
	return tree_head(&tree).root;
}

static void check_root(struct random *random, struct lines *lines, const struct lines *old)
{
	bool is_same[LINE_MAX];
	const struct state_tree tree = {lines->hashes, lines->count, NULL};
	const struct state_tree before = {old->hashes, old->count, old->inner};
	struct tree_hash root = state_tree_fill(lines->inner, &tree, &before, is_same);
	struct tree_hash expected = plain_root(lines);
	check(random, tree_hash_equal(&root, &expected));
}

static struct tree_hash random_hash(struct random *random)
{
	struct tree_hash hash = {{(uint8_t)random_below(random, 256)}};
	hash.bytes[1] = (uint8_t)random_below(random, 256);
	return hash;
}

/* Replaces, inserts and removes lines; all of them may go. */
static void edit(struct random *random, struct lines *lines)
{
	for (uint32_t edits = random_below(random, 6); edits > 0; edits--) {
		size_t at = random_below(random, (uint32_t)lines->count + 1);
		size_t behind = lines->count - at;
		uint32_t what = random_below(random, 4);
		if (what == 0 && lines->count < LINE_MAX) {
			memmove(&lines->hashes[at + 1], &lines->hashes[at],
				behind * sizeof(*lines->hashes));
			lines->hashes[at] = random_hash(random);
			lines->count++;
		} else if (what == 1 && behind) {
			lines->count--;
			memmove(&lines->hashes[at], &lines->hashes[at + 1],
				(behind - 1) * sizeof(*lines->hashes));
		} else if (what == 2) {
			lines->count = at;
		} else if (behind) {
			lines->hashes[at] = random_hash(random);
		}
	}
}

static void the_root_is_that_of_a_plain_tree(void **state)
{
	(void)state;
	struct random random;
	for_rounds(&random, 1000)
	{
		struct lines lines = {0}, old = {0};
		lines.count = random_below(&random, LINE_MAX + 1);
		for (size_t i = 0; i < lines.count; i++)
			lines.hashes[i] = random_hash(&random);
		check_root(&random, &lines, &old);
		for (int i = 0; i < 6; i++) {
			old = lines;
			edit(&random, &lines);
			memset(lines.inner, 0, sizeof(lines.inner));
			check_root(&random, &lines, &old);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_root_is_that_of_a_plain_tree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
