/* SPDX-License-Identifier: MIT */
#include "desk/account.h"

#include <stdlib.h>

#include "desk/desk.h"

/* An account in a store: what is read is written again the same, what is refused says why. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void read_it(struct store *store, struct portroll_str body, struct arena *a)
{
	struct account_list all;
	struct stored_paper again;
	struct portroll_error err = {0};
	const struct stored_paper paper = {PAPER_ACCOUNT, STR("jo"), 0, body};
	if (store_memory.put_papers(store, &paper, 1, NULL) < 0)
		return;
	if (accounts_read(&all, &store_memory, store, a, &err) < 0) {
		must(err.code == PORTROLL_ECORRUPT && err.text[0]);
		return;
	}
	must(all.count == 1 && all.items[0].version == 1);
	must(account_check(&all.items[0], NULL) == PORTROLL_OK);
	must(account_paper(&again, &all.items[0], a, NULL) == PORTROLL_OK);
	must(str_equal(again.body, body));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena a = ARENA_INIT;
	struct store *store = NULL;
	if (store_memory.open(&store, STR("memory:"), true, NULL) == PORTROLL_OK)
		read_it(store, (struct portroll_str){(const char *)bytes, size}, &a);
	store_memory.close(store);
	arena_done(&a);
	return 0;
}
