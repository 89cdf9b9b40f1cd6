/* SPDX-License-Identifier: MIT */
#include "ledger/canonical_read.h"

#include <string.h>

#include "base/place.h"
#include "ledger/bundle.h"
#include "ledger/canonical.h"

#define SHOWN 16 /* bytes around a difference */

static int error_here(struct portroll_str text, size_t offset, const char *what,
		      struct portroll_error *err)
{
	struct place place = place_of(text, offset);
	return error_at(err, PORTROLL_ESYNTAX, place.line, place.column, "byte %zu: %s", offset,
			what);
}

/* Where it has no memory jansson mostly says nothing at all; for a string, that it is none. For a
 * string that is malformed it has other words. */
static bool is_memory(const json_error_t *e, struct portroll_str text)
{
	struct portroll_str says = str_from(e->text);
	size_t end = e->position > 0 ? (size_t)e->position : 0;
	bool behind_string = str_ends(str_part(text, 0, end), STR("\""));
	bool is_refused = str_starts(says, STR("invalid token")) ||
			  str_starts(says, STR("string or '}' expected"));
	return says.len == 0 || (behind_string && is_refused);
}

static int parse(json_t **ret, struct portroll_str text, struct portroll_error *err)
{
	json_error_t e;
	if (text.len > ENTRY_SIZE_MAX)
		return error_set(err, PORTROLL_ELIMIT, "%zu bytes, expected at most %d", text.len,
				 ENTRY_SIZE_MAX);
	/* jansson passes over one behind a word, and does not count it. */
	const char *nul = text.len ? memchr(text.ptr, 0, text.len) : NULL;
	if (nul)
		return error_here(text, (size_t)(nul - text.ptr), "a byte of zero", err);
	json_t *value = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &e);
	if (!value && is_memory(&e, text))
		return error_memory(err);
	if (!value) {
		size_t offset = e.position > 0 ? (size_t)e.position : 0;
		return error_here(text, offset, e.text, err);
	}
	*ret = value;
	return PORTROLL_OK;
}

static struct portroll_str text_of(const json_t *value)
{
	return (struct portroll_str){json_string_value(value), json_string_length(value)};
}

/* Why a value other than a text is not in the subset, or an empty one; or NULL. */
static const char *refusal_of(const struct canonical *c, const json_t *value)
{
	bool is_empty =
		c->after_name && ((json_is_string(value) && json_string_length(value) == 0) ||
				  (json_is_array(value) && json_array_size(value) == 0) ||
				  (json_is_object(value) && json_object_size(value) == 0));
	json_int_t number = json_integer_value(value);
	bool is_level = json_is_array(value) || json_is_object(value);
	if (is_empty)
		return "a member without content: leave it out";
	if (is_level && c->depth == CANONICAL_DEPTH_MAX)
		return "more than 16 levels of objects and arrays";
	if (json_is_real(value))
		return "a fraction or an exponent: write an integer";
	if (number > CANONICAL_INTEGER_MAX || number < -CANONICAL_INTEGER_MAX)
		return "an integer beyond 2^53 - 1";
	return NULL;
}

/* The writer says whether it is refused. */
static const char *write_name(struct canonical *c, struct portroll_str name)
{
	canonical_name(c, name);
	if (c->out->failed != PORTROLL_EINVAL)
		return NULL;
	return canonical_name_ok(name)
		       ? "a name that sorts before the one it follows: put names in byte order"
		       : "a name of other characters than a to z and _";
}

static const char *write_text(struct canonical *c, struct portroll_str text)
{
	canonical_text(c, text);
	return c->out->failed == PORTROLL_EINVAL
		       ? "a text with a control character other than \\n and \\t"
		       : NULL;
}

static const char *write_value(struct canonical *c, json_t *value);

static const char *write_members(struct canonical *c, json_t *value)
{
	const char *key, *refusal;
	json_t *member;
	json_object_foreach(value, key, member)
	{
		if (c->out->failed) /* the object was not opened */
			return NULL;
		refusal = write_name(c, str_from(key));
		if (refusal)
			return refusal;
		refusal = write_value(c, member);
		if (refusal)
			return refusal;
	}
	return NULL;
}

static const char *write_items(struct canonical *c, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *refusal = write_value(c, json_array_get(value, i));
		if (refusal)
			return refusal;
	}
	return NULL;
}

/* Writes what is in the subset; the reason why the rest is not, or NULL. No deeper than the levels
 * that the writer has. */
static const char *write_value(struct canonical *c, json_t *value)
{
	const char *refusal = refusal_of(c, value);
	if (refusal)
		return refusal;
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		canonical_object(c);
		refusal = write_members(c, value);
		break;
	case JSON_ARRAY:
		canonical_array(c);
		refusal = write_items(c, value);
		break;
	case JSON_STRING:
		return write_text(c, text_of(value));
	case JSON_INTEGER:
		canonical_integer(c, json_integer_value(value));
		return NULL;
	case JSON_TRUE:
	case JSON_FALSE:
		canonical_bool(c, json_is_true(value));
		return NULL;
	case JSON_REAL: /* refused above */
	case JSON_NULL:
		canonical_null(c);
		return NULL;
	}
	if (!refusal)
		canonical_end(c);
	return refusal;
}

/* Where the input is first not as it would be written. */
static int compare(struct portroll_str text, struct portroll_str again, const char *refusal,
		   struct portroll_error *err)
{
	size_t same = 0;
	if (!refusal && str_equal(text, again))
		return PORTROLL_OK;
	while (same < text.len && same < again.len && text.ptr[same] == again.ptr[same])
		same++;
	if (same == again.len && refusal)
		return error_here(text, same, refusal, err);
	struct portroll_str found = str_part(text, same, same + SHOWN);
	struct portroll_str expected = str_part(again, same, same + SHOWN);
	struct place place = place_of(text, same);
	return error_at(err, PORTROLL_ESYNTAX, place.line, place.column,
			"byte %zu: '%.*s', expected %s%.*s%s: names in byte order, no blanks, "
			"escapes for \", \\, LF and tab only",
			same, PORTROLL_STR_ARG(found), expected.len ? "'" : "the end",
			PORTROLL_STR_ARG(expected), expected.len ? "'" : "");
}

int canonical_read(json_t **ret, struct portroll_str text, struct portroll_error *err)
{
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	CLEANUP(buf_done) struct buf again = BUF_INIT(ENTRY_SIZE_MAX);
	int r = parse(&value, text, err);
	if (r < 0)
		return r;
	if (!json_is_object(value))
		return error_here(text, 0, "expected an object", err);
	struct canonical c = canonical_init(&again);
	buf_reserve(&again, text.len);
	const char *refusal = write_value(&c, value);
	if (again.failed == PORTROLL_ENOMEM)
		return error_memory(err);
	r = compare(text, buf_str(&again), refusal, err);
	if (r < 0)
		return r;
	*ret = json_incref(value);
	return PORTROLL_OK;
}
