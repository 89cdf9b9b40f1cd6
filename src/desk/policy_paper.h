/* SPDX-License-Identifier: MIT */
#pragma once

#include "desk/desk.h"

/* The paper of a source's policy as it is, its body in the arena of the desk; version 0 and an
 * empty body where there is none. */
PORTROLL_MUST_CHECK int policy_paper_find(struct stored_paper *ret, const struct desk *d,
					  struct portroll_str source, struct portroll_error *err);
