/* SPDX-License-Identifier: MIT */
#include "ledger/changeset.h"

#include "ledger/canonical_read.h"
#include "ledger/changeset_about.h"

/* Behind the string that begins at `at`, or SIZE_MAX. A quote ends it where an even number of
 * backslashes stands before it. */
static size_t skip_string(struct portroll_str text, size_t at)
{
	for (size_t i = at + 1; i < text.len; i++) {
		size_t quote = str_find_char(str_part(text, i, text.len), '"');
		if (quote == SIZE_MAX)
			return SIZE_MAX;
		i += quote;
		size_t backslashes = 0;
		while (text.ptr[i - 1 - backslashes] == '\\')
			backslashes++;
		if (backslashes % 2 == 0)
			return i + 1;
	}
	return SIZE_MAX;
}

/* Behind the value that begins at `at`, or SIZE_MAX. */
static size_t skip_value(struct portroll_str text, size_t at)
{
	size_t depth = 0;
	while (at < text.len) {
		char c = text.ptr[at];
		if (depth == 0 && (c == ',' || c == '}' || c == ']'))
			return at;
		if (c == '[' || c == '{')
			depth++;
		if (c == ']' || c == '}')
			depth--;
		at = c == '"' ? skip_string(text, at) : at + 1;
	}
	return SIZE_MAX;
}

/* The operations, a list: from its bracket to behind its end. */
static bool find_operations(struct portroll_str entry, size_t *ret_begin, size_t *ret_end)
{
	static const struct portroll_str name = STR_INIT("\"ops\":[");
	size_t at = 1;
	while (at < entry.len && entry.ptr[at] == '"') {
		bool found = str_starts(str_part(entry, at, entry.len), name);
		size_t colon = skip_string(entry, at);
		if (colon >= entry.len || entry.ptr[colon] != ':')
			return false;
		at = skip_value(entry, colon + 1);
		if (at >= entry.len || entry.ptr[at] != ',')
			return false;
		if (found) {
			*ret_begin = colon + 1;
			*ret_end = at;
			return true;
		}
		at++;
	}
	return false;
}

/* The operations give way to a list of a number, and all else is read as it should be. */
int changeset_read_about(struct changeset *ret, struct portroll_str entry, struct arena *a,
			 struct portroll_error *err)
{
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	json_t *operations;
	size_t begin, end;
	CLEANUP(buf_done) struct buf rest = BUF_INIT(ENTRY_SIZE_MAX);
	if (entry.len <= ENTRY_SIZE_MAX && find_operations(entry, &begin, &end)) {
		buf_put(&rest, str_part(entry, 0, begin));
		buf_puts(&rest, "[0]");
		buf_put(&rest, str_part(entry, end, entry.len));
		entry = buf_str(&rest);
	}
	if (rest.failed)
		return error_memory(err);
	int r = canonical_read(&value, entry, err);
	if (r == PORTROLL_OK)
		r = changeset_check_version(value, err);
	if (r == PORTROLL_OK)
		r = changeset_take(ret, &operations, value, a, err);
	return r;
}
