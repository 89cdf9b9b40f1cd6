/* SPDX-License-Identifier: MIT */
/* The store that all others are compared with: arrays. It ends with the process. */

#include "ledger/store_row.h"

#include <inttypes.h>
#include <string.h>

struct stored_note {
	uint64_t size;
	struct portroll_str note;
};

struct store {
	struct arena memory; /* of all, this as well */
	struct tree tree;
	struct stored_entry *entries; /* tree.size */
	uint64_t *slots;              /* by leaf: index and 1, or 0 where there is none */
	struct stored_person *people;
	struct stored_note *notes;
	struct stored_paper *papers; /* by kind and id */
	size_t entries_max, slots_max, person_count, people_max, note_count, notes_max;
	size_t paper_count, papers_max;
};

static int memory_open(struct store **ret, struct portroll_str url, bool create,
		       struct portroll_error *err)
{
	(void)url;
	(void)create;
	struct arena memory = ARENA_INIT;
	struct store *s = arena_alloc(&memory, sizeof(*s));
	if (!s)
		return error_memory(err);
	s->memory = memory;
	*ret = s;
	return PORTROLL_OK;
}

static void memory_close(struct store *s)
{
	if (!s)
		return;
	struct arena memory = s->memory;
	arena_done(&memory);
}

static int memory_head(struct tree *ret, struct store *s, struct portroll_error *err)
{
	(void)err;
	*ret = s->tree;
	return PORTROLL_OK;
}

/* The array with room for `need` items of `size` bytes; NULL: no memory. */
static void *with_room(struct store *s, void *array, size_t *max, size_t need, size_t size)
{
	if (array && need <= *max)
		return array;
	if (need > SIZE_MAX / 2)
		return NULL;
	size_t wanted = need < 16 ? 16 : need * 2;
	void *grown = arena_grow(&s->memory, array, *max, wanted, size);
	if (grown)
		*max = wanted;
	return grown;
}

/* The slot of a leaf, or the empty one where it belongs. */
static uint64_t *slot_of(const struct store *s, const struct tree_hash *leaf)
{
	size_t at;
	memcpy(&at, leaf->bytes, sizeof(at));
	for (;; at++) {
		uint64_t *slot = &s->slots[at & (s->slots_max - 1)];
		if (!*slot || tree_hash_equal(&s->entries[*slot - 1].leaf, leaf))
			return slot;
	}
}

static void fill_slots(struct store *s, uint64_t count)
{
	memset(s->slots, 0, s->slots_max * sizeof(*s->slots));
	for (uint64_t i = 0; i < count; i++)
		*slot_of(s, &s->entries[i].leaf) = i + 1;
}

/* Room for all of the batch at once, so that nothing can fail once something is there. */
static bool make_room(struct store *s, const struct store_batch *batch)
{
	void *entries =
		with_room(s, s->entries, &s->entries_max, batch->after.size, sizeof(*s->entries));
	if (!entries)
		return false;
	s->entries = entries;
	void *people = with_room(s, s->people, &s->people_max,
				 s->person_count + batch->person_count, sizeof(*s->people));
	if (!people)
		return false;
	s->people = people;
	size_t wanted = s->slots_max ? s->slots_max : 16;
	while (wanted / 2 < s->entries_max)
		wanted *= 2;
	if (wanted == s->slots_max)
		return true;
	uint64_t *slots = arena_array(&s->memory, wanted, sizeof(*slots));
	if (!slots)
		return false;
	s->slots = slots;
	s->slots_max = wanted;
	fill_slots(s, s->tree.size);
	return true;
}

/* Copies what is new behind what is there; it is not counted yet. */
static int add_copies(struct store *s, const struct store_batch *batch, struct portroll_error *err)
{
	struct arena *a = &s->memory;
	for (size_t i = 0; i < batch->count; i++) {
		const struct stored_entry *entry = &batch->entries[i];
		uint64_t *slot = slot_of(s, &entry->leaf);
		if (*slot)
			return store_repeated(batch, i, err);
		s->entries[batch->base + i] = (struct stored_entry){
			.index = batch->base + i,
			.leaf = entry->leaf,
			.topic = arena_str(a, entry->topic),
			.body = arena_str(a, entry->body),
		};
		*slot = batch->base + i + 1;
	}
	for (size_t i = 0; i < batch->person_count; i++) {
		const struct stored_person *person = &batch->people[i];
		s->people[s->person_count + i] = (struct stored_person){
			.content = {.commitment = person->content.commitment,
				    .salt = arena_str(a, person->content.salt),
				    .body = arena_str(a, person->content.body)},
			.source = arena_str(a, person->source),
			.id = arena_str(a, person->id),
		};
	}
	return a->failed ? error_memory(err) : PORTROLL_OK;
}

static int paper_compare(const struct stored_paper *a, const struct stored_paper *b)
{
	int kinds = str_compare(a->kind, b->kind);
	return kinds ? kinds : str_compare(a->id, b->id);
}

/* Where the paper of that name is, or would be. */
static size_t paper_at(const struct store *s, const struct stored_paper *paper)
{
	size_t low = 0, high = s->paper_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (paper_compare(&s->papers[middle], paper) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Papers as they were; version 0: it was not there. */
static void take_back(struct store *s, const struct stored_paper *papers, size_t count)
{
	while (count > 0) {
		const struct stored_paper *before = &papers[--count];
		size_t at = paper_at(s, before);
		if (before->version) {
			s->papers[at] = *before;
			continue;
		}
		s->paper_count--;
		memmove(&s->papers[at], &s->papers[at + 1],
			(s->paper_count - at) * sizeof(*s->papers));
	}
}

/* There is room. */
static int put_paper(struct stored_paper *ret_before, struct store *s,
		     const struct stored_paper *paper, struct portroll_error *err)
{
	size_t at = paper_at(s, paper);
	bool is_known = at < s->paper_count && paper_compare(&s->papers[at], paper) == 0;
	*ret_before = is_known ? s->papers[at] : *paper;
	if (!is_known)
		ret_before->version = 0;
	struct present_paper present = {ret_before->version, is_known && !ret_before->body.len};
	int r = store_paper_fits(paper, present, err);
	if (r < 0)
		return r;
	struct stored_paper copy = {.kind = arena_str(&s->memory, paper->kind),
				    .id = arena_str(&s->memory, paper->id),
				    .version = present.version + 1,
				    .body = arena_str(&s->memory, paper->body)};
	if (s->memory.failed)
		return error_memory(err);
	if (!is_known) {
		memmove(&s->papers[at + 1], &s->papers[at],
			(s->paper_count - at) * sizeof(*s->papers));
		s->paper_count++;
	}
	s->papers[at] = copy;
	return PORTROLL_OK;
}

static int memory_put_papers(struct store *s, const struct stored_paper *papers, size_t count,
			     struct portroll_error *err)
{
	int r = store_papers_check(papers, count, err);
	if (r < 0 || count == 0)
		return r;
	s->memory.failed = false;
	void *room =
		with_room(s, s->papers, &s->papers_max, s->paper_count + count, sizeof(*s->papers));
	if (!room)
		return error_memory(err);
	s->papers = room;
	struct arena own CLEANUP(arena_done) = ARENA_INIT;
	struct stored_paper *before = arena_array(&own, count, sizeof(*before));
	if (!before)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		r = put_paper(&before[i], s, &papers[i], err);
		if (r < 0) {
			take_back(s, before, i);
			return r;
		}
	}
	return PORTROLL_OK;
}

static int memory_papers(struct store *s, struct paper_name name, store_paper_fn *fn, void *context,
			 struct portroll_error *err)
{
	for (size_t i = 0; i < s->paper_count; i++) {
		const struct stored_paper *paper = &s->papers[i];
		if (!paper->body.len || (name.kind.len && !str_equal(paper->kind, name.kind)) ||
		    (name.id.len && !str_equal(paper->id, name.id)))
			continue;
		int r = fn(context, paper, err);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

static int memory_append(struct store *s, const struct store_batch *batch,
			 struct portroll_error *err)
{
	int r = store_batch_check(batch, err);
	if (r < 0)
		return r;
	if (batch->base != s->tree.size)
		return store_conflict(s->tree.size, batch, err);
	s->memory.failed = false;
	if (!make_room(s, batch))
		return error_memory(err);
	r = add_copies(s, batch, err);
	if (r == PORTROLL_OK)
		r = memory_put_papers(s, batch->papers, batch->paper_count, err);
	if (r < 0) {
		fill_slots(s, s->tree.size);
		return r;
	}
	uint8_t edge[EDGE_SIZE_MAX];
	size_t len = store_edge_write(edge, &batch->after);
	(void)store_edge_read(&s->tree, batch->after.size,
			      (struct portroll_str){(const char *)edge, len});
	s->person_count += batch->person_count;
	return PORTROLL_OK;
}

static int memory_settle(struct store *s, struct portroll_error *err)
{
	(void)s;
	(void)err;
	return PORTROLL_OK;
}

static int memory_each(struct store *s, struct entry_range range, store_entry_fn *fn, void *context,
		       struct portroll_error *err)
{
	for (uint64_t i = range.from; i < range.to && i < s->tree.size; i++) {
		int r = fn(context, &s->entries[i], err);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

static int memory_last(uint64_t *ret, struct store *s, struct portroll_str topic,
		       struct portroll_error *err)
{
	(void)err;
	uint64_t i = s->tree.size;
	while (i && !str_equal(s->entries[i - 1].topic, topic))
		i--;
	*ret = i ? i - 1 : UINT64_MAX;
	return PORTROLL_OK;
}

static int memory_people(struct store *s, struct portroll_str source, store_person_fn *fn,
			 void *context, struct portroll_error *err)
{
	for (size_t i = 0; i < s->person_count; i++) {
		if (source.len && !str_equal(s->people[i].source, source))
			continue;
		int r = fn(context, &s->people[i], err);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

static int memory_erase(uint64_t *ret, struct store *s, struct portroll_str id,
			struct portroll_error *err)
{
	(void)err;
	uint64_t count = 0;
	for (size_t i = 0; i < s->person_count; i++) {
		struct stored_person *person = &s->people[i];
		if (!person->content.body.len || !str_equal(person->id, id))
			continue;
		person->content.salt = person->content.body = STR_NONE;
		count++;
	}
	*ret = count;
	return PORTROLL_OK;
}

static int memory_keep_note(struct store *s, uint64_t size, struct portroll_str note,
			    struct portroll_error *err)
{
	for (size_t i = 0; i < s->note_count; i++)
		if (s->notes[i].size == size && str_equal(s->notes[i].note, note))
			return PORTROLL_OK;
	s->memory.failed = false;
	void *notes = with_room(s, s->notes, &s->notes_max, s->note_count + 1, sizeof(*s->notes));
	if (!notes)
		return error_memory(err);
	s->notes = notes;
	struct portroll_str kept = arena_str(&s->memory, note);
	if (s->memory.failed)
		return error_memory(err);
	s->notes[s->note_count++] = (struct stored_note){size, kept};
	return PORTROLL_OK;
}

static int memory_notes(struct store *s, uint64_t size, store_entry_fn *fn, void *context,
			struct portroll_error *err)
{
	bool any = false;
	uint64_t largest = 0;
	for (size_t i = 0; i < s->note_count; i++) {
		if (s->notes[i].size > size || (any && s->notes[i].size < largest))
			continue;
		largest = s->notes[i].size;
		any = true;
	}
	for (size_t i = 0; any && i < s->note_count; i++) {
		if (s->notes[i].size != largest)
			continue;
		struct stored_entry note = {.index = largest, .body = s->notes[i].note};
		int r = fn(context, &note, err);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

static int memory_wait(struct store *s, uint32_t timeout_ms, struct portroll_error *err)
{
	(void)s;
	(void)timeout_ms;
	(void)err;
	return PORTROLL_OK;
}

const struct store_ops store_memory = {
	.scheme = "memory",
	.open = memory_open,
	.close = memory_close,
	.head = memory_head,
	.append = memory_append,
	.settle = memory_settle,
	.each = memory_each,
	.last = memory_last,
	.people = memory_people,
	.erase = memory_erase,
	.put_papers = memory_put_papers,
	.papers = memory_papers,
	.keep_note = memory_keep_note,
	.notes = memory_notes,
	.wait = memory_wait,
};
