/* SPDX-License-Identifier: MIT */
#include "cli/reader.h"

#include "cli/records.h"

static struct portroll_str join_words(const struct reader *r)
{
	CLEANUP(buf_done) struct buf words = BUF_INIT(SIZE_MAX);
	for (int i = 0; i < r->args->operand_count; i++) {
		buf_puts(&words, i > 0 ? " " : "");
		buf_puts(&words, r->args->operands[i]);
	}
	return words.failed ? STR("") : arena_str(r->arena, buf_str(&words));
}

static void keep_source(const struct reader *r, struct id_array *ids, size_t source)
{
	struct portroll_record record;
	size_t kept = 0;
	for (size_t i = 0; i < ids->count; i++)
		if (portroll_get(r->snapshot, ids->ids[i], &record) && record.source == source)
			ids->ids[kept++] = ids->ids[i];
	ids->count = kept;
}

int cmd_search(struct reader *r)
{
	struct portroll_error err = {0};
	size_t source, limit;
	if (reader_source(&source, r, &err) < 0 || records_limit(&limit, r, &err) < 0)
		return reader_fail(r, &err);
	struct portroll_str words = join_words(r);
	struct id_array ids;
	if (str_trim(words).len == 0) {
		(void)error_set(&err, PORTROLL_EINVAL, "search needs a word");
		return reader_fail(r, &err);
	}
	uint32_t flags = r->args->values[OPTION_NAMES] ? PORTROLL_SEARCH_NAMES : 0;
	int code = snapshot_search(&ids, r->snapshot, words, flags, r->arena);
	if (code == PORTROLL_ELIMIT) {
		(void)error_set(&err, code, "search takes at most %d words",
				PORTROLL_SEARCH_WORDS_MAX);
		return reader_fail(r, &err);
	}
	if (code < 0)
		return reader_fail_code(r, code);
	if (source != SOURCE_ANY)
		keep_source(r, &ids, source);
	struct record_ids found = {ids.ids, ids.count};
	code = records_put(r, "portroll-search/1", UINT32_MAX, found, limit);
	if (code < 0)
		return reader_fail_code(r, code);
	if (found.count == 0 && !r->out->quiet)
		out_message(r->out, "nothing has '%.*s'", PORTROLL_STR_ARG(words));
	return found.count ? EXIT_YES : EXIT_NO;
}
