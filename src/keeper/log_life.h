/* SPDX-License-Identifier: MIT */
#pragma once

/* The life of one thing: what the ledger tells of a port, a service or a person, oldest first. */

#include "keeper/log_filter.h"
#include "keeper/log_history.h"
#include "registry/tell_thing.h"

/* Reads PORT, RANGE, either with /TRANSPORT, NAME or ID. The views point into the word. An error
 * for a transport that is none. */
PORTROLL_MUST_CHECK int log_thing_parse(struct tell_thing *ret, struct portroll_str *ret_name,
					struct portroll_str word, struct portroll_error *err);

/* Tells it. 1: there is something to tell; 0: nothing. */
PORTROLL_MUST_CHECK int log_life(struct keeper *k, struct log_history *h, struct portroll_str word,
				 const struct log_filter *filter);
