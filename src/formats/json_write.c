/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include "formats/json_record.h"

/* The registry as one JSON document, or as NDJSON: doc/JSON.md. */

static void write_document(struct buf *out, const struct registry *reg,
			   const struct write_options *o, struct buf *scratch)
{
	struct json j = json_init(out, true);
	json_object(&j);
	json_member(&j, "schema", STR(JSON_SCHEMA));
	json_member(&j, "provenance", o->provenance);
	json_key(&j, "header");
	json_put_header(&j, &reg->header, scratch);
	json_key(&j, "records");
	json_array(&j);
	for (size_t i = 0; i < reg->record_count && !out->failed; i++)
		json_put_record(&j, reg->records[i], NULL, scratch);
	json_array_end(&j);
	json_key(&j, "footnotes");
	json_array(&j);
	for (size_t i = 0; i < reg->footnote_count && !out->failed; i++)
		json_put_footnote(&j, &reg->footnotes[i], scratch);
	json_array_end(&j);
	json_key(&j, "people");
	json_array(&j);
	for (size_t i = 0; i < reg->person_count && !out->failed; i++)
		json_put_person(&j, reg->people[i]);
	json_array_end(&j);
	json_object_end(&j);
	buf_putc(out, '\n');
}

/* A line {"key": ...} is open until end_line(). */
static struct json begin_line(struct buf *out, const char *key)
{
	struct json j = json_init(out, false);
	json_object(&j);
	json_key(&j, key);
	return j;
}

static void end_line(struct json *j)
{
	json_object_end(j);
	buf_putc(j->out, '\n');
}

static void write_lines(struct buf *out, const struct registry *reg, const struct write_options *o,
			struct buf *scratch)
{
	struct json j = begin_line(out, "schema");
	json_str(&j, STR(JSON_SCHEMA));
	json_member(&j, "provenance", o->provenance);
	json_key(&j, "header");
	json_put_header(&j, &reg->header, scratch);
	end_line(&j);
	for (size_t i = 0; i < reg->record_count && !out->failed; i++) {
		j = json_init(out, false);
		json_put_record(&j, reg->records[i], NULL, scratch);
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < reg->footnote_count && !out->failed; i++) {
		j = begin_line(out, "footnote");
		json_put_footnote(&j, &reg->footnotes[i], scratch);
		end_line(&j);
	}
	for (size_t i = 0; i < reg->person_count && !out->failed; i++) {
		j = begin_line(out, "person");
		json_put_person(&j, reg->people[i]);
		end_line(&j);
	}
}

void json_write(struct buf *out, const struct registry *reg, const struct write_options *o,
		struct loss *loss)
{
	(void)loss;
	CLEANUP(buf_done) struct buf scratch = BUF_INIT(SIZE_MAX);
	if (o->one_per_line)
		write_lines(out, reg, o, &scratch);
	else
		write_document(out, reg, o, &scratch);
	if (scratch.failed && !out->failed)
		out->failed = scratch.failed;
}
