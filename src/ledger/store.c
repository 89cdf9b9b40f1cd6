/* SPDX-License-Identifier: MIT */
#include "ledger/store.h"

#include <inttypes.h>

#include "base/arena.h"

#define COPY_COUNT 256               /* rows that are copied at once */
#define COPY_SIZE  ((size_t)8 << 20) /* bytes of papers after which no more wait */

const struct store_ops *const stores[] = {&store_sqlite, &store_postgres, &store_memory, NULL};

const struct store_ops *store_find(struct portroll_str url)
{
	struct portroll_str scheme;
	if (str_find_char(url, ':') == SIZE_MAX || !str_cut(&url, ':', &scheme))
		return NULL;
	for (size_t i = 0; stores[i]; i++)
		if (str_equal_fold(scheme, str_from(stores[i]->scheme)))
			return stores[i];
	return NULL;
}

/* Rows on their way from one store into another. */
struct copying {
	const struct store_ops *to_ops;
	struct store *to;
	struct arena memory; /* of the rows that wait */
	struct tree tree;    /* with them */
	struct stored_entry entries[COPY_COUNT];
	struct stored_person people[COPY_COUNT];
	struct stored_paper papers[COPY_COUNT];
	size_t count, person_count, paper_count, paper_bytes;
	bool any;
	uint64_t size; /* of the last note */
};

static int send_rows(struct copying *c, struct portroll_error *err)
{
	struct store_batch batch = {
		.base = c->tree.size - c->count,
		.entries = c->entries,
		.count = c->count,
		.people = c->people,
		.person_count = c->person_count,
		.after = c->tree,
	};
	int r = c->to_ops->append(c->to, &batch, err);
	c->count = c->person_count = 0;
	arena_done(&c->memory);
	c->memory = ARENA_INIT;
	return r;
}

static int copy_entry(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct copying *c = context;
	struct tree_hash leaf = tree_hash_leaf(entry->body);
	if (!tree_hash_equal(&leaf, &entry->leaf))
		return error_set(err, PORTROLL_ECORRUPT,
				 "entry @%" PRIu64 " is not what was stored: its hash is another",
				 entry->index + 1);
	struct stored_entry *row = &c->entries[c->count];
	*row = (struct stored_entry){.leaf = leaf,
				     .topic = arena_str(&c->memory, entry->topic),
				     .body = arena_str(&c->memory, entry->body)};
	if (c->memory.failed)
		return error_memory(err);
	int r = tree_append(&c->tree, &leaf);
	if (r < 0)
		return error_set(err, r, "the ledger is full");
	return ++c->count == COPY_COUNT ? send_rows(c, err) : PORTROLL_OK;
}

static int copy_person(void *context, const struct stored_person *person,
		       struct portroll_error *err)
{
	struct copying *c = context;
	struct arena *a = &c->memory;
	c->people[c->person_count] = (struct stored_person){
		.content = {.commitment = person->content.commitment,
			    .salt = arena_str(a, person->content.salt),
			    .body = arena_str(a, person->content.body)},
		.source = arena_str(a, person->source),
		.id = arena_str(a, person->id),
	};
	if (a->failed)
		return error_memory(err);
	return ++c->person_count == COPY_COUNT ? send_rows(c, err) : PORTROLL_OK;
}

static int send_papers(struct copying *c, struct portroll_error *err)
{
	int r = c->to_ops->put_papers(c->to, c->papers, c->paper_count, err);
	c->paper_count = c->paper_bytes = 0;
	arena_done(&c->memory);
	c->memory = ARENA_INIT;
	return r;
}

static int copy_paper(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	struct copying *c = context;
	struct arena *a = &c->memory;
	c->papers[c->paper_count++] = (struct stored_paper){.kind = arena_str(a, paper->kind),
							    .id = arena_str(a, paper->id),
							    .body = arena_str(a, paper->body)};
	c->paper_bytes += paper->body.len;
	if (a->failed)
		return error_memory(err);
	bool is_full = c->paper_count == COPY_COUNT || c->paper_bytes >= COPY_SIZE;
	return is_full ? send_papers(c, err) : PORTROLL_OK;
}

static int copy_note(void *context, const struct stored_entry *note, struct portroll_error *err)
{
	struct copying *c = context;
	c->any = true;
	c->size = note->index;
	return c->to_ops->keep_note(c->to, note->index, note->body, err);
}

/* From the largest size down. */
static int copy_notes(struct copying *c, const struct store_ops *from_ops, struct store *from,
		      struct portroll_error *err)
{
	uint64_t size = UINT64_MAX;
	for (;;) {
		c->any = false;
		int r = from_ops->notes(from, size, copy_note, c, err);
		if (r < 0 || !c->any || c->size == 0)
			return r;
		size = c->size - 1;
	}
}

static int heads_equal(const struct tree *a, const struct tree *b, struct portroll_error *err)
{
	struct tree_head one = tree_head(a), other = tree_head(b);
	if (one.size != other.size || !tree_hash_equal(&one.root, &other.root))
		return error_set(err, PORTROLL_ECORRUPT,
				 "the ledger that was copied is another than the store says it is "
				 "(%" PRIu64 " and %" PRIu64 " entries)",
				 one.size, other.size);
	return PORTROLL_OK;
}

static int copy_all(struct copying *c, const struct store_ops *from_ops, struct store *from,
		    struct portroll_error *err)
{
	struct tree tree, copy;
	/* First, so that no paper tells of an entry that came while the rest was copied. */
	int r = from_ops->papers(from, (struct paper_name){0}, copy_paper, c, err);
	if (r == PORTROLL_OK)
		r = send_papers(c, err);
	if (r == PORTROLL_OK)
		r = from_ops->head(&tree, from, err);
	if (r == PORTROLL_OK)
		r = from_ops->each(from, (struct entry_range){0, tree.size}, copy_entry, c, err);
	if (r == PORTROLL_OK)
		r = heads_equal(&c->tree, &tree, err);
	if (r == PORTROLL_OK)
		r = from_ops->people(from, STR(""), copy_person, c, err);
	if (r == PORTROLL_OK && (c->count || c->person_count))
		r = send_rows(c, err);
	if (r == PORTROLL_OK)
		r = copy_notes(c, from_ops, from, err);
	if (r == PORTROLL_OK)
		r = c->to_ops->head(&copy, c->to, err);
	return r == PORTROLL_OK ? heads_equal(&copy, &tree, err) : r;
}

static int found_note(void *context, const struct stored_entry *note, struct portroll_error *err)
{
	(void)note;
	(void)err;
	*(bool *)context = true;
	return PORTROLL_OK;
}

static int found_paper(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	(void)context;
	return error_set(err, PORTROLL_ECONFLICT,
			 "in the store to copy into there is %.*s %.*s already; take an empty one",
			 PORTROLL_STR_ARG(paper->kind), PORTROLL_STR_ARG(paper->id));
}

static int check_is_empty(const struct store_ops *ops, struct store *s, struct portroll_error *err)
{
	struct tree there;
	bool is_signed = false;
	int r = ops->head(&there, s, err);
	if (r == PORTROLL_OK && there.size)
		r = error_set(err, PORTROLL_ECONFLICT,
			      "the store to copy into has %" PRIu64
			      " entries already; take an empty one",
			      there.size);
	if (r == PORTROLL_OK)
		r = ops->notes(s, UINT64_MAX, found_note, &is_signed, err);
	if (r == PORTROLL_OK && is_signed)
		r = error_set(err, PORTROLL_ECONFLICT,
			      "in the store to copy into a ledger was begun already; take an empty "
			      "one");
	return r == PORTROLL_OK ? ops->papers(s, (struct paper_name){0}, found_paper, NULL, err)
				: r;
}

int store_copy(const struct store_ops *from_ops, struct store *from, const struct store_ops *to_ops,
	       struct store *to, struct portroll_error *err)
{
	int r = check_is_empty(to_ops, to, err);
	if (r < 0)
		return r;
	struct arena own = ARENA_INIT;
	struct copying *c = arena_alloc(&own, sizeof(*c));
	if (!c)
		return error_memory(err);
	c->to_ops = to_ops;
	c->to = to;
	r = copy_all(c, from_ops, from, err);
	arena_done(&c->memory);
	arena_done(&own);
	return r;
}
