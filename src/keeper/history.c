/* SPDX-License-Identifier: MIT */
#include "keeper/history.h"

#include <stdlib.h>
#include <string.h>

struct version {
	char *path;
	size_t place; /* among the operands */
	struct date dated;
	struct portroll_str source;
	uint8_t sha256[SHA256_SIZE];
};

struct history {
	struct keeper *k;
	struct held_roll held;
	struct version *versions;
	size_t count;
	struct version *known; /* copies that the ledger has: source and sha256 */
	size_t known_count, known_capacity;
	struct arena scratch;
};

static int compare_versions(const void *a, const void *b)
{
	const struct version *x = a, *y = b;
	int order = date_compare(x->dated, y->dated);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* Lets the keeper work on one file, in memory of its own. */
struct alone {
	char **operands;
	int operand_count;
	struct arena arena;
};

static struct alone begin_alone(struct keeper *k, char **path)
{
	const struct alone before = {k->args.operands, k->args.operand_count, k->arena};
	k->args.operands = path;
	k->args.operand_count = 1;
	k->arena = ARENA_INIT;
	return before;
}

static void end_alone(struct keeper *k, const struct alone *before)
{
	arena_done(&k->arena);
	k->args.operands = before->operands;
	k->args.operand_count = before->operand_count;
	k->arena = before->arena;
}

static int look_at(struct history *h, struct version *v, struct arena *a)
{
	struct import i = import_begin(h->k, &h->held);
	int r = import_prepare(&i);
	if (r == PORTROLL_OK)
		r = import_read(&i, 0);
	if (r == PORTROLL_OK && !i.inputs[0].date_is_told)
		r = error_set(&h->k->err, PORTROLL_EINVAL,
			      "%s: does not state its date, which --history goes by; import it by "
			      "itself with --dated",
			      v->path);
	if (r == PORTROLL_OK)
		r = import_choose_source(&i);
	if (r == PORTROLL_OK) {
		v->dated = i.inputs[0].copy.dated;
		v->source = arena_str(a, i.source);
		memcpy(v->sha256, i.inputs[0].copy.sha256, SHA256_SIZE);
	}
	import_done(&i);
	return r == PORTROLL_OK && a->failed ? error_memory(&h->k->err) : r;
}

/* They are read once for their dates, and again when it is their turn: not all fit into memory. */
static int sort_versions(struct history *h)
{
	struct keeper *k = h->k;
	h->count = (size_t)k->args.operand_count;
	h->versions = arena_array(&k->arena, h->count, sizeof(*h->versions));
	if (!h->versions)
		return error_memory(&k->err);
	for (size_t i = 0; i < h->count; i++) {
		struct version *v = &h->versions[i];
		*v = (struct version){.path = k->args.operands[i], .place = i};
		if (str_equal(str_from(v->path), STR("-")))
			return error_set(&k->err, PORTROLL_EINVAL,
					 "--history reads files twice, not standard input");
		struct alone before = begin_alone(k, &v->path);
		int r = look_at(h, v, &before.arena);
		end_alone(k, &before);
		if (r < 0)
			return r;
	}
	qsort(h->versions, h->count, sizeof(*h->versions), compare_versions);
	return PORTROLL_OK;
}

static int add_known(struct history *h, struct portroll_str source, const uint8_t *sha256)
{
	if (h->known_count == h->known_capacity) {
		size_t larger = h->known_capacity ? h->known_capacity * 2 : 64;
		struct version *known =
			arena_grow(&h->k->arena, h->known, h->known_count, larger, sizeof(*known));
		if (!known)
			return error_memory(&h->k->err);
		h->known = known;
		h->known_capacity = larger;
	}
	struct version *v = &h->known[h->known_count++];
	*v = (struct version){.source = arena_str(&h->k->arena, source)};
	memcpy(v->sha256, sha256, SHA256_SIZE);
	return h->k->arena.failed ? error_memory(&h->k->err) : PORTROLL_OK;
}

static int take_copies(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct history *h = context;
	struct changeset about;
	int r = changeset_read_about(&about, entry->body, &h->scratch, err);
	for (size_t i = 0; r == PORTROLL_OK && about.has_copies && i < about.copy_count; i++)
		r = add_known(h, about.source, about.copies[i].sha256);
	arena_done(&h->scratch);
	return r;
}

static bool is_known(const struct history *h, const struct version *v)
{
	for (size_t i = 0; i < h->known_count; i++)
		if (memcmp(h->known[i].sha256, v->sha256, SHA256_SIZE) == 0 &&
		    str_equal(h->known[i].source, v->source))
			return true;
	return false;
}

static void tell_known(const struct history *h, const struct version *v)
{
	struct out *o = &h->k->out;
	if (o->quiet)
		return;
	out_text(o, str_from(v->path), false);
	buf_puts(&o->buf, ": is in the ledger already\n");
}

static int import_version(struct history *h, struct version *v)
{
	struct keeper *k = h->k;
	if (is_known(h, v)) {
		tell_known(h, v);
		return PORTROLL_OK;
	}
	struct alone before = begin_alone(k, &v->path);
	struct import i = import_begin(k, &h->held);
	i.is_history = true;
	int r = import_files(&i);
	if (r == PORTROLL_OK)
		r = import_tell(&i);
	import_done(&i);
	held_roll_drop(&h->held);
	end_alone(k, &before);
	return r < 0 ? r : add_known(h, v->source, v->sha256);
}

int history_import(struct keeper *k)
{
	struct history h = {.k = k, .held = HELD_ROLL_INIT, .scratch = ARENA_INIT};
	int r = sort_versions(&h);
	if (r == PORTROLL_OK)
		r = held_roll_open(&h.held, k);
	if (r == PORTROLL_OK && h.held.ledger)
		r = ledger_each(h.held.ledger, 0, take_copies, &h, &k->err);
	for (size_t i = 0; i < h.count && r == PORTROLL_OK; i++)
		r = import_version(&h, &h.versions[i]);
	held_roll_close(&h.held);
	return r;
}
