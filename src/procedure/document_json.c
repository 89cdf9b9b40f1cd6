/* SPDX-License-Identifier: MIT */
#include "procedure/document_json.h"

#include <jansson.h>

/* jansson reads the object and keeps the order of its members, but not where they stood: the names
 * are walked beside it in the text, which is known to be valid. */

/* Behind the string that begins here. */
static size_t string_end(struct portroll_str text, size_t at)
{
	at++;
	while (at < text.len && text.ptr[at] != '"')
		at += text.ptr[at] == '\\' ? 2 : 1;
	return at + 1;
}

/* Where the next name begins, from behind the bracket or the last value. */
static size_t find_name(struct portroll_str text, size_t at)
{
	while (at < text.len && text.ptr[at] != '"')
		at++;
	return at;
}

/* Behind the value that follows the name that begins here; it is a text. */
static size_t skip_member(struct portroll_str text, size_t name)
{
	size_t value = find_name(text, string_end(text, name));
	return string_end(text, value);
}

static int parse(json_t **ret, struct portroll_str text, struct portroll_error *err)
{
	json_error_t e;
	if (text.len > PARAGRAPH_TEXT_MAX)
		return error_set(err, PORTROLL_ELIMIT, "%zu bytes, expected at most %zu", text.len,
				 PARAGRAPH_TEXT_MAX);
	json_t *value = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &e);
	if (value) {
		*ret = value;
		return PORTROLL_OK;
	}
	if (json_error_code(&e) == json_error_out_of_memory)
		return error_memory(err);
	return error_at(err, PORTROLL_ESYNTAX, e.line > 0 ? (uint32_t)e.line : 1,
			e.column > 0 ? (uint32_t)e.column : 1, "not JSON: %s", e.text);
}

/* A name in JSON is exactly the one that is written. */
static enum document_field field_of(struct portroll_str key)
{
	char own[DOCUMENT_KEY_MAX];
	enum document_field field = document_find(key);
	if (field == DOC_FIELD_COUNT)
		return field;
	size_t len = document_key(own, field);
	return str_equal(key, (struct portroll_str){own, len}) ? field : DOC_FIELD_COUNT;
}

static int unknown_key(struct portroll_str key, struct place at, struct portroll_error *err)
{
	char own[DOCUMENT_KEY_MAX];
	enum document_field field = document_find(key);
	if (field == DOC_FIELD_COUNT)
		return document_unknown(key, at, err);
	(void)document_key(own, field);
	return error_at(err, PORTROLL_ESYNTAX, at.line, at.column,
			"'%.*s' is no field of a request in JSON; '%s' is", PORTROLL_STR_ARG(key),
			own);
}

struct reader {
	struct document *document;
	struct portroll_str text;
	size_t name; /* offset of the member at hand */
	struct arena *arena;
	struct portroll_error *err;
};

static int take_member(struct reader *r, struct portroll_str key, const json_t *value)
{
	struct place at = place_of(r->text, r->name);
	enum document_field field = field_of(key);
	if (field == DOC_FIELD_COUNT)
		return unknown_key(key, at, r->err);
	if (!json_is_string(value))
		return error_at(r->err, PORTROLL_ESYNTAX, at.line, at.column,
				"'%.*s' is no text, expected \"...\"", PORTROLL_STR_ARG(key));
	struct portroll_str text = {json_string_value(value), json_string_length(value)};
	text = paragraph_value(text, r->arena);
	if (r->arena->failed)
		return error_memory(r->err);
	r->name = find_name(r->text, skip_member(r->text, r->name));
	return document_take(r->document, field, text, at, r->err);
}

int document_read_json(struct document *ret, struct portroll_str text, struct arena *a,
		       struct portroll_error *err)
{
	json_t *object = NULL, *value;
	const char *key;
	int code = parse(&object, text, err);
	if (code < 0)
		return code;
	struct reader r = {ret, text, find_name(text, 0), a, err};
	json_object_foreach(object, key, value)
	{
		code = take_member(&r, str_from(key), value);
		if (code < 0)
			break;
	}
	json_decref(object);
	return code;
}
