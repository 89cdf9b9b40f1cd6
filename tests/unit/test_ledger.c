/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include "ledger_folder.h"

static void a_new_ledger_is_empty_and_signed(void **state)
{
	(void)state;
	struct ledger_folder f;
	struct portroll_error err = {0};
	make_ledger_folder(&f);
	assert_false(ledger_exists(f.roll));
	if (ledger_init(&f.options, STR(""), STR(ORIGIN), &err) < 0)
		fail_msg("%s", err.text);
	assert_true(ledger_exists(f.roll));
	assert_published(&f, 0);
	remove_ledger_folder(&f);
}

static void what_is_committed_is_published(void **state)
{
	(void)state;
	struct ledger_folder f;
	make_ledger_folder(&f);
	assert_int_equal(ledger_init(&f.options, STR(""), STR(ORIGIN), NULL), PORTROLL_OK);
	for (unsigned i = 1; i <= 20; i++) {
		grow_ledger(&f, 1);
		assert_published(&f, i);
	}
	grow_ledger(&f, 260);
	assert_published(&f, 280);
	remove_ledger_folder(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_ledger_is_empty_and_signed),
		cmocka_unit_test(what_is_committed_is_published),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
