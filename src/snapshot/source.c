/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

uint32_t portroll_source_count(const struct portroll_snapshot *s)
{
	return element_count(s, SECTION_SOURCES);
}

/* The title stands behind the id of the registry. */
static bool read_title(const struct portroll_snapshot *s, uint32_t blob, struct portroll_str *ret)
{
	struct portroll_str bytes;
	if (!blob_at(s, blob, &bytes))
		return false;
	struct blob_reader b = {.snapshot = s, .cursor = cursor_init(bytes)};
	(void)read_text(&b);
	*ret = read_text(&b);
	return !b.cursor.failed || mark_damaged(s);
}

static bool read_first_copy(const struct portroll_snapshot *s, uint32_t blob,
			    struct portroll_source *ret)
{
	struct portroll_str bytes;
	struct copy copy = {0};
	if (!blob_at(s, blob, &bytes))
		return false;
	struct blob_reader b = {.snapshot = s, .cursor = cursor_init(bytes)};
	ret->copy_count = cursor_varint(&b.cursor);
	if (ret->copy_count > 0)
		read_copy(&b, &copy);
	if (b.cursor.failed)
		return mark_damaged(s);
	ret->origin = copy.origin;
	ret->format = copy.format;
	ret->updated = date_number(copy.dated);
	memcpy(ret->sha256, copy.sha256, sizeof(ret->sha256));
	return true;
}

bool portroll_get_source(const struct portroll_snapshot *s, uint32_t index,
			 struct portroll_source *ret)
{
	const unsigned char *row = source_row(s, index);
	if (!row)
		return false;
	struct portroll_source source = {
		.record_count = load_u32(row + SOURCE_RECORD_COUNT),
		.person_count = load_u32(row + SOURCE_PERSON_COUNT),
		.managed = row[SOURCE_KIND] == SOURCE_MANAGED,
		.coverage = row[SOURCE_COVERAGE],
	};
	if (!text_at(s, load_u32(row + SOURCE_NAME), &source.name) ||
	    !read_title(s, load_u32(row + SOURCE_HEADER), &source.title) ||
	    !read_first_copy(s, load_u32(row + SOURCE_COPIES), &source))
		return false;
	*ret = source;
	return true;
}
