/* SPDX-License-Identifier: MIT */
#include "ledger/store_row.h"

#include <inttypes.h>
#include <string.h>

#include "ledger/bundle.h"

size_t store_edge_write(uint8_t ret[static EDGE_SIZE_MAX], const struct tree *t)
{
	size_t len = 0;
	for (unsigned level = 0; level < TREE_LEVELS; level++) {
		if (!(t->size >> level & 1))
			continue;
		memcpy(ret + len, t->edge[level].bytes, TREE_HASH_SIZE);
		len += TREE_HASH_SIZE;
	}
	return len;
}

bool store_edge_read(struct tree *ret, uint64_t size, struct portroll_str edge)
{
	size_t count = (size_t)__builtin_popcountll(size);
	if (size > TREE_SIZE_MAX || edge.len != count * TREE_HASH_SIZE)
		return false;
	struct tree t = {.size = size};
	const char *from = edge.ptr;
	for (unsigned level = 0; level < TREE_LEVELS; level++) {
		if (!(size >> level & 1))
			continue;
		memcpy(t.edge[level].bytes, from, TREE_HASH_SIZE);
		from += TREE_HASH_SIZE;
	}
	*ret = t;
	return true;
}

static int person_check(const struct stored_person *person, struct portroll_error *err)
{
	const struct person_content *content = &person->content;
	bool is_erased = !content->salt.len && !content->body.len;
	if (!is_erased && (content->salt.len != SALT_SIZE || !content->body.len))
		return error_set(err, PORTROLL_EINVAL,
				 "the content of %.*s has not both a salt and a text",
				 PORTROLL_STR_ARG(str_part(person->id, 0, 60)));
	if (content->body.len > ENTRY_SIZE_MAX)
		return error_set(err, PORTROLL_ELIMIT,
				 "what is known of %.*s has %zu bytes, above the limit of %d",
				 PORTROLL_STR_ARG(str_part(person->id, 0, 60)), content->body.len,
				 ENTRY_SIZE_MAX);
	return PORTROLL_OK;
}

int store_batch_check(const struct store_batch *batch, struct portroll_error *err)
{
	uint64_t size;
	if (__builtin_add_overflow(batch->base, batch->count, &size) || size > TREE_SIZE_MAX ||
	    size != batch->after.size)
		return error_set(err, PORTROLL_EINVAL,
				 "%zu entries after %" PRIu64 " do not make a ledger of %" PRIu64,
				 batch->count, batch->base, batch->after.size);
	for (size_t i = 0; i < batch->count; i++)
		if (batch->entries[i].body.len > ENTRY_SIZE_MAX)
			return error_set(err, PORTROLL_ELIMIT,
					 "entry @%" PRIu64 " has %zu bytes, above the limit of %d",
					 batch->base + i + 1, batch->entries[i].body.len,
					 ENTRY_SIZE_MAX);
	for (size_t i = 0; i < batch->person_count; i++) {
		int r = person_check(&batch->people[i], err);
		if (r < 0)
			return r;
	}
	return store_papers_check(batch->papers, batch->paper_count, err);
}

static int paper_check(const struct stored_paper *paper, struct portroll_error *err)
{
	struct portroll_str kind = str_part(paper->kind, 0, PAPER_NAME_MAX);
	struct portroll_str id = str_part(paper->id, 0, PAPER_NAME_MAX);
	if (!kind.len || !id.len)
		return error_set(err, PORTROLL_EINVAL, "a paper has no %s",
				 kind.len ? "name" : "kind");
	if (paper->kind.len > PAPER_NAME_MAX || paper->id.len > PAPER_NAME_MAX)
		return error_set(err, PORTROLL_ELIMIT,
				 "the name %.*s %.*s of a paper is longer than %d bytes: give a "
				 "shorter one",
				 PORTROLL_STR_ARG(kind), PORTROLL_STR_ARG(id), PAPER_NAME_MAX);
	if (paper->body.len > PAPER_SIZE_MAX)
		return error_set(err, PORTROLL_ELIMIT,
				 "%.*s %.*s has %zu bytes, above the limit of %zu: make it shorter",
				 PORTROLL_STR_ARG(kind), PORTROLL_STR_ARG(id), paper->body.len,
				 PAPER_SIZE_MAX);
	if (!paper->body.len && !paper->version)
		return error_set(err, PORTROLL_EINVAL,
				 "%.*s %.*s is erased only by who knows its version",
				 PORTROLL_STR_ARG(kind), PORTROLL_STR_ARG(id));
	return PORTROLL_OK;
}

int store_papers_check(const struct stored_paper *papers, size_t count, struct portroll_error *err)
{
	for (size_t i = 0; i < count; i++) {
		int r = paper_check(&papers[i], err);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

int store_paper_fits(const struct stored_paper *paper, struct present_paper present,
		     struct portroll_error *err)
{
	if (paper->version == present.version || (!paper->version && present.is_erased))
		return PORTROLL_OK;
	if (!present.version || present.is_erased)
		return error_set(err, PORTROLL_ECONFLICT,
				 "%.*s %.*s is not there any more: somebody erased it",
				 PORTROLL_STR_ARG(paper->kind), PORTROLL_STR_ARG(paper->id));
	if (!paper->version)
		return error_set(err, PORTROLL_ECONFLICT, "%.*s %.*s is there already",
				 PORTROLL_STR_ARG(paper->kind), PORTROLL_STR_ARG(paper->id));
	return error_set(err, PORTROLL_ECONFLICT,
			 "somebody else changed %.*s %.*s first: it is version %" PRIu64
			 " by now, and this was made upon %" PRIu64 "; look at it and try again",
			 PORTROLL_STR_ARG(paper->kind), PORTROLL_STR_ARG(paper->id),
			 present.version, paper->version);
}

int store_conflict(uint64_t size, const struct store_batch *batch, struct portroll_error *err)
{
	return error_set(err, PORTROLL_ECONFLICT,
			 "the ledger has %" PRIu64
			 " entries by now, and this was made upon %" PRIu64,
			 size, batch->base);
}

int store_repeated(const struct store_batch *batch, size_t at, struct portroll_error *err)
{
	return error_set(err, PORTROLL_ECONFLICT,
			 "entry @%" PRIu64 " is in the ledger already, under another number",
			 batch->base + at + 1);
}
