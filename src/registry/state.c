/* SPDX-License-Identifier: MIT */
#include "registry/state.h"

#include "base/macros.h"

#define USER_PORT_LAST 49151

/* RFC 6335 section 6: numbers held back so that the ranges can be extended. */
static bool is_edge(uint16_t port)
{
	return port == 0 || port == 1023 || port == 1024 || port == USER_PORT_LAST;
}

/* What the records that cover a port say of it: sets of enum row_kind, as bits. */
struct cover {
	unsigned own, any, other;
};

#define KIND(kind)    (1U << (kind))
#define KIND_ASSIGNED KIND(ROW_ASSIGNED)
#define KIND_RESERVED (KIND(ROW_RESERVED_RELEASED) | KIND(ROW_RESERVED_HELD))

static struct cover cover_of(const struct port_index *index, uint16_t port, uint8_t transport)
{
	struct cover cover = {0};
	for (uint32_t i = index->starts[port]; i < index->starts[port + 1]; i++) {
		uint32_t record = index->entries[i];
		unsigned kind = KIND(index->kinds[record]);
		if (index->transports[record] == transport)
			cover.own |= kind;
		else if (index->transports[record] == PORTROLL_ANY)
			cover.any |= kind;
		else
			cover.other |= kind;
	}
	return cover;
}

/* The kinds of Reserved, first match. `rows` are those that say Reserved, if any. */
static uint8_t reserved_reason(uint16_t port, unsigned rows, unsigned other)
{
	if (is_edge(port))
		return PORTROLL_REASON_EDGE;
	if (rows & KIND(ROW_RESERVED_RELEASED))
		return PORTROLL_REASON_RELEASED;
	return other & KIND_ASSIGNED ? PORTROLL_REASON_COMPANION : PORTROLL_REASON_HELD;
}

static struct port_state decided(uint8_t rule, uint8_t state, uint8_t reason)
{
	return (struct port_state){.state = state, .reason = reason, .rule = rule};
}

static struct port_state decide(uint16_t port, struct cover cover)
{
	if (port > USER_PORT_LAST)
		return decided(1, PORTROLL_DYNAMIC, PORTROLL_REASON_DYNAMIC);
	if (cover.own & KIND_ASSIGNED)
		return decided(2, PORTROLL_ASSIGNED, PORTROLL_REASON_RECORD);
	if (cover.own & KIND_RESERVED)
		return decided(2, PORTROLL_RESERVED, reserved_reason(port, cover.own, cover.other));
	if (cover.own)
		return decided(2, PORTROLL_UNASSIGNED, PORTROLL_REASON_FREE);
	if (is_edge(port))
		return decided(3, PORTROLL_RESERVED, PORTROLL_REASON_EDGE);
	if (cover.other & KIND_ASSIGNED)
		return decided(4, PORTROLL_RESERVED, PORTROLL_REASON_COMPANION);
	if (cover.any & KIND_ASSIGNED)
		return decided(5, PORTROLL_ASSIGNED, PORTROLL_REASON_ANY_TRANSPORT);
	if ((cover.other & KIND_RESERVED) && !(cover.other & KIND(ROW_UNASSIGNED)))
		return decided(6, PORTROLL_RESERVED,
			       reserved_reason(port, cover.other, cover.other));
	if (cover.any & KIND_RESERVED)
		return decided(7, PORTROLL_RESERVED, reserved_reason(port, cover.any, cover.other));
	if (cover.any)
		return decided(7, PORTROLL_UNASSIGNED, PORTROLL_REASON_FREE);
	return decided(8, PORTROLL_UNASSIGNED, PORTROLL_REASON_NO_RECORD);
}

struct port_state port_state_of(const struct port_index *index, uint16_t port, uint8_t transport)
{
	struct cover cover = cover_of(index, port, transport);
	struct port_state answer = decide(port, cover);
	answer.explicit_row = cover.own || cover.any;
	return answer;
}

static const char *const state_names[] = {
	[PORTROLL_UNKNOWN] = "Unknown",   [PORTROLL_ASSIGNED] = "Assigned",
	[PORTROLL_RESERVED] = "Reserved", [PORTROLL_UNASSIGNED] = "Unassigned",
	[PORTROLL_DYNAMIC] = "Dynamic",
};

const char *portroll_state_name(uint32_t state)
{
	return state < ARRAY_LEN(state_names) ? state_names[state] : "";
}

/* clang-format off */
static const struct reason_words reasons[PORTROLL_REASON_COUNT] = {
	[PORTROLL_REASON_NOT_LISTED]    = {"not-listed", "no complete copy of a registry says anything of it", "RFC 6335 section 6"},
	[PORTROLL_REASON_RECORD]        = {"record", "a record of this transport assigns it", "RFC 6335 section 6"},
	[PORTROLL_REASON_ANY_TRANSPORT] = {"any-transport", "a record that states no transport assigns it", "RFC 6335 section 6"},
	[PORTROLL_REASON_EDGE]          = {"edge", "at the border of a range, held back to extend it", "RFC 6335 section 6"},
	[PORTROLL_REASON_RELEASED]      = {"released", "was assigned once, then removed or given back", "RFC 6335 section 8.2"},
	[PORTROLL_REASON_COMPANION]     = {"companion", "assigned on another transport, held for its assignee", "RFC 6335 section 8.1"},
	[PORTROLL_REASON_HELD]          = {"held", "held by the registry", "RFC 6335 section 6"},
	[PORTROLL_REASON_FREE]          = {"free", "a record says it is unassigned", "RFC 6335 section 6"},
	[PORTROLL_REASON_NO_RECORD]     = {"no-record", "no record covers it", "RFC 6335 section 6"},
	[PORTROLL_REASON_DYNAMIC]       = {"dynamic", "49152 to 65535 are never assigned", "RFC 6335 section 8.1.2"},
};
/* clang-format on */

const struct reason_words *reason_words_of(uint8_t reason)
{
	return &reasons[reason < PORTROLL_REASON_COUNT ? reason : PORTROLL_REASON_NOT_LISTED];
}

const char *portroll_reason_text(uint32_t reason)
{
	return reason < PORTROLL_REASON_COUNT ? reasons[reason].sentence : "";
}
