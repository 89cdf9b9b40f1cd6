/* SPDX-License-Identifier: MIT */
#include "cli/answer.h"

#include "formats/json_record.h"
#include "registry/state.h"
#include "snapshot/companion.h"

static void put_object(struct answer_writer *w, const struct record *record,
		       const struct json_place *place)
{
	json_put_record(w->json, record, place, &w->scratch);
	if (!w->json->indented && w->json->depth == 0)
		buf_putc(w->json->out, '\n');
	w->any = true;
}

/* One object for each record, or one without a name where no record says anything. */
static void put_transport(struct answer_writer *w, const struct key *key, const struct block *b,
			  uint8_t transport)
{
	const struct reader *r = w->reader;
	CLEANUP(arena_done) struct arena scratch = ARENA_INIT;
	struct json_place place = {
		.nulls = true,
		.key = key->shown,
		.state = str_from(portroll_state_name(b->answer.state)),
		.reason = str_from(reason_words_of(b->answer.reason)->key),
		.has_port = b->has_port,
		.port = b->ports.first,
		.transport = transport,
	};
	struct companion companions[TRANSPORT_COUNT];
	place.companions = companions;
	if (b->has_port)
		place.companion_count =
			snapshot_companions(companions, r->snapshot, b->ports.first, b->answer);
	if (b->answer.source != UINT8_MAX)
		place.state_source = r->sources[b->answer.source].name;
	struct block own = *b;
	place.frequency = block_frequency(r, b, transport, w->source);
	if (b->has_port)
		own.answer.records =
			snapshot_answer(r->snapshot, b->ports.first, transport).records;
	struct portroll_record plain;
	struct record record;
	bool any = false;
	for (uint32_t at = 0; block_next(r, &own, w->source, &at, &plain);) {
		if (!snapshot_rich(r->snapshot, plain.id, &scratch, &record))
			return;
		const struct source *source = &r->sources[plain.source];
		place.source = source->name;
		place.dated = plain.copy < source->copy_count ? source->copies[plain.copy].dated
							      : (struct date){0};
		put_object(w, &record, &place);
		any = true;
	}
	if (any)
		return;
	record = (struct record){0};
	place.source = place.state_source;
	place.dated = b->answer.source == UINT8_MAX ? (struct date){0}
						    : source_date(&r->sources[b->answer.source]);
	put_object(w, &record, &place);
}

void answer_put_json(struct answer_writer *w, const struct key *key, const struct block *blocks,
		     size_t count)
{
	if (count == 0) {
		const struct json_place place = {
			.nulls = true, .key = key->shown, .reason = reason_of_none(key)};
		put_object(w, &(struct record){0}, &place);
	}
	for (size_t i = 0; i < count; i++) {
		if (!blocks[i].has_port)
			put_transport(w, key, &blocks[i], PORTROLL_ANY);
		for (uint8_t t = PORTROLL_TCP; blocks[i].has_port && t <= TRANSPORT_COUNT; t++)
			if (blocks[i].transports & 1U << t)
				put_transport(w, key, &blocks[i], t);
	}
}
