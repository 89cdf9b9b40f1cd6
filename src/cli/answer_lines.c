/* SPDX-License-Identifier: MIT */

/* The forms of a line: --tsv and --brief. */

#include "cli/answer.h"

#include "base/num.h"
#include "cli/tsv.h"
#include "cli/words.h"
#include "registry/state.h"
#include "snapshot/companion.h"

void answer_put_tsv_titles(struct answer_writer *w)
{
	struct buf *out = &w->reader->out->buf;
	buf_puts(out, "key\tasked_port\tasked_transport\tstate\treason");
	tsv_put_record_titles(out, false);
	buf_puts(out, "\tcompanions\tfrequency\n");
}

static void put_asked(struct answer_writer *w, const struct key *key, const struct block *b,
		      uint8_t transport)
{
	struct buf *out = &w->reader->out->buf;
	char port[NUM_TEXT_MAX];
	size_t port_len = b->has_port ? num_format(port, b->ports.first) : 0;
	tsv_put(out, key->shown, true);
	tsv_put(out, (struct portroll_str){port, port_len}, false);
	tsv_put(out, transport_name(transport), false);
	tsv_put(out, str_from(portroll_state_name(b->answer.state)), false);
	tsv_put(out, str_from(reason_words_of(b->answer.reason)->key), false);
}

/* NAME PORT/TRANSPORT, with commas between. */
static void put_companions(struct answer_writer *w, const struct block *b)
{
	struct companion found[TRANSPORT_COUNT];
	size_t count = b->has_port ? snapshot_companions(found, w->reader->snapshot, b->ports.first,
							 b->answer)
				   : 0;
	buf_clear(&w->scratch);
	for (size_t i = 0; i < count; i++) {
		buf_puts(&w->scratch, i > 0 ? "," : "");
		buf_put(&w->scratch, found[i].name);
		buf_putc(&w->scratch, ' ');
		buf_put_num(&w->scratch, found[i].port);
		buf_putc(&w->scratch, '/');
		buf_put(&w->scratch, transport_name(found[i].transport));
	}
	tsv_put(&w->reader->out->buf, buf_str(&w->scratch), false);
}

static void put_end(struct answer_writer *w, const struct block *b, uint8_t transport)
{
	struct buf *out = &w->reader->out->buf;
	uint32_t frequency = block_frequency(w->reader, b, transport, w->source);
	put_companions(w, b);
	if (frequency)
		tsv_put_frequency(out, frequency, false);
	else
		buf_putc(out, '\t');
	buf_putc(out, '\n');
}

static void put_transport(struct answer_writer *w, const struct key *key, const struct block *b,
			  uint8_t transport)
{
	const struct reader *r = w->reader;
	struct block own = *b;
	if (b->has_port)
		own.answer.records =
			snapshot_answer(r->snapshot, b->ports.first, transport).records;
	struct portroll_record record;
	bool any = false;
	for (uint32_t at = 0; block_next(r, &own, w->source, &at, &record); any = true) {
		put_asked(w, key, b, transport);
		tsv_put_record(&r->out->buf, r, &record, false);
		put_end(w, b, transport);
	}
	if (any)
		return;
	put_asked(w, key, b, transport);
	buf_fill(&r->out->buf, '\t', TSV_RECORD_COLUMNS);
	put_end(w, b, transport);
}

void answer_put_tsv(struct answer_writer *w, const struct key *key, const struct block *blocks,
		    size_t count)
{
	if (count == 0) {
		tsv_put(&w->reader->out->buf, key->shown, true);
		buf_puts(&w->reader->out->buf, "\t\t\t\t" REASON_NOT_FOUND);
		buf_fill(&w->reader->out->buf, '\t', TSV_RECORD_COLUMNS + 2);
		buf_putc(&w->reader->out->buf, '\n');
	}
	for (size_t i = 0; i < count; i++) {
		if (!blocks[i].has_port && blocks[i].transports == 0)
			put_transport(w, key, &blocks[i], PORTROLL_ANY);
		for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
			if (blocks[i].transports & 1U << t)
				put_transport(w, key, &blocks[i], t);
	}
}

static void put_new_name(struct buf *names, struct portroll_str name)
{
	struct portroll_str rest = names->len ? buf_str(names) : STR_NONE, held;
	while (str_cut(&rest, ',', &held))
		if (str_equal(held, name))
			return;
	buf_puts(names, names->len ? "," : "");
	tsv_put(names, name, true); /* a line feed in a name is none of the output */
}

/* A name that is asked for is told, also where no complete source assigns its port. */
static void gather_names(struct answer_writer *w, const struct key *key, const struct block *blocks,
			 size_t count)
{
	struct portroll_record record;
	for (size_t i = 0; i < count; i++)
		for (uint32_t at = 0; (blocks[i].is_found || key->kind == KEY_NAME) &&
				      block_next(w->reader, &blocks[i], w->source, &at, &record);)
			if (record.name.len)
				put_new_name(&w->scratch, record.name);
}

static void put_brief_place(struct buf *out, const struct block *b)
{
	char text[RANGE_TEXT_MAX];
	struct portroll_str place = {text, b->has_port ? range_format(text, b->ports) : 0};
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!(b->transports & 1U << t))
			continue;
		buf_putc(out, ' ');
		buf_put(out, place.len ? place : STR("-"));
		buf_putc(out, '/');
		buf_put(out, transport_name(t));
	}
	if (b->transports == 0)
		buf_puts(out, " -");
}

/* http,www,www-http 80/tcp 80/udp; or, where there is no service, - 4/tcp 4/udp Unassigned; or, for
 * a key that no source knows, KEY -. */
void answer_put_brief(struct answer_writer *w, const struct key *key, const struct block *blocks,
		      size_t count)
{
	struct out *o = w->reader->out;
	if (count == 0) {
		out_text(o, key->shown, false);
		buf_puts(&o->buf, " -\n");
		return;
	}
	bool any_found = false;
	for (size_t i = 0; i < count; i++)
		any_found = any_found || blocks[i].is_found;
	buf_clear(&w->scratch);
	gather_names(w, key, blocks, count);
	out_text(o, w->scratch.len ? buf_str(&w->scratch) : STR("-"), false);
	for (size_t i = 0; i < count; i++)
		if (blocks[i].is_found == any_found)
			put_brief_place(&o->buf, &blocks[i]);
	if (!any_found && count > 0) {
		buf_putc(&o->buf, ' ');
		buf_puts(&o->buf, portroll_state_name(blocks[0].answer.state));
	}
	buf_putc(&o->buf, '\n');
}
