/* SPDX-License-Identifier: MIT */
#pragma once

/* Files that come into the roll together, as one change: read, compared, merged, committed, told.
 */

#include "keeper/held_roll.h"
#include "keeper/input.h"
#include "registry/diff.h"
#include "terminal/progress.h"

struct import {
	struct keeper *k; /* its operands are the files */
	struct held_roll *held;
	bool is_history; /* what is altered much is not refused; what goes back in time is */
	struct roll *roll;
	struct input *inputs; /* one for each operand */
	struct diff_counts *changes;
	struct progress progress;
	struct buf scratch;
	struct portroll_str source;
	struct date dated;
	struct date *before; /* for each operand that is no part: the source's date until then */
};

/* `held` may be open already; import_files() opens it when the files were read. */
struct import import_begin(struct keeper *k, struct held_roll *held);

/* All of them or none. The reason of a failure is in the keeper. */
PORTROLL_MUST_CHECK int import_files(struct import *i);

/* The first of what import_files() does, for those who look at the files before: the options, and
 * room for the files; one of them; the source that all that were read are of. */
PORTROLL_MUST_CHECK int import_prepare(struct import *i);
PORTROLL_MUST_CHECK int import_read(struct import *i, size_t at);
PORTROLL_MUST_CHECK int import_choose_source(struct import *i);

/* What was read, what changed with it, and what managed sources of the roll have, too. */
PORTROLL_MUST_CHECK int import_tell(struct import *i);

void import_done(struct import *i);
