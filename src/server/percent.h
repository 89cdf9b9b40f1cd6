/* SPDX-License-Identifier: MIT */
#pragma once

/* Percent-encoding (RFC 3986 section 2.1), strict: what does not decode to clean text is refused.
 */

#include "base/arena.h"
#include "base/buf.h"

/* Decodes into the arena, or returns the text itself where there is nothing to decode. With
 * `is_form`, `+` is a blank, as forms write it. PORTROLL_ESYNTAX for a bad escape, a control
 * character (a tab is one, but in forms counts as a blank) or what is not UTF-8. */
PORTROLL_MUST_CHECK int percent_decode(struct portroll_str *ret, struct portroll_str text,
				       bool is_form, struct arena *a);

/* Writes the text so that it may stand as one segment of a path or one value of a query, also
 * inside an HTML attribute: all but RFC 3986's unreserved characters are escaped. */
void percent_put(struct buf *out, struct portroll_str text);
