/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * How often a port was found open, as nmap-services states it for a (port, transport): a number
 * like 0.484143 or a fraction like 5/1000, which a record keeps as it stands in an extra. Here it
 * counts in millionths, as finely as nmap's file has it.
 */

#include "base/buf.h"
#include "registry/record.h"

#define EXTRA_FREQUENCY "frequency"
#define FREQUENCY_MAX   1000000U /* always */

/* In millionths, rounded. Above 1 it is FREQUENCY_MAX; what is no such number is 0. */
uint32_t frequency_parse(struct portroll_str text);

/* False when the record states none. */
bool record_frequency(uint32_t *ret, const struct record *r);

/* "48.4143 %" */
void frequency_put(struct buf *out, uint32_t millionths);
