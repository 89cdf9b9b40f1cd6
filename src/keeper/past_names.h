/* SPDX-License-Identifier: MIT */
#pragma once

/* Names that a source had once and has no more, as its changes in the ledger tell: what is
 * published has no trace of them (RFC 7605 section 7.9). */

#include "ledger/published.h"
#include "registry/roll.h"

struct past_names {
	const struct portroll_str *items; /* sorted, ASCII case ignored, each once */
	size_t count;
};

/* Of the names that replaced and removed records of the source had, those that no record has now;
 * in the arena. */
PORTROLL_MUST_CHECK int past_names_read(struct past_names *ret, struct published *p,
					const struct source *source, struct arena *a,
					struct portroll_error *err);
