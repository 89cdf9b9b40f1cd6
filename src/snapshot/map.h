/* SPDX-License-Identifier: MIT */
#pragma once

/* The 65,536 ports as a picture: one kind for each port, by its state. */

#include "snapshot/snapshot.h"

/* What a port is as a whole: the first of these that holds on one of its transports. */
enum map_kind {
	MAP_ASSIGNED,
	MAP_RESERVED,
	MAP_UNASSIGNED,
	MAP_DYNAMIC,
	MAP_UNKNOWN,
	MAP_KIND_COUNT
};

extern const char *const map_kind_names[MAP_KIND_COUNT]; /* Assigned ... */

/* The kind of a port on one transport; PORTROLL_ANY: on all four together. */
enum map_kind map_kind_of(const struct portroll_snapshot *s, uint16_t port, uint8_t transport);

/* Draws 256 rows of 256 ports, port 0 at the top left, with legend, title and description, as one
 * SVG document that needs nothing else. Light and dark by the reader's preference. */
void map_put_svg(struct buf *out, const struct portroll_snapshot *s, uint8_t transport);
