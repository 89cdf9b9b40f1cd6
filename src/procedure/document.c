/* SPDX-License-Identifier: MIT */
#include "procedure/document.h"

#include "base/utf8.h"
#include "procedure/document_json.h"
#include "registry/name.h"

#define NEAR 8 /* single edits to the nearest name that is worth telling */

enum document_field document_find(struct portroll_str name)
{
	unsigned i = 0;
	while (i < DOC_FIELD_COUNT && !paragraph_name_equal(str_from(document_rows[i].name), name))
		i++;
	return (enum document_field)i;
}

size_t document_key(char ret_text[static DOCUMENT_KEY_MAX], enum document_field field)
{
	struct portroll_str name = str_from(document_rows[field].name);
	size_t len = 0;
	for (; len < name.len && len < DOCUMENT_KEY_MAX - 1; len++)
		ret_text[len] = name.ptr[len] == ' ' ? '_' : fold_char(name.ptr[len]);
	ret_text[len] = '\0';
	return len;
}

int document_unknown(struct portroll_str name, struct place at, struct portroll_error *err)
{
	unsigned best = NEAR + 1;
	const char *nearest = NULL;
	for (size_t i = 0; i < DOC_FIELD_COUNT; i++) {
		struct portroll_str known = str_from(document_rows[i].name);
		unsigned distance = name_distance(name, known, best - 1);
		if (distance < best && distance <= known.len / 2) {
			best = distance;
			nearest = document_rows[i].name;
		}
	}
	if (!nearest)
		return error_at(err, PORTROLL_ESYNTAX, at.line, at.column,
				"'%.*s' is no field of a request", PORTROLL_STR_ARG(name));
	return error_at(err, PORTROLL_ESYNTAX, at.line, at.column,
			"'%.*s' is no field of a request; '%s' is", PORTROLL_STR_ARG(name),
			nearest);
}

int document_take(struct document *d, enum document_field field, struct portroll_str value,
		  struct place at, struct portroll_error *err)
{
	const char *name = document_rows[field].name;
	if (d->lines[field])
		return error_at(err, PORTROLL_ESYNTAX, at.line, at.column,
				"'%s' a second time: it is in line %u", name, d->lines[field]);
	if (utf8_find_control(value) != SIZE_MAX)
		return error_at(err, PORTROLL_ESYNTAX, at.line, at.column,
				"'%s' has a control character, expected text", name);
	if (!document_rows[field].is_text && str_find_char(value, '\n') != SIZE_MAX)
		return error_at(err, PORTROLL_ESYNTAX, at.line, at.column,
				"'%s' has several lines, expected one", name);
	d->values[field] = value;
	d->lines[field] = at.line;
	return PORTROLL_OK;
}

static int take_paragraph(struct document *d, const struct paragraph *p, struct portroll_error *err)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct paragraph_field *found = &p->fields[i];
		struct place at = {found->line, 1};
		enum document_field field = document_find(found->name);
		if (field == DOC_FIELD_COUNT)
			return document_unknown(found->name, at, err);
		int r = document_take(d, field, found->value, at, err);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

static int read_paragraphs(struct document *ret, struct portroll_str text, struct arena *a,
			   struct portroll_error *err)
{
	struct paragraph_list list;
	int r = paragraphs_read(&list, text, a, err);
	for (size_t i = 0; r == PORTROLL_OK && i < list.count; i++)
		r = take_paragraph(ret, &list.items[i], err);
	return r;
}

static bool is_empty(const struct document *d)
{
	for (size_t i = 0; i < DOC_FIELD_COUNT; i++)
		if (d->values[i].len)
			return false;
	return true;
}

int document_read(struct document *ret, struct portroll_str text, struct arena *a,
		  struct portroll_error *err)
{
	struct document d = {0};
	bool is_json = str_starts(str_trim(text), STR("{"));
	int r = is_json ? document_read_json(&d, text, a, err) : read_paragraphs(&d, text, a, err);
	if (r < 0)
		return r;
	if (is_empty(&d))
		return error_at(err, PORTROLL_ESYNTAX, 1, 1,
				"no field of a request, expected such as 'Service Name: ...'");
	*ret = d;
	return PORTROLL_OK;
}

void document_put(struct buf *out, const struct document *d)
{
	for (size_t i = 0; i < DOC_FIELD_COUNT; i++)
		paragraph_put(out, str_from(document_rows[i].name), d->values[i]);
}

enum request_kind document_kind(const struct document *d)
{
	struct portroll_str name = d->values[DOC_REQUEST];
	unsigned i = 0;
	if (name.len == 0)
		return REQUEST_ASSIGN;
	while (i < REQUEST_KIND_COUNT && !str_equal_fold(name, str_from(request_kinds[i].name)))
		i++;
	return (enum request_kind)i;
}

bool document_equal(const struct document *a, const struct document *b)
{
	for (size_t i = 0; i < DOC_FIELD_COUNT; i++)
		if (!str_equal(a->values[i], b->values[i]))
			return false;
	return true;
}
