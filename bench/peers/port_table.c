/* SPDX-License-Identifier: MIT */
#include "port_table.h"

uint32_t port_table_find(const struct port_table *table, uint16_t port, uint32_t transport)
{
	return table->number[transport - 1][port];
}
