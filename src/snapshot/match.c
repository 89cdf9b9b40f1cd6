/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include "base/num.h"
#include "registry/fields.h"
#include "snapshot/needle.h"

/* IANA's search over the stored cells. Equal cells are stored once, so a cell that is the same as
 * in the record before needs no second look. Port, transport and service code are no texts here. */
enum cell {
	CELL_NAME,
	CELL_DESCRIPTION,
	CELL_ASSIGNEE,
	CELL_CONTACT,
	CELL_REGISTERED,
	CELL_REFERENCE,
	CELL_MODIFIED,
	CELL_UNAUTHORIZED,
	CELL_NOTES,
	CELL_COUNT
};

static const enum field_id cell_fields[CELL_COUNT] = {
	FIELD_NAME,      FIELD_DESCRIPTION, FIELD_ASSIGNEE,     FIELD_CONTACT, FIELD_REGISTERED,
	FIELD_REFERENCE, FIELD_MODIFIED,    FIELD_UNAUTHORIZED, FIELD_NOTES,
};

struct matcher {
	const struct portroll_snapshot *snapshot;
	struct portroll_str text;
	struct needle needle; /* unless the text is empty */
	bool transport_hit[TRANSPORT_COUNT + 1];
	bool is_searched[CELL_COUNT];
	uint32_t before[CELL_COUNT];
	bool hit_before[CELL_COUNT];
};

static struct matcher matcher_init(const struct portroll_snapshot *s, struct portroll_str text)
{
	struct matcher m = {.snapshot = s, .text = text};
	if (text.len > 0)
		needle_init(&m.needle, text);
	for (uint8_t i = 0; i <= TRANSPORT_COUNT; i++)
		m.transport_hit[i] = str_find_fold(transport_name(i), text) != SIZE_MAX;
	for (size_t i = 0; i < CELL_COUNT; i++) {
		m.is_searched[i] = fields[cell_fields[i]].searched;
		m.hit_before[i] = text.len == 0;
	}
	return m;
}

static bool cell_matches(const struct matcher *m, uint32_t place)
{
	const struct portroll_snapshot *s = m->snapshot;
	struct portroll_str cell;
	if (m->text.len == 0 || !text_at(s, place, &cell))
		return m->text.len == 0;
	size_t room = (size_t)((const char *)s->bytes + s->size - cell.ptr);
	return needle_find(&m->needle, cell, room, 0) != SIZE_MAX;
}

static bool column_matches(struct matcher *m, size_t column, uint32_t place)
{
	if (place == m->before[column])
		return m->hit_before[column];
	bool hit = cell_matches(m, place);
	m->before[column] = place;
	m->hit_before[column] = hit;
	return hit;
}

static bool service_code_matches(const struct matcher *m, const unsigned char *row, uint32_t code)
{
	if (!(load_u16(row + RECORD_FLAGS) & RECORD_BIT_SERVICE_CODE))
		return false;
	char digits[NUM_TEXT_MAX];
	size_t len = num_format(digits, code);
	return str_find((struct portroll_str){digits, len}, m->text) != SIZE_MAX;
}

static bool port_matches(const struct matcher *m, const unsigned char *row)
{
	if (!(load_u16(row + RECORD_FLAGS) & RECORD_BIT_PORT))
		return false;
	char text[RANGE_TEXT_MAX];
	struct range port = {load_u16(row + RECORD_PORT_FIRST), load_u16(row + RECORD_PORT_LAST)};
	size_t len = range_format(text, port);
	return str_find((struct portroll_str){text, len}, m->text) != SIZE_MAX;
}

static bool row_matches(struct matcher *m, const unsigned char *row)
{
	struct rare_cells rare;
	if (!record_rare_cells(m->snapshot, row, &rare))
		return false;
	if (m->transport_hit[row[RECORD_TRANSPORT]] || port_matches(m, row) ||
	    service_code_matches(m, row, rare.service_code))
		return true;
	const uint32_t places[CELL_COUNT] = {
		[CELL_NAME] = load_u32(row + RECORD_NAME),
		[CELL_DESCRIPTION] = load_u32(row + RECORD_DESCRIPTION),
		[CELL_ASSIGNEE] = load_u32(row + RECORD_ASSIGNEE),
		[CELL_CONTACT] = load_u32(row + RECORD_CONTACT),
		[CELL_REGISTERED] = load_u32(row + RECORD_REGISTERED),
		[CELL_REFERENCE] = load_u32(row + RECORD_REFERENCE),
		[CELL_MODIFIED] = rare.modified,
		[CELL_UNAUTHORIZED] = rare.unauthorized,
		[CELL_NOTES] = rare.notes,
	};
	for (size_t i = 0; i < CELL_COUNT; i++)
		if (m->is_searched[i] && column_matches(m, i, places[i]))
			return true;
	return false;
}

int snapshot_match(struct id_array *ret, const struct portroll_snapshot *s, size_t source,
		   struct portroll_str text, struct arena *a)
{
	struct record_span span = snapshot_source_records(s, source);
	struct id_array found = {.ids = arena_array(a, span.count, sizeof(uint32_t))};
	if (!found.ids)
		return PORTROLL_ENOMEM;
	struct matcher m = matcher_init(s, text);
	for (uint32_t id = span.first; id < span.first + span.count; id++) {
		const unsigned char *row = record_row(s, id);
		if (row && row_matches(&m, row))
			found.ids[found.count++] = id;
	}
	if (portroll_damaged(s))
		return PORTROLL_ECORRUPT;
	*ret = found;
	return PORTROLL_OK;
}
