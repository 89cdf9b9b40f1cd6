/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The order of the ports in a services file: by number, but a port that a name has in a source of
 * higher precedence stands before the others that have it, so that whoever reads from the top finds
 * the lowest port of the first source. Such ports can stand once more at the end, for whoever keeps
 * the last line with a name.
 */

#include "formats/format.h"

struct service_name {
	const struct record *record;
	uint32_t port; /* index into ports */
	uint16_t source;
	uint8_t transport;
};

struct service_port {
	uint32_t number;
	size_t from;         /* where its lines begin in the text */
	uint32_t edges_from; /* of the ports that must stand before it */
	uint32_t edges_next; /* not looked at yet */
	bool is_begun;       /* in order, or waits for those before it */
	bool is_again;       /* stands at the end once more */
};

/* Zeroed: empty. A failure sticks in the arena. */
struct service_order {
	struct arena arena;
	struct service_name *names;
	size_t name_count, name_capacity;
	struct service_port *ports;
	size_t port_count, port_capacity;
	bool repeats;   /* ports may stand there twice */
	size_t several; /* names for which some readers find another port, when they are counted */
};

/* The port whose names come now; its lines begin there in the text. By rising numbers. */
void service_order_port(struct service_order *o, uint32_t number, size_t from);

/* A name of the record in a line of that port. */
void service_order_name(struct service_order *o, const struct record *r, uint8_t transport,
			uint16_t source);

/* Writes the text in order; a name for which some readers find another port is counted.
 * PORTROLL_ENOMEM, or 0. */
PORTROLL_MUST_CHECK int service_order_put(struct buf *out, struct service_order *o,
					  struct portroll_str text, struct loss *loss);

void service_order_done(struct service_order *o);
