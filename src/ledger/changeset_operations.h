/* SPDX-License-Identifier: MIT */
#pragma once

/* The operations of a proposal as JSON, one behind the other with commas between. */

#include "base/buf.h"
#include "ledger/changeset.h"

struct operations_text {
	struct buf bytes; /* to be given back with buf_done() */
	size_t *ends;     /* of each; the next begins behind the comma there */
	size_t count;
};

/* Errors as changeset_write(). */
PORTROLL_MUST_CHECK int operations_put(struct operations_text *out, const struct proposal *proposal,
				       struct arena *a, struct portroll_error *err);
