/* SPDX-License-Identifier: MIT */
#include "formats/json_reader.h"

#include "base/num.h"
#include "base/utf8.h"
#include "formats/cells.h"
#include "formats/characters.h"

#define PATH_TEXT_MAX  120
#define ATTRIBUTES_MAX 64

static void put_path(const struct json_reader *x, struct buf *out)
{
	for (size_t i = 0; i < x->depth; i++) {
		if (!x->path[i].key)
			buf_printf(out, "[%zu]", x->path[i].index);
		else
			buf_printf(out, "%s%.*s", i > 0 ? "." : "",
				   SHOWN(str_from(x->path[i].key)));
	}
	if (x->depth == 0)
		buf_puts(out, "the document");
}

static void put_found(const json_t *found, struct buf *out)
{
	static const char *const words[] = {
		[JSON_OBJECT] = "an object", [JSON_ARRAY] = "an array", [JSON_REAL] = "a fraction",
		[JSON_TRUE] = "true",        [JSON_FALSE] = "false",    [JSON_NULL] = "null",
	};
	if (json_is_string(found))
		buf_printf(out, "'%.*s'", SHOWN(str_from(json_string_value(found))));
	else if (json_is_integer(found))
		buf_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(found));
	else
		buf_puts(out, words[json_typeof(found)]);
}

int json_expected(struct json_reader *x, const json_t *found, const char *expected)
{
	CLEANUP(buf_done) struct buf path = BUF_INIT(4096), text = BUF_INIT(4096);
	put_path(x, &path);
	put_found(found, &text);
	struct portroll_str where = str_part(buf_str(&path), 0, PATH_TEXT_MAX);
	struct place place = place_of(x->text, json_offset(x));
	return error_at(x->err, PORTROLL_ESYNTAX, x->line + place.line - 1, place.column,
			"%.*s: %.*s, expected %s", PORTROLL_STR_ARG(where),
			PORTROLL_STR_ARG(buf_str(&text)), expected);
}

static const struct json_member *find_member(struct json_members members, struct portroll_str key)
{
	for (size_t i = 0; i < members.count; i++)
		if (str_equal(key, str_from(members.items[i].key)))
			return &members.items[i];
	return NULL;
}

/* One step deeper; the schema has few, the input may have many. */
static int step(struct json_reader *x, json_t *value, struct json_step next)
{
	if (x->depth == JSON_PATH_MAX)
		return json_expected(x, value, "no deeper levels");
	x->path[x->depth++] = next;
	return PORTROLL_OK;
}

int json_take_object(struct json_reader *x, json_t *value, struct json_members members,
		     void *target)
{
	if (!json_is_object(value))
		return json_expected(x, value, "an object");
	const char *key;
	json_t *member;
	json_object_foreach(value, key, member)
	{
		int r = step(x, member, (struct json_step){.key = key});
		if (r < 0)
			return r;
		const struct json_member *known = find_member(members, str_from(key));
		if (!known)
			return json_expected(x, member, "no such member");
		r = known->take(x, member, (char *)target + known->offset);
		if (r < 0)
			return r;
		x->depth--;
	}
	return PORTROLL_OK;
}

int json_take_items(struct json_reader *x, json_t *value, json_take_fn *take, struct list *items)
{
	if (!json_is_array(value))
		return json_expected(x, value, "an array");
	for (size_t i = 0; i < json_array_size(value); i++) {
		json_t *item = json_array_get(value, i);
		int r = step(x, item, (struct json_step){.index = i});
		if (r < 0)
			return r;
		void *place = list_add(items);
		if (!place)
			return error_memory(x->err);
		r = take(x, item, place);
		if (r < 0)
			return r;
		x->depth--;
	}
	return PORTROLL_OK;
}

int json_take_text(struct json_reader *x, json_t *value, void *place)
{
	struct portroll_str *text = place;
	if (!json_is_string(value))
		return json_expected(x, value, "text");
	struct portroll_str found = {json_string_value(value), json_string_length(value)};
	if (utf8_find_control(found) != SIZE_MAX)
		return json_expected(x, value, "text without control characters");
	*text = arena_str(x->arena, found);
	return x->arena->failed ? error_memory(x->err) : PORTROLL_OK;
}

int json_take_date(struct json_reader *x, json_t *value, void *place)
{
	struct portroll_str text = {json_string_value(value), json_string_length(value)};
	if (!json_is_string(value) || date_parse(place, text) < 0)
		return json_expected(x, value, "YYYY-MM-DD, YYYY-MM or YYYY");
	return PORTROLL_OK;
}

int json_take_number(struct json_reader *x, json_t *value, void *place)
{
	json_int_t number = json_integer_value(value);
	if (!json_is_integer(value) || number < 0 || number > UINT32_MAX)
		return json_expected(x, value, "a number of 32 bits");
	*(uint32_t *)place = (uint32_t)number;
	return PORTROLL_OK;
}

int json_take_bool(struct json_reader *x, json_t *value, void *place)
{
	if (!json_is_boolean(value))
		return json_expected(x, value, "true or false");
	*(bool *)place = json_is_true(value);
	return PORTROLL_OK;
}

static int take_extra(struct json_reader *x, json_t *value, void *place)
{
	static const struct json_member members[] = {
		{"name", json_take_text, offsetof(struct extra, name)},
		{"value", json_take_text, offsetof(struct extra, value)},
		{"element", json_take_bool, offsetof(struct extra, is_element)},
	};
	int r = json_take_object(x, value, (struct json_members){members, ARRAY_LEN(members)},
				 place);
	struct extra *extra = place;
	if (r == PORTROLL_OK && extra->name.len == 0)
		return json_expected(x, value, "a name");
	return r;
}

int json_take_extras(struct json_reader *x, json_t *value, void *place)
{
	struct extra_list *extras = place;
	struct list items = LIST_INIT(x->arena, struct extra);
	int r = json_take_items(x, value, take_extra, &items);
	extras->items = list_take(&items, &extras->count);
	size_t attributes = 0;
	for (size_t i = 0; i < extras->count; i++)
		attributes += !extras->items[i].is_element;
	if (r == PORTROLL_OK && attributes > ATTRIBUTES_MAX)
		return json_expected(x, value, "at most 64 that are no elements, as in XML");
	return r;
}
