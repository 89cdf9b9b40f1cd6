/* SPDX-License-Identifier: MIT */
#include "cli/range_table.h"

#include "cli/words.h"
#include "registry/state.h"
#include "terminal/table.h"

/* Ports with equal answers, one after the other. */
struct stretch {
	struct range ports;
	struct block block; /* of the first port */
};

struct stretches {
	const struct reader *reader;
	size_t source;
	struct arena *arena;
	struct stretch *items;
	size_t count, capacity;
	uint64_t sources;             /* bits of those that speak */
	size_t open[TRANSPORT_COUNT]; /* those that the port before belongs to */
	size_t open_count;
};

static bool continues(const struct stretches *runs, const struct stretch *run,
		      const struct block *b)
{
	const struct block *a = &run->block;
	bool same = a->transports == b->transports && a->answer.state == b->answer.state &&
		    a->answer.reason == b->answer.reason && a->answer.source == b->answer.source;
	if (!same)
		return false;
	uint32_t at_x = 0, at_y = 0;
	struct portroll_record x, y;
	for (;;) {
		bool more_x = block_next(runs->reader, a, runs->source, &at_x, &x);
		bool more_y = block_next(runs->reader, b, runs->source, &at_y, &y);
		if (!more_x || !more_y)
			return more_x == more_y;
		if ((x.name.len || y.name.len) && x.id != y.id)
			return false;
	}
}

static bool open_run(struct stretches *runs, const struct block *b)
{
	if (runs->count == runs->capacity) {
		size_t capacity = runs->capacity ? runs->capacity * 2 : 64;
		struct stretch *grown =
			arena_grow(runs->arena, runs->items, runs->count, capacity, sizeof(*grown));
		if (!grown)
			return false;
		runs->items = grown;
		runs->capacity = capacity;
	}
	runs->items[runs->count++] = (struct stretch){.ports = b->ports, .block = *b};
	return true;
}

static bool add_port(struct stretches *runs, const struct block *blocks, size_t count)
{
	size_t now_open[TRANSPORT_COUNT];
	for (size_t i = 0; i < count; i++) {
		size_t k = 0;
		while (k < runs->open_count &&
		       !continues(runs, &runs->items[runs->open[k]], &blocks[i]))
			k++;
		if (k < runs->open_count) {
			now_open[i] = runs->open[k];
			runs->items[now_open[i]].ports.last = blocks[i].ports.last;
		} else if (open_run(runs, &blocks[i])) {
			now_open[i] = runs->count - 1;
		} else {
			return false;
		}
	}
	for (size_t i = 0; i < count; i++)
		runs->open[i] = now_open[i];
	runs->open_count = count;
	return true;
}

/* Has a record before that one the same name? */
static bool is_named_before(const struct stretches *runs, const struct block *b,
			    const struct portroll_record *record)
{
	struct portroll_record earlier;
	for (uint32_t at = 0; block_next(runs->reader, b, runs->source, &at, &earlier);) {
		if (earlier.id == record->id)
			return false;
		if (str_equal_fold(earlier.name, record->name))
			return true;
	}
	return false;
}

static void put_names(struct buf *names, struct buf *words, struct stretches *runs,
		      const struct block *b)
{
	struct portroll_record record;
	if (b->answer.source != UINT8_MAX)
		runs->sources |= UINT64_C(1) << b->answer.source;
	for (uint32_t at = 0; block_next(runs->reader, b, runs->source, &at, &record);) {
		if (record.name.len == 0 || is_named_before(runs, b, &record))
			continue;
		runs->sources |= UINT64_C(1) << record.source;
		if (names->len == 0)
			buf_put(words, record.description);
		buf_puts(names, names->len ? ", " : "");
		buf_put(names, record.name);
		if (record.flags & PORTROLL_RECORD_ALIAS)
			buf_puts(names, " (historic)");
		if (record.source != b->answer.source) {
			buf_puts(names, " in ");
			buf_put(names, snapshot_source_name(runs->reader->snapshot, record.source));
		}
	}
	if (b->answer.state != PORTROLL_ASSIGNED) {
		buf_clear(words);
		buf_puts(words, reason_words_of(b->answer.reason)->sentence);
	}
}

static void put_row(struct table *t, struct stretches *runs, const struct stretch *run)
{
	CLEANUP(buf_done) struct buf names = BUF_INIT(64U << 10);
	CLEANUP(buf_done) struct buf words = BUF_INIT(64U << 10);
	char text[RANGE_TEXT_MAX];
	size_t len = range_format(text, run->ports);
	table_cell(t, (struct portroll_str){text, len});
	for (uint8_t i = PORTROLL_TCP; i <= TRANSPORT_COUNT; i++) {
		if (!(run->block.transports & 1U << i))
			continue;
		buf_puts(&words, words.len ? " " : "");
		buf_put(&words, transport_name(i));
	}
	table_cell(t, buf_str(&words));
	table_cell(t, str_from(portroll_state_name(run->block.answer.state)));
	buf_clear(&words);
	put_names(&names, &words, runs, &run->block);
	table_cell(t, buf_str(&names));
	table_cell(t, buf_str(&words));
}

static int write_table(struct stretches *runs)
{
	static const struct table_column columns[] = {
		{.title = "Port"},
		{.title = "Transport"},
		{.title = "State"},
		{.title = "Name", .colour = COLOUR_NAME, .flexible = true, .least = 15},
		{.title = "Description or reason", .flexible = true, .optional = true},
	};
	struct table t = table_init(runs->arena, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < runs->count; i++)
		put_row(&t, runs, &runs->items[i]);
	if (t.failed)
		return PORTROLL_ENOMEM;
	table_write(&t, runs->reader->out);
	put_origin(runs->reader, runs->sources);
	return PORTROLL_OK;
}

int range_table_put(bool *ret_is_found, const struct reader *r, const struct key *key,
		    size_t source)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct stretches runs = {.reader = r, .source = source, .arena = &arena};
	bool is_found = false;
	for (uint32_t port = key->ports.first; port <= key->ports.last; port++) {
		struct block blocks[TRANSPORT_COUNT];
		struct range one = {(uint16_t)port, (uint16_t)port};
		size_t count =
			blocks_of_port(blocks, r, one, transports_of(key->transport), source);
		for (size_t i = 0; i < count; i++)
			is_found = is_found || blocks[i].is_found;
		if (!add_port(&runs, blocks, count))
			return PORTROLL_ENOMEM;
	}
	*ret_is_found = is_found;
	return write_table(&runs);
}
