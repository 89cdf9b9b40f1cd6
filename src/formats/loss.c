/* SPDX-License-Identifier: MIT */
#include "formats/loss.h"

const char *const loss_kind_names[LOSS_KIND_COUNT] = {
	[LOSS_RECORDS] = "records", [LOSS_NAMES] = "names",           [LOSS_PORTS] = "ports",
	[LOSS_RANGES] = "ranges",   [LOSS_TRANSPORTS] = "transports", [LOSS_COLUMNS] = "columns",
	[LOSS_TEXTS] = "texts",     [LOSS_PEOPLE] = "people",         [LOSS_HEADER] = "header",
};

static const struct {
	const char *one, *many;
} loss_words[LOSS_KIND_COUNT] = {
	[LOSS_RECORDS] = {"record", "records"},
	[LOSS_NAMES] = {"name", "names"},
	[LOSS_PORTS] = {"name with several ports", "names with several ports"},
	[LOSS_RANGES] = {"range", "ranges"},
	[LOSS_TRANSPORTS] = {"transport", "transports"},
	[LOSS_COLUMNS] = {"cell without a column", "cells without a column"},
	[LOSS_TEXTS] = {"text as it was written", "texts as they were written"},
	[LOSS_PEOPLE] = {"person", "people"},
	[LOSS_HEADER] = {"part of the header", "parts of the header"},
};

/* Takes a copy of the subject only when the loss keeps items. */
static void keep(struct loss *loss, enum loss_kind kind, struct portroll_str subject,
		 const char *what)
{
	if (loss->item_count == loss->item_capacity) {
		size_t larger = loss->item_capacity ? loss->item_capacity * 2 : 64;
		void *grown = arena_grow(loss->arena, loss->items, loss->item_count, larger,
					 sizeof(*loss->items));
		if (!grown)
			return;
		loss->items = grown;
		loss->item_capacity = larger;
	}
	loss->items[loss->item_count++] = (struct loss_item){
		.kind = (uint8_t)kind,
		.subject = arena_str(loss->arena, subject),
		.what = what,
	};
}

void loss_of(struct loss *loss, enum loss_kind kind, struct portroll_str subject, const char *what)
{
	if (!loss)
		return;
	loss->counts[kind]++;
	if (loss->arena)
		keep(loss, kind, subject, what);
}

void loss_of_record(struct loss *loss, enum loss_kind kind, const struct record *r,
		    const char *what)
{
	if (!loss)
		return;
	loss->counts[kind]++;
	if (!loss->arena)
		return;
	CLEANUP(buf_done) struct buf subject = BUF_INIT(SIZE_MAX);
	buf_put(&subject, r->name);
	if (r->has_port) {
		char port[RANGE_TEXT_MAX];
		size_t len = range_format(port, r->port);
		if (r->name.len)
			buf_putc(&subject, ' ');
		buf_put(&subject, (struct portroll_str){port, len});
	}
	if (r->transport != PORTROLL_ANY) {
		buf_putc(&subject, '/');
		buf_put(&subject, transport_name(r->transport));
	}
	if (subject.failed)
		loss->arena->failed = true;
	keep(loss, kind, buf_str(&subject), what);
}

bool loss_any(const struct loss *loss)
{
	for (size_t i = 0; i < LOSS_KIND_COUNT; i++)
		if (loss->counts[i])
			return true;
	return false;
}

void loss_put_line(struct buf *out, const struct loss *loss, const char *format)
{
	buf_puts(out, format);
	buf_puts(out, " cannot hold: ");
	bool any = false;
	for (size_t i = 0; i < LOSS_KIND_COUNT; i++) {
		if (!loss->counts[i])
			continue;
		if (any)
			buf_puts(out, ", ");
		buf_put_grouped(out, loss->counts[i]);
		buf_putc(out, ' ');
		buf_puts(out, loss->counts[i] == 1 ? loss_words[i].one : loss_words[i].many);
		any = true;
	}
	if (!any)
		buf_puts(out, "nothing is left out");
}

void loss_put_items(struct buf *out, const struct loss *loss)
{
	for (size_t i = 0; i < loss->item_count; i++) {
		const struct loss_item *item = &loss->items[i];
		buf_puts(out, loss_kind_names[item->kind]);
		buf_puts(out, ": ");
		buf_put(out, item->subject);
		buf_putc(out, ' ');
		buf_puts(out, item->what);
		buf_putc(out, '\n');
	}
}

void loss_put_json(struct json *j, const struct loss *loss, const char *format)
{
	json_object(j);
	json_member(j, "format", str_from(format));
	json_key(j, "counts");
	json_object(j);
	for (size_t i = 0; i < LOSS_KIND_COUNT; i++) {
		json_key(j, loss_kind_names[i]);
		json_num(j, loss->counts[i]);
	}
	json_object_end(j);
	json_key(j, "items");
	json_array(j);
	for (size_t i = 0; i < loss->item_count; i++) {
		const struct loss_item *item = &loss->items[i];
		json_object(j);
		json_member(j, "kind", str_from(loss_kind_names[item->kind]));
		json_member(j, "subject", item->subject);
		json_member(j, "what", str_from(item->what));
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}
