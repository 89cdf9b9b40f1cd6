/* SPDX-License-Identifier: MIT */
#pragma once

#include "snapshot/access.h"

/* Checks the places of the search index. The postings need no check: a number that no document has
 * ends its list. */
bool check_search(const struct portroll_snapshot *s);
