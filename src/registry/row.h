/* SPDX-License-Identifier: MIT */
#pragma once

#include "registry/record.h"

/* What one record says of the ports it covers. */
enum row_kind {
	ROW_ASSIGNED,
	ROW_RESERVED_RELEASED, /* de-assigned, removed, given back */
	ROW_RESERVED_HELD,
	ROW_UNASSIGNED,
};

/* By name and description, as IANA's rows are worded. *ret_odd (if given) tells that a nameless
 * description is none of the known ones: counted as held. */
enum row_kind row_kind_of(const struct record *r, bool *ret_odd);
