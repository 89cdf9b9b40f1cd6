/* SPDX-License-Identifier: MIT */
#pragma once

/* The changes that are asked for. */

#include "keeper/keeper.h"
#include "ledger/fold.h"
#include "registry/tell.h"

struct log_filter {
	struct date since, before; /* effective dates; none: all */
	struct portroll_str author, kind, source;
	uint64_t request; /* whose changes; 0: any */
};

/* From the options. PORTROLL_EINVAL for a date or a kind that is none. */
PORTROLL_MUST_CHECK int log_filter_read(struct log_filter *ret, struct keeper *k);

bool log_filter_passes(const struct log_filter *filter, const struct changeset *about);

/* What a change means, in the arena; nothing for one that no registry is altered by. */
PORTROLL_MUST_CHECK int log_tell(struct telling_list *ret, const struct fold_event *event,
				 struct arena *a);
