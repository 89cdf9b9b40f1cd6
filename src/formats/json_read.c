/* SPDX-License-Identifier: MIT */
#include "formats/read.h"

#include "formats/json_reader.h"
#include "formats/json_record.h"

#define VALUES_MAX 4000000 /* IANA's registry has 213,000 */

/* portroll's own schema (doc/JSON.md), as one document or a record a line. jansson refuses what is
 * not JSON, members that appear twice, and nesting without end; the tables refuse what is not the
 * schema, with its path and place. */

bool json_probe(struct portroll_str head)
{
	return str_starts(str_trim(head), STR("{"));
}

static int parse_error(struct json_reader *x, const json_error_t *e)
{
	if (json_error_code(e) == json_error_out_of_memory)
		return error_memory(x->err);
	uint32_t line = x->line + (e->line > 0 ? (uint32_t)e->line - 1 : 0);
	return error_at(x->err, PORTROLL_ESYNTAX, line, (uint32_t)(e->column > 0 ? e->column : 1),
			"not JSON: %s", e->text);
}

/* jansson makes up to 250 bytes of an empty object and has no limit: its values are counted first,
 * by what begins or separates them, also inside of texts. */
static int parse(json_t **ret, struct json_reader *x, struct portroll_str text)
{
	json_error_t e;
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == ',' || text.ptr[i] == '[' || text.ptr[i] == '{';
	if (count > VALUES_MAX)
		return error_at(x->err, PORTROLL_ELIMIT, x->line, 1,
				"more than %d values, expected a registry", VALUES_MAX);
	*ret = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &e);
	return *ret ? PORTROLL_OK : parse_error(x, &e);
}

static int take_schema(struct json_reader *x, json_t *value, void *place)
{
	(void)place;
	struct portroll_str text = {json_string_value(value), json_string_length(value)};
	if (!json_is_string(value) || !str_equal(text, STR(JSON_SCHEMA)))
		return json_expected(x, value, JSON_SCHEMA);
	return PORTROLL_OK;
}

/* A line for people about where the copy is from; it is not part of the registry. */
static int take_provenance(struct json_reader *x, json_t *value, void *place)
{
	(void)place;
	struct portroll_str provenance;
	return json_take_text(x, value, &provenance);
}

static int add_record(struct json_reader *x, json_t *value, void *place)
{
	(void)place;
	struct record record = {0};
	int r = json_take_record(x, value, &record);
	if (r < 0)
		return r;
	return registry_add(x->reg, &record) < 0 ? error_memory(x->err) : PORTROLL_OK;
}

static int add_person(struct json_reader *x, json_t *value, void *place)
{
	(void)place;
	struct person person = {0};
	int r = json_take_person(x, value, &person);
	if (r < 0)
		return r;
	return registry_add_person(x->reg, &person) < 0 ? error_memory(x->err) : PORTROLL_OK;
}

/* What a document, or the lines of NDJSON, fill. */
struct document {
	struct header header;
	struct list footnotes;
};

static int take_records(struct json_reader *x, json_t *value, void *place)
{
	(void)place;
	struct list items = LIST_INIT(x->arena, char);
	return json_take_items(x, value, add_record, &items);
}

static int take_people(struct json_reader *x, json_t *value, void *place)
{
	(void)place;
	struct list items = LIST_INIT(x->arena, char);
	return json_take_items(x, value, add_person, &items);
}

static int take_footnotes(struct json_reader *x, json_t *value, void *place)
{
	return json_take_items(x, value, json_take_footnote, place);
}

static int take_footnote_line(struct json_reader *x, json_t *value, void *place)
{
	struct footnote *footnote = list_add(place);
	return footnote ? json_take_footnote(x, value, footnote) : error_memory(x->err);
}

static int read_document(struct json_reader *x, json_t *value, struct document *document)
{
	static const struct json_member members[] = {
		{"schema", take_schema, 0},
		{"provenance", take_provenance, 0},
		{"header", json_take_header, offsetof(struct document, header)},
		{"records", take_records, 0},
		{"footnotes", take_footnotes, offsetof(struct document, footnotes)},
		{"people", take_people, 0},
	};
	if (!json_object_get(value, "schema"))
		return json_expected(x, value, "a member schema: " JSON_SCHEMA);
	return json_take_object(x, value, (struct json_members){members, ARRAY_LEN(members)},
				document);
}

static int read_line(struct json_reader *x, json_t *value, struct document *document)
{
	static const struct json_member members[] = {
		{"footnote", take_footnote_line, offsetof(struct document, footnotes)},
		{"person", add_person, 0},
	};
	if (x->line == 1)
		return read_document(x, value, document);
	if (json_object_get(value, "footnote") || json_object_get(value, "person"))
		return json_take_object(
			x, value, (struct json_members){members, ARRAY_LEN(members)}, document);
	return add_record(x, value, NULL);
}

static int read_lines(struct json_reader *x, struct portroll_str input, struct document *document)
{
	struct portroll_str line;
	int r = PORTROLL_OK;
	while (r == PORTROLL_OK && input.len && str_cut(&input, '\n', &line)) {
		x->text = line;
		x->line++;
		x->depth = 0;
		CLEANUP(json_decrefp)
		json_t *value = NULL;
		r = parse(&value, x, line);
		if (r == PORTROLL_OK)
			r = read_line(x, value, document);
	}
	return r;
}

/* A whole object on the first line and more after it: a record a line. */
static bool is_one_per_line(struct portroll_str input)
{
	struct portroll_str first;
	if (!str_cut(&input, '\n', &first) || str_trim(input).len == 0)
		return false;
	return str_ends(str_trim(first), STR("}"));
}

int json_read(struct registry *ret, struct portroll_str input, struct portroll_error *err)
{
	struct json_reader x = {.reg = ret, .arena = ret->arena, .err = err, .text = input};
	struct document document = {.footnotes = LIST_INIT(ret->arena, struct footnote)};
	int r;
	if (is_one_per_line(input)) {
		r = read_lines(&x, input, &document);
	} else {
		x.line = 1;
		CLEANUP(json_decrefp)
		json_t *value = NULL;
		r = parse(&value, &x, input);
		if (r == PORTROLL_OK)
			r = read_document(&x, value, &document);
	}
	if (r < 0)
		return r;
	ret->header = document.header;
	ret->footnotes = list_take(&document.footnotes, &ret->footnote_count);
	return ret->arena->failed ? error_memory(err) : PORTROLL_OK;
}
