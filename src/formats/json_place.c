/* SPDX-License-Identifier: MIT */
#include "formats/json_reader.h"

/* jansson's tree does not say where its values stood. The text was valid, so that walking the path
 * again finds the place: over brackets and strings, everything else is skipped. */

static struct portroll_str skip(struct portroll_str text, size_t count)
{
	return str_part(text, count, text.len);
}

static struct portroll_str skip_space(struct portroll_str text)
{
	while (text.len && is_space(text.ptr[0]))
		text = skip(text, 1);
	return text;
}

/* Length of the string with its quotes. */
static size_t string_len(struct portroll_str text)
{
	size_t i = 1;
	while (i < text.len && text.ptr[i] != '"')
		i += text.ptr[i] == '\\' ? 2 : 1;
	return i + 1;
}

/* Behind the value, at a comma or a closing bracket. */
static struct portroll_str skip_value(struct portroll_str text)
{
	size_t depth = 0;
	while (text.len) {
		char c = text.ptr[0];
		bool closes = c == ']' || c == '}';
		if (depth == 0 && (c == ',' || closes))
			break;
		depth += c == '[' || c == '{';
		depth -= closes;
		text = skip(text, c == '"' ? string_len(text) : 1);
	}
	return text;
}

/* The value of a member; the empty view when no key is spelled so. `text` is behind the bracket. */
static struct portroll_str find_member(struct portroll_str text, struct portroll_str key)
{
	while (text.len) {
		text = skip_space(text);
		size_t len = string_len(text);
		struct portroll_str found = str_part(text, 1, len - 1);
		text = skip_space(skip(text, len));
		text = skip_space(skip(text, 1));
		if (str_equal(found, key))
			return text;
		text = skip(skip_value(text), 1);
	}
	return text;
}

static struct portroll_str find_item(struct portroll_str text, size_t index)
{
	for (size_t i = 0; i < index; i++)
		text = skip(skip_value(text), 1);
	return skip_space(text);
}

size_t json_offset(const struct json_reader *x)
{
	struct portroll_str at = skip_space(x->text);
	for (size_t i = 0; i < x->depth && at.len; i++) {
		const struct json_step *step = &x->path[i];
		at = skip(at, 1);
		at = step->key ? find_member(at, str_from(step->key)) : find_item(at, step->index);
	}
	return at.len ? x->text.len - at.len : 0;
}
