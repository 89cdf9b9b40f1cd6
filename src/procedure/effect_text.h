/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/buf.h"

#define EFFECT_TEXT_MAX ((size_t)64 << 20) /* bytes; texts are made of what was read */

/* What was written, which lives in the arena from now on. What failed sticks there. */
static inline struct portroll_str text_keep(struct buf *b, struct arena *a)
{
	if (b->failed)
		a->failed = true;
	return buf_keep(b, a);
}
