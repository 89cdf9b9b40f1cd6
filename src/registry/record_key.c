/* SPDX-License-Identifier: MIT */
#include "registry/record_key.h"

/* The key as bytes in the scratch buffer. */
static struct portroll_str key_of(struct key_index *index, const struct record *r, bool with_name)
{
	struct range port = r->has_port ? r->port : (struct range){0};
	const char fixed[] = {(char)r->transport,      (char)r->has_port,
			      (char)(port.first >> 8), (char)(port.first & 0xff),
			      (char)(port.last >> 8),  (char)(port.last & 0xff)};
	buf_clear(&index->key);
	buf_put(&index->key, (struct portroll_str){fixed, sizeof(fixed)});
	if (with_name)
		buf_put(&index->key, r->name);
	return buf_str(&index->key);
}

/* Walks backwards, so that each list of equals begins with the first of them. */
int key_index_build(struct key_index *ret, const struct registry *reg, struct arena *a)
{
	*ret = (struct key_index){
		.keys = IDSET_INIT(a),
		.heads = arena_array(a, reg->record_count, sizeof(uint32_t)),
		.next = arena_array(a, reg->record_count, sizeof(uint32_t)),
		.key = BUF_INIT(SIZE_MAX / 2),
	};
	if (!ret->heads || !ret->next)
		return PORTROLL_ENOMEM;
	uint32_t key_count = 0;
	for (size_t i = reg->record_count; i-- > 0;) {
		struct portroll_str key = key_of(ret, reg->records[i], true);
		if (ret->key.failed)
			return PORTROLL_ENOMEM;
		uint32_t id = idset_find(&ret->keys, key);
		if (id == IDSET_NONE) {
			id = key_count++;
			ret->heads[id] = IDSET_NONE;
			if (idset_add(&ret->keys, arena_str(a, key), id) == IDSET_NONE || a->failed)
				return PORTROLL_ENOMEM;
		}
		ret->next[i] = ret->heads[id];
		ret->heads[id] = (uint32_t)i;
	}
	return PORTROLL_OK;
}

bool key_index_knows(struct key_index *index, const struct record *r)
{
	return idset_find(&index->keys, key_of(index, r, true)) != IDSET_NONE;
}

static int take(uint32_t *ret, struct key_index *index, struct portroll_str key)
{
	if (index->key.failed)
		return PORTROLL_ENOMEM;
	uint32_t id = idset_find(&index->keys, key);
	*ret = id == IDSET_NONE ? IDSET_NONE : index->heads[id];
	if (*ret != IDSET_NONE)
		index->heads[id] = index->next[*ret];
	return PORTROLL_OK;
}

int key_index_take(uint32_t *ret, struct key_index *index, const struct record *r)
{
	return take(ret, index, key_of(index, r, true));
}

int key_index_take_nameless(uint32_t *ret, struct key_index *index, const struct record *r)
{
	return take(ret, index, key_of(index, r, false));
}

void key_index_done(struct key_index *index)
{
	buf_done(&index->key);
}
