/* SPDX-License-Identifier: MIT */
#include "cli/reader.h"

#include "base/macros.h"
#include "base/utf8.h"
#include "cli/words.h"
#include "snapshot/map.h"
#include "terminal/fold.h"

/*
 * With colour a character is two squares, the upper half block in one colour on the other, each of
 * 16 ports. Without, it is a braille pattern of eight dots, each of 4 ports.
 */
#define COLUMNS        64
#define COLUMNS_NARROW 32
#define HALF_PORTS     16
#define DOT_PORTS      4
#define LABEL_WIDTH    6
#define BRAILLE        0x2800U
#define UPPER_HALF     "\xe2\x96\x80"

struct picture {
	const struct reader *reader;
	size_t columns;
	uint8_t kinds[PORT_COUNT];
};

/* The kind that most of the ports have; of equals the first. */
static size_t main_kind(const struct picture *p, size_t first, size_t count)
{
	size_t counts[MAP_KIND_COUNT] = {0}, best = 0;
	for (size_t port = first; port < first + count; port++)
		counts[p->kinds[port]]++;
	for (size_t kind = 1; kind < MAP_KIND_COUNT; kind++)
		if (counts[kind] > counts[best])
			best = kind;
	return best;
}

static void put_label(struct buf *out, size_t port)
{
	size_t from = out->len;
	buf_put_num(out, port);
	buf_fill(out, ' ', LABEL_WIDTH - (out->len - from));
}

/* Of the 256 colours: blue, orange, green, grey, dark grey. */
static const char *const foregrounds[MAP_KIND_COUNT] = {
	[MAP_ASSIGNED] = "38;5;32", [MAP_RESERVED] = "38;5;172", [MAP_UNASSIGNED] = "38;5;151",
	[MAP_DYNAMIC] = "38;5;250", [MAP_UNKNOWN] = "38;5;240",
};
static const char *const backgrounds[MAP_KIND_COUNT] = {
	[MAP_ASSIGNED] = "48;5;32", [MAP_RESERVED] = "48;5;172", [MAP_UNASSIGNED] = "48;5;151",
	[MAP_DYNAMIC] = "48;5;250", [MAP_UNKNOWN] = "48;5;240",
};

static void put_half_blocks(struct picture *p)
{
	struct buf *out = &p->reader->out->buf;
	size_t row_ports = p->columns * HALF_PORTS;
	for (size_t row = 0; row < PORT_COUNT; row += 2 * row_ports) {
		size_t upper_before = MAP_KIND_COUNT, lower_before = MAP_KIND_COUNT;
		put_label(out, row);
		for (size_t column = 0; column < p->columns; column++) {
			size_t first = row + column * HALF_PORTS;
			size_t upper = main_kind(p, first, HALF_PORTS);
			size_t lower = main_kind(p, first + row_ports, HALF_PORTS);
			if (upper != upper_before || lower != lower_before)
				buf_printf(out, "\033[%s;%sm", foregrounds[upper],
					   backgrounds[lower]);
			buf_puts(out, UPPER_HALF);
			upper_before = upper;
			lower_before = lower;
		}
		buf_puts(out, "\033[0m\n");
	}
}

/* The dots of a pattern from the left: rows 1 to 3, then row 4 (Unicode, Braille Patterns). */
static uint32_t dot(size_t row, size_t column)
{
	static const uint8_t bits[4][2] = {{0, 3}, {1, 4}, {2, 5}, {6, 7}};
	return 1U << bits[row][column];
}

static void put_braille(struct picture *p)
{
	struct buf *out = &p->reader->out->buf;
	size_t row_ports = p->columns * 2 * DOT_PORTS;
	for (size_t top = 0; top < PORT_COUNT; top += 4 * row_ports) {
		put_label(out, top);
		for (size_t column = 0; column < p->columns; column++) {
			uint32_t pattern = BRAILLE;
			for (size_t i = 0; i < 8; i++) {
				size_t first =
					top + i / 2 * row_ports + (column * 2 + i % 2) * DOT_PORTS;
				if (main_kind(p, first, DOT_PORTS) == MAP_ASSIGNED)
					pattern |= dot(i / 2, i % 2);
			}
			char bytes[4];
			buf_put(out, (struct portroll_str){bytes, utf8_encode(bytes, pattern)});
		}
		buf_putc(out, '\n');
	}
}

/* The kinds with their counts, as many on a line as fit. */
static void put_counts(const struct picture *p)
{
	enum {
		SWATCH = 3,
		GAP = 2
	};
	struct out *o = p->reader->out;
	CLEANUP(buf_done) struct buf text = BUF_INIT(256);
	size_t counts[MAP_KIND_COUNT] = {0}, column = 0;
	for (size_t port = 0; port < PORT_COUNT; port++)
		counts[p->kinds[port]]++;
	for (size_t kind = 0; kind < MAP_KIND_COUNT; kind++) {
		if (counts[kind] == 0)
			continue;
		buf_clear(&text);
		buf_puts(&text, map_kind_names[kind]);
		buf_putc(&text, ' ');
		buf_put_grouped(&text, counts[kind]);
		size_t width = text.len + (o->colour ? SWATCH : 0);
		bool fits = o->width == 0 || column + GAP + width <= o->width;
		if (column > 0)
			buf_puts(&o->buf, fits ? "  " : "\n");
		column = (column > 0 && fits ? column + GAP : 0) + width;
		if (o->colour)
			buf_printf(&o->buf, "\033[%sm  \033[0m ", backgrounds[kind]);
		buf_put(&o->buf, buf_str(&text));
	}
	buf_putc(&o->buf, '\n');
}

static void put_legend(const struct picture *p)
{
	struct out *o = p->reader->out;
	buf_putc(&o->buf, '\n');
	put_counts(p);
	out_folded(o,
		   o->colour ? STR("a square is 16 ports, in the colour of most of them; a row "
				   "begins with the port at its left")
			     : STR("a dot is 4 ports, set where most are Assigned; a row begins "
				   "with the port at its left"),
		   (struct fold){.indent = 2});
}

static void put_heading(const struct picture *p, uint8_t transport)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64U << 10);
	buf_puts(&text, "The 65,536 ports");
	if (transport != PORTROLL_ANY) {
		buf_puts(&text, " of ");
		buf_puts(&text, transports[transport].title);
	}
	for (size_t i = 0; i < p->reader->source_count; i++) {
		buf_puts(&text, i == 0 ? " in " : ", ");
		put_source(&text, p->reader, i, COPY_NONE);
	}
	out_folded(p->reader->out, buf_str(&text), (struct fold){.indent = 2});
	buf_putc(&p->reader->out->buf, '\n');
}

int cmd_map(struct reader *r)
{
	struct portroll_error err = {0};
	uint8_t transport;
	if (reader_transport(&transport, r, &err) < 0)
		return reader_fail(r, &err);
	if (r->args->values[OPTION_SVG]) {
		map_put_svg(&r->out->buf, r->snapshot, transport);
		return EXIT_YES;
	}
	bool is_narrow = r->out->width > 0 && r->out->width < LABEL_WIDTH + COLUMNS;
	struct picture p = {.reader = r, .columns = is_narrow ? COLUMNS_NARROW : COLUMNS};
	for (size_t port = 0; port < PORT_COUNT; port++)
		p.kinds[port] = (uint8_t)map_kind_of(r->snapshot, (uint16_t)port, transport);
	put_heading(&p, transport);
	if (r->out->colour)
		put_half_blocks(&p);
	else
		put_braille(&p);
	put_legend(&p);
	return EXIT_YES;
}
