/* SPDX-License-Identifier: MIT */
#pragma once

/* The guard that no reader need repeat; with base/place.h, to say where something stands. */

#include "base/error.h"
#include "base/place.h"
#include "base/str.h"

/* Valid UTF-8 and no control characters but LF, tab, and CR before LF: PORTROLL_ESYNTAX names the
 * first other byte and its place. */
PORTROLL_MUST_CHECK int characters_check(struct portroll_str input, struct portroll_error *err);
