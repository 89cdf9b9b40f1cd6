/* SPDX-License-Identifier: MIT */
#include "formats/port_lines.h"

#include "formats/write.h"
#include "registry/fields.h"
#include "registry/port_index.h"

#include <stdlib.h>

#define COMMENT_LINE_MAX 126

static uint8_t rank_of(const struct record *r)
{
	return r->name.len == 0 ? UINT8_MAX : port_rank_of(r);
}

static int compare_ports(const void *a, const void *b)
{
	const struct port_entry *x = *(struct port_entry *const *)a;
	const struct port_entry *y = *(struct port_entry *const *)b;
	if (x->record->port.first != y->record->port.first)
		return x->record->port.first < y->record->port.first ? -1 : 1;
	return x->position < y->position ? -1 : x->position > y->position;
}

static int compare_ranks(const void *a, const void *b)
{
	const struct port_entry *x = *(struct port_entry *const *)a;
	const struct port_entry *y = *(struct port_entry *const *)b;
	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->position < y->position ? -1 : x->position > y->position;
}

static void add_entries(struct port_lines *l, size_t source, uint32_t first, port_name_fn *wanted)
{
	const struct registry *reg = l->registries[source];
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (!r->has_port || !wanted(r))
			continue;
		l->by_port[l->entry_count] = &l->entries[l->entry_count];
		l->entries[l->entry_count++] = (struct port_entry){
			.record = r,
			.position = first + (uint32_t)i,
			.last = l->options->expand_ranges ? r->port.last : r->port.first,
			.source = (uint16_t)source,
			.rank = rank_of(r),
		};
	}
}

int port_lines_init(struct port_lines *ret, const struct registry *const *registries, size_t count,
		    const struct write_options *o, port_name_fn *wanted)
{
	*ret = (struct port_lines){.registries = registries, .registry_count = count, .options = o};
	size_t total = 0;
	for (size_t i = 0; i < count; i++)
		total += registries[i]->record_count;
	ret->entries = arena_array(&ret->arena, total, sizeof(*ret->entries));
	ret->by_port = arena_array(&ret->arena, total, sizeof(struct port_entry *));
	ret->active = arena_array(&ret->arena, total, sizeof(struct port_entry *));
	if (ret->arena.failed) {
		port_lines_done(ret);
		return PORTROLL_ENOMEM;
	}
	uint32_t first = 0;
	for (size_t i = 0; i < count; i++) {
		add_entries(ret, i, first, wanted);
		first += (uint32_t)registries[i]->record_count;
	}
	qsort(ret->by_port, ret->entry_count, sizeof(struct port_entry *), compare_ports);
	return PORTROLL_OK;
}

static void leave(struct port_lines *l)
{
	size_t kept = 0;
	for (size_t i = 0; i < l->active_count; i++)
		if (l->active[i]->last >= l->port)
			l->active[kept++] = l->active[i];
	l->active_count = kept;
}

static void enter(struct port_lines *l)
{
	size_t before = l->active_count;
	while (l->next < l->entry_count && l->by_port[l->next]->record->port.first == l->port)
		l->active[l->active_count++] = l->by_port[l->next++];
	if (l->active_count > before)
		qsort(l->active, l->active_count, sizeof(struct port_entry *), compare_ranks);
}

bool port_lines_next(struct port_lines *l)
{
	bool first = l->next == 0;
	if (!first) {
		l->port++;
		leave(l);
	}
	if (l->active_count == 0) {
		if (l->next == l->entry_count)
			return false;
		l->port = l->by_port[l->next]->record->port.first;
	}
	enter(l);
	return true;
}

bool port_entry_has(const struct port_entry *entry, uint8_t transport)
{
	uint8_t own = entry->record->transport;
	bool both = transport == PORTROLL_TCP || transport == PORTROLL_UDP;
	return own == transport || (own == PORTROLL_ANY && both);
}

void port_entry_write(struct port_entry *entry, struct portroll_str comment)
{
	entry->marks |= ENTRY_WRITTEN;
	if (!write_text_is_whole(entry->record->description, comment))
		entry->marks |= ENTRY_ALTERED;
}

/* Cells that neither form has a column for. */
static void count_cells(struct loss *loss, const struct record *r)
{
	const size_t counts[] = {
		record_assignee(r).count, r->contacts.count,   r->registered.year != 0,
		r->modified.year != 0,    r->references.count, r->has_service_code,
		r->unauthorized.len != 0, r->note.count,
	};
	for (size_t i = 0; i < ARRAY_LEN(counts); i++)
		if (counts[i])
			loss_of_record(loss, LOSS_COLUMNS, r, fields[FIELD_ASSIGNEE + i].title);
}

static void count_written(struct loss *loss, const struct port_entry *entry, const char *kept)
{
	const struct record *r = entry->record;
	if (r->port.last != r->port.first && entry->last == r->port.first)
		loss_of_record(loss, LOSS_RANGES, r, "is cut to its first port");
	if (r->transport == PORTROLL_ANY)
		loss_of_record(loss, LOSS_TRANSPORTS, r, "states none and is written as tcp, udp");
	if (entry->marks & ENTRY_ALTERED)
		loss_of_record(loss, LOSS_TEXTS, r, "has another description in its line");
	count_cells(loss, r);
	loss_of_extras(loss, r, kept);
}

static const char is_elsewhere[] = "has other ports in a source above";

static void count_unwritten(struct loss *loss, const struct port_entry *entry)
{
	if (entry->marks & ENTRY_LEFT_OUT && entry->record->name.len)
		loss_of_record(loss, LOSS_NAMES, entry->record, "has no room in its line");
	else if (entry->marks & ENTRY_LEFT_OUT)
		loss_of_record(loss, LOSS_RECORDS, entry->record, "has no name, another has one");
	else if (!(entry->marks & ENTRY_ELSEWHERE))
		loss_of_record(loss, LOSS_RECORDS, entry->record, "repeats a name of its port");
}

struct counting {
	const struct port_lines *lines;
	struct loss *loss;
	const char *name_refused, *kept;
	size_t next;       /* entry that was not counted yet */
	uint32_t position; /* of the first record of the registry */
};

static void count_record(struct counting *c, const struct record *r, size_t at)
{
	const struct port_lines *l = c->lines;
	const struct port_entry *entry = &l->entries[c->next];
	if (c->next < l->entry_count && entry->position == c->position + at) {
		c->next++;
		if (entry->marks & ENTRY_ELSEWHERE)
			loss_of_record(c->loss, LOSS_NAMES, r, is_elsewhere);
		if (entry->marks & ENTRY_LEFT_OUT || !(entry->marks & ENTRY_WRITTEN))
			count_unwritten(c->loss, entry);
		else
			count_written(c->loss, entry, c->kept);
	} else if (!r->has_port) {
		loss_of_record(c->loss, LOSS_RECORDS, r, "has no port");
	} else if (r->name.len == 0) {
		loss_of_record(c->loss, LOSS_RECORDS, r, "has no name");
	} else {
		loss_of_record(c->loss, LOSS_NAMES, r, c->name_refused);
	}
}

void port_lines_count_loss(const struct port_lines *l, struct loss *loss, const char *name_refused,
			   const char *kept)
{
	struct counting c = {.lines = l, .loss = loss, .name_refused = name_refused, .kept = kept};
	for (size_t i = 0; loss && i < l->registry_count; i++) {
		const struct registry *reg = l->registries[i];
		for (size_t at = 0; at < reg->record_count; at++)
			count_record(&c, reg->records[at], at);
		c.position += (uint32_t)reg->record_count;
		loss_of_header(loss, reg, false);
		loss_of_people(loss, reg, true);
	}
}

void port_lines_done(struct port_lines *l)
{
	arena_done(&l->arena);
}

struct portroll_str port_lines_cut(struct portroll_str text, size_t room)
{
	if (text.len <= room)
		return text;
	while (room && ((unsigned char)text.ptr[room] & 0xc0) == 0x80)
		room--;
	return str_trim(str_part(text, 0, room));
}

static void put_heading_line(struct buf *out, const char *what, struct portroll_str text)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(SIZE_MAX);
	buf_puts(&line, "# ");
	buf_puts(&line, what);
	buf_put(&line, text);
	write_squeeze(&line);
	buf_put(out, port_lines_cut(buf_str(&line), COMMENT_LINE_MAX));
	buf_putc(out, '\n');
	if (line.failed && !out->failed)
		out->failed = line.failed;
}

static void put_dates(struct buf *out, const struct registry *reg, const struct source *source)
{
	CLEANUP(buf_done) struct buf dates = BUF_INIT(SIZE_MAX);
	char space[DATE_TEXT_MAX];
	struct date dated = reg->header.updated;
	if (dated.year == 0)
		dated = registry_newest_date(reg);
	if (source)
		source_put_dates(&dates, source);
	else
		buf_put(&dates, write_date(space, dated));
	if (dates.len)
		put_heading_line(out, "As of ", buf_str(&dates));
	if (dates.failed && !out->failed)
		out->failed = dates.failed;
}

void port_lines_put_heading(struct buf *out, const struct registry *reg,
			    const struct write_options *o)
{
	struct portroll_str title = write_title(reg, o);
	if (title.len)
		put_heading_line(out, "", title);
	put_dates(out, reg, o->source);
	if (o->provenance.len)
		put_heading_line(out, "", o->provenance);
	buf_puts(out, "#\n");
}

void port_lines_put_sources(struct buf *out, const struct roll *roll)
{
	for (size_t i = 0; i < roll->source_count; i++) {
		CLEANUP(buf_done) struct buf line = BUF_INIT(SIZE_MAX);
		source_put_provenance(&line, &roll->sources[i]);
		put_heading_line(out, "", buf_str(&line));
		if (line.failed && !out->failed)
			out->failed = line.failed;
	}
	buf_puts(out, "#\n");
}

/* Makes white space with a line end in it one blank; other white space stays as it is. */
static void fold_lines(struct buf *text)
{
	size_t len = 0;
	for (size_t i = 0; i < text->len;) {
		size_t end = i;
		bool breaks = false;
		for (; end < text->len && is_space(text->ptr[end]); end++)
			breaks |= text->ptr[end] == '\n' || text->ptr[end] == '\r';
		if (breaks)
			text->ptr[len++] = ' ';
		else
			while (i < end)
				text->ptr[len++] = text->ptr[i++];
		i = end;
		if (i < text->len)
			text->ptr[len++] = text->ptr[i++];
	}
	text->len = len;
}

struct portroll_str port_lines_comment(struct buf *scratch, const struct record *r)
{
	buf_clear(scratch);
	richtext_put_csv(scratch, r->description);
	fold_lines(scratch);
	return str_trim(buf_str(scratch));
}
