/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Base64 as RFC 4648 section 4 has it: padded, no line ends, and strict, as section 3.5 allows:
 * bits that carry nothing are zero, so that bytes have one text only.
 */

#include "base/buf.h"

void base64_put(struct buf *out, const void *bytes, size_t len);

/* How many bytes the text stands for; SIZE_MAX when it is not base64. */
size_t base64_size(struct portroll_str text);

/* The first `len` bytes of a text that base64_size() found to have that many or more. */
void base64_take(void *ret, size_t len, struct portroll_str text);

/* Exactly `len` bytes; false, and nothing in ret, when the text is anything else. */
bool base64_read(void *ret, size_t len, struct portroll_str text);
