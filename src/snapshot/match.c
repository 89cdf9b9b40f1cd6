/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include "base/num.h"

#include "registry/fields.h"

/* IANA's search over the stored cells. Equal cells are stored once, so a cell that is the same as
 * in the record before needs no second look. Transport and service code are no texts here. */
#define NO_CELL UINT16_MAX

static const uint16_t cells[FIELD_COUNT] = {
	[FIELD_NAME] = RECORD_NAME,
	[FIELD_PORT] = RECORD_PORT_TEXT,
	[FIELD_TRANSPORT] = NO_CELL,
	[FIELD_DESCRIPTION] = RECORD_DESCRIPTION,
	[FIELD_ASSIGNEE] = RECORD_ASSIGNEE,
	[FIELD_CONTACT] = RECORD_CONTACT,
	[FIELD_REGISTERED] = RECORD_REGISTERED,
	[FIELD_MODIFIED] = RECORD_MODIFIED,
	[FIELD_REFERENCE] = RECORD_REFERENCE,
	[FIELD_SERVICE_CODE] = NO_CELL,
	[FIELD_UNAUTHORIZED] = RECORD_UNAUTHORIZED,
	[FIELD_NOTES] = RECORD_NOTES,
};

struct matcher {
	const struct portroll_snapshot *snapshot;
	struct portroll_str text;
	bool transport_hit[TRANSPORT_COUNT + 1];
	uint16_t columns[FIELD_COUNT]; /* of the cells that are searched */
	size_t column_count;
	uint32_t before[FIELD_COUNT];
	bool hit_before[FIELD_COUNT];
};

static struct matcher matcher_init(const struct portroll_snapshot *s, struct portroll_str text)
{
	struct matcher m = {.snapshot = s, .text = text};
	for (uint8_t i = 0; i <= TRANSPORT_COUNT; i++)
		m.transport_hit[i] = str_find_fold(transport_name(i), text) != SIZE_MAX;
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (fields[i].searched && cells[i] != NO_CELL)
			m.columns[m.column_count++] = cells[i];
		m.hit_before[i] = text.len == 0;
	}
	return m;
}

static bool column_matches(struct matcher *m, size_t column, uint32_t place)
{
	if (place == m->before[column])
		return m->hit_before[column];
	struct portroll_str cell;
	bool hit = text_at(m->snapshot, place, &cell) && str_find_fold(cell, m->text) != SIZE_MAX;
	m->before[column] = place;
	m->hit_before[column] = hit;
	return hit;
}

static bool service_code_matches(const struct matcher *m, const unsigned char *row)
{
	if (!(load_u32(row + RECORD_FLAGS) & RECORD_BIT_SERVICE_CODE))
		return false;
	char digits[NUM_TEXT_MAX];
	size_t len = num_format(digits, load_u32(row + RECORD_SERVICE_CODE));
	return str_find((struct portroll_str){digits, len}, m->text) != SIZE_MAX;
}

static bool row_matches(struct matcher *m, const unsigned char *row)
{
	if (m->transport_hit[row[RECORD_TRANSPORT]] || service_code_matches(m, row))
		return true;
	for (size_t i = 0; i < m->column_count; i++)
		if (column_matches(m, i, load_u32(row + m->columns[i])))
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
	if (snapshot_damaged(s))
		return PORTROLL_ECORRUPT;
	*ret = found;
	return PORTROLL_OK;
}
