/* SPDX-License-Identifier: MIT */
#include "snapshot/compile.h"

#include <string.h>

#include "base/load.h"
#include "registry/frequency.h"
#include "registry/state.h"

#define PAGE_COUNT (TRANSPORT_COUNT * PORT_COUNT / PAGE_PORTS)

/* Below so many answers, rows of a kind and pages have numbers of 16 bits. */
_Static_assert(ANSWER_MAX - 1 == UINT16_MAX, "the number of an answer has 16 bits");
_Static_assert(ANSWER_KIND_MAX - 1 == UINT16_MAX, "the number of a kind has 16 bits");
_Static_assert(ANSWER_COUNT_MAX == UINT16_MAX, "the count of an answer has 16 bits");
_Static_assert(PAGE_COUNT - 1 <= UINT16_MAX, "the number of a page has 16 bits");
_Static_assert(ROLL_SOURCE_MAX <= UINT8_MAX, "the number of a source has 8 bits");

/* What makes answers equal. */
enum answer_key_at {
	KEY_PLACE = 0,
	KEY_KIND = 4,
	KEY_COUNT = 6,
	KEY_FREQUENCY = 8,
	KEY_SIZE = 12
};

/* One source as the answers see it. */
struct layer {
	struct port_index index;
	uint32_t *frequencies; /* that its records state; NULL: no record does */
	uint32_t first_record;
	uint8_t coverage;
};

#define FREQUENCY_NONE UINT32_MAX /* of a record that states none */

struct answer_compiler {
	struct compiler *c;
	struct layer *layers;
	size_t count;
	size_t fallback; /* decides where no complete source has a row; `count`: none is complete */
	uint32_t *listed;  /* scratch for the records of one source on one port */
	uint16_t *numbers; /* of the answers, by transport and port */
};

static int read_frequencies(struct answer_compiler *k, struct layer *layer)
{
	const struct registry *reg = layer->index.registry;
	for (size_t i = 0; i < reg->record_count; i++) {
		uint32_t frequency;
		if (!record_frequency(&frequency, reg->records[i]))
			continue;
		if (!layer->frequencies) {
			layer->frequencies = arena_array(&k->c->scratch, reg->record_count,
							 sizeof(*layer->frequencies));
			if (!layer->frequencies)
				return error_memory(k->c->err);
			memset(layer->frequencies, 0xff,
			       reg->record_count * sizeof(*layer->frequencies));
		}
		layer->frequencies[i] = frequency;
	}
	return PORTROLL_OK;
}

static int build_layers(struct answer_compiler *k)
{
	const struct roll *roll = k->c->roll;
	uint32_t first = 0;
	k->layers = arena_array(&k->c->scratch, roll->source_count, sizeof(*k->layers));
	if (!k->layers)
		return error_memory(k->c->err);
	k->count = k->fallback = roll->source_count;
	for (size_t i = 0; i < k->count; i++) {
		const struct source *source = &roll->sources[i];
		struct layer *layer = &k->layers[i];
		*layer = (struct layer){.first_record = first, .coverage = source->coverage};
		int r = port_index_build(&layer->index, source->registry, &k->c->scratch);
		if (r == PORTROLL_ELIMIT)
			return error_set(k->c->err, r,
					 "the ranges of source '%.*s' cover too many ports",
					 PORTROLL_STR_ARG(source->name));
		if (r < 0)
			return error_memory(k->c->err);
		r = read_frequencies(k, layer);
		if (r < 0)
			return r;
		first += (uint32_t)source->registry->record_count;
		bool iana = str_equal(source->name, STR("iana"));
		if (layer->coverage == COVERAGE_COMPLETE && (iana || k->fallback == k->count))
			k->fallback = i;
	}
	return PORTROLL_OK;
}

static uint32_t covering(const struct layer *layer, uint32_t port)
{
	return layer->index.starts[port + 1] - layer->index.starts[port];
}

static int make_room(struct answer_compiler *k)
{
	uint32_t most = 0;
	for (size_t i = 0; i < k->count; i++)
		for (uint32_t port = 0; port < PORT_COUNT; port++)
			if (covering(&k->layers[i], port) > most)
				most = covering(&k->layers[i], port);
	k->listed = arena_array(&k->c->scratch, most, sizeof(*k->listed));
	k->numbers = arena_array(&k->c->scratch, (size_t)TRANSPORT_COUNT * PORT_COUNT,
				 sizeof(*k->numbers));
	return k->listed && k->numbers ? PORTROLL_OK : error_memory(k->c->err);
}

/* The first complete source with a row of its own for (port, transport) decides, else IANA's. */
static struct port_state decide(const struct answer_compiler *k, uint16_t port, uint8_t transport,
				uint8_t *ret_source)
{
	for (size_t i = 0; i < k->count; i++) {
		const struct layer *layer = &k->layers[i];
		if (layer->coverage != COVERAGE_COMPLETE || covering(layer, port) == 0)
			continue;
		struct port_state state = port_state_of(&layer->index, port, transport);
		*ret_source = (uint8_t)i;
		if (state.explicit_row)
			return state;
	}
	if (k->fallback < k->count) {
		*ret_source = (uint8_t)k->fallback;
		return port_state_of(&k->layers[k->fallback].index, port, transport);
	}
	*ret_source = UINT8_MAX;
	if (port_class_of(port) == &port_classes[PORT_CLASS_COUNT - 1])
		return (struct port_state){PORTROLL_DYNAMIC, PORTROLL_REASON_DYNAMIC, 1, false};
	return (struct port_state){PORTROLL_UNKNOWN, PORTROLL_REASON_NOT_LISTED, 0, false};
}

/* A row without a name says nothing when its source knows names only. */
static bool says_something(const struct layer *layer, uint32_t record)
{
	return layer->coverage != COVERAGE_NAMES ||
	       layer->index.registry->records[record]->name.len > 0;
}

/* Of the first source that states one, a record without a name too. */
static uint32_t frequency_of(const struct answer_compiler *k, uint32_t port, uint8_t transport)
{
	for (size_t i = 0; i < k->count; i++) {
		const struct layer *layer = &k->layers[i];
		const struct port_index *index = &layer->index;
		uint32_t most = FREQUENCY_NONE;
		for (uint32_t at = index->starts[port];
		     layer->frequencies && at < index->starts[port + 1]; at++) {
			uint32_t record = index->entries[at];
			uint32_t frequency = layer->frequencies[record];
			uint8_t of = index->transports[record];
			bool is_stated = frequency != FREQUENCY_NONE &&
					 (of == transport || of == PORTROLL_ANY);
			if (is_stated && (most == FREQUENCY_NONE || frequency > most))
				most = frequency;
		}
		if (most != FREQUENCY_NONE)
			return most;
	}
	return 0;
}

static struct record_list put_list(struct answer_compiler *k, uint16_t port, uint8_t transport)
{
	struct buf *out = &k->c->sections[SECTION_LISTS];
	size_t from = out->len;
	for (size_t i = 0; i < k->count; i++) {
		const struct layer *layer = &k->layers[i];
		uint32_t most = covering(layer, port);
		size_t count =
			most ? port_records(&layer->index, port, transport, k->listed, most) : 0;
		for (size_t at = 0; at < count; at++)
			if (says_something(layer, k->listed[at]))
				put_u32(out, layer->first_record + k->listed[at]);
	}
	return list_keep(k->c, from);
}

static uint32_t put_kind(struct answer_compiler *k, struct port_state state, uint8_t source)
{
	struct buf *out = &k->c->sections[SECTION_KINDS];
	size_t from = out->len;
	char row[KIND_SIZE];
	row[KIND_STATE] = (char)state.state;
	row[KIND_REASON] = (char)state.reason;
	row[KIND_RULE] = (char)state.rule;
	row[KIND_SOURCE] = (char)source;
	buf_put(out, (struct portroll_str){row, sizeof(row)});
	return pool_keep(&k->c->kinds, from) / KIND_SIZE;
}

/* The number of the answer, or a code with its sentence. */
static int put_answer(uint16_t *ret, struct answer_compiler *k, uint16_t port, uint8_t transport)
{
	struct buf *out = &k->c->answer_rows;
	uint8_t source;
	struct port_state state = decide(k, port, transport, &source);
	struct record_list list = put_list(k, port, transport);
	uint32_t kind = put_kind(k, state, source);
	if (list.count > ANSWER_COUNT_MAX || kind >= ANSWER_KIND_MAX)
		return error_set(k->c->err, PORTROLL_ELIMIT,
				 "port %u has more than %u records, or the roll more than %u kinds "
				 "of answers",
				 port, ANSWER_COUNT_MAX, ANSWER_KIND_MAX);
	size_t from = out->len;
	char row[KEY_SIZE] = {0};
	store_u32(row + KEY_PLACE, list.first);
	store_u16(row + KEY_KIND, (uint16_t)kind);
	store_u16(row + KEY_COUNT, (uint16_t)list.count);
	store_u32(row + KEY_FREQUENCY, frequency_of(k, port, transport));
	buf_put(out, (struct portroll_str){row, sizeof(row)});
	uint32_t number = pool_keep(&k->c->answers, from) / KEY_SIZE;
	if (number >= ANSWER_MAX)
		return error_set(k->c->err, PORTROLL_ELIMIT,
				 "the roll has more than %u different answers", ANSWER_MAX);
	*ret = (uint16_t)number;
	return PORTROLL_OK;
}

/* The rules look at the number of a port at the borders of the ranges only. */
static bool is_border(uint32_t port)
{
	const struct port_class *class = port_class_of((uint16_t)port);
	return port == class->range.first || port == class->range.last;
}

/* Do the same records cover the port and the one before? Then they have the same answers. */
static bool same_as_before(const struct answer_compiler *k, uint32_t port)
{
	if (is_border(port) || is_border(port - 1))
		return false;
	for (size_t i = 0; i < k->count; i++) {
		const struct port_index *index = &k->layers[i].index;
		const uint32_t *own = &index->entries[index->starts[port]];
		uint32_t count = covering(&k->layers[i], port);
		const uint32_t *before = &index->entries[index->starts[port - 1]];
		if (count != covering(&k->layers[i], port - 1))
			return false;
		for (uint32_t at = 0; at < count; at++)
			if (own[at] != before[at])
				return false;
	}
	return true;
}

static int put_answers(struct answer_compiler *k)
{
	for (uint32_t port = 0; port < PORT_COUNT; port++) {
		bool same = same_as_before(k, port);
		for (uint8_t transport = PORTROLL_TCP; transport <= TRANSPORT_COUNT; transport++) {
			uint16_t *number = &k->numbers[(transport - 1U) * PORT_COUNT + port];
			int r = PORTROLL_OK;
			if (same)
				*number = number[-1];
			else
				r = put_answer(number, k, (uint16_t)port, transport);
			if (r < 0)
				return r;
		}
	}
	return PORTROLL_OK;
}

/* What a lookup needs first stands apart from the rest. */
static void split_answers(struct compiler *c)
{
	bool has_frequency = false;
	struct portroll_str rows = buf_str(&c->answer_rows);
	for (size_t at = 0; at < rows.len; at += KEY_SIZE) {
		const char *row = rows.ptr + at;
		put_u32(&c->sections[SECTION_ANSWER_LISTS], load_u32(row + KEY_PLACE));
		buf_put(&c->sections[SECTION_ANSWERS],
			str_part(rows, at + KEY_KIND, at + KEY_FREQUENCY));
		has_frequency |= load_u32(row + KEY_FREQUENCY) != 0;
	}
	for (size_t at = 0; has_frequency && at < rows.len; at += KEY_SIZE)
		put_u32(&c->sections[SECTION_ANSWER_FREQUENCIES],
			load_u32(rows.ptr + at + KEY_FREQUENCY));
}

static void put_pages(struct answer_compiler *k)
{
	struct buf *out = &k->c->sections[SECTION_PAGES];
	for (size_t page = 0; page < PAGE_COUNT; page++) {
		char numbers[PAGE_PORTS * sizeof(uint16_t)], place[sizeof(uint16_t)];
		size_t from = out->len;
		for (size_t i = 0; i < PAGE_PORTS; i++)
			store_u16(numbers + i * sizeof(uint16_t),
				  k->numbers[page * PAGE_PORTS + i]);
		buf_put(out, (struct portroll_str){numbers, sizeof(numbers)});
		store_u16(place, (uint16_t)(pool_keep(&k->c->pages, from) / sizeof(numbers)));
		buf_put(&k->c->sections[SECTION_PAGE_INDEX],
			(struct portroll_str){place, sizeof(place)});
	}
}

int compile_answers(struct compiler *c)
{
	struct answer_compiler k = {.c = c};
	int r = build_layers(&k);
	if (r == PORTROLL_OK)
		r = make_room(&k);
	if (r == PORTROLL_OK)
		r = put_answers(&k);
	if (r == PORTROLL_OK) {
		put_pages(&k);
		split_answers(c);
	}
	return r;
}
