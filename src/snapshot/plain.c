/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

uint32_t portroll_record_count(const struct portroll_snapshot *s)
{
	return element_count(s, SECTION_RECORDS);
}

static bool read_texts_of(const struct portroll_snapshot *s, const unsigned char *row,
			  const struct rare_cells *rare, struct portroll_record *ret)
{
	return text_at(s, load_u32(row + RECORD_NAME), &ret->name) &&
	       text_at(s, load_u32(row + RECORD_DESCRIPTION), &ret->description) &&
	       text_at(s, load_u32(row + RECORD_ASSIGNEE), &ret->assignee) &&
	       text_at(s, load_u32(row + RECORD_CONTACT), &ret->contact) &&
	       text_at(s, load_u32(row + RECORD_REGISTERED), &ret->registered) &&
	       text_at(s, load_u32(row + RECORD_REFERENCE), &ret->reference) &&
	       text_at(s, rare->modified, &ret->modified) &&
	       text_at(s, rare->unauthorized, &ret->unauthorized) &&
	       text_at(s, rare->notes, &ret->notes) && text_at(s, rare->alias_of, &ret->alias_of);
}

bool portroll_get(const struct portroll_snapshot *s, uint32_t id, struct portroll_record *ret)
{
	if (id >= element_count(s, SECTION_RECORDS))
		return false;
	const unsigned char *row = record_row(s, id);
	struct rare_cells rare;
	if (!row || !record_rare_cells(s, row, &rare))
		return false;
	unsigned flags = load_u16(row + RECORD_FLAGS);
	struct portroll_record plain = {
		.id = id,
		.source = row[RECORD_SOURCE],
		.copy = load_u16(row + RECORD_COPY),
		.change = load_u32(row + RECORD_CHANGE),
		.service_code = rare.service_code,
		.port_first = load_u16(row + RECORD_PORT_FIRST),
		.port_last = load_u16(row + RECORD_PORT_LAST),
		.has_port = (flags & RECORD_BIT_PORT) != 0,
		.has_service_code = (flags & RECORD_BIT_SERVICE_CODE) != 0,
		.transport = row[RECORD_TRANSPORT],
		.flags = flags & (RECORD_BIT_ALIAS | RECORD_BIT_DUPLICATE),
	};
	if (!read_texts_of(s, row, &rare, &plain))
		return false;
	*ret = plain;
	return true;
}

struct record_span snapshot_source_records(const struct portroll_snapshot *s, size_t source)
{
	const unsigned char *row = source_row(s, source);
	if (!row)
		return (struct record_span){0, 0};
	return (struct record_span){load_u32(row + SOURCE_FIRST_RECORD),
				    load_u32(row + SOURCE_RECORD_COUNT)};
}
