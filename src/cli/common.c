/* SPDX-License-Identifier: MIT */
#include "cli/common.h"

#include <stdlib.h>

#include "base/num.h"
#include "cli/tsv.h"
#include "cli/words.h"
#include "formats/json_record.h"
#include "formats/json_source.h"
#include "registry/frequency.h"
#include "registry/state.h"
#include "terminal/table.h"

#define SCRATCH_MAX (1U << 20)

/* A port and transport that somebody found open. */
struct place {
	struct answer answer;
	uint16_t port;
	uint8_t transport;
	uint32_t record; /* that is shown; PORTROLL_NONE: nobody names it */
};

struct places {
	const struct common *common;
	struct filter conditions; /* on records */
	bool has_conditions;
	bool *matches; /* by record, with --match */
	struct place *items;
	size_t count;
	bool any_stated; /* does a source say how often ports are found open? */
};

static bool place_passes(const struct filter *f, uint16_t port, uint8_t transport,
			 struct answer answer)
{
	return (!f->has_range || (port >= f->range.first && port <= f->range.last)) &&
	       (f->transport == PORTROLL_ANY || f->transport == transport) &&
	       (f->state == PORTROLL_UNKNOWN || f->state == answer.state);
}

static int gather(struct places *p)
{
	const struct reader *r = p->common->reader;
	size_t capacity = 0;
	for (uint32_t port = 0; port < PORT_COUNT; port++) {
		for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
			struct answer answer = snapshot_answer(r->snapshot, (uint16_t)port, t);
			if (answer.frequency == 0)
				continue;
			p->any_stated = true;
			if (!place_passes(p->common->filter, (uint16_t)port, t, answer))
				continue;
			if (p->count == capacity) {
				size_t more = capacity ? capacity * 2 : 1024;
				p->items = arena_grow(r->arena, p->items, capacity, more,
						      sizeof(*p->items));
				if (!p->items)
					return PORTROLL_ENOMEM;
				capacity = more;
			}
			p->items[p->count++] =
				(struct place){answer, (uint16_t)port, t, PORTROLL_NONE};
		}
	}
	return PORTROLL_OK;
}

static int most_often_first(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->answer.frequency != y->answer.frequency)
		return x->answer.frequency > y->answer.frequency ? -1 : 1;
	if (x->port != y->port)
		return x->port < y->port ? -1 : 1;
	return x->transport < y->transport ? -1 : x->transport > y->transport;
}

/* The conditions that are not those of the port. */
static int read_conditions(struct places *p)
{
	const struct reader *r = p->common->reader;
	const char *text = r->args->values[OPTION_MATCH];
	struct filter f = *p->common->filter;
	p->has_conditions = f.has_since || f.has_before || f.assignee.len || f.has_reference;
	f.has_range = false;
	f.transport = PORTROLL_ANY;
	f.state = PORTROLL_UNKNOWN;
	p->conditions = f;
	if (!text)
		return PORTROLL_OK;
	p->matches = arena_array(r->arena, portroll_record_count(r->snapshot), sizeof(bool));
	if (!p->matches)
		return PORTROLL_ENOMEM;
	for (size_t source = 0; source < r->source_count; source++) {
		struct id_array ids;
		int code = snapshot_match(&ids, r->snapshot, source, str_from(text), r->arena);
		if (code < 0)
			return code;
		for (size_t i = 0; i < ids.count; i++)
			p->matches[ids.ids[i]] = true;
	}
	return PORTROLL_OK;
}

static bool record_passes(const struct places *p, const struct portroll_record *record)
{
	const struct common *c = p->common;
	return (c->source == SOURCE_ANY || record->source == c->source) &&
	       (!p->matches || p->matches[record->id]) &&
	       (!p->has_conditions || filter_passes(&p->conditions, c->reader, record->id));
}

/* The first that has a name, else the first; false when one was asked for and there is none. */
static bool choose_record(const struct places *p, struct place *place)
{
	const struct portroll_snapshot *s = p->common->reader->snapshot;
	struct record_list list = place->answer.records;
	struct portroll_record record;
	for (uint32_t at = 0; at < list.count; at++) {
		if (!portroll_get(s, snapshot_list_at(s, list, at), &record) ||
		    !record_passes(p, &record))
			continue;
		if (place->record == PORTROLL_NONE || record.name.len)
			place->record = record.id;
		if (record.name.len)
			break;
	}
	bool is_asked = p->common->source != SOURCE_ANY || p->matches || p->has_conditions;
	return place->record != PORTROLL_NONE || !is_asked;
}

static void choose_records(struct places *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->count && kept < p->common->limit; i++)
		if (choose_record(p, &p->items[i]))
			p->items[kept++] = p->items[i];
	p->count = kept;
}

static int find(struct places *p)
{
	int code = gather(p);
	if (code == PORTROLL_OK)
		code = read_conditions(p);
	if (code < 0)
		return code;
	if (p->count)
		qsort(p->items, p->count, sizeof(*p->items), most_often_first);
	choose_records(p);
	return PORTROLL_OK;
}

static void put_row(struct table *t, const struct reader *r, const struct place *place,
		    uint64_t *sources)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64);
	char port[NUM_TEXT_MAX];
	struct portroll_record record = {0};
	bool has_record = portroll_get(r->snapshot, place->record, &record);
	frequency_put(&text, place->answer.frequency);
	table_cell(t, (struct portroll_str){port, num_format(port, place->port)});
	table_cell(t, transport_name(place->transport));
	table_cell(t, buf_str(&text));
	table_cell(t, record.name);
	table_cell(t, has_record ? snapshot_source_name(r->snapshot, record.source) : STR(""));
	table_cell(t, str_from(portroll_state_name(place->answer.state)));
	table_cell(t, record.description);
	if (has_record)
		*sources |= UINT64_C(1) << record.source;
	if (place->answer.source != UINT8_MAX)
		*sources |= UINT64_C(1) << place->answer.source;
}

static int put_table(const struct places *p)
{
	static const struct table_column columns[] = {
		{.title = "Port"},
		{.title = "Transport"},
		{.title = "Found open", .right = true},
		{.title = "Name", .flexible = true, .least = 15, .colour = COLOUR_NAME},
		{.title = "Source"},
		{.title = "State", .optional = true},
		{.title = "Description", .flexible = true, .optional = true},
	};
	const struct reader *r = p->common->reader;
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct table t = table_init(&arena, columns, ARRAY_LEN(columns));
	uint64_t sources = 0;
	for (size_t i = 0; i < p->count; i++)
		put_row(&t, r, &p->items[i], &sources);
	if (t.failed)
		return PORTROLL_ENOMEM;
	size_t survey = survey_source(r);
	if (survey != SOURCE_ANY && p->count)
		sources |= UINT64_C(1) << survey;
	table_write(&t, r->out);
	put_origin(r, sources);
	return PORTROLL_OK;
}

static int put_tsv(const struct places *p)
{
	const struct reader *r = p->common->reader;
	struct buf *out = &r->out->buf;
	buf_puts(out, "frequency\tasked_port\tasked_transport\tstate");
	tsv_put_record_titles(out, false);
	buf_putc(out, '\n');
	for (size_t i = 0; i < p->count; i++) {
		const struct place *place = &p->items[i];
		struct portroll_record record;
		tsv_put_frequency(out, place->answer.frequency, true);
		buf_putc(out, '\t');
		buf_put_num(out, place->port);
		tsv_put(out, transport_name(place->transport), false);
		tsv_put(out, str_from(portroll_state_name(place->answer.state)), false);
		if (place->record == PORTROLL_NONE)
			buf_fill(out, '\t', TSV_RECORD_COLUMNS);
		else if (portroll_get(r->snapshot, place->record, &record))
			tsv_put_record(out, r, &record, false);
		else
			return PORTROLL_ECORRUPT;
		buf_putc(out, '\n');
	}
	return PORTROLL_OK;
}

static int put_object(struct json *j, const struct reader *r, const struct place *place,
		      struct buf *scratch)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct record record = {.transport = place->transport};
	struct json_place where = {
		.has_port = true,
		.port = place->port,
		.transport = place->transport,
		.frequency = place->answer.frequency,
		.state = str_from(portroll_state_name(place->answer.state)),
		.reason = str_from(reason_words_of(place->answer.reason)->key),
	};
	struct portroll_record plain;
	if (place->answer.source != UINT8_MAX)
		where.state_source = r->sources[place->answer.source].name;
	if (place->record != PORTROLL_NONE) {
		if (!portroll_get(r->snapshot, place->record, &plain) ||
		    !snapshot_rich(r->snapshot, place->record, &arena, &record))
			return PORTROLL_ECORRUPT;
		const struct source *source = &r->sources[plain.source];
		where.source = source->name;
		if (plain.copy < source->copy_count)
			where.dated = source->copies[plain.copy].dated;
	}
	json_put_record(j, &record, &where, scratch);
	if (j->depth == 0)
		buf_putc(j->out, '\n');
	return PORTROLL_OK;
}

static int put_objects(struct json *j, const struct places *p)
{
	CLEANUP(buf_done) struct buf scratch = BUF_INIT(SCRATCH_MAX);
	int code = PORTROLL_OK;
	for (size_t i = 0; i < p->count && code == PORTROLL_OK; i++)
		code = put_object(j, p->common->reader, &p->items[i], &scratch);
	return code;
}

static int put_document(const struct places *p)
{
	const struct reader *r = p->common->reader;
	struct json j = json_init(&r->out->buf, true);
	json_object(&j);
	json_member(&j, "schema", STR("portroll-list/1"));
	json_put_sources(&j, r->sources, r->source_count);
	json_key(&j, "records");
	json_array(&j);
	int code = put_objects(&j, p);
	json_array_end(&j);
	json_object_end(&j);
	buf_putc(&r->out->buf, '\n');
	return code;
}

static int put(const struct places *p)
{
	const struct reader *r = p->common->reader;
	const char *const *given = r->args->values;
	if (given[OPTION_JSON])
		return put_document(p);
	if (given[OPTION_TSV])
		return put_tsv(p);
	if (!given[OPTION_NDJSON])
		return put_table(p);
	struct json j = json_init(&r->out->buf, false);
	return put_objects(&j, p);
}

int common_put(const struct common *common)
{
	const struct reader *r = common->reader;
	struct places p = {.common = common};
	int code = find(&p);
	if (code == PORTROLL_OK && p.any_stated)
		code = put(&p);
	if (code < 0)
		return reader_fail_code(r, code);
	if (!p.any_stated && !portroll_damaged(r->snapshot))
		out_message(r->out,
			    "no source says how often ports are found open; portroll import "
			    "/usr/share/nmap/nmap-services adds one that does");
	else if (p.count == 0 && !r->out->quiet)
		out_message(r->out, "no port that was found open meets all conditions");
	return p.count ? EXIT_YES : EXIT_NO;
}
