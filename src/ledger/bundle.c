/* SPDX-License-Identifier: MIT */
#include "ledger/bundle.h"

int bundle_put(struct buf *out, struct portroll_str entry)
{
	if (entry.len > ENTRY_SIZE_MAX)
		return PORTROLL_ELIMIT;
	buf_putc(out, (char)(entry.len >> 8));
	buf_putc(out, (char)(entry.len & 0xff));
	buf_put(out, entry);
	return PORTROLL_OK;
}

bool bundle_next(struct portroll_str *ret, struct cursor *c)
{
	if (cursor_left(c) == 0)
		return false;
	size_t high = cursor_u8(c), low = cursor_u8(c);
	struct portroll_str entry = cursor_bytes(c, high << 8 | low);
	if (!c->failed)
		*ret = entry;
	return !c->failed;
}
