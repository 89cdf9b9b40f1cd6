/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include "formats/port_lines.h"
#include "formats/service_bars.h"
#include "formats/service_order.h"
#include "formats/service_tally.h"
#include "formats/write.h"
#include "registry/name.h"

/*
 * services(5): a line for each port and transport, the canonical name first, all others as aliases,
 * because readers stop at the first line that fits. musl reads lines of at most 126 bytes and names
 * of at most 31; what has no room is left out and counted.
 *
 * A name can have several ports. The lowest one of the first source answers: readers that stop at
 * the first line with the name (glibc, musl) find it there; for those that keep the last (Go) its
 * line stands at the end once more, or it is counted.
 */

#define SERVICE_LINE_MAX 126
#define COLUMN_PORT      16
#define COLUMN_ALIASES   28

struct services_writer {
	struct buf *out;
	struct port_lines lines;
	struct buf line, comment;
	struct buf text; /* the lines by port */
	struct service_order order;
	size_t line_count;
};

static bool name_can_stand(const struct record *r)
{
	if (r->name.len > SERVICE_NAME_MAX || !name_has_letter(r->name))
		return false;
	for (size_t i = 0; i < r->name.len; i++) {
		char c = r->name.ptr[i];
		if (c == '\0' || c == '#' || c == ' ' || (c >= '\t' && c <= '\r'))
			return false;
	}
	return true;
}

/* The next entry of the port that has the transport, from *from on; NULL after the last. */
static struct port_entry *next_entry(const struct port_lines *l, uint8_t transport, size_t *from)
{
	while (*from < l->active_count) {
		struct port_entry *entry = l->active[(*from)++];
		if (port_entry_has(entry, transport) && !(entry->barred & 1U << transport))
			return entry;
	}
	return NULL;
}

static bool same_names(const struct port_lines *l, uint8_t a, uint8_t b)
{
	size_t at_a = 0, at_b = 0;
	for (;;) {
		const struct port_entry *x = next_entry(l, a, &at_a), *y = next_entry(l, b, &at_b);
		if (!x || !y)
			return x == y;
		if (!str_equal(x->record->name, y->record->name))
			return false;
	}
}

/* Is the name already among the first `count` of the transport's? */
static bool is_repeated(const struct port_lines *l, uint8_t transport, size_t count,
			struct portroll_str name)
{
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		const struct port_entry *earlier = next_entry(l, transport, &at);
		if (!earlier)
			return false;
		if (str_equal(earlier->record->name, name))
			return true;
	}
	return false;
}

static void pad_to(struct buf *line, size_t column)
{
	buf_fill(line, ' ', line->len < column ? column - line->len : 1);
}

static void note_name(struct services_writer *w, unsigned set, const struct port_entry *entry)
{
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
		if (set & 1U << t)
			service_order_name(&w->order, entry->record, t, entry->source);
}

/* The names of one transport: the first, the ports of `set`, the aliases that have room. Returns
 * how many names were looked at: those behind them are left out. */
static size_t put_names(struct services_writer *w, uint8_t transport, unsigned set)
{
	struct port_lines *l = &w->lines;
	struct buf *line = &w->line;
	size_t at = 0, count = 1;
	bool any = false;
	const struct port_entry *entry = next_entry(l, transport, &at);
	buf_clear(line);
	buf_put(line, entry->record->name);
	note_name(w, set, entry);
	pad_to(line, COLUMN_PORT);
	buf_put_num(line, l->port);
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!(set & 1U << t))
			continue;
		buf_putc(line, '/');
		buf_put(line, transport_name(t));
	}
	for (; (entry = next_entry(l, transport, &at)); count++) {
		struct portroll_str name = entry->record->name;
		if (is_repeated(l, transport, count, name)) {
			note_name(w, set, entry);
			continue;
		}
		size_t column = any || line->len >= COLUMN_ALIASES ? line->len + 1 : COLUMN_ALIASES;
		if (column + name.len > SERVICE_LINE_MAX)
			break;
		pad_to(line, column);
		buf_put(line, name);
		note_name(w, set, entry);
		any = true;
	}
	return count;
}

static struct portroll_str put_comment(struct services_writer *w, const struct record *r)
{
	struct portroll_str comment = port_lines_comment(&w->comment, r);
	size_t column = w->line.len < COLUMN_ALIASES ? COLUMN_ALIASES : w->line.len + 1;
	if (comment.len == 0 || column + 3 > SERVICE_LINE_MAX)
		return STR("");
	comment = port_lines_cut(comment, SERVICE_LINE_MAX - column - 2);
	pad_to(&w->line, column);
	buf_puts(&w->line, "# ");
	buf_put(&w->line, comment);
	return comment;
}

static void mark(struct services_writer *w, uint8_t transport, size_t written,
		 struct portroll_str comment)
{
	size_t at = 0, index = 0;
	for (struct port_entry *entry; (entry = next_entry(&w->lines, transport, &at)); index++) {
		size_t before = index < written ? index : written;
		if (is_repeated(&w->lines, transport, before, entry->record->name))
			entry->marks |= ENTRY_REPEATED;
		else if (index >= written)
			entry->marks |= ENTRY_LEFT_OUT;
		else
			port_entry_write(entry, comment);
	}
}

static void put_line(struct services_writer *w, uint8_t transport, unsigned set)
{
	size_t at = 0;
	size_t written = put_names(w, transport, set);
	const struct port_entry *first = next_entry(&w->lines, transport, &at);
	struct portroll_str comment = put_comment(w, first->record);
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++)
		if (set & 1U << t)
			mark(w, t, written, comment);
	buf_put(&w->text, buf_str(&w->line));
	buf_putc(&w->text, '\n');
	w->line_count++;
}

static void put_port(struct services_writer *w, bool merge)
{
	unsigned done = 0;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		size_t at = 0;
		unsigned set = 1U << t;
		if (done & set || !next_entry(&w->lines, t, &at))
			continue;
		for (uint8_t other = t + 1; merge && other <= TRANSPORT_COUNT; other++)
			if (same_names(&w->lines, t, other))
				set |= 1U << other;
		put_line(w, t, set);
		done |= set;
	}
}

static int put_ports(struct services_writer *w, bool merge, struct loss *loss)
{
	while (port_lines_next(&w->lines) && !w->text.failed) {
		size_t from = w->text.len;
		service_order_port(&w->order, w->lines.port, from);
		service_bars_mark(&w->lines);
		put_port(w, merge);
		if (w->line.failed || w->comment.failed)
			return PORTROLL_ENOMEM;
	}
	if (w->text.failed)
		return PORTROLL_ENOMEM;
	return service_order_put(w->out, &w->order, buf_str(&w->text), loss);
}

static int tally_names(struct service_tally *ret, struct services_writer *w)
{
	ret->lines += w->line_count;
	ret->several += w->order.several;
	return service_tally_names(ret, &w->lines);
}

/* What goes behind the heading, which is there already. */
struct services_task {
	struct buf *out;
	const struct registry *const *registries;
	size_t count;
	const struct write_options *options;
	bool repeats;                /* ports may stand there twice */
	struct service_tally *tally; /* may be NULL, as the loss */
	struct loss *loss;
};

static void write_lines(const struct services_task *t)
{
	struct services_writer w = {
		.out = t->out,
		.order = {.repeats = t->repeats},
		.line = BUF_INIT(SIZE_MAX),
		.comment = BUF_INIT(SIZE_MAX),
		.text = BUF_INIT(SIZE_MAX),
	};
	int r = port_lines_init(&w.lines, t->registries, t->count, t->options, name_can_stand);
	if (r == PORTROLL_OK)
		r = service_bars_find(&w.lines);
	if (r == PORTROLL_OK)
		r = put_ports(&w, t->options->merge_transports, t->loss);
	if (r == PORTROLL_OK)
		port_lines_count_loss(&w.lines, t->loss, "has a name that services(5) cannot hold",
				      NULL);
	if (r == PORTROLL_OK && t->tally)
		r = tally_names(t->tally, &w);
	if (r < 0 && !t->out->failed)
		t->out->failed = r;
	buf_done(&w.line);
	buf_done(&w.comment);
	buf_done(&w.text);
	service_order_done(&w.order);
	port_lines_done(&w.lines);
}

void services_write(struct buf *out, const struct registry *reg, const struct write_options *o,
		    struct loss *loss)
{
	port_lines_put_heading(out, reg, o);
	const struct services_task task = {
		.out = out, .registries = &reg, .count = 1, .options = o, .loss = loss};
	write_lines(&task);
}

void services_write_roll(struct buf *out, const struct roll *roll, const char *first_line,
			 struct service_tally *tally, struct loss *loss)
{
	const struct write_options o = {.expand_ranges = true};
	const struct registry *registries[ROLL_SOURCE_MAX];
	const struct services_task task = {.out = out,
					   .registries = registries,
					   .count = roll->source_count,
					   .options = &o,
					   .repeats = true,
					   .tally = tally,
					   .loss = loss};
	for (size_t i = 0; i < roll->source_count; i++)
		registries[i] = roll->sources[i].registry;
	buf_puts(out, first_line);
	buf_putc(out, '\n');
	port_lines_put_sources(out, roll);
	write_lines(&task);
}
