/* SPDX-License-Identifier: MIT */
#include "snapshot/compile.h"

#include "base/hash.h"
#include "snapshot/name_table.h"

#define NO_RUN UINT32_MAX

/* Records in a row with the same name. */
struct name_run {
	struct name_key key;
	struct portroll_str text;
	uint32_t first, count;
	uint32_t next; /* run of the same name, or NO_RUN */
};

/* A name: its runs in the order of the records. */
struct name_entry {
	uint32_t first_run, last_run;
};

struct name_compiler {
	struct compiler *c;
	struct name_run *runs;
	struct name_entry *names;
	struct name_key *keys; /* of the names */
	uint32_t run_count, name_count;
	uint64_t seed;
};

/* The text of a record's name, as it was put. */
static uint32_t name_text(const struct compiler *c, uint32_t record)
{
	const char *rows = c->sections[SECTION_RECORDS].ptr;
	return load_u32(rows + (size_t)record * RECORD_SIZE + RECORD_NAME);
}

static bool begins_run(const struct compiler *c, uint32_t record)
{
	uint32_t text = name_text(c, record);
	return text != 0 && (record == 0 || name_text(c, record - 1) != text);
}

static void collect(struct name_compiler *k, const struct registry *reg, uint32_t first)
{
	for (uint32_t i = 0; i < reg->record_count; i++) {
		uint32_t record = first + i;
		struct portroll_str name = reg->records[i]->name;
		if (begins_run(k->c, record))
			k->runs[k->run_count++] =
				(struct name_run){name_key_of(name), name, record, 1, NO_RUN};
		else if (name.len > 0)
			k->runs[k->run_count - 1].count++;
	}
}

static int collect_all(struct name_compiler *k)
{
	size_t most = 0;
	for (uint32_t i = 0; i < k->c->record_count; i++)
		most += begins_run(k->c, i);
	k->runs = arena_array(&k->c->scratch, most, sizeof(*k->runs));
	k->names = arena_array(&k->c->scratch, most, sizeof(*k->names));
	k->keys = arena_array(&k->c->scratch, most, sizeof(*k->keys));
	if (!k->runs || !k->names || !k->keys)
		return error_memory(k->c->err);
	uint32_t first = 0;
	for (size_t i = 0; i < k->c->roll->source_count; i++) {
		const struct registry *reg = k->c->roll->sources[i].registry;
		collect(k, reg, first);
		first += (uint32_t)reg->record_count;
	}
	return PORTROLL_OK;
}

/* Of all that is named, so that nobody can prepare names that meet. */
static uint64_t seed_of(const struct name_compiler *k)
{
	uint64_t seed = k->run_count;
	for (uint32_t i = 0; i < k->run_count; i++) {
		char bytes[sizeof(seed) + NAME_KEY_SIZE];
		store_u64(bytes, seed);
		name_key_store(bytes + sizeof(seed), k->runs[i].key);
		seed = hash_bytes((struct portroll_str){bytes, sizeof(bytes)});
	}
	return seed;
}

static void add_run(struct name_compiler *k, uint32_t name, uint32_t run)
{
	if (name == k->name_count) {
		k->keys[k->name_count] = k->runs[run].key;
		k->names[k->name_count++] = (struct name_entry){run, run};
		return;
	}
	k->runs[k->names[name].last_run].next = run;
	k->names[name].last_run = run;
}

/* Puts the runs of one name together, names in the order of their first records. */
static int group(struct name_compiler *k)
{
	size_t capacity = 16;
	while (capacity < (size_t)k->run_count * 2)
		capacity *= 2;
	uint32_t *slots = arena_array(&k->c->scratch, capacity, sizeof(*slots)); /* name + 1 */
	if (!slots)
		return error_memory(k->c->err);
	for (uint32_t i = 0; i < k->run_count; i++) {
		const struct name_run *run = &k->runs[i];
		size_t at = name_hash(run->key, name_seeds(k->seed)) & (capacity - 1);
		while (slots[at] && !name_key_equal(k->keys[slots[at] - 1], run->key))
			at = (at + 1) & (capacity - 1);
		uint32_t name = slots[at] ? slots[at] - 1 : k->name_count;
		if (slots[at] && !str_equal_fold(k->runs[k->names[name].first_run].text, run->text))
			return error_set(k->c->err, PORTROLL_ELIMIT,
					 "the names '%.*s' and '%.*s' have one hash; a snapshot "
					 "cannot tell them apart",
					 PORTROLL_STR_ARG(run->text),
					 PORTROLL_STR_ARG(k->runs[k->names[name].first_run].text));
		slots[at] = name + 1;
		add_run(k, name, i);
	}
	return PORTROLL_OK;
}

static struct record_list put_list(struct name_compiler *k, uint32_t name)
{
	struct buf *out = &k->c->sections[SECTION_LISTS];
	size_t from = out->len;
	for (uint32_t i = k->names[name].first_run; i != NO_RUN; i = k->runs[i].next)
		for (uint32_t at = 0; at < k->runs[i].count; at++)
			put_u32(out, k->runs[i].first + at);
	return list_keep(k->c, from);
}

static void put_slots(struct name_compiler *k, const struct name_table *table)
{
	struct compiler *c = k->c;
	for (uint32_t i = 0; i < table->slot_count; i++) {
		char key[NAME_KEY_SIZE] = {0};
		struct record_list list = {LIST_EMPTY, 0};
		if (table->slots[i]) {
			name_key_store(key, k->keys[table->slots[i] - 1]);
			list = put_list(k, table->slots[i] - 1);
		}
		buf_put(&c->sections[SECTION_NAME_KEYS], (struct portroll_str){key, sizeof(key)});
		put_u32(&c->sections[SECTION_NAME_LISTS], list.first);
		put_u32(&c->sections[SECTION_NAME_COUNTS], list.count);
	}
	for (uint32_t i = 0; i < table->bucket_count; i++) {
		char displacement[sizeof(uint16_t)];
		store_u16(displacement, table->displacements[i]);
		buf_put(&c->sections[SECTION_NAME_DISPLACEMENTS],
			(struct portroll_str){displacement, sizeof(displacement)});
	}
	char seed[sizeof(uint64_t)];
	store_u64(seed, table->seed);
	buf_put(&c->sections[SECTION_NAME_SEED], (struct portroll_str){seed, sizeof(seed)});
}

int compile_names(struct compiler *c)
{
	struct name_compiler k = {.c = c};
	struct name_table table;
	int r = collect_all(&k);
	if (r < 0)
		return r;
	k.seed = seed_of(&k);
	r = group(&k);
	if (r == PORTROLL_OK)
		r = name_table_build(&table, k.keys, k.name_count, k.seed, &c->scratch);
	if (r == PORTROLL_ELIMIT)
		return error_set(c->err, r, "no perfect hash of the %u names was found",
				 k.name_count);
	if (r < 0)
		return error_memory(c->err);
	put_slots(&k, &table);
	return PORTROLL_OK;
}
