/* SPDX-License-Identifier: MIT */
#include "server/show.h"

#define RECORDS_COMPARED_MAX 16U

/* Cells that are nothing but references, and names, link; the others are text. */
void show_cell(struct buf *out, enum field_id field, const struct record *record)
{
	struct richtext rich = {0};
	if (fields[field].rich)
		rich = fields[field].rich(record);
	if (field == FIELD_NAME && record->name.len > 0) {
		html_local_link(out, "/names/", record->name, record->name);
	} else if (field == FIELD_PORT && record->has_port) {
		char text[RANGE_TEXT_MAX];
		struct portroll_str port = {text, range_format(text, record->port)};
		html_local_link(out, "/ports/", port, port);
	} else if (field == FIELD_ASSIGNEE) {
		html_xrefs(out, record_assignee(record));
	} else if (field == FIELD_CONTACT) {
		html_xrefs(out, record->contacts);
	} else if (field == FIELD_REFERENCE) {
		html_xrefs(out, record->references);
	} else if (!richtext_is_empty(rich)) {
		html_richtext(out, rich);
	} else {
		struct buf cell = BUF_INIT(1U << 20);
		field_put(&cell, field, record);
		html_text(out, buf_str(&cell));
		html_scratch_done(out, &cell);
	}
}

static bool is_filled(struct buf *out, enum field_id field, const struct record *record)
{
	struct buf cell = BUF_INIT(1U << 20);
	field_put(&cell, field, record);
	bool filled = cell.len > 0;
	html_scratch_done(out, &cell);
	return filled;
}

static void put_name_row(struct buf *out, const char *title, struct portroll_str name)
{
	HTML(out, "<div><dt>");
	html_text(out, str_from(title));
	HTML(out, "</dt><dd>");
	html_local_link(out, "/names/", name, name);
	HTML(out, "</dd></div>");
}

/* The historic names that this one of the same port replaces. */
static void put_replaced(const struct call *call, struct buf *out,
			 const struct portroll_record *record)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	uint8_t transport = record->transport == PORTROLL_ANY ? PORTROLL_TCP : record->transport;
	struct record_list list = snapshot_answer(s, record->port_first, transport).records;
	struct portroll_record other;
	for (uint32_t i = 0; record->has_port && i < list.count; i++) {
		bool is_replaced = portroll_get(s, snapshot_list_at(s, list, i), &other) &&
				   other.flags & PORTROLL_RECORD_ALIAS &&
				   other.source == record->source && record->name.len > 0 &&
				   str_equal_fold(other.alias_of, record->name);
		if (is_replaced)
			put_name_row(out, "Replaces", other.name);
	}
}

static void put_kin(const struct call *call, struct buf *out, const struct portroll_record *record)
{
	if (record->alias_of.len > 0 && record->flags & PORTROLL_RECORD_ALIAS)
		put_name_row(out, "Replaced by", record->alias_of);
	else if (record->alias_of.len > 0 && record->flags & PORTROLL_RECORD_DUPLICATE)
		put_name_row(out, "Duplicate of", record->alias_of);
	put_replaced(call, out, record);
}

static bool is_names_only(const struct call *call, const struct portroll_record *record)
{
	const struct source *source = site_source(call->site, record->source);
	return source && source->coverage == COVERAGE_NAMES;
}

/* Does a list of names only repeat what the record of a better source says? */
static bool repeats(const struct call *call, const struct portroll_record *record,
		    const struct portroll_record *better)
{
	return is_names_only(call, record) && !is_names_only(call, better) &&
	       record->name.len > 0 && str_equal_fold(record->name, better->name) &&
	       record->has_port == better->has_port && record->port_first == better->port_first &&
	       record->port_last == better->port_last && record->transport == better->transport;
}

/* Is it said already, by one of the first records? */
static bool is_said(const struct call *call, const struct id_array *ids, size_t at)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct portroll_record record, other;
	if (!portroll_get(s, ids->ids[at], &record))
		return false;
	for (size_t i = 0; i < at && i < RECORDS_COMPARED_MAX; i++)
		if (portroll_get(s, ids->ids[i], &other) && repeats(call, &record, &other))
			return true;
	return false;
}

/* Where one of the first records is repeated. */
static void put_repeats(const struct call *call, struct buf *out, const struct id_array *ids,
			size_t at)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct portroll_record record, other;
	if (at >= RECORDS_COMPARED_MAX || !portroll_get(s, ids->ids[at], &record))
		return;
	for (size_t i = at + 1; i < ids->count; i++) {
		if (!portroll_get(s, ids->ids[i], &other) || !repeats(call, &other, &record))
			continue;
		HTML(out, "; also in ");
		show_copy(call, out, &other);
	}
}

static void put_record(const struct call *call, struct buf *out, const struct id_array *ids,
		       size_t at)
{
	uint32_t id = ids->ids[at];
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct portroll_record plain;
	struct record record;
	if (!portroll_get(s, id, &plain) || !snapshot_rich(s, id, call->arena, &record))
		return;
	HTML(out, "<dl class=\"record\">");
	for (int field = 0; field < FIELD_COUNT; field++) {
		if (!is_filled(out, (enum field_id)field, &record))
			continue;
		HTML(out, "<div><dt>");
		html_text(out, str_from(fields[field].title));
		HTML(out, "</dt><dd>");
		show_cell(out, (enum field_id)field, &record);
		HTML(out, "</dd></div>");
	}
	put_kin(call, out, &plain);
	HTML(out, "<div><dt>Source</dt><dd>");
	show_copy(call, out, &plain);
	put_repeats(call, out, ids, at);
	HTML(out, "</dd></div></dl>\n");
}

void show_records(const struct call *call, struct buf *out, const struct id_array *ids)
{
	HTML(out, "<div class=\"cards\">\n");
	for (size_t i = 0; i < ids->count; i++)
		if (!is_said(call, ids, i))
			put_record(call, out, ids, i);
	HTML(out, "</div>\n");
}

static void put_head(struct buf *out, const struct table_links *links)
{
	HTML(out, "<thead role=\"rowgroup\"><tr role=\"row\">");
	for (int field = 0; field < FIELD_COUNT; field++) {
		bool sorted = links && links->sorted_by == field;
		HTML(out, "<th role=\"columnheader\" scope=\"col\"");
		if (sorted && links->descending)
			HTML(out, " aria-sort=\"descending\"");
		else if (sorted)
			HTML(out, " aria-sort=\"ascending\"");
		HTML(out, ">");
		if (links) {
			HTML(out, "<a href=\"");
			links->put_link(out, links->context, (enum field_id)field,
					sorted && !links->descending);
			HTML(out, "\">");
		}
		html_text(out, str_from(fields[field].title));
		if (links)
			HTML(out, "</a>");
		HTML(out, "</th>");
	}
	HTML(out, "<th role=\"columnheader\" scope=\"col\">Source</th></tr></thead>\n");
}

static void put_row(const struct call *call, struct buf *out, uint32_t id)
{
	const struct portroll_snapshot *s = site_snapshot(call->site);
	struct portroll_record plain;
	struct record record;
	if (!portroll_get(s, id, &plain) || !snapshot_rich(s, id, call->arena, &record))
		return;
	HTML(out, "<tr role=\"row\">");
	for (int field = 0; field < FIELD_COUNT; field++) {
		HTML(out, "<td role=\"cell\" class=\"");
		html_text(out, str_from(fields[field].key));
		HTML(out, "\" data-title=\"");
		html_text(out, str_from(fields[field].title));
		HTML(out, "\">");
		show_cell(out, (enum field_id)field, &record);
		HTML(out, "</td>");
	}
	HTML(out, "<td role=\"cell\" class=\"copy\" data-title=\"Source\">");
	show_copy(call, out, &plain);
	HTML(out, "</td></tr>\n");
}

void show_table(const struct call *call, struct buf *out, const char *caption,
		const struct id_array *ids, const struct table_links *links)
{
	HTML(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
	html_text(out, str_from(caption));
	HTML(out, "\"><table class=\"records\" role=\"table\"><caption>");
	html_text(out, str_from(caption));
	HTML(out, "</caption>\n");
	put_head(out, links);
	HTML(out, "<tbody role=\"rowgroup\">\n");
	for (size_t i = 0; i < ids->count; i++)
		put_row(call, out, ids->ids[i]);
	HTML(out, "</tbody></table></div>\n");
}
