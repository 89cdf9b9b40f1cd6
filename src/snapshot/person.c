/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

/* "[Jane_Example]" is how the registry refers to a person in a text. */
static struct portroll_str without_brackets(struct portroll_str id)
{
	bool has = id.len >= 2 && id.ptr[0] == '[' && id.ptr[id.len - 1] == ']';
	return has ? str_part(id, 1, id.len - 1) : id;
}

/* The count of the URIs and the first of them, which stand at the beginning of the blob. */
static bool first_uri(const struct portroll_snapshot *s, uint32_t blob, struct portroll_person *ret)
{
	struct portroll_str bytes;
	if (!blob_at(s, blob, &bytes))
		return false;
	struct blob_reader b = {.snapshot = s, .cursor = cursor_init(bytes)};
	ret->uri_count = cursor_varint(&b.cursor);
	if (ret->uri_count > 0)
		ret->uri = read_text(&b);
	return !b.cursor.failed || mark_damaged(s);
}

static bool read_person(const struct portroll_snapshot *s, uint32_t person,
			struct portroll_person *ret)
{
	const unsigned char *row = person_row(s, person);
	if (!row)
		return false;
	uint32_t blob = load_u32(row + PERSON_BLOB), uri = load_u32(row + PERSON_URI);
	ret->updated = date_number(date_unpack(load_u32(row + PERSON_UPDATED)));
	ret->uri_count = uri ? 1 : 0;
	return text_at(s, load_u32(row + PERSON_ID), &ret->id) &&
	       text_at(s, load_u32(row + PERSON_NAME), &ret->name) &&
	       text_at(s, load_u32(row + PERSON_ORG), &ret->organisation) &&
	       (blob ? first_uri(s, blob, ret) : text_at(s, uri, &ret->uri));
}

bool portroll_find_person(const struct portroll_snapshot *s, struct portroll_str id,
			  struct portroll_person *ret)
{
	struct portroll_str bare = without_brackets(id);
	for (uint32_t source = 0; source < portroll_source_count(s); source++) {
		uint32_t person = snapshot_find_person(s, source, bare);
		struct portroll_person found = {.source = source};
		if (person == UINT32_MAX)
			continue;
		if (!read_person(s, person, &found))
			return false;
		*ret = found;
		return true;
	}
	return false;
}
