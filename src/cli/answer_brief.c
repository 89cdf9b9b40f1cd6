/* SPDX-License-Identifier: MIT */

/* --brief: a line a key, whatever the key. */

#include "cli/answer.h"

#include "cli/tsv.h"
#include "registry/idset.h"
#include "registry/state.h"

/* Places with a service stand in the line, and those that some list has a name for; the others
 * where there is none of these. */
enum kind {
	KIND_SERVICE,
	KIND_NAME,
	KIND_STATE,
};

struct asked {
	const struct block *blocks;
	size_t count;
	bool by_port; /* in ascending order of ports */
};

static enum kind kind_of(const struct answer_writer *w, const struct block *b)
{
	struct portroll_record record;
	if (b->is_found)
		return KIND_SERVICE;
	for (uint32_t at = 0; block_next(w->reader, b, w->source, &at, &record);)
		if (record.name.len)
			return KIND_NAME;
	return KIND_STATE;
}

/* Each name once, however many records have it. */
static void gather_names(struct answer_writer *w, const struct asked *asked, struct arena *a)
{
	struct idset held = IDSET_INIT(a);
	struct portroll_record record;
	buf_clear(&w->scratch);
	for (size_t i = 0; i < asked->count; i++) {
		for (uint32_t at = 0;
		     block_next(w->reader, &asked->blocks[i], w->source, &at, &record);) {
			if (!record.name.len || idset_find(&held, record.name) != IDSET_NONE)
				continue;
			(void)idset_add(&held, record.name, record.id);
			buf_puts(&w->scratch, w->scratch.len ? "," : "");
			/* A line feed in a name is none of the output. */
			tsv_put(&w->scratch, record.name, true);
		}
	}
}

static void put_place(struct buf *out, const struct block *b)
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

/* The blocks of a port that are in one state become one, then equal ports in a row. */
static size_t join(struct block *blocks, size_t count)
{
	size_t ports = 0, runs = 0;
	for (size_t i = 0; i < count; i++) {
		struct block *last = ports ? &blocks[ports - 1] : NULL;
		if (last && last->ports.first == blocks[i].ports.first &&
		    last->answer.state == blocks[i].answer.state)
			last->transports |= blocks[i].transports;
		else
			blocks[ports++] = blocks[i];
	}
	for (size_t i = 0; i < ports; i++) {
		struct block *last = runs ? &blocks[runs - 1] : NULL;
		if (last && last->ports.last + 1 == blocks[i].ports.first &&
		    last->transports == blocks[i].transports &&
		    last->answer.state == blocks[i].answer.state)
			last->ports.last = blocks[i].ports.last;
		else
			blocks[runs++] = blocks[i];
	}
	return runs;
}

/* Returns how many there are; `space` has room for all blocks. A state stands behind the last of
 * the places in a row that are in it. */
static size_t put_kind(const struct answer_writer *w, const struct asked *asked,
		       struct block *space, enum kind kind)
{
	struct buf *out = &w->reader->out->buf;
	size_t count = 0;
	for (size_t i = 0; i < asked->count; i++)
		if (kind_of(w, &asked->blocks[i]) == kind)
			space[count++] = asked->blocks[i];
	if (asked->by_port)
		count = join(space, count);
	for (size_t i = 0; i < count; i++) {
		uint8_t state = space[i].answer.state;
		bool is_last = i + 1 == count || space[i + 1].answer.state != state;
		put_place(out, &space[i]);
		buf_puts(out, kind != KIND_SERVICE && is_last ? " " : "");
		buf_puts(out, kind != KIND_SERVICE && is_last ? portroll_state_name(state) : "");
	}
	return count;
}

static void put_key(struct answer_writer *w, const struct key *key)
{
	struct out *o = w->reader->out;
	bool is_refused = key->kind == KEY_NONE;
	buf_clear(&w->scratch);
	tsv_put(&w->scratch, key->shown, true);
	buf_puts(&o->buf, is_refused && key->shown.len ? "- " : "");
	out_text(o, key->shown.len ? buf_str(&w->scratch) : STR("-"), false);
	buf_puts(&o->buf, is_refused ? "\n" : " -\n");
}

/* http,www,www-http 80/tcp 80/udp; or, where there is no service, - 4/tcp 4/udp Unassigned, with
 * the names of other lists in place of the hyphen; KEY - for a key that no source knows, - KEY for
 * one that is not understood, and a hyphen where nothing was asked. */
void answer_put_brief(struct answer_writer *w, const struct key *key, const struct block *blocks,
		      size_t count)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct out *o = w->reader->out;
	if (count == 0) {
		put_key(w, key);
		return;
	}
	const struct asked asked = {blocks, count, key->kind == KEY_PORTS};
	struct block *space = arena_array(&arena, count, sizeof(*space));
	if (!space) {
		o->buf.failed = PORTROLL_ENOMEM;
		return;
	}
	gather_names(w, &asked, &arena);
	if (arena.failed)
		o->buf.failed = PORTROLL_ENOMEM;
	out_text(o, w->scratch.len ? buf_str(&w->scratch) : STR("-"), false);
	size_t services = put_kind(w, &asked, space, KIND_SERVICE);
	size_t names = put_kind(w, &asked, space, KIND_NAME);
	if (services + names == 0)
		(void)put_kind(w, &asked, space, KIND_STATE);
	buf_putc(&o->buf, '\n');
}
