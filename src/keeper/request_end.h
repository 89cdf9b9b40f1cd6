/* SPDX-License-Identifier: MIT */
#pragma once

/* The end of what was assigned until a day: a lease is taken out of the registry, an early
 * allocation is marked as deprecated and taken out later (RFC 7120 section 3.3). */

#include "keeper/request_commit.h"

/* Does EVENT_DEPRECATE or EVENT_DEALLOCATE to a case, and to the registry what it says. By the
 * clock where `is_due`, else by who acts. */
PORTROLL_MUST_CHECK int request_end(struct keeper *k, uint64_t number,
				    const struct case_event *event, bool is_due);
