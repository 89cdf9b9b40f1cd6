/* SPDX-License-Identifier: MIT */
#pragma once

/* The answers of a range of ports as a table: runs of equal states are one row. */

#include "cli/block.h"
#include "cli/key.h"

/* Writes the table; *ret_is_found: is there any service? PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int range_table_put(bool *ret_is_found, const struct reader *r,
					const struct key *key, size_t source);
