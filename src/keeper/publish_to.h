/* SPDX-License-Identifier: MIT */
#pragma once

/* publish --to FILE: our names below the lines of a file that others keep, and out again. */

#include "keeper/keeper.h"

/* Puts the names (of a services file) into the file that --to names. An exit code, or an error in
 * k->err. */
PORTROLL_MUST_CHECK int publish_to(struct keeper *k, struct portroll_str names);

/* Takes them out again. */
PORTROLL_MUST_CHECK int publish_undo(struct keeper *k);
