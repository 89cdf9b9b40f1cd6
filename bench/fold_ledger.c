/* SPDX-License-Identifier: MIT */
/*
 * fold_ledger FOLDER    folds all that a ledger has published, computing and comparing the state
 * after each change, into a roll; prints how many records it has.
 */
#include <sodium.h>
#include <stdio.h>

#include "bench.h"
#include "ledger/fold.h"
#include "ledger/published.h"

static int add(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	return fold_add(context, entry->body, err);
}

static size_t count_records(const struct roll *roll)
{
	size_t count = 0;
	for (size_t i = 0; i < roll->source_count; i++)
		count += roll->sources[i].registry->record_count;
	return count;
}

int main(int argc, char **argv)
{
	struct published *p;
	struct fold_options options = {0};
	struct portroll_error err = {0};
	if (argc != 2 || sodium_init() < 0)
		bench_fail("usage", "fold_ledger FOLDER");
	if (published_open(&p, argv[1], &err) < 0 || published_people(&options.people, p, &err) < 0)
		bench_fail(argv[1], err.text);
	struct folding *f = fold_new(&options);
	struct entry_range all = {0, published_checkpoint(p)->head.size};
	if (!f || published_each(p, all, add, f, &err) < 0)
		bench_fail(argv[1], err.text);
	printf("%zu records\n", count_records(fold_roll(f)));
	fold_free(f);
	published_close(p);
	return 0;
}
