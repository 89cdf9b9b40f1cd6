/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * RFC 6335 sections 7.2 and 8.1: a port that is assigned for one transport is Reserved for the
 * others. IANA writes such rows for TCP and UDP only; for who wants all of them to be there.
 */

#include "registry/registry.h"

/* The registry with a row for each (port, transport) that is Reserved so and has none, behind the
 * records of its port. It shares all memory with `reg`. PORTROLL_OK, PORTROLL_ENOMEM,
 * PORTROLL_ELIMIT (port_index_build). */
PORTROLL_MUST_CHECK int registry_with_reserved_rows(struct registry **ret,
						    const struct registry *reg, struct arena *a);
