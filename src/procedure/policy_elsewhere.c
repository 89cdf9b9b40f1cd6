/* SPDX-License-Identifier: MIT */
#include "procedure/policy_parts.h"

#include "base/str.h"
#include "registry/state.h"

bool source_has_pools(const struct source *source)
{
	return source->kind == SOURCE_MANAGED &&
	       str_equal(source->registry->header.id, source->name);
}

uint8_t source_port_state(const struct source *source, const struct port_index *index,
			  uint16_t port, uint8_t transport)
{
	if (source->coverage == COVERAGE_NAMES)
		return PORTROLL_UNKNOWN;
	struct port_state state = port_state_of(index, port, transport);
	bool has_pools = source_has_pools(source);
	if (!state.explicit_row && (has_pools || source->coverage != COVERAGE_COMPLETE))
		return PORTROLL_UNKNOWN;
	if (has_pools && state.state == PORTROLL_UNASSIGNED)
		return PORTROLL_RESERVED;
	return state.state;
}
