/* SPDX-License-Identifier: MIT */
/* The names in a minimal perfect hash of cmph, algorithm BDZ, each verified by its text; exact
 * case. */
#include <cmph.h>
#include <stdlib.h>
#include <string.h>

#include "name_peer.h"

struct bdz {
	cmph_t *hash;
	const struct name_entry **entry; /* by what the hash gives */
	uint32_t size;
};

static cmph_t *hash_new(char **names, size_t count)
{
	cmph_io_adapter_t *source = cmph_io_vector_adapter(names, (cmph_uint32)count);
	cmph_config_t *config = cmph_config_new(source);
	cmph_config_set_algo(config, CMPH_BDZ);
	cmph_config_set_b(config, 7);
	cmph_t *hash = cmph_new(config);
	cmph_config_destroy(config);
	cmph_io_vector_adapter_destroy(source);
	return hash;
}

void *name_peer_build(const struct name_entry *entries, size_t count)
{
	struct bdz *bdz = calloc(1, sizeof(*bdz));
	char **names = calloc(count, sizeof(*names));
	if (!bdz || !names)
		return NULL;
	for (size_t i = 0; i < count; i++)
		names[i] = strdup(entries[i].name.ptr);
	bdz->hash = hash_new(names, count);
	bdz->size = bdz->hash ? cmph_size(bdz->hash) : 0;
	bdz->entry = calloc(bdz->size, sizeof(const struct name_entry *));
	if (!bdz->hash || !bdz->entry)
		return NULL;
	for (size_t i = 0; i < count; i++)
		bdz->entry[cmph_search(bdz->hash, names[i], (cmph_uint32)entries[i].name.len)] =
			&entries[i];
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
	return bdz;
}

uint64_t name_peer_loop(const void *peer, const struct portroll_str *keys, size_t count)
{
	const struct bdz *bdz = peer;
	uint64_t sum = 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t at = cmph_search(bdz->hash, keys[i].ptr, (cmph_uint32)keys[i].len);
		const struct name_entry *entry = at < bdz->size ? bdz->entry[at] : NULL;
		if (entry && entry->name.len == keys[i].len &&
		    memcmp(entry->name.ptr, keys[i].ptr, keys[i].len) == 0)
			sum += entry->number;
	}
	return sum;
}
