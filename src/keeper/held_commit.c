/* SPDX-License-Identifier: MIT */
#include "keeper/held_roll.h"

#include <string.h>

#include "keeper/proposals.h"
#include "keeper/services_file.h"
#include "keeper/states.h"

#define SNAPSHOT_MAX  ((size_t)1 << 30)
#define SNAPSHOT_MODE 0644

/* The changes of a roll that no ledger was kept with: its sources, as they are there. */
static int take_over(struct proposals *p, struct held_roll *h, const struct changeset *about)
{
	static const struct roll none;
	struct changeset over = *about;
	over.kind = STR("import");
	over.reason = STR("taken over from a roll without a ledger");
	over.mirrored_by = STR_NONE;
	int r = proposals_add(p, &none, &h->before, &over, &h->keeper->err);
	for (size_t i = 0; i < p->count && r == PORTROLL_OK; i++) {
		struct changeset *own = &p->items[i].about;
		struct date dated =
			source_date(&h->before.sources[roll_find(&h->before, own->source)]);
		own->effective = dated.year ? dated : date_of_time(about->time);
	}
	return r;
}

static int propose(struct proposals *p, struct held_roll *h, struct roll *roll,
		   const struct changeset *about)
{
	*p = (struct proposals){.contents = &h->contents,
				.random = h->options.random,
				.arena = &h->work,
				.known_source = h->subject,
				.known = h->state.registry ? &h->state : NULL};
	int r = h->is_without ? take_over(p, h, about) : PORTROLL_OK;
	return r < 0 ? r : proposals_add(p, &h->before, roll, about, &h->keeper->err);
}

static int need_ledger(struct held_roll *h)
{
	struct keeper *k = h->keeper;
	if (h->ledger)
		return PORTROLL_OK;
	return ledger_begin(&h->ledger, &h->options, keeper_origin(k), &k->err);
}

static int write_snapshot(struct held_roll *h, const struct roll *roll, struct buf *bytes)
{
	struct portroll_error *err = &h->keeper->err;
	int r = file_replace(h->path, buf_str(bytes), SNAPSHOT_MODE, err);
	if (r == PORTROLL_OK)
		r = services_file_renew(h->services, roll, err);
	return r;
}

static void set_head(struct held_roll *h, struct roll *roll)
{
	struct tree_head head = tree_head(ledger_tree(h->ledger));
	roll->ledger_size = head.size;
	memcpy(roll->ledger_root, head.root.bytes, SHA256_SIZE);
}

static int say_committed(struct held_roll *h, int code)
{
	struct portroll_error *err = &h->keeper->err, why = *err;
	*err = (struct portroll_error){0};
	return error_set(err, code,
			 "the change is in the ledger, its snapshot follows with the next one: "
			 "%s",
			 why.text);
}

/* What cannot be compiled must not be committed: so it is compiled before. */
static int commit(struct held_roll *h, struct roll *roll, struct proposals *p)
{
	struct portroll_error *err = &h->keeper->err;
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(SNAPSHOT_MAX);
	uint64_t numbers[PROPOSAL_MAX];
	int r = snapshot_compile(&bytes, roll, err);
	if (r == PORTROLL_OK)
		r = need_ledger(h);
	if (r < 0)
		return r;
	uint64_t before = ledger_tree(h->ledger)->size;
	p->items[0].about.base = tree_head(ledger_tree(h->ledger));
	const struct commit all = {.proposals = p->items,
				   .count = p->count,
				   .people = p->people,
				   .person_count = p->person_count,
				   .papers = h->papers,
				   .paper_count = h->paper_count};
	r = ledger_commit(h->ledger, &all, numbers, err);
	if (r < 0)
		return r;
	set_head(h, roll);
	snapshot_seal(&bytes, roll, numbers, p->count);
	r = write_snapshot(h, roll, &bytes);
	if (r < 0)
		return say_committed(h, r);
	states_keep(h->folder, before, roll->ledger_size);
	return 1;
}

static int renew(struct held_roll *h, const struct roll *roll)
{
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(SNAPSHOT_MAX);
	int r = snapshot_compile(&bytes, roll, &h->keeper->err);
	return r < 0 ? r : write_snapshot(h, roll, &bytes);
}

int held_roll_commit(struct held_roll *h, struct roll *roll, const struct changeset *about)
{
	struct proposals *p = arena_alloc(&h->work, sizeof(*p));
	if (!p)
		return error_memory(&h->keeper->err);
	int r = propose(p, h, roll, about);
	if (r < 0)
		return r;
	if (p->count)
		return commit(h, roll, p);
	return h->is_stale ? renew(h, roll) : PORTROLL_OK;
}

int held_roll_renew(struct held_roll *h)
{
	struct roll *roll;
	h->must_fold = true;
	int r = held_roll_read(&roll, h, STR_NONE, &h->keeper->arena);
	if (r == PORTROLL_OK && h->is_stale)
		r = renew(h, roll);
	held_roll_drop(h);
	h->must_fold = false;
	return r;
}
