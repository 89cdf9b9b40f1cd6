/* SPDX-License-Identifier: MIT */
#include "ledger/source_state.h"

#include "ledger/line_text.h"

/* One line after the other into one buffer, and its hash into the list. */
struct line_hasher {
	struct buf *line;
	struct canonical c;
	struct tree_hash *hashes;
	size_t count;
};

static void begin_line(struct line_hasher *h, struct portroll_str what)
{
	buf_clear(h->line);
	canonical_again(&h->c);
	canonical_object(&h->c);
	canonical_name(&h->c, what);
}

static int end_line(struct line_hasher *h)
{
	canonical_end(&h->c);
	if (!h->line->failed)
		h->hashes[h->count++] = tree_hash_leaf(buf_str(h->line));
	return h->line->failed;
}

static int add_header(struct line_hasher *h, const struct header *header,
		      struct portroll_error *err)
{
	begin_line(h, STR("header"));
	line_put_header(&h->c, header);
	int r = end_line(h);
	return r < 0 ? line_header_error(err, r) : PORTROLL_OK;
}

static int add_record(struct line_hasher *h, const struct record *record,
		      struct portroll_error *err)
{
	begin_line(h, STR("record"));
	line_put_record(&h->c, record);
	int r = end_line(h);
	return r < 0 ? line_record_error(err, r, record) : PORTROLL_OK;
}

static int add_footnote(struct line_hasher *h, const struct footnote *note,
			struct portroll_error *err)
{
	begin_line(h, STR("footnote"));
	line_put_footnote(&h->c, note);
	int r = end_line(h);
	return r < 0 ? line_footnote_error(err, r, note->anchor) : PORTROLL_OK;
}

static int add_person(struct line_hasher *h, struct portroll_str id,
		      const struct tree_hash *commitment, struct portroll_error *err)
{
	begin_line(h, STR("person"));
	line_put_person(&h->c, id, commitment);
	int r = end_line(h);
	return r < 0 ? line_person_error(err, r, id) : PORTROLL_OK;
}

/* What of a list is as it was: for each new item the old one that it is, or CHANGE_NONE. */
static const uint32_t *same_items(struct change_list changes, size_t old_count, size_t new_count,
				  struct arena *a)
{
	uint32_t *from = arena_array(a, new_count, sizeof(*from));
	bool *is_taken = arena_array(a, old_count, sizeof(*is_taken));
	bool *is_told = arena_array(a, new_count, sizeof(*is_told));
	if (!from || !is_taken || !is_told)
		return NULL;
	for (size_t i = 0; i < new_count; i++)
		from[i] = CHANGE_NONE;
	for (size_t i = 0; i < changes.count; i++) {
		const struct change *change = &changes.items[i];
		if (change->old != CHANGE_NONE)
			is_taken[change->old] = true;
		if (change->new != CHANGE_NONE)
			is_told[change->new] = true;
		if (change->op == CHANGE_MOVE)
			from[change->new] = change->old;
	}
	for (size_t i = 0; i < changes.count; i++)
		if (changes.items[i].op == CHANGE_REPLACE)
			from[changes.items[i].new] = CHANGE_NONE;
	for (size_t i = 0, old = 0; i < new_count; i++) {
		while (old < old_count && is_taken[old])
			old++;
		if (!is_told[i] && old < old_count)
			from[i] = (uint32_t)old++;
	}
	return from;
}

/* The hashes of a state by what they are of. */
struct state_lines {
	const struct tree_hash *header, *records, *footnotes, *people;
};

static struct state_lines lines_of(const struct source_state *state)
{
	const struct registry *reg = state->registry;
	const struct tree_hash *records = state->tree.lines + 1;
	return (struct state_lines){state->tree.lines, records, records + reg->record_count,
				    records + reg->record_count + reg->footnote_count};
}

/* Where the hashes of unchanged items are to be had; from NULL: nowhere. */
struct kept_lines {
	const struct state_tree *tree;
	const struct tree_hash *header, *records, *footnotes, *people;
	const uint32_t *records_from, *footnotes_from, *people_from;
};

static bool keep(struct line_hasher *h, const struct tree_hash *hashes, const uint32_t *from,
		 size_t i)
{
	if (!from || from[i] == CHANGE_NONE)
		return false;
	h->hashes[h->count++] = hashes[from[i]];
	return true;
}

static int add_lines(struct line_hasher *h, const struct source_state *state,
		     const struct kept_lines *kept, struct portroll_error *err)
{
	const struct registry *reg = state->registry;
	int r = PORTROLL_OK;
	if (kept->header)
		h->hashes[h->count++] = *kept->header;
	else
		r = add_header(h, &reg->header, err);
	for (size_t i = 0; r == PORTROLL_OK && i < reg->record_count; i++)
		if (!keep(h, kept->records, kept->records_from, i))
			r = add_record(h, reg->records[i], err);
	for (size_t i = 0; r == PORTROLL_OK && i < reg->footnote_count; i++)
		if (!keep(h, kept->footnotes, kept->footnotes_from, i))
			r = add_footnote(h, &reg->footnotes[i], err);
	for (size_t i = 0; r == PORTROLL_OK && i < reg->person_count; i++)
		if (!keep(h, kept->people, kept->people_from, i))
			r = add_person(h, reg->people[i]->id, &state->people[i], err);
	return r;
}

static int make_state(struct source_state *ret, struct source_state state,
		      const struct kept_lines *kept, struct arena *a, struct portroll_error *err)
{
	static const struct state_tree nothing = {0};
	const struct registry *reg = state.registry;
	size_t count = 1 + reg->record_count + reg->footnote_count + reg->person_count;
	CLEANUP(buf_done) struct buf line = BUF_INIT(SIZE_MAX / 2);
	struct line_hasher h = {.line = &line,
				.c = canonical_init(&line),
				.hashes = arena_array(a, count, sizeof(*h.hashes))};
	struct tree_hash *inner = arena_array(a, count, sizeof(*inner));
	bool *is_same = arena_array(a, count, sizeof(*is_same));
	int r = h.hashes && inner && is_same ? add_lines(&h, &state, kept, err) : error_memory(err);
	if (r < 0)
		return r;
	state.tree = (struct state_tree){h.hashes, count, inner};
	state.root =
		state_tree_fill(inner, &state.tree, kept->tree ? kept->tree : &nothing, is_same);
	*ret = state;
	return PORTROLL_OK;
}

int source_state_of(struct source_state *ret, const struct registry *reg,
		    const struct tree_hash *people, struct arena *a, struct portroll_error *err)
{
	const struct source_state state = {.registry = reg, .people = people};
	return make_state(ret, state, &(struct kept_lines){0}, a, err);
}

int source_state_after(struct source_state *ret, const struct source_state *old,
		       const struct source_step *step, struct arena *a, struct portroll_error *err)
{
	const struct registry *was = old->registry, *is = step->registry;
	const struct registry_change *change = step->change;
	struct state_lines lines = lines_of(old);
	const struct source_state state = {.registry = is, .people = step->people};
	const struct kept_lines kept = {
		.tree = &old->tree,
		.header = change->header ? NULL : lines.header,
		.records = lines.records,
		.records_from = same_items(change->records, was->record_count, is->record_count, a),
		.footnotes = lines.footnotes,
		.footnotes_from =
			same_items(change->footnotes, was->footnote_count, is->footnote_count, a),
		.people = lines.people,
		.people_from = same_items(change->people, was->person_count, is->person_count, a),
	};
	if (!kept.records_from || !kept.footnotes_from || !kept.people_from)
		return error_memory(err);
	return make_state(ret, state, &kept, a, err);
}
