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
	return PORTROLL_OK;
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
