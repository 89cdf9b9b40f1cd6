/* SPDX-License-Identifier: MIT */
#include "ledger/ordinals.h"

#include "base/buf.h"
#include "registry/idset.h"

/* The keys that are named, each with a number, and of each how many were met. */
struct ordinals {
	struct idset keys;
	uint32_t *met;
	struct buf key; /* scratch */
};

static struct portroll_str key_of(struct ordinals *o, const struct record *r)
{
	struct range port = r->has_port ? r->port : (struct range){0};
	const char fixed[] = {(char)r->transport,      (char)r->has_port,
			      (char)(port.first >> 8), (char)(port.first & 0xff),
			      (char)(port.last >> 8),  (char)(port.last & 0xff)};
	buf_clear(&o->key);
	buf_put(&o->key, (struct portroll_str){fixed, sizeof(fixed)});
	buf_put(&o->key, r->name);
	return buf_str(&o->key);
}

static int name_key(struct ordinals *o, const struct registry *old, uint32_t record)
{
	if (record == CHANGE_NONE)
		return PORTROLL_OK;
	struct portroll_str key = key_of(o, old->records[record]);
	if (o->key.failed)
		return PORTROLL_ENOMEM;
	if (idset_find(&o->keys, key) != IDSET_NONE)
		return PORTROLL_OK;
	key = arena_str(o->keys.arena, key);
	if (!key.len || idset_add(&o->keys, key, (uint32_t)o->keys.count) == IDSET_NONE)
		return PORTROLL_ENOMEM;
	return PORTROLL_OK;
}

static int count_them(uint32_t *ordinals, struct ordinals *o, const struct registry *old)
{
	for (size_t i = 0; i < old->record_count; i++) {
		uint32_t key = idset_find(&o->keys, key_of(o, old->records[i]));
		if (key != IDSET_NONE)
			ordinals[i] = o->met[key]++;
	}
	return o->key.failed;
}

int record_ordinals(const uint32_t **ret, const struct registry *old, struct change_list changes,
		    struct arena *a)
{
	struct ordinals o = {.keys = IDSET_INIT(a), .key = BUF_INIT(SIZE_MAX / 2)};
	int r = PORTROLL_OK;
	for (size_t i = 0; r == PORTROLL_OK && i < changes.count; i++) {
		r = name_key(&o, old, changes.items[i].old);
		if (r == PORTROLL_OK)
			r = name_key(&o, old, changes.items[i].before);
	}
	uint32_t *ordinals = NULL;
	if (r == PORTROLL_OK && o.keys.count) {
		ordinals = arena_array(a, old->record_count, sizeof(*ordinals));
		o.met = arena_array(a, o.keys.count, sizeof(*o.met));
		r = ordinals && o.met ? count_them(ordinals, &o, old) : PORTROLL_ENOMEM;
	}
	buf_done(&o.key);
	*ret = ordinals;
	return r;
}
