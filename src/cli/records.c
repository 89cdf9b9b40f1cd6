/* SPDX-License-Identifier: MIT */
#include "cli/records.h"

#include "base/json.h"
#include "base/num.h"
#include "cli/block.h"
#include "cli/tsv.h"
#include "cli/words.h"
#include "formats/json_record.h"
#include "formats/json_source.h"
#include "terminal/table.h"

#define SCRATCH_MAX (1U << 20)
#define COLUMNS_MAX 7

int records_limit(size_t *ret, const struct reader *r, struct portroll_error *err)
{
	enum option_id option = r->args->values[OPTION_COMMON] ? OPTION_COMMON : OPTION_COUNT_OF;
	const char *text = r->args->values[option];
	uint64_t limit = SIZE_MAX;
	if (text && (num_parse(&limit, str_from(text), UINT32_MAX) < 0 || limit == 0))
		return error_set(err, PORTROLL_EINVAL, "--%s takes a number from 1, not '%.40s'",
				 options[option].name, text);
	*ret = (size_t)limit;
	return PORTROLL_OK;
}

static void put_ports(struct table *t, const struct portroll_record *record)
{
	char text[RANGE_TEXT_MAX];
	struct range ports = {record->port_first, record->port_last};
	size_t len = record->has_port ? range_format(text, ports) : 0;
	table_cell(t, (struct portroll_str){text, len});
}

/* Asked by date, one wants to see it. */
static bool shows_dates(const struct reader *r)
{
	return r->args->values[OPTION_SINCE] || r->args->values[OPTION_BEFORE];
}

static void put_row(struct table *t, const struct reader *r, const struct portroll_record *record,
		    unsigned bits, bool with_source)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(SCRATCH_MAX);
	put_ports(t, record);
	for (uint8_t i = PORTROLL_TCP; i <= TRANSPORT_COUNT; i++) {
		if (!(bits & 1U << i))
			continue;
		buf_puts(&text, text.len ? " " : "");
		buf_put(&text, transport_name(i));
	}
	table_cell(t, buf_str(&text));
	buf_clear(&text);
	buf_put(&text, record->name);
	buf_puts(&text, record->flags & PORTROLL_RECORD_ALIAS       ? " (historic)"
			: record->flags & PORTROLL_RECORD_DUPLICATE ? " (duplicate)"
								    : "");
	table_cell(t, buf_str(&text));
	table_cell(t, record->description);
	if (shows_dates(r)) {
		table_cell(t, record->registered);
		table_cell(t, record->modified);
	}
	if (with_source)
		table_cell(t, snapshot_source_name(r->snapshot, record->source));
}

/* The records from `at` on that differ in the transport alone are one row; returns its end, 0 for
 * a damaged record. */
static size_t next_row(const struct reader *r, struct record_ids ids, size_t at,
		       struct portroll_record *ret, unsigned *ret_bits)
{
	struct portroll_record next;
	if (!portroll_get(r->snapshot, ids.ids[at], ret))
		return 0;
	*ret_bits = 1U << ret->transport;
	for (at++; at < ids.count; at++) {
		if (!portroll_get(r->snapshot, ids.ids[at], &next))
			return 0;
		if (!same_service(ret, &next) || *ret_bits & 1U << next.transport)
			break;
		*ret_bits |= 1U << next.transport;
	}
	return at;
}

static void say_more(const struct reader *r, const char *what, size_t limit, size_t count)
{
	if (count > limit && !r->out->quiet)
		out_message(r->out, "%zu of %zu %s shown", limit, count, what);
}

struct shape {
	size_t rows;
	uint64_t sources; /* bits of those that a row is from */
	bool several;     /* sources: the table has to tell them apart */
};

/* PORTROLL_ECORRUPT for a damaged record. */
static int find_shape(struct shape *ret, const struct reader *r, struct record_ids ids,
		      size_t limit)
{
	struct portroll_record record;
	unsigned bits;
	for (size_t at = 0; at < ids.count; ret->rows++) {
		at = next_row(r, ids, at, &record, &bits);
		if (at == 0)
			return PORTROLL_ECORRUPT;
		if (ret->rows < limit)
			ret->sources |= UINT64_C(1) << record.source;
	}
	ret->several = ret->sources & (ret->sources - 1);
	return PORTROLL_OK;
}

static struct table begin_table(const struct reader *r, const struct shape *shape,
				struct table_column columns[static COLUMNS_MAX], struct arena *a)
{
	size_t count = 0;
	columns[count++] = (struct table_column){.title = "Port"};
	columns[count++] = (struct table_column){.title = "Transport"};
	columns[count++] = (struct table_column){
		.title = "Name", .flexible = true, .least = 15, .colour = COLOUR_NAME};
	columns[count++] =
		(struct table_column){.title = "Description", .flexible = true, .optional = true};
	if (shows_dates(r)) {
		columns[count++] = (struct table_column){.title = "Registered"};
		columns[count++] = (struct table_column){.title = "Modified"};
	}
	if (shape->several)
		columns[count++] = (struct table_column){.title = "Source"};
	return table_init(a, columns, count);
}

static int put_table(const struct reader *r, struct record_ids ids, size_t limit)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct table_column columns[COLUMNS_MAX];
	struct shape shape = {0};
	struct portroll_record record;
	unsigned bits;
	int code = find_shape(&shape, r, ids, limit);
	if (code < 0)
		return code;
	struct table t = begin_table(r, &shape, columns, &arena);
	for (size_t at = 0, row = 0; row < shape.rows && row < limit; row++) {
		at = next_row(r, ids, at, &record, &bits);
		if (at == 0)
			return PORTROLL_ECORRUPT;
		put_row(&t, r, &record, bits, shape.several);
	}
	if (t.failed)
		return PORTROLL_ENOMEM;
	table_write(&t, r->out);
	put_origin(r, shape.sources);
	say_more(r, "rows", limit, shape.rows);
	return PORTROLL_OK;
}

static int put_tsv(const struct reader *r, struct record_ids ids)
{
	struct buf *out = &r->out->buf;
	struct portroll_record record;
	tsv_put_record_titles(out, true);
	buf_putc(out, '\n');
	for (size_t i = 0; i < ids.count; i++) {
		if (!portroll_get(r->snapshot, ids.ids[i], &record))
			return PORTROLL_ECORRUPT;
		tsv_put_record(out, r, &record, true);
		buf_putc(out, '\n');
	}
	return PORTROLL_OK;
}

static int put_objects(struct json *j, const struct reader *r, struct record_ids ids)
{
	CLEANUP(buf_done) struct buf scratch = BUF_INIT(SCRATCH_MAX);
	for (size_t i = 0; i < ids.count; i++) {
		CLEANUP(arena_done) struct arena arena = ARENA_INIT;
		struct portroll_record plain;
		struct record record;
		if (!portroll_get(r->snapshot, ids.ids[i], &plain) ||
		    !snapshot_rich(r->snapshot, ids.ids[i], &arena, &record))
			return PORTROLL_ECORRUPT;
		const struct source *source = &r->sources[plain.source];
		struct json_place place = {.source = source->name};
		if (plain.copy < source->copy_count)
			place.dated = source->copies[plain.copy].dated;
		json_put_record(j, &record, &place, &scratch);
		if (j->depth == 0)
			buf_putc(j->out, '\n');
	}
	return PORTROLL_OK;
}

static int put_document(const struct reader *r, const char *schema, uint32_t person,
			struct record_ids ids)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct json j = json_init(&r->out->buf, true);
	struct person card;
	json_object(&j);
	json_member(&j, "schema", str_from(schema));
	json_put_sources(&j, r->sources, r->source_count);
	if (person != UINT32_MAX) {
		if (!snapshot_person(r->snapshot, person, &arena, &card))
			return PORTROLL_ECORRUPT;
		json_key(&j, "person");
		json_put_person(&j, &card);
	}
	json_key(&j, "records");
	json_array(&j);
	int code = put_objects(&j, r, ids);
	json_array_end(&j);
	json_object_end(&j);
	buf_putc(&r->out->buf, '\n');
	return code;
}

static int put_lines(const struct reader *r, struct record_ids ids)
{
	if (r->args->values[OPTION_TSV])
		return put_tsv(r, ids);
	struct json j = json_init(&r->out->buf, false);
	return put_objects(&j, r, ids);
}

int records_put(const struct reader *r, const char *schema, uint32_t person, struct record_ids ids,
		size_t limit)
{
	const char *const *given = r->args->values;
	if (!given[OPTION_JSON] && !given[OPTION_NDJSON] && !given[OPTION_TSV])
		return put_table(r, ids, limit);
	struct record_ids shown = {ids.ids, ids.count < limit ? ids.count : limit};
	int code =
		given[OPTION_JSON] ? put_document(r, schema, person, shown) : put_lines(r, shown);
	if (code == PORTROLL_OK)
		say_more(r, "records", limit, ids.count);
	return code;
}
