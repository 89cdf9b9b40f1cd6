/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

uint32_t snapshot_record_count(const struct portroll_snapshot *s)
{
	return element_count(s, SECTION_RECORDS);
}

static const struct text_place {
	size_t at, member;
} text_places[] = {
	{RECORD_NAME, offsetof(struct portroll_record, name)},
	{RECORD_DESCRIPTION, offsetof(struct portroll_record, description)},
	{RECORD_ASSIGNEE, offsetof(struct portroll_record, assignee)},
	{RECORD_CONTACT, offsetof(struct portroll_record, contact)},
	{RECORD_REGISTERED, offsetof(struct portroll_record, registered)},
	{RECORD_MODIFIED, offsetof(struct portroll_record, modified)},
	{RECORD_REFERENCE, offsetof(struct portroll_record, reference)},
	{RECORD_UNAUTHORIZED, offsetof(struct portroll_record, unauthorized)},
	{RECORD_NOTES, offsetof(struct portroll_record, notes)},
	{RECORD_ALIAS_OF, offsetof(struct portroll_record, alias_of)},
};

bool snapshot_plain(const struct portroll_snapshot *s, uint32_t id, struct portroll_record *ret)
{
	if (id >= snapshot_record_count(s))
		return false;
	const unsigned char *row = record_row(s, id);
	if (!row)
		return false;
	uint32_t flags = load_u32(row + RECORD_FLAGS);
	struct portroll_record plain = {
		.id = id,
		.source = row[RECORD_SOURCE],
		.copy = load_u16(row + RECORD_COPY),
		.service_code = load_u32(row + RECORD_SERVICE_CODE),
		.port_first = load_u16(row + RECORD_PORT_FIRST),
		.port_last = load_u16(row + RECORD_PORT_LAST),
		.has_port = (flags & RECORD_BIT_PORT) != 0,
		.has_service_code = (flags & RECORD_BIT_SERVICE_CODE) != 0,
		.transport = row[RECORD_TRANSPORT],
		.flags = flags & (RECORD_BIT_ALIAS | RECORD_BIT_DUPLICATE),
	};
	for (size_t i = 0; i < ARRAY_LEN(text_places); i++) {
		struct portroll_str text;
		if (!text_at(s, load_u32(row + text_places[i].at), &text))
			return false;
		memcpy((char *)&plain + text_places[i].member, &text, sizeof(text));
	}
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
