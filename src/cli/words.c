/* SPDX-License-Identifier: MIT */
#include "cli/words.h"

#include "registry/range.h"
#include "terminal/fold.h"

/* name (copy of 2026-08-17), or name (managed): what is decided here is no copy. */
static void put_dated(struct buf *out, struct portroll_str name, const struct source *found,
		      struct date date)
{
	char text[DATE_TEXT_MAX];
	size_t len = date_format(text, date);
	buf_put(out, name);
	if (found->kind == SOURCE_MANAGED) {
		buf_puts(out, " (managed)");
		return;
	}
	buf_puts(out, found->coverage == COVERAGE_NAMES ? " (names only, " : " (copy of ");
	buf_put(out, len ? (struct portroll_str){text, len} : STR("unknown date"));
	buf_putc(out, ')');
}

void put_source(struct buf *out, const struct reader *r, size_t source, uint32_t copy)
{
	if (source >= r->source_count)
		return;
	const struct source *found = &r->sources[source];
	put_dated(out, found->name, found,
		  copy < found->copy_count ? found->copies[copy].dated : source_date(found));
}

void put_registry(struct buf *out, const struct reader *r, size_t source)
{
	const struct source *found = &r->sources[source];
	bool is_iana = str_equal(found->name, STR("iana"));
	put_dated(out, is_iana ? STR("IANA's registry") : found->name, found, source_date(found));
}

size_t survey_source(const struct reader *r)
{
	for (size_t i = 0; i < r->source_count; i++)
		if (source_has_nmap(&r->sources[i]))
			return i;
	return SOURCE_ANY;
}

uint64_t complete_sources(const struct reader *r)
{
	uint64_t bits = 0;
	for (size_t i = 0; i < r->source_count; i++)
		if (r->sources[i].coverage == COVERAGE_COMPLETE)
			bits |= UINT64_C(1) << i;
	return bits;
}

size_t complete_source(const struct reader *r)
{
	for (size_t i = 0; i < r->source_count; i++)
		if (r->sources[i].coverage == COVERAGE_COMPLETE)
			return i;
	return SOURCE_ANY;
}

uint64_t sources_naming(const struct reader *r, struct portroll_str name)
{
	struct record_list list = snapshot_by_name(r->snapshot, name);
	struct portroll_record record;
	uint64_t bits = 0;
	for (uint32_t at = 0; at < list.count; at++)
		if (portroll_get(r->snapshot, snapshot_list_at(r->snapshot, list, at), &record))
			bits |= UINT64_C(1) << record.source;
	return bits;
}

void put_places(struct buf *out, bool has_port, struct range ports, unsigned bits)
{
	char text[RANGE_TEXT_MAX];
	struct portroll_str place = {text, has_port ? range_format(text, ports) : 0};
	const char *between = has_port ? "/" : "no port, ";
	bool first = true;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!(bits & 1U << t))
			continue;
		buf_puts(out, first ? "" : ", ");
		buf_put(out, place);
		buf_puts(out, has_port || first ? between : "");
		buf_put(out, transport_name(t));
		first = false;
	}
	if (!first)
		return;
	buf_put(out, has_port ? place : STR("no port"));
	buf_puts(out, ", no transport stated");
}

enum colour state_colour(uint8_t state)
{
	static const uint8_t colours[] = {
		[PORTROLL_UNKNOWN] = COLOUR_FAINT,   [PORTROLL_ASSIGNED] = COLOUR_GOOD,
		[PORTROLL_RESERVED] = COLOUR_WARN,   [PORTROLL_UNASSIGNED] = COLOUR_FREE,
		[PORTROLL_DYNAMIC] = COLOUR_HEADING,
	};
	return state < ARRAY_LEN(colours) ? (enum colour)colours[state] : COLOUR_NONE;
}

/* A source put together from several copies names them all. */
static void put_copies(struct buf *out, const struct reader *r, size_t source)
{
	if (r->sources[source].copy_count < 2) {
		put_source(out, r, source, COPY_NONE);
		return;
	}
	buf_put(out, r->sources[source].name);
	buf_puts(out, " (copy of ");
	source_put_dates(out, &r->sources[source]);
	buf_putc(out, ')');
}

void put_origin(const struct reader *r, uint64_t sources)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64U << 10);
	for (size_t i = 0; i < r->source_count; i++) {
		if (!(sources & UINT64_C(1) << i))
			continue;
		buf_puts(&text, text.len ? ", " : "read from ");
		put_copies(&text, r, i);
	}
	if (text.len == 0)
		return;
	buf_putc(&r->out->buf, '\n');
	out_folded(r->out, buf_str(&text), (struct fold){.indent = 2});
}
