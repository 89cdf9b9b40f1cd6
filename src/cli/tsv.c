/* SPDX-License-Identifier: MIT */
#include "cli/tsv.h"

#include <assert.h>

#include "base/json.h"
#include "base/macros.h"
#include "base/num.h"
#include "registry/fields.h"

void tsv_put(struct buf *out, struct portroll_str text, bool is_first)
{
	if (!is_first)
		buf_putc(out, '\t');
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		char letter = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c;
		if (letter != c || c == '\\')
			buf_putc(out, '\\');
		buf_putc(out, letter);
	}
}

void tsv_put_frequency(struct buf *out, uint32_t millionths, bool is_first)
{
	struct json number = json_init(out, false);
	buf_puts(out, is_first ? "" : "\t");
	json_millionths(&number, millionths);
}

static struct portroll_str port_text(char ret_space[static RANGE_TEXT_MAX],
				     const struct portroll_record *record)
{
	if (!record->has_port)
		return STR("");
	struct range ports = {record->port_first, record->port_last};
	return (struct portroll_str){ret_space, range_format(ret_space, ports)};
}

static struct portroll_str copy_text(char ret_space[static DATE_TEXT_MAX], const struct reader *r,
				     const struct portroll_record *record)
{
	if (record->source >= r->source_count)
		return STR("");
	const struct source *source = &r->sources[record->source];
	if (record->copy >= source->copy_count)
		return STR("");
	return (struct portroll_str){ret_space,
				     date_format(ret_space, source->copies[record->copy].dated)};
}

void tsv_put_record(struct buf *out, const struct reader *r, const struct portroll_record *record,
		    bool is_first)
{
	char ports[RANGE_TEXT_MAX], code[NUM_TEXT_MAX], copy[DATE_TEXT_MAX];
	size_t code_len = record->has_service_code ? num_format(code, record->service_code) : 0;
	const struct portroll_str cells[] = {
		record->name,
		port_text(ports, record),
		transport_name(record->transport),
		record->description,
		record->assignee,
		record->contact,
		record->registered,
		record->modified,
		record->reference,
		{code, code_len},
		record->unauthorized,
		record->notes,
		record->alias_of,
		snapshot_source_name(r->snapshot, record->source),
		copy_text(copy, r, record),
	};
	static_assert(ARRAY_LEN(cells) == TSV_RECORD_COLUMNS, "as the header says");
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		tsv_put(out, cells[i], is_first && i == 0);
}

void tsv_put_record_titles(struct buf *out, bool is_first)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		tsv_put(out, str_from(fields[i].key), is_first && i == 0);
	buf_puts(out, "\talias_of\tsource\tcopy");
}
