/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

struct record_span snapshot_source_people(const struct portroll_snapshot *s, size_t source)
{
	const unsigned char *row = source_row(s, source);
	if (!row)
		return (struct record_span){0, 0};
	return (struct record_span){load_u32(row + SOURCE_FIRST_PERSON),
				    load_u32(row + SOURCE_PERSON_COUNT)};
}

static bool person_id(const struct portroll_snapshot *s, uint32_t person, struct portroll_str *ret)
{
	const unsigned char *row = person_row(s, person);
	return row && text_at(s, load_u32(row + PERSON_ID), ret);
}

uint32_t snapshot_find_person(const struct portroll_snapshot *s, size_t source,
			      struct portroll_str id)
{
	struct record_span people = snapshot_source_people(s, source);
	uint32_t low = people.first, high = people.first + people.count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const unsigned char *number = element_at(s, SECTION_PERSON_ORDER, middle);
		struct portroll_str found;
		if (!number || !person_id(s, load_u32(number), &found))
			return UINT32_MAX;
		int order = str_compare(found, id);
		if (order == 0)
			return load_u32(number);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return UINT32_MAX;
}

static bool read_person_blob(const struct portroll_snapshot *s, uint32_t blob, struct arena *a,
			     struct person *ret)
{
	struct portroll_str bytes;
	if (!blob_at(s, blob, &bytes))
		return false;
	struct blob_reader b = {s, cursor_init(bytes), a};
	ret->uris = read_texts(&b, &ret->uri_count);
	ret->extras = read_extras(&b);
	return read_ended(&b);
}

static bool read_uri(const struct portroll_snapshot *s, uint32_t text, struct arena *a,
		     struct person *ret)
{
	if (text == 0)
		return true;
	struct portroll_str *uri = arena_alloc(a, sizeof(*uri));
	if (!uri || !text_at(s, text, uri))
		return false;
	ret->uris = uri;
	ret->uri_count = 1;
	return true;
}

bool snapshot_person(const struct portroll_snapshot *s, uint32_t person, struct arena *a,
		     struct person *ret)
{
	if (person >= element_count(s, SECTION_PEOPLE))
		return false;
	const unsigned char *row = person_row(s, person);
	if (!row)
		return false;
	struct person p = {.updated = date_unpack(load_u32(row + PERSON_UPDATED))};
	uint32_t blob = load_u32(row + PERSON_BLOB);
	bool ok = text_at(s, load_u32(row + PERSON_ID), &p.id) &&
		  text_at(s, load_u32(row + PERSON_NAME), &p.name) &&
		  text_at(s, load_u32(row + PERSON_ORG), &p.org) &&
		  (blob ? read_person_blob(s, blob, a, &p)
			: read_uri(s, load_u32(row + PERSON_URI), a, &p));
	if (ok)
		*ret = p;
	return ok;
}
