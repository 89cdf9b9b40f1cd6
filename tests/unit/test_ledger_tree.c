/* SPDX-License-Identifier: MIT */
#include "ledger/proof.h"

#include "ledger_case.h"

#define SIZE_MOST 130 /* past 128, so that there is an edge beyond two full halves */

static struct tree_hash leaves[SIZE_MOST];

static int make_leaves(void **state)
{
	(void)state;
	for (size_t i = 0; i < SIZE_MOST; i++)
		leaves[i] = changeset_leaf(i + 1);
	return 0;
}

/* RFC 6962 section 2.1 as it is written. */
static struct tree_hash root_by_definition(const struct tree_hash *first, size_t n)
{
	if (n == 0)
		return tree_hash_empty();
	if (n == 1)
		return first[0];
	size_t k = 1;
	while (k * 2 < n)
		k *= 2;
	struct tree_hash left = root_by_definition(first, k);
	struct tree_hash right = root_by_definition(first + k, n - k);
	return tree_hash_node(&left, &right);
}

static struct tree_head head_of(size_t size)
{
	return (struct tree_head){size, root_by_definition(leaves, size)};
}

static void hashes_are_the_known_ones(void **state)
{
	(void)state;
	static const char *const entries[] = {"changeset 1", "changeset 2", "changeset 3",
					      "changeset 4", "changeset 5", "",
					      "L123456"};
	static const char *const known[] = {
		"43f484f2631da5bb64f21c6f3b2d6682a5112168c0cc1e44dac0ff1407c4a120",
		"5d3096cab0d1ae8f7cfee1f340c8fa33faf4e1920a6a87c297f6d45cc959f6d3",
		"aacadee31417f342cd164e2ca953b1a728162333ede14f66497fc8b6619375f4",
		"86025f14467c8f5c00f8fdf68533910db6bc01b94e11c305cac725e91cc845ee",
		"7a81e694a51e3c24071b77b1fb86231f5edbbd7058ec38913c1f191986bbbab2",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
	};
	for (size_t i = 0; i < ARRAY_LEN(entries); i++) {
		struct tree_hash hash = tree_hash_leaf(str_from(entries[i]));
		assert_hash(&hash, known[i]);
	}
	struct tree_hash empty = tree_hash_empty();
	assert_hash(&empty, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	struct tree_hash left = tree_hash_node(&leaves[0], &leaves[1]);
	struct tree_hash right = tree_hash_node(&leaves[2], &leaves[3]);
	struct tree_hash above = tree_hash_node(&left, &right);
	assert_hash(&left, "8653f847eb7fa767912edbc677feb75210ca3a7310beb54a035dff11f8b753fd");
	assert_hash(&right, "9c2dcc6cdc6bf49b9809fd2a9d8c6d06f643ed0fbabcb70e7335765581da045e");
	assert_hash(&above, "274e4d4df2652f25112e63f3deaab61991077de638698faba10703cc3842f0ee");
}

static void roots_are_the_known_ones(void **state)
{
	(void)state;
	struct tree t = {0};
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(tree_append(&t, &leaves[i]), PORTROLL_OK);
		struct tree_head head = tree_head(&t);
		if (i == 2)
			assert_hash(&head.root, "4aadc19082e97d26d9696753699df8ba2a1166674b0c0c28d0"
						"aab396b584d2da");
		if (i == 4)
			assert_hash(&head.root, "da5a67a2f957c9a6e2c7bd8b44ded5b5bda2e2e68581a68276"
						"bfdaec37faf443");
	}
}

static void the_growing_tree_has_the_root_of_the_definition(void **state)
{
	(void)state;
	struct tree t = {0};
	struct tree_reader reader = {tree_read_leaves, leaves, SIZE_MOST};
	for (size_t n = 0; n <= SIZE_MOST; n++) {
		struct tree_head head = tree_head(&t), expected = head_of(n);
		struct tree_hash root;
		assert_int_equal(head.size, n);
		assert_true(tree_hash_equal(&head.root, &expected.root));
		assert_int_equal(tree_root(&root, reader, n, NULL), PORTROLL_OK);
		assert_true(tree_hash_equal(&root, &expected.root));
		if (n < SIZE_MOST)
			assert_int_equal(tree_append(&t, &leaves[n]), PORTROLL_OK);
	}
}

static void a_tree_ends_at_its_limit(void **state)
{
	(void)state;
	struct tree t = {.size = TREE_SIZE_MAX - 1};
	assert_int_equal(tree_append(&t, &leaves[0]), PORTROLL_OK);
	assert_int_equal(t.size, TREE_SIZE_MAX);
	(void)tree_head(&t);
	assert_int_equal(tree_append(&t, &leaves[0]), PORTROLL_ELIMIT);
}

static void proofs_are_the_known_ones(void **state)
{
	(void)state;
	struct tree_reader reader = {tree_read_leaves, leaves, 5};
	struct tree_hash pair = tree_hash_node(&leaves[0], &leaves[1]);
	struct proof p;
	assert_int_equal(proof_of_inclusion(&p, reader, 3, 5, NULL), PORTROLL_OK);
	assert_int_equal(p.count, 3);
	assert_true(tree_hash_equal(&p.hashes[0], &leaves[2]));
	assert_true(tree_hash_equal(&p.hashes[1], &pair));
	assert_true(tree_hash_equal(&p.hashes[2], &leaves[4]));
	assert_int_equal(proof_of_consistency(&p, reader, 3, 5, NULL), PORTROLL_OK);
	assert_int_equal(p.count, 4);
	assert_true(tree_hash_equal(&p.hashes[0], &leaves[2]));
	assert_true(tree_hash_equal(&p.hashes[1], &leaves[3]));
	assert_true(tree_hash_equal(&p.hashes[2], &pair));
	assert_true(tree_hash_equal(&p.hashes[3], &leaves[4]));
}

/* A claim: the hashes, and what they are to prove. For inclusion, old.size is the index and
 * old.root the leaf. */
struct claim {
	struct proof proof;
	struct tree_head old, new;
};

typedef bool proves_fn(const struct claim *c);

static bool includes(const struct claim *c)
{
	return proof_includes(&c->proof, &c->new, c->old.size, &c->old.root);
}

static bool continues(const struct claim *c)
{
	return proof_continues(&c->proof, &c->old, &c->new);
}

static void flip(struct tree_hash *hash, size_t at)
{
	hash->bytes[at % TREE_HASH_SIZE] ^= (uint8_t)(1U << at % 8);
}

/* The n-th way to make a claim false; false after the last. `random` changes bits in turn. */
static bool spoil(struct claim *c, size_t n, size_t random)
{
	struct proof *p = &c->proof;
	struct tree_hash old = c->old.root;
	switch (n) {
	case 0:
		flip(&c->old.root, random);
		return true;
	case 1:
		flip(&c->new.root, random);
		return true;
	case 2:
		p->hashes[p->count++] = c->new.root; /* extended */
		return true;
	case 3:
		memmove(p->hashes + 1, p->hashes, p->count++ * sizeof(*p->hashes));
		p->hashes[0] = c->old.root;
		return true;
	case 4:
		c->old.root = c->new.root; /* swapped */
		c->new.root = old;
		return true;
	case 5:
		c->old.size = c->new.size + 1;
		return true;
	case 6:
		p->hashes[p->count++] = tree_hash_empty();
		return true;
	}
	n -= 7;
	if (n < p->count) {
		flip(&p->hashes[n], random);
		return true;
	}
	n -= p->count;
	if (n < p->count) { /* truncated to n, to nothing at last */
		p->count = n;
		return true;
	}
	return false;
}

static void refute(const struct claim *c, proves_fn *proves)
{
	size_t n = 0;
	bool is_equal = tree_hash_equal(&c->old.root, &c->new.root);
	for (struct claim false_one = *c; spoil(&false_one, n, n * 37 + c->new.size);
	     false_one = *c, n++)
		if (!(n == 4 && is_equal) && proves(&false_one))
			fail_msg("way %zu: %zu in %zu", n, (size_t)c->old.size,
				 (size_t)c->new.size);
}

static void every_entry_is_proved_in_every_tree(void **state)
{
	(void)state;
	struct tree_reader reader = {tree_read_leaves, leaves, SIZE_MOST};
	for (size_t n = 1; n <= SIZE_MOST; n++)
		for (size_t i = 0; i < n; i++) {
			struct claim c = {.old = {i, leaves[i]}, .new = head_of(n)};
			assert_int_equal(proof_of_inclusion(&c.proof, reader, i, n, NULL), 0);
			assert_true(includes(&c));
			refute(&c, includes);
		}
}

static void every_tree_is_proved_to_continue_every_smaller_one(void **state)
{
	(void)state;
	struct tree_reader reader = {tree_read_leaves, leaves, SIZE_MOST};
	for (size_t n = 0; n <= SIZE_MOST; n++)
		for (size_t m = 0; m <= n; m++) {
			struct claim c = {.old = head_of(m), .new = head_of(n)};
			assert_int_equal(proof_of_consistency(&c.proof, reader, m, n, NULL), 0);
			assert_true(continues(&c));
			assert_true((m > 0 && m < n) == (c.proof.count > 0));
			if (m > 0)
				refute(&c, continues);
		}
}

static void everything_continues_the_empty_tree_and_needs_no_proof(void **state)
{
	(void)state;
	struct claim c = {.old = head_of(0), .new = head_of(7)};
	assert_true(continues(&c));
	flip(&c.new.root, 1);
	assert_true(continues(&c));
	flip(&c.old.root, 1);
	assert_false(continues(&c));
	flip(&c.old.root, 1);
	c.proof.count = 1;
	assert_false(continues(&c));
}

static void a_proof_holds_for_its_index_and_size_alone(void **state)
{
	(void)state;
	struct tree_reader reader = {tree_read_leaves, leaves, SIZE_MOST};
	for (size_t n = 1; n <= 40; n++)
		for (size_t i = 0; i < n; i++) {
			struct claim c = {.old = {i, leaves[i]}, .new = head_of(n)};
			assert_int_equal(proof_of_inclusion(&c.proof, reader, i, n, NULL), 0);
			for (size_t k = 0; k < 70; k++) {
				c.old.size = k;
				assert_true(includes(&c) == (k == i));
			}
		}
}

static void a_proof_holds_between_its_sizes_alone(void **state)
{
	(void)state;
	struct tree_reader reader = {tree_read_leaves, leaves, SIZE_MOST};
	struct tree_head heads[41];
	for (size_t n = 0; n < ARRAY_LEN(heads); n++)
		heads[n] = head_of(n);
	for (size_t n = 2; n < 20; n++)
		for (size_t m = 1; m < n; m++) {
			struct proof p;
			assert_int_equal(proof_of_consistency(&p, reader, m, n, NULL), 0);
			for (size_t b = 1; b < ARRAY_LEN(heads); b++)
				for (size_t a = 1; a <= b; a++)
					assert_true(proof_continues(&p, &heads[a], &heads[b]) ==
						    (a == m && b == n));
		}
}

/* Sizes 5 to 8 have the same walk from entry 0, and a size is bound by its signature; where it is
 * shorter, a hash is left, where it is longer, only the test at its end tells. */
static void a_walk_that_does_not_end_with_the_hashes_is_refused(void **state)
{
	(void)state;
	struct tree_reader reader = {tree_read_leaves, leaves, SIZE_MOST};
	struct claim c = {.old = {0, leaves[0]}, .new = head_of(8)};
	assert_int_equal(proof_of_inclusion(&c.proof, reader, 0, 8, NULL), 0);
	for (size_t size = 1; size <= SIZE_MOST; size++) {
		c.new.size = size;
		assert_true(includes(&c) == (size > 4 && size <= 8));
	}
}

static void a_walk_between_trees_must_end_with_the_hashes_too(void **state)
{
	(void)state;
	struct tree_reader reader = {tree_read_leaves, leaves, SIZE_MOST};
	struct claim c = {.old = head_of(4), .new = head_of(8)};
	assert_int_equal(proof_of_consistency(&c.proof, reader, 4, 8, NULL), 0);
	for (size_t size = 5; size <= SIZE_MOST; size++) {
		c.new.size = size;
		assert_true(continues(&c) == (size <= 8));
	}
}

/* Roots that were made for it: above the true ones, of the size of the true ones. */
static void a_hash_above_the_root_is_refused(void **state)
{
	(void)state;
	struct tree_reader reader = {tree_read_leaves, leaves, SIZE_MOST};
	struct tree_hash above = leaves[100];
	struct claim c = {.old = {3, leaves[3]}, .new = head_of(5)};
	assert_int_equal(proof_of_inclusion(&c.proof, reader, 3, 5, NULL), 0);
	c.proof.hashes[c.proof.count++] = above;
	c.new.root = tree_hash_node(&above, &c.new.root);
	assert_false(includes(&c));
	c = (struct claim){.old = head_of(3), .new = head_of(5)};
	assert_int_equal(proof_of_consistency(&c.proof, reader, 3, 5, NULL), 0);
	c.proof.hashes[c.proof.count++] = above;
	c.old.root = tree_hash_node(&above, &c.old.root);
	c.new.root = tree_hash_node(&above, &c.new.root);
	assert_false(continues(&c));
}

static void what_is_not_there_cannot_be_proved(void **state)
{
	(void)state;
	struct tree_reader reader = {tree_read_leaves, leaves, 5};
	struct proof p;
	struct tree_hash root;
	struct portroll_error err = {0};
	assert_int_equal(proof_of_inclusion(&p, reader, 5, 5, &err), PORTROLL_EINVAL);
	assert_string_equal(err.text, "entry @6, expected at most the size 5");
	assert_int_equal(proof_of_inclusion(&p, reader, 0, 0, NULL), PORTROLL_EINVAL);
	assert_int_equal(proof_of_inclusion(&p, reader, 0, 6, NULL), PORTROLL_EINVAL);
	assert_int_equal(proof_of_consistency(&p, reader, 4, 3, NULL), PORTROLL_EINVAL);
	assert_int_equal(proof_of_consistency(&p, reader, 3, 6, NULL), PORTROLL_EINVAL);
	assert_int_equal(tree_root(&root, reader, 6, NULL), PORTROLL_EINVAL);
}

static int fail_to_read(struct tree_hash *ret, void *context, struct tree_place at,
			struct portroll_error *err)
{
	size_t *left = context;
	*ret = tree_hash_empty();
	return (*left)-- ? PORTROLL_OK
			 : error_set(err, PORTROLL_ECORRUPT, "no hash at level %u", at.level);
}

static void a_hash_that_cannot_be_read_is_told(void **state)
{
	(void)state;
	for (size_t n = 0; n < 3; n++) {
		size_t left = n;
		struct tree_reader reader = {fail_to_read, &left, 7};
		struct portroll_error err = {0};
		struct proof p;
		struct tree_hash root;
		assert_int_equal(proof_of_inclusion(&p, reader, 2, 7, &err), PORTROLL_ECORRUPT);
		assert_int_equal(err.code, PORTROLL_ECORRUPT);
		left = n;
		assert_int_equal(proof_of_consistency(&p, reader, 3, 7, NULL), PORTROLL_ECORRUPT);
		left = n;
		assert_int_equal(tree_root(&root, reader, 7, NULL), PORTROLL_ECORRUPT);
	}
}

/* Of 2^63 - 1 entries that are all alike, so that a level has one hash. */
static int read_alike(struct tree_hash *ret, void *context, struct tree_place at,
		      struct portroll_error *err)
{
	(void)context;
	(void)err;
	*ret = leaves[0];
	for (unsigned i = 0; i < at.level; i++)
		*ret = tree_hash_node(ret, ret);
	return PORTROLL_OK;
}

static void the_largest_tree_has_proofs(void **state)
{
	(void)state;
	struct tree_reader reader = {read_alike, NULL, TREE_SIZE_MAX};
	static const uint64_t sizes[] = {1, 2, 3, 255, (uint64_t)1 << 62, TREE_SIZE_MAX - 1};
	struct claim c = {.new.size = TREE_SIZE_MAX};
	assert_int_equal(tree_root(&c.new.root, reader, TREE_SIZE_MAX, NULL), PORTROLL_OK);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		c.old = (struct tree_head){sizes[i], leaves[0]};
		assert_int_equal(
			proof_of_inclusion(&c.proof, reader, sizes[i], TREE_SIZE_MAX, NULL),
			PORTROLL_OK);
		assert_true(includes(&c));
		assert_int_equal(tree_root(&c.old.root, reader, sizes[i], NULL), PORTROLL_OK);
		assert_int_equal(
			proof_of_consistency(&c.proof, reader, sizes[i], TREE_SIZE_MAX, NULL),
			PORTROLL_OK);
		assert_true(continues(&c));
	}
}

static void a_proof_that_says_too_many_is_refused(void **state)
{
	(void)state;
	struct claim c = {.proof.count = PROOF_MAX + 1, .old = head_of(1), .new = head_of(3)};
	assert_false(continues(&c));
	assert_false(includes(&c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_are_the_known_ones),
		cmocka_unit_test(roots_are_the_known_ones),
		cmocka_unit_test(the_growing_tree_has_the_root_of_the_definition),
		cmocka_unit_test(a_tree_ends_at_its_limit),
		cmocka_unit_test(proofs_are_the_known_ones),
		cmocka_unit_test(every_entry_is_proved_in_every_tree),
		cmocka_unit_test(every_tree_is_proved_to_continue_every_smaller_one),
		cmocka_unit_test(everything_continues_the_empty_tree_and_needs_no_proof),
		cmocka_unit_test(a_proof_holds_for_its_index_and_size_alone),
		cmocka_unit_test(a_proof_holds_between_its_sizes_alone),
		cmocka_unit_test(a_walk_that_does_not_end_with_the_hashes_is_refused),
		cmocka_unit_test(a_walk_between_trees_must_end_with_the_hashes_too),
		cmocka_unit_test(a_hash_above_the_root_is_refused),
		cmocka_unit_test(what_is_not_there_cannot_be_proved),
		cmocka_unit_test(a_hash_that_cannot_be_read_is_told),
		cmocka_unit_test(the_largest_tree_has_proofs),
		cmocka_unit_test(a_proof_that_says_too_many_is_refused),
	};
	return cmocka_run_group_tests(tests, make_leaves, NULL);
}
