/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Bundles of entries (c2sp.org/tlog-tiles): each entry as its length in two bytes, big-endian, and
 * its bytes.
 */

#include "base/buf.h"
#include "base/cursor.h"

#define ENTRY_SIZE_MAX 65535

/* PORTROLL_ELIMIT, and nothing written, for an entry above ENTRY_SIZE_MAX. */
PORTROLL_MUST_CHECK int bundle_put(struct buf *out, struct portroll_str entry);

/* Takes the next entry off the bytes of a bundle, a view; false at their end, and when they end
 * within an entry (c->failed then). */
bool bundle_next(struct portroll_str *ret, struct cursor *c);
