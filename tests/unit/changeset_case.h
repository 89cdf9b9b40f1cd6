/* SPDX-License-Identifier: MIT */
#pragma once

/* From one registry to another: the states, what lies between, and the entries that tell it. */

#include "ledger/changeset.h"
#include "test.h"

struct changeset_case {
	struct arena arena;
	struct source_state old, new;
	struct registry_change change;
	struct proposal proposal;
	struct entry_list entries;
	struct portroll_error err;
};

/* A commitment for each person, other ones for other people. */
static inline const struct tree_hash *case_commitments(struct arena *a, const struct registry *reg)
{
	struct tree_hash *hashes = arena_array(a, reg->person_count, sizeof(*hashes));
	for (size_t i = 0; hashes && i < reg->person_count; i++) {
		CLEANUP(buf_done) struct buf text = BUF_INIT(1U << 20);
		buf_put(&text, reg->people[i]->id);
		buf_putc(&text, '\n');
		buf_put(&text, reg->people[i]->name);
		buf_put(&text, reg->people[i]->org);
		if (text.failed)
			return NULL;
		hashes[i] = tree_hash_leaf(buf_str(&text));
	}
	return hashes;
}

/* `old` is NULL for a source that is new. The code of what fails first. */
static inline int case_states(struct changeset_case *c, const struct registry *old,
			      const struct registry *new)
{
	static const struct registry nothing;
	const struct registry *from = old ? old : &nothing;
	const struct tree_hash *old_people = case_commitments(&c->arena, from);
	const struct tree_hash *new_people = case_commitments(&c->arena, new);
	if (!old_people || !new_people)
		return PORTROLL_ENOMEM;
	int r = source_state_of(&c->old, from, old_people, &c->arena, &c->err);
	if (r == PORTROLL_OK)
		r = source_state_of(&c->new, new, new_people, &c->arena, &c->err);
	if (r == PORTROLL_OK)
		r = registry_compare(&c->change, from, new, &c->arena);
	c->proposal = (struct proposal){
		.about = {.author = STR("root"),
			  .kind = STR("import"),
			  .source = STR("iana"),
			  .time = 1795418400,
			  .base.root = tree_hash_empty()},
		.old = old ? &c->old : NULL,
		.new = &c->new,
		.change = &c->change,
	};
	return r;
}

static inline void case_write(struct changeset_case *c, const struct registry *old,
			      const struct registry *new)
{
	*c = (struct changeset_case){0};
	int r = case_states(c, old, new);
	if (r == PORTROLL_OK)
		r = changeset_write(&c->entries, &c->proposal, &c->arena, &c->err);
	if (r < 0)
		fail_msg("%d: %s", r, c->err.text);
}

/* Equal in what both say of themselves. */
static inline bool case_about_equal(const struct changeset *a, const struct changeset *b)
{
	bool same = str_equal(a->author, b->author) && a->time == b->time &&
		    str_equal(a->kind, b->kind) && str_equal(a->reason, b->reason) &&
		    str_equal(a->source, b->source) && date_equal(a->effective, b->effective) &&
		    a->base.size == b->base.size && tree_hash_equal(&a->base.root, &b->base.root) &&
		    a->part == b->part && a->part_count == b->part_count &&
		    str_equal(a->mirrored_by, b->mirrored_by) && str_equal(a->vkey, b->vkey) &&
		    a->reverts == b->reverts && a->has_dossier == b->has_dossier &&
		    tree_hash_equal(&a->dossier, &b->dossier) && a->has_kind == b->has_kind &&
		    a->source_kind == b->source_kind && a->has_coverage == b->has_coverage &&
		    a->coverage == b->coverage && a->has_copies == b->has_copies &&
		    a->copy_count == b->copy_count && a->has_sources == b->has_sources &&
		    a->source_count == b->source_count && a->has_state == b->has_state &&
		    tree_hash_equal(&a->state, &b->state);
	for (size_t i = 0; same && i < a->source_count; i++)
		same = str_equal(a->sources[i], b->sources[i]);
	for (size_t i = 0; same && i < a->copy_count; i++)
		same = str_equal(a->copies[i].origin, b->copies[i].origin) &&
		       memcmp(a->copies[i].sha256, b->copies[i].sha256, SHA256_SIZE) == 0;
	return same;
}
