/* SPDX-License-Identifier: MIT */
#pragma once

/* list --common N: the ports and transports that are found open most often. */

#include "cli/filter.h"

struct common {
	const struct reader *reader;
	const struct filter *filter; /* range, transport and state are those of the port */
	size_t source;               /* whose records count, or SOURCE_ANY */
	size_t limit;
};

/* Writes them, most often first, each with the first record in order of precedence that has a name
 * and meets the other conditions. Returns the exit code; says what went wrong. */
int common_put(const struct common *common);
