/* SPDX-License-Identifier: MIT */
#include "cli/reader.h"

#include <stdlib.h>

#include "base/num.h"
#include "cli/apply.h"
#include "cli/free_ports.h"
#include "cli/words.h"
#include "formats/json_source.h"
#include "registry/state.h"
#include "terminal/fold.h"
#include "terminal/table.h"

#define COUNT_DEFAULT 10

struct request {
	bool has_near;
	uint16_t near;
	size_t limit; /* ports shown; SIZE_MAX: all, as ranges */
};

static int read_request(struct request *ret, const struct reader *r, struct portroll_error *err)
{
	const char *near = r->args->values[OPTION_NEAR], *count = r->args->values[OPTION_COUNT_OF];
	struct request request = {.has_near = near};
	uint64_t number;
	int code;
	if (near && (code = num_parse(&number, str_from(near), UINT16_MAX)) < 0)
		return error_set(err, PORTROLL_EINVAL, "--near '%.40s': %s", near,
				 range_error_text(code));
	if (near)
		request.near = (uint16_t)number;
	bool wants_all = r->args->operand_count > 0 && !near;
	request.limit = wants_all ? SIZE_MAX : COUNT_DEFAULT;
	if (count && (num_parse(&number, str_from(count), PORT_COUNT) < 0 || number == 0))
		return error_set(err, PORTROLL_EINVAL, "--count takes a number from 1, not '%.40s'",
				 count);
	if (count)
		request.limit = (size_t)number;
	*ret = request;
	return PORTROLL_OK;
}

static void put_transports(struct buf *out, unsigned bits, const char *between)
{
	bool first = true;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!(bits & 1U << t))
			continue;
		buf_puts(out, first ? "" : between);
		buf_put(out, transport_name(t));
		first = false;
	}
}

/* What others call the port: netapp-sync in wireshark (names only, 2024). Empty: nothing. */
static void put_names(struct buf *out, const struct reader *r, const struct free_ports *f,
		      uint16_t port)
{
	struct name_walk_of_port walk = {0};
	struct portroll_record record;
	CLEANUP(buf_done) struct buf text = BUF_INIT(4096);
	while (free_ports_next_name(&record, &walk, f, r, port)) {
		buf_clear(&text);
		buf_put(&text, record.name);
		buf_puts(&text, " in ");
		put_source(&text, r, record.source, record.copy);
		if (str_find(buf_str(out), buf_str(&text)) != SIZE_MAX)
			continue;
		buf_puts(out, out->len ? "; " : "");
		buf_put(out, buf_str(&text));
	}
}

/* The ports shown, one a row, or as ranges where all are; a port with names of its own is a row. */
static size_t next_row(const struct reader *r, const struct free_ports *f, const struct request *q,
		       size_t at, struct range *ret)
{
	CLEANUP(buf_done) struct buf names = BUF_INIT(4096);
	size_t end = at + 1;
	*ret = (struct range){f->ports[at], f->ports[at]};
	put_names(&names, r, f, f->ports[at]);
	while (q->limit == SIZE_MAX && end < f->count && f->ports[end] == ret->last + 1 &&
	       names.len == 0) {
		put_names(&names, r, f, f->ports[end]);
		if (names.len == 0)
			ret->last = f->ports[end++];
	}
	return end;
}

/* Is there a port among those shown that others have a name for? */
static bool any_named(const struct reader *r, const struct free_ports *f, size_t shown)
{
	struct portroll_record record;
	for (size_t i = 0; i < shown; i++)
		if (free_ports_next_name(&record, &(struct name_walk_of_port){0}, f, r,
					 f->ports[i]))
			return true;
	return false;
}

static int put_table(const struct reader *r, const struct free_ports *f, const struct request *q)
{
	static const struct table_column columns[] = {
		{.title = "Port", .colour = COLOUR_FREE},
		{.title = "Unassigned on"},
		{.title = "Away", .right = true},
		{.title = "Named elsewhere", .flexible = true},
	};
	static const struct table_column columns_without_near[] = {
		{.title = "Port", .colour = COLOUR_FREE},
		{.title = "Unassigned on"},
		{.title = "Named elsewhere", .flexible = true},
	};
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	CLEANUP(buf_done) struct buf text = BUF_INIT(4096);
	size_t shown = f->count < q->limit ? f->count : q->limit;
	bool named = any_named(r, f, shown);
	struct table t = q->has_near ? table_init(&arena, columns, named ? 4 : 3)
				     : table_init(&arena, columns_without_near, named ? 3 : 2);
	for (size_t at = 0; at < shown;) {
		struct range ports;
		char space[RANGE_TEXT_MAX];
		at = next_row(r, f, q, at, &ports);
		table_cell(&t, (struct portroll_str){space, range_format(space, ports)});
		buf_clear(&text);
		put_transports(&text, f->transports, " ");
		table_cell(&t, buf_str(&text));
		buf_clear(&text);
		if (q->has_near) {
			buf_put_num(&text, (uint64_t)abs(ports.first - q->near));
			table_cell(&t, buf_str(&text));
		}
		buf_clear(&text);
		put_names(&text, r, f, ports.first);
		if (named)
			table_cell(&t, buf_str(&text));
	}
	if (t.failed)
		return PORTROLL_ENOMEM;
	table_write(&t, r->out);
	return PORTROLL_OK;
}

static void put_sentence(const struct reader *r, struct buf *text)
{
	out_folded(r->out, buf_str(text), (struct fold){.indent = 2});
	buf_clear(text);
}

/* The state that goes with a reason of a port that is not free. */
static const char *state_of_reason(size_t reason)
{
	static const uint8_t states[PORTROLL_REASON_COUNT] = {
		[PORTROLL_REASON_RECORD] = PORTROLL_ASSIGNED,
		[PORTROLL_REASON_ANY_TRANSPORT] = PORTROLL_ASSIGNED,
		[PORTROLL_REASON_EDGE] = PORTROLL_RESERVED,
		[PORTROLL_REASON_RELEASED] = PORTROLL_RESERVED,
		[PORTROLL_REASON_COMPANION] = PORTROLL_RESERVED,
		[PORTROLL_REASON_HELD] = PORTROLL_RESERVED,
		[PORTROLL_REASON_FREE] = PORTROLL_UNASSIGNED,
		[PORTROLL_REASON_NO_RECORD] = PORTROLL_UNASSIGNED,
		[PORTROLL_REASON_DYNAMIC] = PORTROLL_DYNAMIC,
	};
	return portroll_state_name(states[reason]);
}

static void put_others(const struct reader *r, const struct free_ports *f, struct buf *text)
{
	for (size_t i = 0; i < PORTROLL_REASON_COUNT; i++) {
		if (f->others[i] == 0)
			continue;
		const struct reason_words *why = reason_words_of((uint8_t)i);
		buf_puts(text, "not free: ");
		buf_put_grouped(text, f->others[i]);
		buf_printf(text, " %s: %s (%s)", state_of_reason(i), why->sentence, why->section);
		put_sentence(r, text);
	}
}

/* How many are free; of one port, whether it is. */
static void put_count(struct buf *text, const struct free_ports *f)
{
	char space[RANGE_TEXT_MAX];
	(void)range_format(space, f->range);
	if (f->range.first == f->range.last) {
		buf_printf(text, "%s is %sUnassigned on ", space, f->count ? "" : "not ");
		return;
	}
	buf_put_grouped(text, f->count);
	buf_puts(text, " of ");
	buf_put_grouped(text, (uint64_t)f->range.last - f->range.first + 1);
	buf_printf(text, " ports in %s are Unassigned on ", space);
}

static void put_address(const struct reader *r, struct buf *text, size_t source)
{
	const struct registry *header = NULL;
	if (source < r->source_count)
		header = snapshot_header(r->snapshot, source, r->arena);
	struct portroll_str address = apply_address(header);
	buf_printf(text, "request an assignment at IANA: %.*s", PORTROLL_STR_ARG(address));
	put_sentence(r, text);
}

static void put_way_to_iana(const struct reader *r, const struct free_ports *f, struct buf *text,
			    size_t source)
{
	for (size_t i = 0; i < PORT_CLASS_COUNT; i++) {
		const struct port_class *class = &port_classes[i];
		if (class->range.last < f->range.first || class->range.first > f->range.last)
			continue;
		buf_printf(text, "%s: %s; decided by %s (%s)", class->name, class->policy,
			   class->decides, class->section);
		put_sentence(r, text);
	}
	if (f->range.first < port_classes[PORT_CLASS_COUNT - 1].range.first)
		put_address(r, text, source);
}

static bool is_ours(const struct reader *r, size_t source)
{
	return source < r->source_count && r->sources[source].kind == SOURCE_MANAGED;
}

static size_t source_of(const struct reader *r, uint16_t port)
{
	return snapshot_answer(r->snapshot, port, PORTROLL_TCP).source;
}

/* The policy of a managed source is not in the snapshot. */
static void put_way_to_ours(const struct reader *r, const struct free_ports *f, struct buf *text,
			    size_t source, size_t count)
{
	put_source(text, r, source, COPY_NONE);
	buf_puts(text, " decides ");
	if (count < f->count) {
		buf_puts(text, "of ");
		buf_put_grouped(text, count);
		buf_puts(text, " of these ");
	}
	buf_puts(text, "by its own policy: portroll request preview says who, and what is held "
		       "back; portroll request new asks for one");
	put_sentence(r, text);
}

static size_t count_of(const struct reader *r, const struct free_ports *f, size_t source)
{
	size_t count = 0;
	for (size_t i = 0; i < f->count; i++)
		count += source_of(r, f->ports[i]) == source;
	return count;
}

/* Each of those that decide of the ports that are free, or of the first one where none is. */
static void put_ways(const struct reader *r, const struct free_ports *f, struct buf *text,
		     size_t first)
{
	size_t ours = 0;
	for (size_t source = 0; source < r->source_count; source++) {
		size_t count = is_ours(r, source) ? count_of(r, f, source) : 0;
		ours += count;
		if (count > 0 || (f->count == 0 && source == first && is_ours(r, source)))
			put_way_to_ours(r, f, text, source, count);
	}
	if (ours < f->count || (f->count == 0 && !is_ours(r, first)))
		put_way_to_iana(r, f, text, first);
}

static void put_summary(const struct reader *r, const struct free_ports *f)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64U << 10);
	size_t source = source_of(r, f->range.first);
	if (f->count > 0)
		buf_putc(&r->out->buf, '\n');
	put_count(&text, f);
	put_transports(&text, f->transports, ", ");
	if (source < r->source_count && count_of(r, f, source) == f->count) {
		buf_puts(&text, " in ");
		put_source(&text, r, source, COPY_NONE);
	}
	put_sentence(r, &text);
	put_others(r, f, &text);
	put_ways(r, f, &text, source);
}

static void put_json_names(struct json *j, const struct reader *r, const struct free_ports *f,
			   const struct request *q)
{
	json_key(j, "names");
	json_array(j);
	for (size_t i = 0; i < f->count && i < q->limit; i++) {
		struct name_walk_of_port walk = {0};
		struct portroll_record record;
		while (free_ports_next_name(&record, &walk, f, r, f->ports[i])) {
			json_object(j);
			json_key(j, "port");
			json_num(j, f->ports[i]);
			json_member(j, "transport", transport_name(walk.transport));
			json_member(j, "name", record.name);
			json_member(j, "source", r->sources[record.source].name);
			json_object_end(j);
		}
	}
	json_array_end(j);
}

static void put_json(const struct reader *r, const struct free_ports *f, const struct request *q)
{
	struct json j = json_init(&r->out->buf, true);
	json_object(&j);
	json_member(&j, "schema", STR("portroll-free/1"));
	json_put_sources(&j, r->sources, r->source_count);
	json_key(&j, "port_first");
	json_num(&j, f->range.first);
	json_key(&j, "port_last");
	json_num(&j, f->range.last);
	json_key(&j, "transports");
	json_array(&j);
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
		if (f->transports & 1U << t)
			json_str(&j, transport_name(t));
	json_array_end(&j);
	json_key(&j, "free_count");
	json_num(&j, f->count);
	json_key(&j, "not_free");
	json_object(&j);
	for (size_t i = 0; i < PORTROLL_REASON_COUNT; i++) {
		json_key(&j, reason_words_of((uint8_t)i)->key);
		json_num(&j, f->others[i]);
	}
	json_object_end(&j);
	json_key(&j, "ports");
	json_array(&j);
	for (size_t i = 0; i < f->count && i < q->limit; i++)
		json_num(&j, f->ports[i]);
	json_array_end(&j);
	put_json_names(&j, r, f, q);
	json_object_end(&j);
	buf_putc(&r->out->buf, '\n');
}

static void put_lines(const struct reader *r, const struct free_ports *f, const struct request *q)
{
	struct buf *out = &r->out->buf;
	buf_puts(out, "port\ttransports\n");
	for (size_t i = 0; i < f->count && i < q->limit; i++) {
		buf_put_num(out, f->ports[i]);
		buf_putc(out, '\t');
		put_transports(out, f->transports, ",");
		buf_putc(out, '\n');
	}
}

int cmd_free(struct reader *r)
{
	struct portroll_error err = {0};
	struct free_ports f = {.range = port_classes[1].range};
	struct request request = {0};
	uint8_t transport;
	if (reader_range(&f.range, r, &err) < 0 || reader_transport(&transport, r, &err) < 0 ||
	    read_request(&request, r, &err) < 0)
		return reader_fail(r, &err);
	f.transports = transports_of(transport);
	int code = free_ports_find(&f, r);
	if (code < 0)
		return reader_fail_code(r, code);
	if (request.has_near)
		free_ports_near(&f, request.near);
	if (r->args->values[OPTION_JSON]) {
		put_json(r, &f, &request);
	} else if (r->args->values[OPTION_TSV]) {
		put_lines(r, &f, &request);
	} else {
		code = put_table(r, &f, &request);
		put_summary(r, &f);
	}
	if (code < 0)
		return reader_fail_code(r, code);
	return f.count ? EXIT_YES : EXIT_NO;
}
