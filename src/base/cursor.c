/* SPDX-License-Identifier: MIT */
#include "base/cursor.h"

#include "base/str.h"

struct cursor cursor_init(struct portroll_str bytes)
{
	const unsigned char *at = (const unsigned char *)bytes.ptr;
	return (struct cursor){.at = at, .end = at + bytes.len};
}

size_t cursor_left(const struct cursor *c)
{
	return c->failed ? 0 : (size_t)(c->end - c->at);
}

uint8_t cursor_u8(struct cursor *c)
{
	if (cursor_left(c) == 0) {
		c->failed = true;
		return 0;
	}
	return *c->at++;
}

uint32_t cursor_varint(struct cursor *c)
{
	uint64_t value = 0;
	for (unsigned shift = 0; shift < 35; shift += 7) {
		uint8_t byte = cursor_u8(c);
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte & 0x80)
			continue;
		if (value > UINT32_MAX || (byte == 0 && shift > 0))
			break;
		return (uint32_t)value;
	}
	c->failed = true;
	return 0;
}

struct portroll_str cursor_bytes(struct cursor *c, size_t count)
{
	if (cursor_left(c) < count) {
		c->failed = true;
		return STR("");
	}
	struct portroll_str bytes = {(const char *)c->at, count};
	c->at += count;
	return bytes;
}
