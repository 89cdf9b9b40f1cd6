/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A ledger in memory for the tests of folding: entries are written for what a source becomes, and
 * the contents of people are kept beside them.
 */

#include "ledger/fold.h"
#include "random_registry.h"
#include "small.h"
#include "write_case.h"

#define FOLD_CASE_ENTRIES 4096
#define FOLD_CASE_SLOTS   (1U << 16)

struct fold_case {
	struct arena arena;
	struct tree tree;
	struct portroll_str entries[FOLD_CASE_ENTRIES];
	size_t count;
	/* What the one source is. */
	struct source_state state;
	bool has_source;
	/* The contents of all people so far, and where they are by the beginning of the commitment.
	 */
	struct person_content *contents;
	size_t content_count, content_capacity;
	uint32_t slots[FOLD_CASE_SLOTS]; /* the index and 1; 0: none */
	bool is_erased;                  /* no content is found */
};

/* NULL is never returned. To be freed by fold_case_done(). */
static inline struct fold_case *fold_case_make(void)
{
	struct fold_case *c = calloc(1, sizeof(*c));
	assert_non_null(c);
	return c;
}

static inline void fold_case_done(struct fold_case *c)
{
	arena_done(&c->arena);
	free(c);
}

static inline uint32_t *fold_case_slot(struct fold_case *c, const struct tree_hash *commitment)
{
	uint32_t at = (uint32_t)(commitment->bytes[0] << 8 | commitment->bytes[1]);
	while (c->slots[at] &&
	       !tree_hash_equal(&c->contents[c->slots[at] - 1].commitment, commitment))
		at = (at + 1) % FOLD_CASE_SLOTS;
	return &c->slots[at];
}

static inline void fold_case_append(struct fold_case *c, struct portroll_str entry)
{
	struct tree_hash leaf = tree_hash_leaf(entry);
	assert_true(c->count < FOLD_CASE_ENTRIES);
	c->entries[c->count++] = entry;
	assert_int_equal(tree_append(&c->tree, &leaf), PORTROLL_OK);
}

/* Commits to a person with a salt that is the number of the content. */
static inline struct tree_hash fold_case_commit(struct fold_case *c, const struct person *p)
{
	char *salt = arena_alloc(&c->arena, SALT_SIZE);
	CLEANUP(buf_done) struct buf body = BUF_INIT(SIZE_MAX / 2);
	struct canonical out = canonical_init(&body);
	line_put_person_content(&out, p);
	assert_int_equal(body.failed, 0);
	assert_non_null(salt);
	memcpy(salt, &c->content_count, sizeof(c->content_count));
	if (c->content_count == c->content_capacity) {
		c->content_capacity = c->content_capacity ? 2 * c->content_capacity : 64;
		c->contents = arena_grow(&c->arena, c->contents, c->content_count,
					 c->content_capacity, sizeof(*c->contents));
		assert_non_null(c->contents);
	}
	struct person_content *content = &c->contents[c->content_count++];
	content->salt = (struct portroll_str){salt, SALT_SIZE};
	content->body = arena_str(&c->arena, buf_str(&body));
	content->commitment = commitment_of((const uint8_t *)salt, content->body);
	assert_true(c->content_count < FOLD_CASE_SLOTS);
	*fold_case_slot(c, &content->commitment) = (uint32_t)c->content_count;
	return content->commitment;
}

static inline const struct person_content *fold_case_content(void *context,
							     const struct tree_hash *commitment)
{
	struct fold_case *c = context;
	uint32_t at = *fold_case_slot(c, commitment);
	return at && !c->is_erased ? &c->contents[at - 1] : NULL;
}

/* The commitments of the people of a registry: kept where the old one has the same person. */
static inline const struct tree_hash *fold_case_people(struct fold_case *c,
						       const struct registry *reg,
						       const struct registry_change *change)
{
	struct tree_hash *people = arena_array(&c->arena, reg->person_count, sizeof(*people));
	bool *is_new = arena_array(&c->arena, reg->person_count, sizeof(*is_new));
	const struct registry *old = c->has_source ? c->state.registry : NULL;
	assert_true(people && is_new);
	for (size_t i = 0; i < change->people.count; i++) {
		const struct change *one = &change->people.items[i];
		if (one->op == CHANGE_ADD || one->op == CHANGE_REPLACE)
			is_new[one->new] = true;
	}
	for (size_t j = 0, hint = 0; j < reg->person_count; j++) {
		if (is_new[j] || !old) {
			people[j] = fold_case_commit(c, reg->people[j]);
			continue;
		}
		size_t i = hint;
		while (!str_equal(old->people[i]->id, reg->people[j]->id))
			i = (i + 1) % old->person_count;
		people[j] = c->state.people[i];
		hint = i + 1 < old->person_count ? i + 1 : 0;
	}
	return people;
}

/* What a change says if nothing else is told. */
static inline struct changeset fold_case_about(const struct fold_case *c)
{
	return (struct changeset){
		.author = STR("root"),
		.kind = STR("import"),
		.source = STR("iana"),
		.time = 1795418400,
		.base = tree_head(&c->tree),
	};
}

static inline void fold_case_write(struct fold_case *c, const struct proposal *proposal)
{
	struct entry_list entries;
	struct portroll_error err = {0};
	if (changeset_write(&entries, proposal, &c->arena, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < entries.count; i++)
		fold_case_append(c, entries.items[i]);
}

/* The source becomes that registry. */
static inline void fold_case_import(struct fold_case *c, const struct registry *reg)
{
	static const struct portroll_str sources[] = {STR_INIT("iana")};
	struct registry *nothing = registry_new(&c->arena);
	const struct registry *old = c->has_source ? c->state.registry : nothing;
	struct registry_change *change = arena_alloc(&c->arena, sizeof(*change));
	struct source_state state;
	assert_true(nothing && change);
	assert_int_equal(registry_compare(change, old, reg, &c->arena), PORTROLL_OK);
	const struct source_step step = {reg, fold_case_people(c, reg, change), change};
	if (c->has_source)
		assert_int_equal(source_state_after(&state, &c->state, &step, &c->arena, NULL),
				 PORTROLL_OK);
	else
		assert_int_equal(source_state_of(&state, reg, step.people, &c->arena, NULL),
				 PORTROLL_OK);
	struct proposal proposal = {
		.about = fold_case_about(c),
		.old = c->has_source ? &c->state : NULL,
		.new = &state,
		.change = change,
	};
	if (!c->has_source) {
		proposal.about.has_kind = proposal.about.has_coverage = true;
		proposal.about.has_sources = true;
		proposal.about.sources = sources;
		proposal.about.source_count = 1;
	}
	fold_case_write(c, &proposal);
	c->state = state;
	c->has_source = true;
}

static inline struct folding *fold_case_new(struct fold_case *c, bool trusts_states)
{
	struct fold_options options = {
		.people = {fold_case_content, c},
		.trusts_states = trusts_states,
	};
	struct folding *f = fold_new(&options);
	assert_non_null(f);
	return f;
}

static const struct small_row small_rows[] = {
	{"domain", "53", "udp", "Domain Name Server", NULL},
	{"http", "80", "tcp", "World Wide Web HTTP", NULL},
	{"http-alt", "8080", "tcp", "HTTP Alternate", NULL},
	{"rdp", NULL, NULL, "Reliable Data Protocol", NULL},
	{"rdp", NULL, NULL, "Windows Remote Desktop Protocol", NULL},
};

/* Two people; the first record refers to the first. */
static inline struct registry *small_with_people(struct arena *a)
{
	struct registry *reg = small_registry(a, small_rows, ARRAY_LEN(small_rows));
	struct footnote *note = arena_alloc(a, sizeof(*note));
	assert_true(reg && note);
	struct record r = *reg->records[0];
	r.contacts = (struct xref_list){&random_contact, 1};
	reg->record_count = 0;
	assert_int_equal(registry_add(reg, &r), PORTROLL_OK);
	reg->record_count = ARRAY_LEN(small_rows);
	*note = (struct footnote){.anchor = 1, .text = richtext_plain(a, STR("Note"))};
	reg->footnotes = note;
	reg->footnote_count = 1;
	const struct person people[] = {
		{.id = STR("p0"), .name = STR("Example Person")},
		{.id = STR("p1"), .org = STR("Example Organization")},
	};
	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		assert_int_equal(registry_add_person(reg, &people[i]), PORTROLL_OK);
	return reg;
}

static inline struct fold_case *small_case(void)
{
	struct fold_case *c = fold_case_make();
	fold_case_import(c, small_with_people(&c->arena));
	return c;
}

/* Is the fold the registry that the entries were written for, and in the same state? */
static inline void assert_folded(const struct folding *f, const struct fold_case *c)
{
	const struct roll *roll = fold_roll(f);
	struct tree_head head = tree_head(&c->tree);
	assert_int_equal(roll->source_count, 1);
	assert_registries_equal(roll->sources[0].registry, c->state.registry);
	assert_int_equal(roll->ledger_size, head.size);
	assert_memory_equal(roll->ledger_root, head.root.bytes, SHA256_SIZE);
	assert_int_equal(fold_pending(f), 0);
	const struct source_state *state = fold_state(f, STR("iana"));
	if (state)
		assert_memory_equal(&state->root, &c->state.root, sizeof(state->root));
}

static inline void add_all(struct folding *f, const struct fold_case *c, size_t from)
{
	struct portroll_error err = {0};
	for (size_t i = from; i < c->count; i++)
		if (fold_add(f, c->entries[i], &err) < 0)
			fail_msg("%s", err.text);
}

/* Adds an entry that is refused, with that sentence. */
static inline void assert_refused(struct folding *f, struct portroll_str entry,
				  const char *sentence)
{
	struct portroll_error err = {0};
	int r = fold_add(f, entry, &err);
	if (r != PORTROLL_ECORRUPT)
		fail_msg("%d (%s), expected: %s", r, err.text, sentence);
	assert_string_equal(err.text, sentence);
}
