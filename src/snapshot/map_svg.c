/* SPDX-License-Identifier: MIT */
#include "snapshot/map.h"

#define SIDE       256 /* ports in a row, and rows */
#define LEGEND_TOP 262
#define LEGEND_GAP 50
#define HEIGHT     "276"

/* Class names in the picture; told apart by lightness as well as by hue. */
static const char *const classes[MAP_KIND_COUNT] = {
	[MAP_ASSIGNED] = "a", [MAP_RESERVED] = "r", [MAP_UNASSIGNED] = "u",
	[MAP_DYNAMIC] = "d",  [MAP_UNKNOWN] = "n",
};

static const char style[] =
	"<style>\n"
	"svg{background:#fff;color:#222;font:6px sans-serif}text{fill:currentColor}\n"
	".a{fill:#0b5c8a}.r{fill:#e09f2d}.u{fill:#cfe5d6}.d{fill:#dcdce4}.n{fill:#f4f4f4}\n"
	"@media(prefers-color-scheme:dark){svg{background:#14171a;color:#ddd}\n"
	".a{fill:#5ab4e6}.r{fill:#b57412}.u{fill:#1f3a2b}.d{fill:#2b2b35}.n{fill:#1d2023}}\n"
	"</style>\n";

/* Each run of one kind in a row is a rectangle of the kind's path. */
static void put_path(struct buf *out, const uint8_t *kinds, enum map_kind kind)
{
	buf_printf(out, "<path class=\"%s\" d=\"", classes[kind]);
	for (size_t port = 0, end; port < PORT_COUNT; port = end) {
		end = port + 1;
		while (end % SIDE != 0 && kinds[end] == kinds[port])
			end++;
		if (kinds[port] != kind)
			continue;
		buf_putc(out, 'M');
		buf_put_num(out, port % SIDE);
		buf_putc(out, ' ');
		buf_put_num(out, port / SIDE);
		buf_putc(out, 'h');
		buf_put_num(out, end - port);
		buf_puts(out, "v1h-");
		buf_put_num(out, end - port);
		buf_putc(out, 'z');
	}
	buf_puts(out, "\"/>\n");
}

static void put_legend(struct buf *out, const size_t *counts)
{
	unsigned x = 2;
	for (size_t kind = 0; kind < MAP_KIND_COUNT; kind++) {
		if (counts[kind] == 0)
			continue;
		buf_printf(out, "<rect class=\"%s\" x=\"%u\" y=\"%d\" width=\"6\" height=\"6\"/>",
			   classes[kind], x, LEGEND_TOP);
		buf_printf(out, "<text x=\"%u\" y=\"%d\">%s</text>\n", x + 8, LEGEND_TOP + 5,
			   map_kind_names[kind]);
		x += LEGEND_GAP;
	}
}

static void put_words(struct buf *out, uint8_t transport, const size_t *counts)
{
	buf_printf(out, "<title>The 65,536 ports%s%s</title>\n<desc>",
		   transport == PORTROLL_ANY ? "" : " of ",
		   transport <= TRANSPORT_COUNT ? transports[transport].title : "");
	buf_puts(out, "256 rows of 256 ports, port 0 at the top left, coloured by state.");
	for (size_t kind = 0; kind < MAP_KIND_COUNT; kind++)
		if (counts[kind])
			buf_printf(out, " %s: %zu ports.", map_kind_names[kind], counts[kind]);
	buf_puts(out, " The System Ports are the first four rows, the Dynamic Ports the last 64."
		      "</desc>\n");
}

void map_put_svg(struct buf *out, const struct portroll_snapshot *s, uint8_t transport)
{
	uint8_t kinds[PORT_COUNT];
	size_t counts[MAP_KIND_COUNT] = {0};
	for (size_t port = 0; port < PORT_COUNT; port++) {
		kinds[port] = (uint8_t)map_kind_of(s, (uint16_t)port, transport);
		counts[kinds[port]]++;
	}
	buf_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
		      "viewBox=\"0 0 256 " HEIGHT "\" width=\"768\" height=\"828\" "
		      "shape-rendering=\"crispEdges\">\n");
	put_words(out, transport, counts);
	buf_puts(out, style);
	for (size_t kind = 0; kind < MAP_KIND_COUNT; kind++)
		if (counts[kind])
			put_path(out, kinds, (enum map_kind)kind);
	put_legend(out, counts);
	buf_puts(out, "</svg>\n");
}
