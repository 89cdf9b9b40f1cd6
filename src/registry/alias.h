/* SPDX-License-Identifier: MIT */
#pragma once

/* What the notes of IANA's records say of names that stand for another. */

#include "registry/record.h"

/* enum portroll_record_flags of the record; *ret_of (if given) becomes the name that its note
 * names, a view into the note: This entry is an alias to "NEW" (RFC 6335 section 10.1), or This is
 * a duplicate of the "http" service. */
uint8_t alias_flags(const struct record *r, struct portroll_str *ret_of);

/* The name that its description says it replaces, a view into it, or the empty view: IANA assigned
 * this well-formed service name as a replacement for "OLD" (RFC 6335 section 10.1). */
struct portroll_str alias_replaces(const struct record *r);
