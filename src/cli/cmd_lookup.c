/* SPDX-License-Identifier: MIT */
#include "cli/reader.h"

#include "cli/answer.h"
#include "cli/lines.h"
#include "cli/range_table.h"
#include "cli/words.h"
#include "formats/json_source.h"

#define SUGGESTION_MAX 3
#define SHOWN_MAX      80 /* bytes of a name that is not listed */
#define SCRATCH_MAX    (1U << 20)

struct lookup {
	struct answer_writer writer;
	answer_fn *put;
	bool any_missing, any_error;
	bool may_be_verb; /* the key stands where a verb may */
};

/* Why a name was not found, and what it may have been. */
static void say_missing(const struct lookup *l, const struct key *key)
{
	const struct reader *r = l->writer.reader;
	CLEANUP(buf_done) struct buf text = BUF_INIT(8U << 10);
	struct portroll_str names[SUGGESTION_MAX];
	struct portroll_str shown = str_part(key->name, 0, SHOWN_MAX);
	if (snapshot_by_name(r->snapshot, key->name).count) {
		out_message(r->out, "%.*s is registered, but not %s %s; see: portroll %.*s",
			    PORTROLL_STR_ARG(shown), key->transport ? "for" : "in",
			    key->transport ? transports[key->transport].name
					   : r->args->values[OPTION_SOURCE],
			    PORTROLL_STR_ARG(shown));
		return;
	}
	buf_printf(&text, "no service is called '%.*s'", PORTROLL_STR_ARG(shown));
	for (size_t i = 0; i < r->source_count; i++) {
		buf_puts(&text, i == 0 ? " in " : ", ");
		put_source(&text, r, i, COPY_NONE);
	}
	const struct verb *verb = l->may_be_verb ? verb_nearest(key->shown) : NULL;
	size_t count = snapshot_suggest(r->snapshot, key->name, names, SUGGESTION_MAX);
	buf_puts(&text, verb || count ? "; did you mean " : "");
	if (verb)
		buf_printf(&text, "the verb %s%s", verb->name, count ? ", or the service " : "");
	for (size_t i = 0; i < count; i++) {
		buf_puts(&text, i == 0 ? "" : i + 1 == count ? " or " : ", ");
		buf_put(&text, names[i]);
	}
	buf_puts(&text, verb || count ? "?" : "");
	out_message(r->out, "%.*s", PORTROLL_STR_ARG(buf_str(&text)));
}

static int answer_name(struct lookup *l, const struct key *key)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct block_list list;
	struct answer_writer *w = &l->writer;
	int r = blocks_of_name(&list, w->reader, key, w->source, &arena);
	if (r < 0)
		return r;
	if (list.count == 0) {
		l->any_missing = true;
		say_missing(l, key);
		if (l->put != answer_put_people)
			l->put(w, key, NULL, 0);
		return PORTROLL_OK;
	}
	l->put(w, key, list.blocks, list.count);
	return PORTROLL_OK;
}

/* A line a key: the blocks of all ports at once. */
static int answer_range_briefly(struct lookup *l, const struct key *key)
{
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct answer_writer *w = &l->writer;
	size_t port_count = (size_t)(key->ports.last - key->ports.first) + 1, count = 0;
	struct block *blocks = arena_array(&arena, port_count * TRANSPORT_COUNT, sizeof(*blocks));
	bool is_found = false;
	if (!blocks)
		return PORTROLL_ENOMEM;
	for (uint32_t port = key->ports.first; port <= key->ports.last; port++) {
		struct range one = {(uint16_t)port, (uint16_t)port};
		count += blocks_of_port(blocks + count, w->reader, one,
					transports_of(key->transport), w->source);
	}
	for (size_t i = 0; i < count; i++)
		is_found = is_found || blocks[i].is_found;
	l->put(w, key, blocks, count);
	l->any_missing |= !is_found;
	return PORTROLL_OK;
}

static int answer_ports(struct lookup *l, const struct key *key)
{
	struct answer_writer *w = &l->writer;
	bool is_range = key->ports.first != key->ports.last;
	bool is_found = false;
	if (is_range && l->put == answer_put_people) {
		if (w->any)
			buf_putc(&w->reader->out->buf, '\n');
		w->any = true;
		int r = range_table_put(&is_found, w->reader, key, w->source);
		l->any_missing |= !is_found;
		return r;
	}
	if (is_range && l->put == answer_put_brief)
		return answer_range_briefly(l, key);
	for (uint32_t port = key->ports.first; port <= key->ports.last; port++) {
		struct block blocks[TRANSPORT_COUNT];
		struct range one = {(uint16_t)port, (uint16_t)port};
		size_t count = blocks_of_port(blocks, w->reader, one, transports_of(key->transport),
					      w->source);
		for (size_t i = 0; i < count; i++)
			is_found = is_found || blocks[i].is_found;
		l->put(w, key, blocks, count);
	}
	l->any_missing |= !is_found;
	return PORTROLL_OK;
}

/* Programs count: a key that is none has its place among the answers. */
static void answer_refused(struct lookup *l, struct portroll_str text)
{
	const struct key key = key_refused(text);
	if (l->put != answer_put_people)
		l->put(&l->writer, &key, NULL, 0);
}

static void answer_key(struct lookup *l, struct portroll_str text)
{
	const struct reader *r = l->writer.reader;
	struct portroll_error err = {0};
	struct key key;
	int code = key_parse(&key, r->snapshot, text, &err);
	if (code < 0) {
		answer_refused(l, text);
	} else {
		code = key.kind == KEY_NAME ? answer_name(l, &key) : answer_ports(l, &key);
		if (code < 0)
			(void)error_memory(&err);
	}
	if (code < 0) {
		l->any_error = true;
		(void)reader_fail(r, &err);
	}
}

/* Answers go out before the next line is waited for, so that one may talk with it. */
static void answer_lines(struct lookup *l)
{
	struct reader const *r = l->writer.reader;
	struct lines lines = {0};
	struct portroll_str line;
	for (;;) {
		struct portroll_error err = {0};
		if (lines_must_wait(&lines) && buf_flush(&r->out->buf) < 0)
			return;
		int got = lines_next(&lines, &line, &err);
		if (got < 0) {
			l->any_error = true;
			(void)reader_fail(r, &err);
		}
		if (got == 0 || got == PORTROLL_ESYSTEM)
			return;
		if (got == 1 && str_trim(line).len)
			answer_key(l, line);
		else
			answer_refused(l, STR(""));
	}
}

static void answer_all(struct lookup *l)
{
	const struct arguments *args = l->writer.reader->args;
	for (int i = 0; i < args->operand_count; i++) {
		struct portroll_str operand = str_from(args->operands[i]);
		bool is_input = str_equal(operand, STR("-"));
		l->may_be_verb = i == 0 && !is_input && !l->writer.reader->verb_is_given;
		if (is_input)
			answer_lines(l);
		else
			answer_key(l, operand);
	}
}

static void answer_document(struct lookup *l)
{
	const struct reader *r = l->writer.reader;
	struct json json = json_init(&r->out->buf, r->args->values[OPTION_JSON]);
	l->writer.json = &json;
	if (!json.indented) {
		answer_all(l);
		return;
	}
	json_object(&json);
	json_member(&json, "schema", STR("portroll-lookup/1"));
	json_put_sources(&json, r->sources, r->source_count);
	json_key(&json, "answers");
	json_array(&json);
	answer_all(l);
	json_array_end(&json);
	json_object_end(&json);
	buf_putc(&r->out->buf, '\n');
}

int cmd_lookup(struct reader *r)
{
	const char *const *given = r->args->values;
	struct portroll_error err = {0};
	struct lookup l = {.writer = {.reader = r, .scratch = BUF_INIT(SCRATCH_MAX)}};
	if (reader_source(&l.writer.source, r, &err) < 0)
		return reader_fail(r, &err);
	bool is_json = given[OPTION_JSON] || given[OPTION_NDJSON];
	l.put = is_json               ? answer_put_json
		: given[OPTION_TSV]   ? answer_put_tsv
		: given[OPTION_BRIEF] ? answer_put_brief
				      : answer_put_people;
	if (given[OPTION_TSV] && !is_json)
		answer_put_tsv_titles(&l.writer);
	if (is_json)
		answer_document(&l);
	else
		answer_all(&l);
	buf_done(&l.writer.scratch);
	if (l.any_error)
		return EXIT_ERROR;
	return l.any_missing ? EXIT_NO : EXIT_YES;
}
