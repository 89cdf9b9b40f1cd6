/* SPDX-License-Identifier: MIT */
#pragma once

/* Compares the store of a roll with what its ledger has published. */

#include "keeper/ledger_place.h"
#include "keeper/report.h"

/* Adds the line "store", nothing where the place is no roll; writes nothing. That the store cannot
 * be read at all is an error only where it is in the folder and nobody keeps this user from it.
 * *ret_people: it has erased exactly the people whose contents are not published. */
PORTROLL_MUST_CHECK int verify_store(bool *ret_people, struct report *report,
				     const struct ledger_place *place, struct published *p,
				     struct keeper *k);
