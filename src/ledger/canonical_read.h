/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Reads canonical JSON (canonical.h): jansson reads it, the writer writes it again, and what is not
 * the same byte for byte is refused.
 */

#include "base/error.h"

#include <jansson.h>

/* Reads one object, to be given back with json_decref(). PORTROLL_ELIMIT: above ENTRY_SIZE_MAX
 * (bundle.h); PORTROLL_ESYNTAX: not JSON, not in the subset, or not its only form; the error says
 * where and what to write instead. */
PORTROLL_MUST_CHECK int canonical_read(json_t **ret, struct portroll_str text,
				       struct portroll_error *err);
