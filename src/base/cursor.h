/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Reading binary bytes that are not trusted. Failure sticks: read freely, test `failed` once at
 * the end; a failed cursor gives zeros.
 */

#include "portroll.h"

struct cursor {
	const unsigned char *at, *end;
	bool failed;
};

struct cursor cursor_init(struct portroll_str bytes);

/* What is left. */
size_t cursor_left(const struct cursor *c);

uint8_t cursor_u8(struct cursor *c);

/* Seven bits a byte, the lowest first, the high bit on all bytes but the last; at most 32 bits, in
 * the fewest bytes. */
uint32_t cursor_varint(struct cursor *c);

/* The next bytes, a view; the empty view on failure. */
struct portroll_str cursor_bytes(struct cursor *c, size_t count);
