/* SPDX-License-Identifier: MIT */
#include "ledger/fold.h"

#include <stdlib.h>

#include "ledger/base64.h"

/*
 * Each line is an entry without its first members, which say who made it and upon which ledger.
 * What folds leaves registries that check, and records that name a copy that is there; what does
 * not says why.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void put_entry(struct buf *out, struct portroll_str line, const struct tree *tree)
{
	struct tree_head head = tree_head(tree);
	buf_clear(out);
	buf_puts(out, "{\"author\":\"root\",\"base_root\":\"");
	base64_put(out, head.root.bytes, TREE_HASH_SIZE);
	buf_puts(out, "\",\"base_size\":");
	buf_put_num(out, head.size);
	buf_puts(out, ",");
	buf_put(out, line);
}

static void check_source(const struct source *source)
{
	struct portroll_error err = {0};
	struct portroll_str at_fault;
	const struct registry *reg = source->registry;
	size_t copy_count = source->copy_count ? source->copy_count : 1;
	if (!source_name_ok(source->name) || registry_check(reg, &at_fault, &err) < 0)
		abort();
	for (size_t i = 0; i < reg->record_count; i++)
		if (reg->records[i]->copy >= copy_count)
			abort();
}

/* What is told of a change is what makes the one registry of the other. */
static int watch(void *context, const struct fold_event *event)
{
	(void)context;
	if (!event->before || !event->after)
		return PORTROLL_OK;
	size_t count = event->before->registry->record_count;
	for (size_t i = 0; i < event->change->records.count; i++) {
		const struct change *c = &event->change->records.items[i];
		count += c->op == CHANGE_ADD;
		count -= c->op == CHANGE_REMOVE;
		if (c->op != CHANGE_REMOVE && c->new >= event->after->registry->record_count)
			abort();
	}
	if (count != event->after->registry->record_count)
		abort();
	return PORTROLL_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct portroll_str rest = {(const char *)bytes, size}, line;
	const struct fold_options options = {.watch = watch, .trusts_states = true};
	struct folding *f = fold_new(&options);
	struct buf entry = BUF_INIT(SIZE_MAX / 2);
	struct portroll_error err = {0};
	int r = f ? PORTROLL_OK : PORTROLL_ENOMEM;
	while (r == PORTROLL_OK && str_cut(&rest, '\n', &line)) {
		put_entry(&entry, line, fold_tree(f));
		r = fold_add(f, buf_str(&entry), &err);
		for (size_t i = 0; r == PORTROLL_OK && i < fold_roll(f)->source_count; i++)
			check_source(&fold_roll(f)->sources[i]);
	}
	if (r != err.code)
		abort();
	buf_done(&entry);
	fold_free(f);
	return 0;
}
