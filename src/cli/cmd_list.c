/* SPDX-License-Identifier: MIT */
#include "cli/reader.h"

#include "cli/common.h"
#include "cli/records.h"

/* Sources of names alone would double most records: they are listed when asked for, or when there
 * is nothing else. */
static bool is_listed(const struct reader *r, size_t source, size_t wanted)
{
	if (wanted != SOURCE_ANY)
		return source == wanted;
	if (r->sources[source].coverage != COVERAGE_NAMES)
		return true;
	for (size_t i = 0; i < r->source_count; i++)
		if (r->sources[i].coverage != COVERAGE_NAMES)
			return false;
	return true;
}

static int gather(struct id_array *list, const struct reader *r, const struct filter *filter,
		  size_t source)
{
	struct id_array matches;
	struct portroll_str text = str_from(r->args->values[OPTION_MATCH]);
	if (!text.ptr)
		text = STR("");
	int code = snapshot_match(&matches, r->snapshot, source, text, r->arena);
	for (size_t i = 0; code == PORTROLL_OK && i < matches.count; i++)
		if (filter_passes(filter, r, matches.ids[i]))
			list->ids[list->count++] = matches.ids[i];
	return code;
}

/* Who searches for a name finds it there too: nobody shall think that no source has it. */
static int say_nothing(const struct reader *r, const struct filter *filter, size_t wanted,
		       struct id_array *list)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64U << 10);
	for (size_t i = 0; i < r->source_count; i++) {
		list->count = 0;
		int code = PORTROLL_OK;
		if (wanted == SOURCE_ANY && !is_listed(r, i, wanted))
			code = gather(list, r, filter, i);
		if (code < 0)
			return code;
		if (list->count == 0)
			continue;
		buf_puts(&text, text.len ? ", " : "; lists of names alone have some: ");
		buf_printf(&text, "--source %.*s has %zu", PORTROLL_STR_ARG(r->sources[i].name),
			   list->count);
	}
	out_message(r->out, "no record meets all conditions%.*s", PORTROLL_STR_ARG(buf_str(&text)));
	return PORTROLL_OK;
}

int cmd_list(struct reader *r)
{
	struct portroll_error err = {0};
	struct filter filter;
	size_t source, limit;
	if (reader_source(&source, r, &err) < 0 || records_limit(&limit, r, &err) < 0 ||
	    filter_init(&filter, r, &err) < 0)
		return reader_fail(r, &err);
	if (r->args->values[OPTION_COMMON]) {
		const struct common common = {r, &filter, source, limit};
		return common_put(&common);
	}
	struct id_array list = {
		.ids = arena_array(r->arena, portroll_record_count(r->snapshot), sizeof(uint32_t)),
	};
	int code = list.ids ? PORTROLL_OK : PORTROLL_ENOMEM;
	for (size_t i = 0; code == PORTROLL_OK && i < r->source_count; i++)
		if (is_listed(r, i, source))
			code = gather(&list, r, &filter, i);
	struct record_ids records = {list.ids, list.count};
	if (code == PORTROLL_OK)
		code = records_put(r, "portroll-list/1", UINT32_MAX, records, limit);
	if (code == PORTROLL_OK && records.count == 0 && !r->out->quiet)
		code = say_nothing(r, &filter, source, &list);
	if (code < 0)
		return reader_fail_code(r, code);
	return records.count ? EXIT_YES : EXIT_NO;
}
