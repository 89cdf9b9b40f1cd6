/* SPDX-License-Identifier: MIT */
#include "server/api.h"

#include "formats/json_source.h"
#include "registry/state.h"
#include "snapshot/companion.h"

struct json api_begin(const struct call *call, struct response *res, const char *schema)
{
	res->media_type = "application/json";
	struct json j = json_init(&res->body, true);
	json_object(&j);
	json_member(&j, "schema", str_from(schema));
	json_put_sources(&j, site_source(call->site, 0), site_source_count(call->site));
	return j;
}

void api_end(struct json *j)
{
	json_object_end(j);
	buf_putc(j->out, '\n');
}

static void put_object(struct json *j, const struct record *record, const struct json_place *place)
{
	struct buf scratch = BUF_INIT(1U << 20);
	json_put_record(j, record, place, &scratch);
	if (!j->out->failed)
		j->out->failed = scratch.failed;
	buf_done(&scratch);
}

static void put_record(const struct call *call, struct json *j, uint32_t id,
		       const struct json_place *where)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct portroll_record plain;
	struct record record;
	if (!portroll_get(s, id, &plain) || !snapshot_rich(s, id, call->arena, &record))
		return;
	const struct source *source = site_source(call->site, plain.source);
	struct json_place place = *where;
	place.source = source ? source->name : STR_NONE;
	if (source && plain.copy < source->copy_count)
		place.dated = source->copies[plain.copy].dated;
	put_object(j, &record, &place);
}

void api_put_records(const struct call *call, struct json *j, const struct id_array *ids)
{
	json_key(j, "records");
	json_array(j);
	for (size_t i = 0; i < ids->count; i++)
		put_record(call, j, ids->ids[i], &(struct json_place){0});
	json_array_end(j);
}

static void place_state(const struct call *call, struct json_place *place, struct answer answer)
{
	const struct source *source = site_source(call->site, answer.source);
	place->state = str_from(portroll_state_name(answer.state));
	place->reason = str_from(reason_words_of(answer.reason)->key);
	place->state_source = source ? source->name : STR_NONE;
}

void api_put_answer(const struct call *call, struct json *j, struct portroll_str key, uint16_t port,
		    uint8_t transport)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct answer answer = snapshot_answer(s, port, transport);
	struct companion companions[TRANSPORT_COUNT];
	struct json_place place = {.nulls = true,
				   .key = key,
				   .has_port = true,
				   .port = port,
				   .transport = transport,
				   .companions = companions};
	place.companion_count = snapshot_companions(companions, s, port, answer);
	place.frequency = answer.frequency;
	place_state(call, &place, answer);
	for (uint32_t i = 0; i < answer.records.count; i++)
		put_record(call, j, snapshot_list_at(s, answer.records, i), &place);
	if (answer.records.count > 0)
		return;
	const struct source *source = site_source(call->site, answer.source);
	place.source = place.state_source;
	place.dated = source ? source_date(source) : (struct date){0};
	put_object(j, &(struct record){0}, &place);
}

/* Is this the first of the records with its ports? */
static bool is_first(const struct call *call, const struct id_array *ids, size_t at, uint8_t t)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct portroll_record record, other;
	if (!portroll_get(s, ids->ids[at], &record))
		return false;
	for (size_t i = 0; i < at; i++) {
		bool same = portroll_get(s, ids->ids[i], &other) && other.has_port &&
			    other.port_first == record.port_first &&
			    other.port_last == record.port_last;
		if (same && (other.transport == PORTROLL_ANY || other.transport == t))
			return false;
	}
	return true;
}

/* A name by itself is Assigned by its record, unless its source knows names only. */
static void put_portless(const struct call *call, struct json *j, struct portroll_str key,
			 const struct portroll_record *record)
{
	const struct source *source = site_source(call->site, record->source);
	bool is_any = record->transport == PORTROLL_ANY;
	struct answer answer = {.source = (uint8_t)record->source};
	if (source && source->coverage != COVERAGE_NAMES) {
		answer.state = PORTROLL_ASSIGNED;
		answer.reason = is_any ? PORTROLL_REASON_ANY_TRANSPORT : PORTROLL_REASON_RECORD;
	}
	struct json_place place = {.nulls = true, .key = key};
	place_state(call, &place, answer);
	put_record(call, j, record->id, &place);
}

static void put_ports_of(const struct call *call, struct json *j, struct portroll_str name,
			 const struct id_array *ids, size_t at)
{
	struct portroll_record record;
	if (!portroll_get(site_snapshot(call->site), ids->ids[at], &record) || !record.has_port)
		return;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		bool is_of = record.transport == PORTROLL_ANY || record.transport == t;
		if (is_of && is_first(call, ids, at, t))
			api_put_answer(call, j, name, record.port_first, t);
	}
}

void api_put_name(const struct call *call, struct json *j, struct portroll_str name,
		  const struct id_array *ids)
{
	struct portroll_record record;
	for (size_t i = 0; i < ids->count; i++)
		put_ports_of(call, j, name, ids, i);
	for (size_t i = 0; i < ids->count; i++)
		if (portroll_get(site_snapshot(call->site), ids->ids[i], &record) &&
		    !record.has_port)
			put_portless(call, j, name, &record);
}
