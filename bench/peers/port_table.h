/* SPDX-License-Identifier: MIT */
#pragma once

#include <stdint.h>

/* The least that a lookup can be: a number for each port of each transport. */
struct port_table {
	uint16_t number[4][65536];
};

/* The same behind a call into a shared object; transports count from 1. */
__attribute__((visibility("default"))) uint32_t port_table_find(const struct port_table *table,
								uint16_t port, uint32_t transport);
