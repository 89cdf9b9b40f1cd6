/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A name that a source gives to ports of a transport is not given to others by the sources below
 * it: a reader that keeps the last line with a name would find those.
 */

#include "formats/port_lines.h"

/* Sets `barred` of all entries. PORTROLL_ENOMEM, or 0. */
PORTROLL_MUST_CHECK int service_bars_find(struct port_lines *l);

/* Marks those at the port whose name has no line there as ENTRY_ELSEWHERE. */
void service_bars_mark(struct port_lines *l);
