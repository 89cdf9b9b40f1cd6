/* SPDX-License-Identifier: MIT */

/* --tsv: a line for each record of each port and transport. */

#include "cli/answer.h"

#include "base/num.h"
#include "cli/tsv.h"
#include "cli/words.h"
#include "registry/state.h"
#include "snapshot/companion.h"

struct portroll_str reason_of_none(const struct key *key)
{
	return key->kind == KEY_NONE ? STR("not-understood") : STR("not-found");
}

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
		buf_puts(&w->reader->out->buf, "\t\t\t");
		tsv_put(&w->reader->out->buf, reason_of_none(key), false);
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
