/* SPDX-License-Identifier: MIT */
#include "snapshot/compile.h"

#include "base/load.h"

#include <stdlib.h>

/* Records in a row with the same name. */
struct name_run {
	uint64_t key; /* NAME_KEY_LEN folded bytes, so that numbers order as texts do */
	struct portroll_str name;
	uint32_t text, first, count;
};

struct name_runs {
	struct name_run *items;
	size_t count;
};

static int compare_names(const struct name_run *x, const struct name_run *y)
{
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->text == y->text ? 0 : str_compare_fold(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
	const struct name_run *x = a, *y = b;
	int order = compare_names(x, y);
	return order ? order : (x->first > y->first) - (x->first < y->first);
}

static uint64_t key_of(struct portroll_str name)
{
	char key[NAME_KEY_LEN];
	name_key(key, name);
	uint64_t number = 0;
	for (size_t i = 0; i < sizeof(key); i++)
		number = number << 8 | (uint8_t)key[i];
	return number;
}

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

static void collect(struct name_runs *runs, const struct compiler *c, const struct registry *reg,
		    uint32_t first)
{
	for (uint32_t i = 0; i < reg->record_count; i++) {
		uint32_t record = first + i;
		if (begins_run(c, record)) {
			struct portroll_str name = reg->records[i]->name;
			runs->items[runs->count++] = (struct name_run){
				key_of(name), name, name_text(c, record), record, 1};
		} else if (name_text(c, record) != 0) {
			runs->items[runs->count - 1].count++;
		}
	}
}

/* One name: runs[from] to runs[to - 1]. */
static void put_name(struct compiler *c, const struct name_run *runs, size_t count)
{
	struct buf *lists = &c->sections[SECTION_LISTS], *out = &c->sections[SECTION_NAMES];
	size_t from = lists->len;
	for (size_t i = 0; i < count; i++)
		for (uint32_t k = 0; k < runs[i].count; k++)
			put_u32(lists, runs[i].first + k);
	struct record_list list = list_keep(c, from);
	char row[NAME_SIZE] = {0};
	name_key(row + NAME_KEY, runs[0].name);
	store_u32(row + NAME_TEXT, runs[0].text);
	store_u32(row + NAME_FIRST, list.first);
	store_u32(row + NAME_COUNT, list.count);
	buf_put(out, (struct portroll_str){row, sizeof(row)});
}

int compile_names(struct compiler *c)
{
	struct name_runs runs = {0};
	size_t records = c->sections[SECTION_RECORDS].len / RECORD_SIZE, most = 0;
	for (uint32_t i = 0; i < records; i++)
		most += begins_run(c, i);
	runs.items = arena_array(&c->scratch, most, sizeof(*runs.items));
	if (!runs.items)
		return error_memory(c->err);
	uint32_t first = 0;
	for (size_t i = 0; i < c->roll->source_count; i++) {
		const struct registry *reg = c->roll->sources[i].registry;
		collect(&runs, c, reg, first);
		first += (uint32_t)reg->record_count;
	}
	qsort(runs.items, runs.count, sizeof(*runs.items), by_name);
	for (size_t from = 0, to; from < runs.count; from = to) {
		for (to = from + 1; to < runs.count; to++)
			if (compare_names(&runs.items[from], &runs.items[to]) != 0)
				break;
		put_name(c, &runs.items[from], to - from);
	}
	return PORTROLL_OK;
}
