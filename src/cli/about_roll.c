/* SPDX-License-Identifier: MIT */

/* What the roll says of itself: ranges, counts by state, copies. */

#include "cli/about.h"

#include "cli/words.h"
#include "registry/range.h"
#include "registry/state.h"
#include "terminal/fold.h"
#include "terminal/table.h"

void about_put_ranges(const struct reader *r)
{
	struct out *o = r->out;
	CLEANUP(buf_done) struct buf text = BUF_INIT(4096);
	about_heading(r, "Ranges");
	for (size_t i = 0; i < PORT_CLASS_COUNT; i++) {
		const struct port_class *class = &port_classes[i];
		char space[RANGE_TEXT_MAX];
		(void)range_format(space, class->range);
		buf_puts(&o->buf, "  ");
		out_colour(o, COLOUR_NAME);
		buf_puts(&o->buf, class->name);
		out_colour(o, COLOUR_NONE);
		buf_printf(&o->buf, " (%s), also %s\n    ", space, class->also);
		buf_clear(&text);
		buf_printf(&text, "%s; decided by %s (%s)", class->policy, class->decides,
			   class->section);
		out_folded(o, buf_str(&text), (struct fold){.column = 4, .indent = 4});
	}
	buf_puts(&o->buf, "  Service names without a port\n    ");
	out_folded(o,
		   STR("First Come First Served; IANA may ask the expert "
		       "(RFC 6335 sections 7.2 and 8.1.1)"),
		   (struct fold){.column = 4, .indent = 4});
}

int about_put_counts(const struct reader *r)
{
	static const struct table_column columns[] = {
		{.title = "  State"},
		{.title = "TCP", .right = true},
		{.title = "UDP", .right = true},
		{.title = "SCTP", .right = true},
		{.title = "DCCP", .right = true},
	};
	enum {
		STATES = PORTROLL_DYNAMIC + 1
	};
	uint64_t counts[STATES][TRANSPORT_COUNT + 1] = {0};
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct table t = table_init(&arena, columns, ARRAY_LEN(columns));
	for (uint32_t port = 0; port < PORT_COUNT; port++)
		for (uint8_t i = PORTROLL_TCP; i <= TRANSPORT_COUNT; i++)
			counts[snapshot_answer(r->snapshot, (uint16_t)port, i).state % STATES][i]++;
	for (uint8_t state = PORTROLL_UNKNOWN; state < STATES; state++) {
		CLEANUP(buf_done) struct buf text = BUF_INIT(256);
		if (state == PORTROLL_UNKNOWN && counts[state][PORTROLL_TCP] == 0)
			continue;
		buf_puts(&text, "  ");
		buf_puts(&text, portroll_state_name(state));
		table_cell(&t, buf_str(&text));
		for (uint8_t i = PORTROLL_TCP; i <= TRANSPORT_COUNT; i++) {
			buf_clear(&text);
			buf_put_grouped(&text, counts[state][i]);
			table_cell(&t, buf_str(&text));
		}
	}
	if (t.failed)
		return PORTROLL_ENOMEM;
	about_heading(r, "Ports by state");
	table_write(&t, r->out);
	return PORTROLL_OK;
}

static void put_copy(const struct reader *r, const struct copy *copy)
{
	struct out *o = r->out;
	CLEANUP(buf_done) struct buf text = BUF_INIT(64U << 10);
	char date[DATE_TEXT_MAX];
	size_t len = date_format(date, copy->dated);
	buf_put_grouped(&text, copy->record_count);
	buf_puts(&text, " records of ");
	buf_put(&text, len ? (struct portroll_str){date, len} : STR("unknown date"));
	buf_puts(&text, copy->partial ? ", laid over: " : ": ");
	buf_put(&text, copy->origin);
	buf_puts(&text, " (");
	buf_put(&text, copy->format);
	buf_puts(&text, ")");
	if (copy->licence.len) {
		buf_puts(&text, "; licence: ");
		buf_put(&text, copy->licence);
	}
	buf_puts(&o->buf, "    ");
	out_folded(o, buf_str(&text), (struct fold){.column = 4, .indent = 6});
}

void about_put_copies(const struct reader *r)
{
	struct out *o = r->out;
	about_heading(r, "Sources, highest precedence first");
	for (size_t i = 0; i < r->source_count; i++) {
		const struct source *source = &r->sources[i];
		buf_puts(&o->buf, "  ");
		out_colour(o, COLOUR_NAME);
		out_text(o, source->name, false);
		out_colour(o, COLOUR_NONE);
		buf_printf(&o->buf, ": %s, %s\n",
			   source->kind == SOURCE_MANAGED ? "managed" : "mirrored",
			   coverage_names[source->coverage]);
		for (size_t k = 0; k < source->copy_count; k++)
			put_copy(r, &source->copies[k]);
	}
}
