/* SPDX-License-Identifier: MIT */
#include "keeper/derive.h"

#include <string.h>

#include "ledger/line.h"
#include "snapshot/snapshot.h"

#define PERSON_MAX ((size_t)1 << 20) /* bytes of what is known of one */

struct derivation {
	struct proposals *p;
	const struct source *old, *new; /* old: empty where there was none */
	const struct source_state *old_state;
	struct registry_change *change;
	struct portroll_error *err;
	struct buf body;      /* of one person after the other */
	const uint8_t *salts; /* of those that are to be committed to */
};

/* For each of the new list which of the old it is unaltered; CHANGE_NONE: it is another. */
static uint32_t *find_kept(const struct change_list *list, size_t old_count, size_t new_count,
			   struct arena *a)
{
	enum {
		OPEN = 0,
		DONE = 1
	};
	uint8_t *old_done = arena_alloc(a, old_count), *new_done = arena_alloc(a, new_count);
	uint32_t *kept = arena_array(a, new_count, sizeof(*kept));
	if (!old_done || !new_done || !kept)
		return NULL;
	for (size_t i = 0; i < list->count; i++) {
		const struct change *c = &list->items[i];
		if (c->old != CHANGE_NONE)
			old_done[c->old] = DONE;
		if (c->new == CHANGE_NONE)
			continue;
		bool is_other = c->op == CHANGE_ADD || c->op == CHANGE_REPLACE;
		if (is_other || new_done[c->new] == OPEN)
			kept[c->new] = is_other ? CHANGE_NONE : c->old;
		new_done[c->new] = DONE;
	}
	for (size_t old = 0, new = 0; new < new_count; new ++) {
		if (new_done[new] == DONE)
			continue;
		while (old < old_count && old_done[old] == DONE)
			old++;
		kept[new] = (uint32_t)old++;
	}
	return kept;
}

/* Of who was redacted the id stays, whatever an import has. */
static int redact(struct derivation *d)
{
	struct registry *reg = d->new->registry;
	for (size_t i = 0; i < reg->person_count; i++) {
		const struct stored_person *last =
			contents_last(d->p->contents, d->new->name, reg->people[i]->id);
		if (!last || !contents_is_erased(last))
			continue;
		struct person *bare = arena_alloc(reg->arena, sizeof(*bare));
		if (!bare)
			return error_memory(d->err);
		bare->id = reg->people[i]->id;
		reg->people[i] = bare;
	}
	return PORTROLL_OK;
}

/* Makes room and salts for the people that are to be committed to. */
static int reserve_people(struct derivation *d, const uint32_t *kept, size_t count)
{
	size_t more = 0;
	for (size_t i = 0; i < count; i++)
		more += kept[i] == CHANGE_NONE;
	uint8_t *salts = arena_array(d->p->arena, more, SALT_SIZE);
	if (!salts)
		return PORTROLL_ENOMEM;
	if (more)
		d->p->random(salts, more * SALT_SIZE);
	d->salts = salts;
	return contents_reserve(d->p->contents, more);
}

/* Commits to a person over a fresh salt. Of one who was redacted nothing is stored with it. */
static int commit_person(struct tree_hash *ret, struct derivation *d, const struct person *person)
{
	struct canonical c = canonical_init(&d->body);
	buf_clear(&d->body);
	line_put_person_content(&c, person);
	if (d->body.failed)
		return error_set(d->err, d->body.failed, "person %.80s: %s",
				 arena_cstr(d->p->arena, person->id), error_text(d->body.failed));
	const uint8_t *salt = d->salts;
	d->salts += SALT_SIZE;
	*ret = commitment_of(salt, buf_str(&d->body));
	const struct stored_person *last = contents_last(d->p->contents, d->new->name, person->id);
	struct stored_person own = {
		.content = {.commitment = *ret},
		.source = d->new->name,
		.id = person->id,
	};
	if (!last || !contents_is_erased(last)) {
		own.content.salt = (struct portroll_str){(const char *)salt, SALT_SIZE};
		own.content.body = arena_str(d->p->arena, buf_str(&d->body));
	}
	d->p->person_count++;
	if (d->p->arena->failed || contents_add(d->p->contents, &own) < 0)
		return error_memory(d->err);
	return PORTROLL_OK;
}

static int commit_people(struct tree_hash **ret, struct derivation *d)
{
	const struct registry *old = d->old->registry, *new = d->new->registry;
	const uint32_t *kept =
		find_kept(&d->change->people, old->person_count, new->person_count, d->p->arena);
	struct tree_hash *commitments =
		arena_array(d->p->arena, new->person_count, sizeof(*commitments));
	if (!kept || !commitments || reserve_people(d, kept, new->person_count) < 0)
		return error_memory(d->err);
	for (size_t i = 0; i < new->person_count; i++) {
		int r = PORTROLL_OK;
		if (kept[i] == CHANGE_NONE)
			r = commit_person(&commitments[i], d, new->people[i]);
		else
			commitments[i] = d->old_state->people[kept[i]];
		if (r < 0)
			return r;
	}
	*ret = commitments;
	return PORTROLL_OK;
}

static int number_records(const struct derivation *d)
{
	const struct registry *old = d->old->registry;
	struct registry *new = d->new->registry;
	uint32_t pending = SNAPSHOT_CHANGE_PENDING((uint32_t)d->p->count);
	const uint32_t *kept =
		find_kept(&d->change->records, old->record_count, new->record_count, d->p->arena);
	if (!kept)
		return error_memory(d->err);
	for (size_t i = 0; i < new->record_count; i++)
		registry_set_change(
			new, i, kept[i] == CHANGE_NONE ? pending : old->records[kept[i]]->change);
	return PORTROLL_OK;
}

static int find_old_state(struct source_state *ret, const struct derivation *d)
{
	struct proposals *p = d->p;
	if (p->known && str_equal(p->known_source, d->old->name) &&
	    p->known->registry == d->old->registry) {
		*ret = *p->known;
		return PORTROLL_OK;
	}
	struct tree_hash *commitments;
	int r = contents_commitments(&commitments, p->contents, d->old, p->arena);
	if (r == PORTROLL_ECORRUPT)
		return error_set(d->err, r, "the ledger does not know all people of source %.*s",
				 PORTROLL_STR_ARG(d->old->name));
	if (r < 0)
		return error_memory(d->err);
	return source_state_of(ret, d->old->registry, commitments, p->arena, d->err);
}

/* Memory for what a proposal points to. */
struct parts {
	struct source_state old, new;
	struct registry_change change;
	struct source none;
};

int derive_change(struct proposal *proposal, struct proposals *p, const struct source *old,
		  const struct source *new, struct portroll_error *err)
{
	struct parts *parts = arena_alloc(p->arena, sizeof(*parts));
	struct registry *empty = registry_new(p->arena);
	if (!parts || !empty)
		return error_memory(err);
	parts->none = (struct source){.name = new->name, .registry = empty};
	struct derivation d = {.p = p,
			       .old = old ? old : &parts->none,
			       .new = new,
			       .old_state = &parts->old,
			       .change = &parts->change,
			       .err = err,
			       .body = BUF_INIT(PERSON_MAX)};
	struct tree_hash *commitments = NULL;
	int r = redact(&d);
	if (r == PORTROLL_OK &&
	    registry_compare(&parts->change, d.old->registry, new->registry, p->arena) < 0)
		r = error_memory(err);
	if (r == PORTROLL_OK)
		r = find_old_state(&parts->old, &d);
	if (r == PORTROLL_OK)
		r = commit_people(&commitments, &d);
	buf_done(&d.body);
	const struct source_step step = {new->registry, commitments, &parts->change};
	if (r == PORTROLL_OK)
		r = source_state_after(&parts->new, &parts->old, &step, p->arena, err);
	if (r == PORTROLL_OK)
		r = number_records(&d);
	proposal->old = &parts->old;
	proposal->new = &parts->new;
	proposal->change = &parts->change;
	return r;
}
