/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include "ledger/instant.h"
#include "ledger/ledger_parts.h"

#define SHOWN_MAX 24 /* bytes of a name in a sentence */

typedef unsigned long long number;

static struct portroll_str shown(struct portroll_str text)
{
	return str_part(text, 0, SHOWN_MAX);
}

/* Who was first. */
struct winner {
	uint64_t base; /* of the one that came too late */
	bool is_told;
};

static int tell_winner(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct winner *winner = context;
	struct arena a = ARENA_INIT;
	struct changeset about;
	char time[INSTANT_TEXT_MAX];
	int r = changeset_read_about(&about, entry->body, &a, err);
	if (r == PORTROLL_OK) {
		uint64_t last = entry->index + 1 + about.part_count - about.part;
		struct portroll_str what = about.source.len ? about.source : STR("the roll");
		(void)instant_format(time, about.time);
		(void)error_set(err, PORTROLL_ECONFLICT,
				"change @%llu (%.*s of %.*s by %.*s, %.10s %.5s UTC) came first; "
				"this one was made upon @%llu: look at it and try again",
				(number)last, PORTROLL_STR_ARG(shown(about.kind)),
				PORTROLL_STR_ARG(shown(what)),
				PORTROLL_STR_ARG(shown(about.author)), time, time + 11,
				(number)winner->base);
		winner->is_told = true;
	}
	arena_done(&a);
	return r;
}

/* The ledger is not what the change was made upon. */
static int conflict(struct ledger *l, const struct tree_head *base, struct portroll_error *err)
{
	struct winner winner = {.base = base->size};
	struct tree before;
	if (base->size < l->tree.size) {
		int r = ledger_tree_at(&before, l, base->size, err);
		if (r < 0)
			return r;
		struct tree_head head = tree_head(&before);
		if (tree_hash_equal(&head.root, &base->root))
			r = l->ops->each(l->store, (struct entry_range){base->size, base->size + 1},
					 tell_winner, &winner, err);
		if (r < 0 || winner.is_told)
			return r < 0 ? r : PORTROLL_ECONFLICT;
	}
	return error_set(err, PORTROLL_ECONFLICT,
			 "made upon another ledger than this one, of %llu entries where this one "
			 "has %llu: look at it and try again",
			 (number)base->size, (number)l->tree.size);
}

static int check_base(struct ledger *l, const struct commit *commit, struct portroll_error *err)
{
	const struct tree_head *base = &commit->proposals[0].about.base;
	struct tree_head head = tree_head(&l->tree);
	if (base->size == head.size && tree_hash_equal(&base->root, &head.root))
		return PORTROLL_OK;
	return conflict(l, base, err);
}

/* The entries of a commit, as they will be stored. */
struct writing {
	struct arena arena;
	struct stored_entry *entries;
	size_t count, max;
	struct tree tree; /* with them */
};

/* The empty one is of keys: the last of them is what signs, whatever came after. */
static struct portroll_str topic_of(const struct changeset *about)
{
	if (about->vkey.len)
		return STR("");
	return about->source.len ? about->source : STR("*");
}

static int add_entry(struct writing *w, const struct changeset *about, struct portroll_str body,
		     struct portroll_error *err)
{
	if (w->count == w->max) {
		size_t max = w->max ? 2 * w->max : 16;
		w->entries = arena_grow(&w->arena, w->entries, w->count, max, sizeof(*w->entries));
		w->max = max;
	}
	if (!w->entries)
		return error_memory(err);
	struct stored_entry *entry = &w->entries[w->count++];
	*entry = (struct stored_entry){.index = w->tree.size,
				       .leaf = tree_hash_leaf(body),
				       .topic = topic_of(about),
				       .body = body};
	int r = tree_append(&w->tree, &entry->leaf);
	return r < 0 ? error_set(err, r, "the ledger is full") : r;
}

static int write_change(struct writing *w, const struct proposal *proposal,
			struct portroll_error *err)
{
	struct proposal based = *proposal;
	struct entry_list parts = {0};
	based.about.base = tree_head(&w->tree);
	int r = changeset_write(&parts, &based, &w->arena, err);
	for (size_t i = 0; i < parts.count && r == PORTROLL_OK; i++)
		r = add_entry(w, &based.about, parts.items[i], err);
	return r;
}

/* After a failure: did the entries go through all the same? The head and the entry tell. */
struct outcome {
	const struct writing *w;
	bool is_ours;
};

static int compare_entry(void *context, const struct stored_entry *entry,
			 struct portroll_error *err)
{
	(void)err;
	struct outcome *outcome = context;
	const struct stored_entry *first = &outcome->w->entries[0];
	outcome->is_ours = tree_hash_equal(&entry->leaf, &first->leaf);
	return PORTROLL_OK;
}

static int look_again(bool *ret_is_ours, struct ledger *l, const struct writing *w,
		      struct portroll_error *err)
{
	struct outcome outcome = {.w = w};
	struct tree tree;
	int r = l->ops->head(&tree, l->store, err);
	if (r == PORTROLL_OK && tree.size >= w->tree.size)
		r = l->ops->each(l->store, (struct entry_range){l->tree.size, l->tree.size + 1},
				 compare_entry, &outcome, err);
	if (r < 0)
		return r;
	/* Others may have gone on from ours; what they made is for the next opening. */
	l->tree = outcome.is_ours ? w->tree : tree;
	*ret_is_ours = outcome.is_ours;
	return PORTROLL_OK;
}

static void take_error(struct portroll_error *err, const struct portroll_error *other)
{
	if (err && !err->code)
		*err = *other;
}

static int append(struct ledger *l, const struct writing *w, const struct commit *commit,
		  struct portroll_error *err)
{
	struct store_batch batch = {.base = l->tree.size,
				    .entries = w->entries,
				    .count = w->count,
				    .people = commit->people,
				    .person_count = commit->person_count,
				    .papers = commit->papers,
				    .paper_count = commit->paper_count,
				    .after = w->tree};
	struct portroll_error failure = {0}, ignored = {0};
	struct tree_head base = tree_head(&l->tree);
	int r = l->ops->append(l->store, &batch, &failure);
	if (r == PORTROLL_OK) {
		l->tree = w->tree;
		return PORTROLL_OK;
	}
	bool is_ours;
	int looked = look_again(&is_ours, l, w, &ignored);
	if (looked == PORTROLL_OK && is_ours)
		return l->ops->settle(l->store, err);
	if (looked == PORTROLL_OK && l->tree.size > base.size)
		return conflict(l, &base, err);
	take_error(err, &failure);
	return r;
}

/* Writes the proposals as entries and appends them. */
static int append_all(struct writing *w, struct ledger *l, const struct commit *commit,
		      uint64_t *ret_numbers, struct portroll_error *err)
{
	if (l->signers.count == 0)
		return error_set(err, PORTROLL_EINVAL,
				 "%s is missing: the ledger can be read, but nothing can be added "
				 "to it until the key is put back",
				 l->paths.key);
	if (commit->count == 0)
		return error_set(err, PORTROLL_EINVAL, "no change to commit");
	int r = check_base(l, commit, err);
	if (r < 0)
		return r;
	w->tree = l->tree;
	uint64_t *numbers = arena_array(&w->arena, commit->count, sizeof(*numbers));
	if (!numbers)
		return error_memory(err);
	for (size_t i = 0; i < commit->count && r == PORTROLL_OK; i++) {
		r = write_change(w, &commit->proposals[i], err);
		numbers[i] = w->tree.size;
	}
	if (r == PORTROLL_OK)
		r = append(l, w, commit, err);
	for (size_t i = 0; i < commit->count && r == PORTROLL_OK && ret_numbers; i++)
		ret_numbers[i] = numbers[i];
	return r;
}

int ledger_append(struct ledger *l, const struct commit *commit, uint64_t *ret_numbers,
		  struct portroll_error *err)
{
	struct writing w = {.arena = ARENA_INIT};
	int r = append_all(&w, l, commit, ret_numbers, err);
	arena_done(&w.arena);
	return r;
}

/* What is in the store is no error of who proposed it: it is not to be proposed again. */
static int say_stored(int code, const struct portroll_error *why, struct portroll_error *err)
{
	if (code == PORTROLL_ESYSTEM)
		return error_set(err, code,
				 "the change is in the store; the next one that can be published "
				 "signs it, too: %s",
				 why->text);
	take_error(err, why);
	return code;
}

int ledger_commit(struct ledger *l, const struct commit *commit, uint64_t *ret_numbers,
		  struct portroll_error *err)
{
	struct writing w = {.arena = ARENA_INIT};
	l->has_new_people = l->has_new_people || commit->person_count > 0;
	int r = append_all(&w, l, commit, ret_numbers, err);
	/* The first one finds what a ledger_init() left that did not come to its end. */
	const struct edition edition = {.tree = l->tree,
					.entries = w.entries,
					.count = w.count,
					.is_recovery = l->published.size == 0};
	struct portroll_error why = {0};
	if (r == PORTROLL_OK) {
		r = ledger_publish(l, &edition, &why);
		r = r < 0 ? say_stored(r, &why, err) : r;
	}
	arena_done(&w.arena);
	return r;
}
