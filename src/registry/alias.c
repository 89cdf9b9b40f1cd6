/* SPDX-License-Identifier: MIT */
#include "registry/alias.h"

#include "base/macros.h"
#include "registry/phrase.h"

/* The name up to the closing quotation mark; empty when there is none or it is no single word. */
static struct portroll_str quoted_name(struct portroll_str rest)
{
	size_t end = str_find_char(rest, '"');
	if (end == SIZE_MAX)
		return STR("");
	struct portroll_str name = str_part(rest, 0, end), word, inside = name;
	return str_word(&inside, &word) && str_equal(word, name) ? name : STR("");
}

static const struct wording {
	const char *phrase; /* up to and with the opening quotation mark */
	uint8_t flag;
} wordings[] = {
	{"is an alias to \"", PORTROLL_RECORD_ALIAS},
	{"is a duplicate of the \"", PORTROLL_RECORD_DUPLICATE},
};

/* Most notes quote nothing, and that is soon seen. */
static bool has_quotation(struct richtext text)
{
	for (size_t i = 0; i < text.count; i++)
		if (str_find_char(text.runs[i].text, '"') != SIZE_MAX)
			return true;
	return false;
}

uint8_t alias_flags(const struct record *r, struct portroll_str *ret_of)
{
	size_t count = has_quotation(r->note) ? ARRAY_LEN(wordings) : 0;
	for (size_t i = 0; i < count; i++) {
		struct portroll_str rest;
		if (!phrase_in(r->note, str_from(wordings[i].phrase), &rest))
			continue;
		struct portroll_str name = quoted_name(rest);
		if (name.len == 0)
			continue;
		if (ret_of)
			*ret_of = name;
		return wordings[i].flag;
	}
	if (ret_of)
		*ret_of = STR("");
	return 0;
}

struct portroll_str alias_replaces(const struct record *r)
{
	struct portroll_str rest;
	return has_quotation(r->description) &&
			       phrase_in(r->description, STR("as a replacement for \""), &rest)
		       ? quoted_name(rest)
		       : STR("");
}
