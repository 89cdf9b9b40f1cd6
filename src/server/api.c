/* SPDX-License-Identifier: MIT */
#include "server/api.h"

#include "registry/state.h"

struct json api_begin(struct response *res)
{
	res->media_type = "application/json";
	return json_init(&res->body, true);
}

static void put_date(struct json *j, const char *key, struct date date)
{
	char text[DATE_TEXT_MAX];
	size_t len = date_format(text, date);
	json_key(j, key);
	if (len > 0)
		json_str(j, (struct portroll_str){text, len});
	else
		json_null(j);
}

static void put_record(const struct call *call, struct json *j, uint32_t id,
		       const struct json_place *where)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct portroll_record plain;
	struct record record;
	if (!snapshot_plain(s, id, &plain) || !snapshot_rich(s, id, call->arena, &record))
		return;
	const struct source *source = site_source(call->site, plain.source);
	struct json_place place = *where;
	place.source = source ? source->name : STR_NONE;
	if (source && plain.copy < source->copy_count)
		place.dated = source->copies[plain.copy].dated;
	struct buf scratch = BUF_INIT(1U << 20);
	json_put_record(j, &record, &place, &scratch);
	if (!j->out->failed)
		j->out->failed = scratch.failed;
	buf_done(&scratch);
}

void api_put_records(const struct call *call, struct json *j, const char *key,
		     const struct id_array *ids)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < ids->count; i++)
		put_record(call, j, ids->ids[i], &(struct json_place){0});
	json_array_end(j);
}

static void put_state(const struct call *call, struct json_place *place, struct answer answer)
{
	const struct source *source = site_source(call->site, answer.source);
	place->state = str_from(state_name(answer.state));
	place->reason = str_from(reason_words_of(answer.reason)->key);
	place->state_source = source ? source->name : STR_NONE;
}

/* A name by itself is Assigned by its record, unless its source knows names only. */
static void put_portless(const struct call *call, struct json *j, struct portroll_str key,
			 const struct portroll_record *record)
{
	const struct source *source = site_source(call->site, record->source);
	struct json_place place = {.nulls = true, .key = key};
	bool is_any = record->transport == PORTROLL_ANY;
	if (source && source->coverage != COVERAGE_NAMES)
		put_state(call, &place,
			  (struct answer){.state = PORTROLL_ASSIGNED,
					  .reason = is_any ? PORTROLL_REASON_ANY_TRANSPORT
							   : PORTROLL_REASON_RECORD,
					  .source = (uint8_t)record->source});
	put_record(call, j, record->id, &place);
}

/* For each transport that the record speaks of. */
static void put_lookup(const struct call *call, struct json *j, struct portroll_str key,
		       const struct portroll_record *record)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (record->transport != PORTROLL_ANY && record->transport != t)
			continue;
		struct json_place place = {.nulls = true,
					   .key = key,
					   .has_port = true,
					   .port = record->port_first,
					   .transport = t};
		put_state(call, &place, snapshot_answer(s, record->port_first, t));
		put_record(call, j, record->id, &place);
	}
}

void api_put_lookups(const struct call *call, struct json *j, struct portroll_str key,
		     const struct id_array *ids)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	json_key(j, "records");
	json_array(j);
	for (size_t i = 0; i < ids->count; i++) {
		struct portroll_record record;
		if (!snapshot_plain(s, ids->ids[i], &record))
			continue;
		if (record.has_port)
			put_lookup(call, j, key, &record);
		else
			put_portless(call, j, key, &record);
	}
	json_array_end(j);
}

/* Writes 3306/tcp; returns the length. */
static size_t key_of(char *ret_text, uint16_t port, uint8_t transport)
{
	size_t len = range_format(ret_text, (struct range){port, port});
	struct portroll_str name = transport_name(transport);
	ret_text[len++] = '/';
	for (size_t i = 0; i < name.len; i++)
		ret_text[len++] = name.ptr[i];
	return len;
}

void api_put_answer(const struct call *call, struct json *j, uint16_t port, uint8_t transport)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct answer answer = snapshot_answer(s, port, transport);
	const struct reason_words *words = reason_words_of(answer.reason);
	const struct source *source = site_source(call->site, answer.source);
	char key[RANGE_TEXT_MAX + sizeof("/sctp")];
	struct json_place place = {.nulls = true,
				   .key = {key, key_of(key, port, transport)},
				   .has_port = true,
				   .port = port,
				   .transport = transport};
	put_state(call, &place, answer);
	json_object(j);
	json_key(j, "port");
	json_num(j, port);
	json_member(j, "transport", transport_name(transport));
	json_member(j, "state", place.state);
	json_member(j, "reason", place.reason);
	json_member(j, "explanation", str_from(words->sentence));
	json_member(j, "section", str_from(words->section));
	json_key(j, "rule");
	json_num(j, answer.rule);
	json_key(j, "source");
	if (source) {
		json_str(j, source->name);
		put_date(j, "dated", source_date(source));
	} else {
		json_null(j);
	}
	json_key(j, "records");
	json_array(j);
	for (uint32_t i = 0; i < answer.records.count; i++)
		put_record(call, j, snapshot_list_at(s, answer.records, i), &place);
	json_array_end(j);
	json_object_end(j);
}

static void put_copy(struct json *j, const struct copy *copy)
{
	json_object(j);
	json_member(j, "origin", copy_origin_shown(copy));
	json_member(j, "format", copy->format);
	put_date(j, "dated", copy->dated);
	json_key(j, "partial");
	json_bool(j, copy->partial);
	json_key(j, "records");
	json_num(j, copy->record_count);
	json_member(j, "licence", copy->licence);
	json_object_end(j);
}

void api_put_sources(const struct call *call, struct json *j)
{
	json_key(j, "sources");
	json_array(j);
	for (size_t i = 0; i < site_source_count(call->site); i++) {
		const struct source *source = site_source(call->site, i);
		json_object(j);
		json_member(j, "name", source->name);
		json_member(j, "kind",
			    source->kind == SOURCE_MANAGED ? STR("managed") : STR("mirrored"));
		json_member(j, "coverage", str_from(coverage_names[source->coverage]));
		put_date(j, "dated", source_date(source));
		json_key(j, "copies");
		json_array(j);
		for (size_t k = 0; k < source->copy_count; k++)
			put_copy(j, &source->copies[k]);
		json_array_end(j);
		json_object_end(j);
	}
	json_array_end(j);
}
