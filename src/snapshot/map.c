/* SPDX-License-Identifier: MIT */
#include "snapshot/map.h"

#include "base/macros.h"

/* clang-format off */
const char *const map_kind_names[MAP_KIND_COUNT] = {
	[MAP_ASSIGNED] = "Assigned", [MAP_RESERVED] = "Reserved", [MAP_UNASSIGNED] = "Unassigned",
	[MAP_DYNAMIC] = "Dynamic",   [MAP_UNKNOWN] = "not listed",
};
/* clang-format on */

static enum map_kind kind_of_state(uint8_t state)
{
	static const uint8_t kinds[] = {
		[PORTROLL_UNKNOWN] = MAP_UNKNOWN,   [PORTROLL_ASSIGNED] = MAP_ASSIGNED,
		[PORTROLL_RESERVED] = MAP_RESERVED, [PORTROLL_UNASSIGNED] = MAP_UNASSIGNED,
		[PORTROLL_DYNAMIC] = MAP_DYNAMIC,
	};
	return state < ARRAY_LEN(kinds) ? kinds[state] : MAP_UNKNOWN;
}

enum map_kind map_kind_of(const struct portroll_snapshot *s, uint16_t port, uint8_t transport)
{
	if (transport != PORTROLL_ANY)
		return kind_of_state(snapshot_answer(s, port, transport).state);
	enum map_kind kind = MAP_UNKNOWN;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		enum map_kind own = kind_of_state(snapshot_answer(s, port, t).state);
		if (own < kind)
			kind = own;
	}
	return kind;
}
