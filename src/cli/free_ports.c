/* SPDX-License-Identifier: MIT */
#include "cli/free_ports.h"

#include <stdlib.h>

/* Assigned before Reserved before the rest. */
static bool weighs_more(struct answer a, struct answer b)
{
	return a.state != PORTROLL_UNKNOWN && (b.state == PORTROLL_UNKNOWN || a.state < b.state);
}

static bool is_free(const struct free_ports *f, const struct reader *r, uint16_t port,
		    uint8_t *ret_reason)
{
	struct answer weightiest = {.state = PORTROLL_UNASSIGNED};
	bool is_known = true;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!(f->transports & 1U << t))
			continue;
		struct answer answer = snapshot_answer(r->snapshot, port, t);
		is_known = is_known && answer.state != PORTROLL_UNKNOWN;
		if (weighs_more(answer, weightiest) || answer.state == PORTROLL_DYNAMIC)
			weightiest = answer;
	}
	*ret_reason = is_known ? weightiest.reason : PORTROLL_REASON_NOT_LISTED;
	return is_known && weightiest.state == PORTROLL_UNASSIGNED;
}

int free_ports_find(struct free_ports *f, const struct reader *r)
{
	size_t most = (size_t)f->range.last - f->range.first + 1;
	f->ports = arena_array(r->arena, most, sizeof(*f->ports));
	if (!f->ports)
		return PORTROLL_ENOMEM;
	for (uint32_t port = f->range.first; port <= f->range.last; port++) {
		uint8_t reason;
		if (is_free(f, r, (uint16_t)port, &reason))
			f->ports[f->count++] = (uint16_t)port;
		else if (reason < PORTROLL_REASON_COUNT)
			f->others[reason]++;
	}
	return PORTROLL_OK;
}

bool free_ports_next_name(struct portroll_record *ret, struct name_walk_of_port *walk,
			  const struct free_ports *f, const struct reader *r, uint16_t port)
{
	for (; walk->transport <= TRANSPORT_COUNT; walk->transport++, walk->at = 0) {
		if (!(f->transports & 1U << walk->transport))
			continue;
		struct block b = {.has_port = true};
		b.answer = snapshot_answer(r->snapshot, port, walk->transport);
		while (block_next(r, &b, SOURCE_ANY, &walk->at, ret))
			if (ret->name.len)
				return true;
	}
	return false;
}

static uint32_t distance(uint16_t a, uint16_t b)
{
	return a > b ? (uint32_t)a - b : (uint32_t)b - a;
}

static int compare_near(const void *a, const void *b, void *context)
{
	const uint16_t *x = a, *y = b, *port = context;
	uint32_t from_x = distance(*x, *port), from_y = distance(*y, *port);
	if (from_x != from_y)
		return from_x < from_y ? -1 : 1;
	return (*x > *y) - (*x < *y);
}

void free_ports_near(struct free_ports *f, uint16_t port)
{
	qsort_r(f->ports, f->count, sizeof(*f->ports), compare_near, &port);
}
