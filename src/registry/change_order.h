/* SPDX-License-Identifier: MIT */
#pragma once

/* Which of the paired items have to be moved. */

#include "registry/pairing.h"

/* Sets ret_stays[j] for the items of the new list that are paired and need not be moved: as many as
 * can be that are in the same order in both lists. PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int change_order(bool *ret_stays, const struct pairing *p);
