/* SPDX-License-Identifier: MIT */
#pragma once

/* Makes the snapshot of a moment from the entries of the ledger. */

#include "keeper/timeline.h"

/* Writes the snapshot of what the timeline selected to `out`. Begins with the best state that is
 * kept in the roll's folder, which is trusted as the snapshot is. */
PORTROLL_MUST_CHECK int replay(struct buf *out, const char *folder, struct published *p,
			       const struct timeline *t, struct portroll_error *err);
