/* SPDX-License-Identifier: MIT */
#include "formats/read.h"

#include "base/num.h"
#include "formats/cells.h"
#include "formats/csv_cells.h"
#include "formats/labels.h"

/*
 * IANA's CSV, of today and of the older styles (data.md section 2); they differ in line ends, in
 * the title of column 11 and in white space. What the CSV does not say stays out: a label inside a
 * description or a note may be a reference or literal text ("[was netstat]"), so it stays text; an
 * assignee that equals the contact counts as not stored apart.
 */

bool csv_probe(struct portroll_str head)
{
	return str_starts(head, STR("Service Name,Port Number,"));
}

static int check_header(struct csv *csv)
{
	struct csv_cell cells[FIELD_COUNT];
	int r = csv_row(csv, cells);
	if (r < 0)
		return r;
	for (size_t i = 0; r == 1 && i < FIELD_COUNT; i++) {
		const struct field *field = &fields[i];
		bool known = str_equal(cells[i].text, str_from(field->title)) ||
			     (field->title_2018 &&
			      str_equal(cells[i].text, str_from(field->title_2018)));
		if (!known)
			return csv_fail_title(csv, &cells[i], (enum field_id)i);
	}
	return r;
}

/* Where a row goes: the record, and a list for its references. */
struct row {
	struct csv *csv;
	const struct csv_cell *cells;
	struct record record;
	struct list *xrefs;
};

static struct portroll_str text_of(const struct row *row, enum field_id column)
{
	return str_trim(row->cells[column].text);
}

static int take_key(struct row *row)
{
	struct record *r = &row->record;
	r->name = text_of(row, FIELD_NAME);
	struct portroll_str port = text_of(row, FIELD_PORT);
	if (port.len) {
		int code = range_cell(&r->port, port);
		if (code < 0)
			return csv_fail(row->csv, &row->cells[FIELD_PORT], FIELD_PORT,
					range_expected_text(code));
		r->has_port = true;
		if (range_keep_spelling(r, port, row->csv->arena) < 0)
			return error_memory(row->csv->err);
	}
	struct portroll_str transport = text_of(row, FIELD_TRANSPORT);
	if (transport.len && transport_cell(&r->transport, transport) < 0)
		return csv_fail(row->csv, &row->cells[FIELD_TRANSPORT], FIELD_TRANSPORT,
				"tcp, udp, sctp or dccp");
	return PORTROLL_OK;
}

static int take_date(struct row *row, enum field_id column, struct date *ret)
{
	struct portroll_str text = text_of(row, column);
	if (text.len && date_cell(ret, text) < 0)
		return csv_fail(row->csv, &row->cells[column], column, "YYYY-MM-DD or YYYY-MM");
	return PORTROLL_OK;
}

static int take_service_code(struct row *row)
{
	struct portroll_str text = text_of(row, FIELD_SERVICE_CODE);
	uint64_t code = 0;
	if (text.len && num_parse(&code, text, UINT32_MAX) < 0)
		return csv_fail(row->csv, &row->cells[FIELD_SERVICE_CODE], FIELD_SERVICE_CODE,
				"a number of 32 bits");
	row->record.has_service_code = text.len != 0;
	row->record.service_code = (uint32_t)code;
	return PORTROLL_OK;
}

static int take_labels(struct row *row, enum field_id column, struct xref_list *ret)
{
	struct portroll_str text = text_of(row, column);
	int r = labels_parse(ret, text, column != FIELD_REFERENCE, row->xrefs);
	if (r == PORTROLL_ENOMEM)
		return error_memory(row->csv->err);
	if (r < 0)
		return csv_fail(row->csv, &row->cells[column], column,
				column == FIELD_REFERENCE ? "[REFERENCE], or several"
							  : "[PERSON], or several");
	return PORTROLL_OK;
}

static int take_people(struct row *row)
{
	struct record *r = &row->record;
	int code = take_labels(row, FIELD_CONTACT, &r->contacts);
	if (code < 0)
		return code;
	if (str_equal(text_of(row, FIELD_ASSIGNEE), text_of(row, FIELD_CONTACT)))
		return PORTROLL_OK;
	r->has_assignee = true;
	return take_labels(row, FIELD_ASSIGNEE, &r->assignee);
}

static int take_row(struct row *row, struct registry *reg)
{
	struct record *record = &row->record;
	int r = take_key(row);
	if (r == PORTROLL_OK)
		r = take_people(row);
	if (r == PORTROLL_OK)
		r = take_date(row, FIELD_REGISTERED, &record->registered);
	if (r == PORTROLL_OK)
		r = take_date(row, FIELD_MODIFIED, &record->modified);
	if (r == PORTROLL_OK)
		r = take_labels(row, FIELD_REFERENCE, &record->references);
	if (r == PORTROLL_OK)
		r = take_service_code(row);
	if (r < 0)
		return r;
	record->description = richtext_plain(reg->arena, text_of(row, FIELD_DESCRIPTION));
	record->unauthorized = text_of(row, FIELD_UNAUTHORIZED);
	record->note = richtext_plain(reg->arena, text_of(row, FIELD_NOTES));
	if (registry_add(reg, record) < 0 || reg->arena->failed)
		return error_memory(row->csv->err);
	return PORTROLL_OK;
}

int csv_read(struct registry *ret, struct portroll_str input, struct portroll_error *err)
{
	struct csv csv = {.input = input, .arena = ret->arena, .err = err};
	int r = check_header(&csv);
	if (r < 0)
		return r;
	struct list xrefs = LIST_INIT(ret->arena, struct xref);
	struct csv_cell cells[FIELD_COUNT];
	while ((r = csv_row(&csv, cells)) == 1) {
		struct row row = {.csv = &csv, .cells = cells, .xrefs = &xrefs};
		r = take_row(&row, ret);
		if (r < 0)
			return r;
	}
	if (r < 0)
		return r;
	return labels_add_missing(ret) < 0 ? error_memory(err) : PORTROLL_OK;
}
