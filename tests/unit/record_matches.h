/* SPDX-License-Identifier: MIT */
#pragma once

/* IANA's search by its definition, to compare with. */

#include "registry/fields.h"

/* Is `text` a part of any searched cell, ASCII case ignored? `scratch` is used. */
static inline bool record_matches(const struct record *r, struct portroll_str text,
				  struct buf *scratch)
{
	for (enum field_id i = 0; i < FIELD_COUNT; i++) {
		if (!fields[i].searched)
			continue;
		buf_clear(scratch);
		field_put(scratch, i, r);
		if (str_find_fold(buf_str(scratch), text) != SIZE_MAX)
			return true;
	}
	return false;
}
