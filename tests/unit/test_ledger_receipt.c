/* SPDX-License-Identifier: MIT */
#include "ledger/receipt.h"

#include "ledger_case.h"

#include <sodium.h>

/* Checkpoints, and the receipts that end with one. */

#define ORIGIN "registry.example/ports"
#define ROOT   "2lpnovlXyabix72LRN7Vtb2i4uaFgaaCdr/a7Df69EM="
#define EMPTY  "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static struct note_signer signer;
static struct tree_hash leaves[5];
static struct checkpoint five;

static int start(void **state)
{
	(void)state;
	uint8_t seed[NOTE_SEED_SIZE];
	struct tree t = {0};
	for (uint8_t i = 0; i < sizeof(seed); i++)
		seed[i] = i;
	for (size_t i = 0; i < ARRAY_LEN(leaves); i++) {
		leaves[i] = changeset_leaf(i + 1);
		if (tree_append(&t, &leaves[i]) < 0)
			return 1;
	}
	five = (struct checkpoint){STR(ORIGIN), tree_head(&t)};
	return sodium_init() < 0 || note_signer_from_seed(&signer, STR(ORIGIN), seed, NULL) < 0;
}

static struct note_keys keys(void)
{
	return (struct note_keys){&signer.key, 1};
}

static void the_known_checkpoint_is_written_and_opened(void **state)
{
	(void)state;
	static const char expected[] =
		ORIGIN "\n5\n" ROOT "\n\n\xe2\x80\x94 " ORIGIN
		       " +cnA1vNf4600MidKiruUDJ39uOM8gUj+cE/z9+GrEQoL9TNC3EfZt++e42xOyFySrWqYzMS4"
		       "11wKgUcKN3bD6CkhSQM=\n";
	CLEANUP(buf_done) struct buf out = BUF_INIT(1000);
	struct checkpoint again;
	assert_int_equal(checkpoint_sign(&out, &five, &signer, 1, NULL), PORTROLL_OK);
	assert_text(buf_str(&out), expected);
	assert_int_equal(checkpoint_open(&again, buf_str(&out), keys(), NULL), PORTROLL_OK);
	assert_text(again.origin, ORIGIN);
	assert_int_equal(again.head.size, 5);
	assert_true(tree_hash_equal(&again.head.root, &five.head.root));
}

static void a_checkpoint_is_three_lines_and_no_more(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t line; /* 0: it is read */
	} cases[] = {
		{ORIGIN "\n5\n" ROOT "\n", 0},
		{ORIGIN "\n0\n" EMPTY "\n", 0},
		{ORIGIN "\n9223372036854775807\n" ROOT "\n", 0},
		{"", 1},
		{"\n5\n" ROOT "\n", 1},
		{"a b\n5\n" ROOT "\n", 1},
		{ORIGIN "\n", 2},
		{ORIGIN "\n\n" ROOT "\n", 2},
		{ORIGIN "\n05\n" ROOT "\n", 2},
		{ORIGIN "\n00\n" EMPTY "\n", 2},
		{ORIGIN "\n+5\n" ROOT "\n", 2},
		{ORIGIN "\n-5\n" ROOT "\n", 2},
		{ORIGIN "\n5 \n" ROOT "\n", 2},
		{ORIGIN "\n9223372036854775808\n" ROOT "\n", 2},
		{ORIGIN "\n5\n", 3},
		{ORIGIN "\n5\n" ROOT, 3},
		{ORIGIN "\n5\n\n", 3},
		{ORIGIN "\n5\n" ROOT " \n", 3},
		{ORIGIN "\n5\nAAAA" ROOT "\n", 3},
		{ORIGIN "\n5\n2lpnovlXyabix72LRN7Vtb2i4uaFgaaCdr/a7Df69EN=\n", 3},
		{ORIGIN "\n5\n2lpnovlXyabix72LRN7Vtb2i4uaFgaaCdr/a7Df69EM\n", 3},
		{ORIGIN "\n0\n" ROOT "\n", 3},
		{ORIGIN "\n5\n" ROOT "\nextension\n", 4},
		{ORIGIN "\n5\n" ROOT "\n\n", 4},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct checkpoint c;
		struct portroll_error err = {0};
		int r = checkpoint_parse(&c, str_from(cases[i].text), &err);
		if (r != (cases[i].line ? PORTROLL_ESYNTAX : PORTROLL_OK) ||
		    err.line != cases[i].line)
			fail_msg("%zu: line %u: %s", i, err.line, err.text);
		if (r < 0)
			continue;
		CLEANUP(buf_done) struct buf out = BUF_INIT(1000);
		checkpoint_put(&out, &c);
		assert_text(buf_str(&out), cases[i].text);
	}
}

static void only_a_key_of_the_origin_speaks_for_a_ledger(void **state)
{
	(void)state;
	struct note_signer witness;
	struct checkpoint again;
	struct portroll_error err = {0};
	assert_int_equal(
		note_signer_from_seed(&witness, STR("witness.example"), signer.secret, NULL),
		PORTROLL_OK);
	CLEANUP(buf_done) struct buf out = BUF_INIT(4000), text = BUF_INIT(1000);
	assert_int_equal(checkpoint_sign(&out, &five, &witness, 1, NULL), PORTROLL_EINVAL);
	assert_int_equal(out.len, 0);
	checkpoint_put(&text, &five);
	assert_int_equal(note_sign(&out, buf_str(&text), &witness, 1, NULL), PORTROLL_OK);
	assert_int_equal(
		checkpoint_open(&again, buf_str(&out), (struct note_keys){&witness.key, 1}, &err),
		PORTROLL_ECORRUPT);
	assert_string_equal(err.text, "not signed by a key of its origin '" ORIGIN "'");
	struct note_signer both[] = {witness, signer};
	buf_clear(&out);
	assert_int_equal(checkpoint_sign(&out, &five, both, 2, NULL), PORTROLL_OK);
	assert_int_equal(checkpoint_open(&again, buf_str(&out), keys(), NULL), PORTROLL_OK);
}

static void put_five(struct buf *out, uint64_t index, struct portroll_str extra)
{
	CLEANUP(buf_done) struct buf note = BUF_INIT(1000);
	struct receipt r = {.extra = extra, .index = index};
	assert_int_equal(checkpoint_sign(&note, &five, &signer, 1, NULL), PORTROLL_OK);
	r.checkpoint = buf_str(&note);
	assert_int_equal(proof_of_inclusion(&r.proof,
					    (struct tree_reader){tree_read_leaves, leaves, 5},
					    index, 5, NULL),
			 PORTROLL_OK);
	receipt_put(out, &r);
}

static void the_receipt_of_the_fourth_entry_is_known(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf out = BUF_INIT(4000);
	put_five(&out, 3, STR(""));
	static const char expected[] = "c2sp.org/tlog-proof@v1\n"
				       "index 3\n"
				       "qsre4xQX80LNFk4sqVOxpygWIzPt4U9mSX/ItmGTdfQ=\n"
				       "hlP4R+t/p2eRLtvGd/63UhDKOnMQvrVKA13/Efi3U/0=\n"
				       "eoHmlKUePCQHG3ex+4YjH17bvXBY7DiRPB8ZGYa7urI=\n"
				       "\n" ORIGIN "\n5\n" ROOT "\n";
	assert_true(str_starts(buf_str(&out), str_from(expected)));
	struct receipt r;
	assert_int_equal(receipt_parse(&r, buf_str(&out), NULL), PORTROLL_OK);
	assert_int_equal(r.index, 3);
	assert_int_equal(r.proof.count, 3);
	assert_true(tree_hash_equal(&r.proof.hashes[0], &leaves[2]));
	assert_true(tree_hash_equal(&r.proof.hashes[2], &leaves[4]));
}

static int verify(struct portroll_str bytes, size_t entry)
{
	struct receipt r;
	struct checkpoint c;
	int code = receipt_parse(&r, bytes, NULL);
	return code < 0 ? code : receipt_verify(&c, &r, &leaves[entry], keys(), NULL);
}

static void a_receipt_proves_its_entry_and_no_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(leaves); i++) {
		CLEANUP(buf_done) struct buf out = BUF_INIT(4000);
		put_five(&out, i, i % 2 ? STR("YQ==") : STR(""));
		for (size_t k = 0; k < ARRAY_LEN(leaves); k++)
			assert_int_equal(verify(buf_str(&out), k),
					 k == i ? PORTROLL_OK : PORTROLL_ECORRUPT);
	}
}

static void no_bit_of_a_receipt_can_change(void **state)
{
	(void)state;
	CLEANUP(buf_done) struct buf out = BUF_INIT(4000);
	put_five(&out, 3, STR(""));
	for (size_t i = 0; i < out.len * 8; i++) {
		out.ptr[i / 8] = (char)(out.ptr[i / 8] ^ 1 << i % 8);
		if (verify(buf_str(&out), 3) == PORTROLL_OK)
			fail_msg("bit %zu", i);
		out.ptr[i / 8] = (char)(out.ptr[i / 8] ^ 1 << i % 8);
	}
	for (size_t len = 0; len < out.len; len++)
		assert_int_not_equal(verify(str_part(buf_str(&out), 0, len), 3), PORTROLL_OK);
	assert_int_equal(verify(buf_str(&out), 3), PORTROLL_OK);
}

static void receipts_of_another_form_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t line; /* 0: it is read */
	} cases[] = {
		{"c2sp.org/tlog-proof@v1\nindex 0\n\nx", 0},
		{"c2sp.org/tlog-proof@v1\nextra YQ==\nindex 0\n" ROOT "\n\n", 0},
		{"", 1},
		{"c2sp.org/tlog-proof@v2\nindex 0\n\n", 1},
		{"c2sp.org/tlog-proof@v1", 1},
		{"c2sp.org/tlog-proof@v1\n", 2},
		{"c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n", 2},
		{"c2sp.org/tlog-proof@v1\nextra YR==\nindex 0\n\n", 2},
		{"c2sp.org/tlog-proof@v1\nindex 00\n\n", 2},
		{"c2sp.org/tlog-proof@v1\nindex -1\n\n", 2},
		{"c2sp.org/tlog-proof@v1\nindex\n\n", 2},
		{"c2sp.org/tlog-proof@v1\nextra YQ==\nextra YQ==\nindex 0\n\n", 3},
		{"c2sp.org/tlog-proof@v1\nindex 0\n", 3},
		{"c2sp.org/tlog-proof@v1\nindex 0\n \n", 3},
		{"c2sp.org/tlog-proof@v1\nindex 0\n" ROOT "\nYQ==\n\n", 4},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct receipt r;
		struct portroll_error err = {0};
		int code = receipt_parse(&r, str_from(cases[i].text), &err);
		if (code != (cases[i].line ? PORTROLL_ESYNTAX : PORTROLL_OK) ||
		    err.line != cases[i].line)
			fail_msg("%zu: line %u: %s", i, err.line, err.text);
	}
}

static void a_receipt_has_bounds(void **state)
{
	(void)state;
	struct receipt r;
	CLEANUP(buf_done) struct buf out = BUF_INIT(2 * RECEIPT_SIZE_MAX);
	buf_puts(&out, "c2sp.org/tlog-proof@v1\nindex 0\n");
	for (size_t i = 0; i < PROOF_MAX; i++)
		buf_puts(&out, ROOT "\n");
	size_t len = out.len;
	buf_puts(&out, "\n");
	assert_int_equal(receipt_parse(&r, buf_str(&out), NULL), PORTROLL_OK);
	out.len = len;
	buf_puts(&out, ROOT "\n\n");
	assert_int_equal(receipt_parse(&r, buf_str(&out), NULL), PORTROLL_ESYNTAX);
	buf_fill(&out, 'a', RECEIPT_SIZE_MAX);
	assert_int_equal(receipt_parse(&r, buf_str(&out), NULL), PORTROLL_ELIMIT);
}

static int sign_it(void *context)
{
	(void)context;
	CLEANUP(buf_done) struct buf out = BUF_INIT(1000);
	int r = checkpoint_sign(&out, &five, &signer, 1, NULL);
	return r < 0 ? r : out.failed;
}

static void signing_survives_any_failing_allocation(void **state)
{
	(void)state;
	assert_true(oom_sweep(sign_it, NULL) > 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_known_checkpoint_is_written_and_opened),
		cmocka_unit_test(a_checkpoint_is_three_lines_and_no_more),
		cmocka_unit_test(only_a_key_of_the_origin_speaks_for_a_ledger),
		cmocka_unit_test(the_receipt_of_the_fourth_entry_is_known),
		cmocka_unit_test(a_receipt_proves_its_entry_and_no_other),
		cmocka_unit_test(no_bit_of_a_receipt_can_change),
		cmocka_unit_test(receipts_of_another_form_are_refused),
		cmocka_unit_test(a_receipt_has_bounds),
		cmocka_unit_test(signing_survives_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, start, NULL);
}
