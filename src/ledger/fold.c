/* SPDX-License-Identifier: MIT */
#include "ledger/fold.h"

#include <inttypes.h>
#include <string.h>

#include "ledger/folding.h"

struct folding *fold_new(const struct fold_options *options)
{
	struct arena own = ARENA_INIT;
	struct folding *f = arena_alloc(&own, sizeof(*f));
	if (!f)
		return NULL;
	f->own = own;
	f->options = *options;
	folding_show(f, 0);
	return f;
}

void fold_free(struct folding *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < ROLL_SOURCE_MAX; i++) {
		arena_done(&f->held[i].lists[0]);
		arena_done(&f->held[i].lists[1]);
	}
	arena_done(&f->texts);
	arena_done(&f->scratch);
	struct arena own = f->own;
	arena_done(&own);
}

const struct tree *fold_tree(const struct folding *f)
{
	return &f->tree;
}

size_t fold_pending(const struct folding *f)
{
	return f->part_count;
}

const struct roll *fold_roll(const struct folding *f)
{
	return &f->roll;
}

const struct source_state *fold_state(const struct folding *f, struct portroll_str source)
{
	size_t at = roll_find(&f->roll, source);
	return at == SIZE_MAX || f->options.trusts_states ? NULL : &f->order[at]->state;
}

struct held *folding_free(struct folding *f)
{
	for (size_t i = 0; i < ROLL_SOURCE_MAX; i++)
		if (f->held[i].source.name.len == 0)
			return &f->held[i];
	return NULL;
}

void folding_show(struct folding *f, size_t source_count)
{
	struct tree_head head = tree_head(&f->tree);
	f->roll.arena = &f->texts;
	f->roll.source_count = source_count;
	for (size_t i = 0; i < source_count; i++)
		f->roll.sources[i] = f->order[i]->source;
	f->roll.ledger_size = head.size;
	memcpy(f->roll.ledger_root, head.root.bytes, SHA256_SIZE);
}

void fold_begin_at(struct folding *f, const struct tree *tree)
{
	f->tree = *tree;
	folding_show(f, f->roll.source_count);
}

int fold_begin_with(struct folding *f, const struct source *source, struct portroll_error *err)
{
	struct held *held = folding_free(f);
	if (!f->options.trusts_states || roll_find(&f->roll, source->name) != SIZE_MAX)
		return error_set(err, PORTROLL_EINVAL, "the fold cannot begin with the source %.*s",
				 PORTROLL_STR_ARG(source->name));
	if (!held)
		return error_set(err, PORTROLL_ELIMIT, "a roll has at most %d sources",
				 ROLL_SOURCE_MAX);
	held->source = *source;
	f->order[f->roll.source_count] = held;
	folding_show(f, f->roll.source_count + 1);
	return PORTROLL_OK;
}

/* Is it the part that comes next, of the same change? */
static int check_part(const struct folding *f, const struct changeset *part,
		      struct portroll_error *err)
{
	const struct changeset *about = &f->about;
	if (part->part != f->part_count + 1)
		return error_set(err, PORTROLL_ECORRUPT, "it is part %" PRIu32 ", expected %zu",
				 part->part, f->part_count + 1);
	if (part->part == 1)
		return PORTROLL_OK;
	if (part->part_count != about->part_count || part->time != about->time ||
	    part->base.size != about->base.size ||
	    !tree_hash_equal(&part->base.root, &about->base.root) ||
	    !str_equal(part->author, about->author) || !str_equal(part->kind, about->kind) ||
	    !str_equal(part->source, about->source))
		return error_set(err, PORTROLL_ECORRUPT,
				 "it is part %" PRIu32 " of another change than the entry before",
				 part->part);
	return PORTROLL_OK;
}

/* Is it made upon the ledger as it is? */
static int check_base(const struct folding *f, const struct changeset *part,
		      struct portroll_error *err)
{
	struct tree_head head = tree_head(&f->tree);
	if (part->base.size != head.size)
		return error_set(err, PORTROLL_ECORRUPT,
				 "it is made upon @%" PRIu64 ", expected @%" PRIu64,
				 part->base.size, head.size);
	if (!tree_hash_equal(&part->base.root, &head.root))
		return error_set(err, PORTROLL_ECORRUPT,
				 "it is made upon another ledger than the one before it");
	return PORTROLL_OK;
}

/* What the first part says stands, but for what only the last one may say. */
static void join(struct changeset *about, const struct changeset *part)
{
	if (part->part == 1)
		*about = *part;
	about->part = part->part;
	about->has_sources = part->has_sources;
	about->sources = part->sources;
	about->source_count = part->source_count;
	about->has_state = part->has_state;
	about->state = part->state;
}

static int keep_part(struct folding *f, const struct changeset *part,
		     struct operation_list operations)
{
	if (f->part_count == f->part_capacity) {
		size_t larger = f->part_capacity ? 2 * f->part_capacity : 1;
		struct operation_list *grown =
			arena_grow(&f->scratch, f->parts, f->part_count, larger, sizeof(*grown));
		if (!grown)
			return PORTROLL_ENOMEM;
		f->parts = grown;
		f->part_capacity = larger;
	}
	f->parts[f->part_count++] = operations;
	join(&f->about, part);
	return PORTROLL_OK;
}

static int begin_change(struct folding *f)
{
	arena_clear(&f->scratch);
	f->parts = NULL;
	f->part_capacity = 0;
	f->first = f->tree.size;
	return folding_tidy(f);
}

static int add_part(struct folding *f, struct portroll_str entry, struct portroll_error *err)
{
	struct changeset part;
	struct operation_list operations = {0};
	struct tree_hash leaf = tree_hash_leaf(entry);
	if (f->part_count == 0 && begin_change(f) < 0)
		return error_memory(err);
	int r = changeset_read(&part, &operations, entry, &f->texts, err);
	if (r == PORTROLL_OK)
		r = check_part(f, &part, err);
	if (r == PORTROLL_OK && part.part == 1)
		r = check_base(f, &part, err);
	if (r == PORTROLL_OK)
		r = tree_append(&f->tree, &leaf);
	if (r == PORTROLL_OK && keep_part(f, &part, operations) < 0)
		r = error_memory(err);
	return r;
}

int fold_add(struct folding *f, struct portroll_str entry, struct portroll_error *err)
{
	struct portroll_error why = {0};
	uint64_t number = f->tree.size + 1;
	const char *what = "entry @";
	int r = add_part(f, entry, &why);
	if (r == PORTROLL_OK && f->part_count == f->about.part_count) {
		what = "change @";
		r = folding_apply(f, &why);
		f->part_count = 0;
	}
	if (r == PORTROLL_ENOMEM)
		return error_memory(err);
	if (r < 0 && why.code)
		return error_set(err, r, "%s%" PRIu64 ": %s", what, number, why.text);
	return r;
}
