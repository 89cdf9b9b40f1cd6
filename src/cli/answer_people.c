/* SPDX-License-Identifier: MIT */
#include "cli/answer.h"

#include <assert.h>
#include <stddef.h>

#include "base/macros.h"
#include "cli/words.h"
#include "registry/frequency.h"
#include "registry/service_code.h"
#include "registry/state.h"
#include "terminal/fold.h"

#define RECORD_INDENT 2
#define DETAIL_INDENT 6
#define DETAIL_COLUMN 19

static const struct detail {
	const char *label;
	size_t offset; /* of the cell in struct portroll_record */
} details[] = {
	{"assignee", offsetof(struct portroll_record, assignee)},
	{"contact", offsetof(struct portroll_record, contact)},
	{"registered", offsetof(struct portroll_record, registered)},
	{"modified", offsetof(struct portroll_record, modified)},
	{"reference", offsetof(struct portroll_record, reference)},
	{"unauthorized", offsetof(struct portroll_record, unauthorized)},
	{"notes", offsetof(struct portroll_record, notes)},
};

static struct portroll_str cell_of(const struct portroll_record *record, const struct detail *d)
{
	return *(const struct portroll_str *)((const char *)record + d->offset);
}

static void put_detail(struct out *o, const char *label, struct portroll_str text)
{
	if (text.len == 0)
		return;
	buf_fill(&o->buf, ' ', DETAIL_INDENT);
	out_colour(o, COLOUR_FAINT);
	buf_puts(&o->buf, label);
	out_colour(o, COLOUR_NONE);
	buf_fill(&o->buf, ' ', DETAIL_COLUMN - DETAIL_INDENT - str_from(label).len);
	out_folded(o, text, (struct fold){.column = DETAIL_COLUMN, .indent = DETAIL_COLUMN});
}

static void put_details(struct answer_writer *w, const struct portroll_record *record)
{
	struct out *o = w->reader->out;
	bool same_people = str_equal(record->assignee, record->contact);
	for (size_t i = 0; i < ARRAY_LEN(details); i++) {
		bool is_contact = details[i].offset == offsetof(struct portroll_record, contact);
		if (!is_contact || !same_people)
			put_detail(o, details[i].label, cell_of(record, &details[i]));
	}
	if (!record->has_service_code)
		return;
	buf_clear(&w->scratch);
	buf_put_num(&w->scratch, record->service_code);
	char letters[5];
	size_t len = service_code_text(letters, record->service_code);
	if (len) {
		buf_puts(&w->scratch, ", SC:");
		buf_put(&w->scratch, (struct portroll_str){letters, len});
	}
	put_detail(o, "service code", buf_str(&w->scratch));
}

static void put_role(struct buf *text, const struct portroll_record *record)
{
	if (record->flags & PORTROLL_RECORD_ALIAS)
		buf_puts(text, ", historic alias of ");
	else if (record->flags & PORTROLL_RECORD_DUPLICATE)
		buf_puts(text, ", duplicate of ");
	else
		return;
	buf_put(text, record->alias_of);
	if (record->flags & PORTROLL_RECORD_DUPLICATE)
		buf_puts(text, ", not for service discovery");
}

/* The copy that the block speaks from: that of its first record by the source that decided. */
static uint32_t copy_of(const struct answer_writer *w, const struct block *b)
{
	struct portroll_record record;
	for (uint32_t at = 0; block_next(w->reader, b, w->source, &at, &record);) {
		if (record.source == b->answer.source)
			return record.copy;
		if (record.source > b->answer.source)
			break; /* the records come by precedence */
	}
	return COPY_NONE;
}

static void put_record(struct answer_writer *w, const struct block *b, unsigned bits,
		       const struct portroll_record *record)
{
	struct out *o = w->reader->out;
	struct buf *text = &w->scratch;
	struct range ports = {record->port_first, record->port_last};
	buf_fill(&o->buf, ' ', RECORD_INDENT);
	out_colour(o, COLOUR_NAME);
	out_text(o, record->name.len ? record->name : STR("no name"), false);
	out_colour(o, COLOUR_NONE);
	buf_clear(text);
	buf_puts(text, " (");
	put_places(text, record->has_port, ports, record->transport == PORTROLL_ANY ? 0 : bits);
	buf_puts(text, ")");
	put_role(text, record);
	bool same_copy = !b->has_port ||
			 (record->source == b->answer.source && record->copy == copy_of(w, b));
	if (!same_copy) {
		buf_puts(text, ", in ");
		put_source(text, w->reader, record->source, record->copy);
	}
	buf_puts(text, record->description.len ? ": " : "");
	buf_put(text, record->description);
	buf_putc(&o->buf, ' ');
	struct portroll_str name = record->name.len ? record->name : STR("no name");
	unsigned column = (unsigned)out_text_width(o, name) + RECORD_INDENT + 1;
	out_folded(o, buf_str(text), (struct fold){.column = column, .indent = DETAIL_INDENT});
	put_details(w, record);
}

/* Who has the port on the other transports: ": NAME (4502/sctp)". */
static void put_companions(struct buf *text, const struct reader *r, const struct block *b)
{
	struct block others[TRANSPORT_COUNT];
	size_t count = blocks_of_port(others, r, b->ports, TRANSPORTS_ALL, b->answer.source);
	const char *before = ": ";
	struct portroll_record record;
	for (size_t i = 0; i < count; i++) {
		uint32_t at = 0;
		if (others[i].answer.state != PORTROLL_ASSIGNED ||
		    !block_next(r, &others[i], b->answer.source, &at, &record) || !record.name.len)
			continue;
		buf_puts(text, before);
		buf_put(text, record.name);
		buf_puts(text, " (");
		put_places(text, true, b->ports, others[i].transports);
		buf_putc(text, ')');
		before = ", ";
	}
}

/* Unassigned in iana (copy of 2014-07): why (section); NAME in wireshark (names only, 2024) */
static void put_state(struct answer_writer *w, const struct block *b, unsigned column)
{
	struct out *o = w->reader->out;
	struct buf *text = &w->scratch;
	const struct reason_words *why = reason_words_of(b->answer.reason);
	out_colour(o, state_colour(b->answer.state));
	buf_puts(&o->buf, portroll_state_name(b->answer.state));
	out_colour(o, COLOUR_NONE);
	buf_clear(text);
	bool has_source = b->answer.source != UINT8_MAX;
	const char *between = has_source ? " " : ": ";
	if (has_source) {
		buf_puts(text, "in ");
		put_source(text, w->reader, b->answer.source, copy_of(w, b));
		buf_puts(text, ": ");
	}
	buf_puts(text, why->sentence);
	buf_puts(text, " (");
	buf_puts(text, why->section);
	buf_puts(text, ")");
	if (has_source && b->answer.state == PORTROLL_UNASSIGNED &&
	    w->reader->sources[b->answer.source].kind == SOURCE_MANAGED)
		buf_puts(text, "; portroll request new asks that registry for it");
	if (b->answer.reason == PORTROLL_REASON_COMPANION)
		put_companions(text, w->reader, b);
	bool is_service = b->answer.state == PORTROLL_ASSIGNED;
	struct portroll_record record;
	for (uint32_t at = 0; !is_service && block_next(w->reader, b, w->source, &at, &record);) {
		if (record.name.len == 0 || record.source == b->answer.source)
			continue;
		buf_puts(text, "; ");
		buf_put(text, record.name);
		buf_puts(text, " in ");
		put_source(text, w->reader, record.source, record.copy);
	}
	column += (unsigned)(str_from(portroll_state_name(b->answer.state)).len +
			     str_from(between).len);
	buf_puts(&o->buf, between);
	out_folded(o, buf_str(text), (struct fold){.column = column, .indent = DETAIL_INDENT});
}

/* Nothing but its place and what the line of the state says already: of other sources their names?
 */
static bool is_bare(const struct portroll_record *record, uint8_t decided_by)
{
	for (size_t i = 0; i < ARRAY_LEN(details); i++)
		if (cell_of(record, &details[i]).len)
			return false;
	bool is_named = decided_by != UINT8_MAX && record->source != decided_by &&
			record->description.len == 0;
	return record->name.len == 0 || is_named;
}

static_assert(ROLL_SOURCE_MAX <= 64, "sources fit the bits of a number");

/* Does a source below only repeat a name that the one above gives, and nothing else of weight? */
static bool says_no_more(const struct answer_writer *w, const struct block *b,
			 const struct portroll_record *record)
{
	bool is_below = b->answer.source != UINT8_MAX && record->source != b->answer.source &&
			w->reader->sources[record->source].coverage == COVERAGE_NAMES;
	struct portroll_record above;
	for (uint32_t at = 0; is_below && block_next(w->reader, b, w->source, &at, &above);) {
		if (above.source == b->answer.source && str_equal_fold(above.name, record->name))
			return true;
		if (above.source > b->answer.source)
			break; /* the records come by precedence */
	}
	return false;
}

static void put_agreeing(struct answer_writer *w, uint64_t agreeing)
{
	if (agreeing == 0)
		return;
	buf_clear(&w->scratch);
	buf_puts(&w->scratch, "also in ");
	bool first = true;
	for (size_t i = 0; i < w->reader->source_count; i++) {
		if (!(agreeing & UINT64_C(1) << i))
			continue;
		buf_puts(&w->scratch, first ? "" : ", ");
		put_source(&w->scratch, w->reader, i, COPY_NONE);
		first = false;
	}
	buf_fill(&w->reader->out->buf, ' ', RECORD_INDENT);
	out_folded(w->reader->out, buf_str(&w->scratch),
		   (struct fold){.column = RECORD_INDENT, .indent = DETAIL_INDENT});
}

/* found open on 22.1265 % of the hosts that nmap scanned: nmap (names only, 2022-08-31) */
static void put_frequency(struct answer_writer *w, const struct block *b)
{
	struct buf *text = &w->scratch;
	bool one = (b->transports & (b->transports - 1)) == 0, any = false;
	buf_clear(text);
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		uint32_t frequency =
			b->transports & 1U << t ? block_frequency(w->reader, b, t, w->source) : 0;
		if (frequency == 0)
			continue;
		buf_puts(text, any ? ", " : "found open on ");
		frequency_put(text, frequency);
		buf_puts(text, one ? "" : " (");
		buf_put(text, one ? STR("") : transport_name(t));
		buf_puts(text, one ? "" : ")");
		any = true;
	}
	if (!any)
		return;
	size_t survey = survey_source(w->reader);
	buf_puts(text, survey == SOURCE_ANY ? " of the hosts scanned"
					    : " of the hosts that nmap scanned: ");
	put_source(text, w->reader, survey, COPY_NONE);
	buf_fill(&w->reader->out->buf, ' ', RECORD_INDENT);
	out_folded(w->reader->out, buf_str(text),
		   (struct fold){.column = RECORD_INDENT, .indent = DETAIL_INDENT});
}

static void put_port(struct answer_writer *w, const struct block *b)
{
	struct out *o = w->reader->out;
	struct portroll_record record;
	buf_clear(&w->scratch);
	put_places(&w->scratch, true, b->ports, b->transports);
	unsigned column = (unsigned)w->scratch.len + 2;
	out_colour(o, COLOUR_HEADING);
	buf_put(&o->buf, buf_str(&w->scratch));
	out_colour(o, COLOUR_NONE);
	buf_puts(&o->buf, "  ");
	put_state(w, b, column);
	uint64_t agreeing = 0;
	for (uint32_t at = 0; block_next(w->reader, b, w->source, &at, &record);) {
		bool is_said =
			b->answer.state != PORTROLL_ASSIGNED && is_bare(&record, b->answer.source);
		if (says_no_more(w, b, &record))
			agreeing |= UINT64_C(1) << record.source;
		else if (!is_said)
			put_record(w, b, b->transports, &record);
	}
	put_agreeing(w, agreeing);
	put_frequency(w, b);
}

/* Records of one name without a port that differ in nothing but the transport are one. */
static void put_portless(struct answer_writer *w, const struct block *blocks, size_t count,
			 size_t at)
{
	struct portroll_record record, other;
	uint32_t begin = 0;
	if (!block_next(w->reader, &blocks[at], w->source, &begin, &record))
		return;
	unsigned bits = blocks[at].transports;
	for (size_t i = 0; i < count; i++) {
		begin = 0;
		if (i == at || blocks[i].has_port ||
		    !block_next(w->reader, &blocks[i], w->source, &begin, &other) ||
		    !same_service(&record, &other))
			continue;
		if (i < at)
			return;
		bits |= blocks[i].transports;
	}
	put_record(w, &blocks[at], bits, &record);
}

/* The heading of the names without a port: once for each copy in a row. */
static void put_portless_heading(struct answer_writer *w, const struct block *blocks, size_t at)
{
	struct out *o = w->reader->out;
	struct portroll_record record, before;
	uint32_t first = 0, second = 0;
	if (!block_next(w->reader, &blocks[at], w->source, &first, &record))
		return;
	bool is_said = at > 0 && !blocks[at - 1].has_port &&
		       block_next(w->reader, &blocks[at - 1], w->source, &second, &before) &&
		       before.source == record.source && before.copy == record.copy;
	if (is_said)
		return;
	out_colour(o, state_colour(blocks[at].answer.state));
	buf_puts(&o->buf, portroll_state_name(blocks[at].answer.state));
	out_colour(o, COLOUR_NONE);
	buf_clear(&w->scratch);
	buf_puts(&w->scratch, "in ");
	put_source(&w->scratch, w->reader, record.source, record.copy);
	buf_puts(&w->scratch, ": a service name without a port (RFC 6335 section 8.1.1)");
	unsigned column = (unsigned)str_from(portroll_state_name(blocks[at].answer.state)).len + 1;
	buf_putc(&o->buf, ' ');
	out_folded(o, buf_str(&w->scratch),
		   (struct fold){.column = column, .indent = DETAIL_INDENT});
}

/* asp: not in IANA's registry (copy of 2026-02-13); from debian (names only, 2022-10) */
static void put_foreign(struct answer_writer *w, const struct key *key)
{
	const struct reader *r = w->reader;
	struct buf *text = &w->scratch;
	uint64_t naming = sources_naming(r, key->name);
	size_t complete = complete_source(r);
	if (complete == SOURCE_ANY || naming & complete_sources(r))
		return;
	buf_clear(text);
	buf_puts(text, ": not in ");
	put_registry(text, r, complete);
	bool first = true;
	for (size_t i = 0; i < r->source_count; i++) {
		if (!(naming & UINT64_C(1) << i) || (w->source != SOURCE_ANY && w->source != i))
			continue;
		buf_puts(text, first ? "; from " : ", ");
		put_source(text, r, i, COPY_NONE);
		first = false;
	}
	out_colour(r->out, COLOUR_NAME);
	out_text(r->out, key->name, false);
	out_colour(r->out, COLOUR_NONE);
	unsigned column = (unsigned)out_text_width(r->out, key->name);
	out_folded(r->out, buf_str(text), (struct fold){.column = column, .indent = DETAIL_INDENT});
}

void answer_put_people(struct answer_writer *w, const struct key *key, const struct block *blocks,
		       size_t count)
{
	if (w->any)
		buf_putc(&w->reader->out->buf, '\n');
	w->any = true;
	if (key->kind == KEY_NAME)
		put_foreign(w, key);
	for (size_t i = 0; i < count; i++) {
		if (blocks[i].has_port) {
			put_port(w, &blocks[i]);
			continue;
		}
		put_portless_heading(w, blocks, i);
		put_portless(w, blocks, count, i);
	}
}
