/* SPDX-License-Identifier: MIT */
#include "nss/enumeration.h"

#include <assert.h>
#include <stdatomic.h>

#include "nss/held.h"
#include "nss/look.h"

/*
 * One number says all: which slot the walk has a hold on (plus 1; 0: it has not begun), how many
 * lines it may have passed, and a turn that tells one walk from the next one.
 */
#define PLACE_BITS 19
#define SLOT_BITS  4
#define PLACE_END  (4U * 65536U)
#define TURN       (1U << (PLACE_BITS + SLOT_BITS))

static_assert(PLACE_END < 1U << PLACE_BITS, "every place and the end have a number");
static_assert(HELD_SLOTS < 1U << SLOT_BITS, "every slot and none have a number");

static atomic_uint walk;

static unsigned place_of(unsigned state)
{
	return state & ((1U << PLACE_BITS) - 1);
}

static unsigned slot_number_of(unsigned state)
{
	return state >> PLACE_BITS & ((1U << SLOT_BITS) - 1);
}

static unsigned next_turn(unsigned state)
{
	return (state & ~(TURN - 1)) + TURN;
}

void enumeration_end(void)
{
	unsigned state = atomic_load(&walk);
	while (slot_number_of(state)) {
		if (!atomic_compare_exchange_weak(&walk, &state, next_turn(state)))
			continue;
		held_give(slot_number_of(state) - 1);
		return;
	}
}

/* Begins a walk where there is none; somebody else may have been faster. */
static bool begin(unsigned state)
{
	look_if_due();
	unsigned slot = held_take();
	if (slot == HELD_SLOTS)
		return false;
	unsigned begun = next_turn(state) | (slot + 1) << PLACE_BITS;
	if (!atomic_compare_exchange_strong(&walk, &state, begun))
		held_give(slot);
	return true;
}

bool enumeration_start(void)
{
	enumeration_end();
	unsigned state = atomic_load(&walk);
	return slot_number_of(state) || begin(state);
}

static enum nss_status put_next(struct servent *ret, struct line_room room,
				const struct portroll_snapshot *s, unsigned *place)
{
	for (; *place < PLACE_END; (*place)++) {
		struct line_place line = {(uint16_t)(*place / 4),
					  (uint8_t)(PORTROLL_TCP + *place % 4)};
		enum nss_status status = line_put(ret, room, s, line);
		if (status == NSS_STATUS_NOTFOUND)
			continue;
		if (status == NSS_STATUS_SUCCESS)
			(*place)++;
		return status;
	}
	return NSS_STATUS_NOTFOUND;
}

/* True when the walk was as `state` says until the line was taken. */
static bool take_line(enum nss_status *ret_status, struct servent *ret, struct line_room room,
		      unsigned state)
{
	unsigned slot = slot_number_of(state) - 1, place = place_of(state);
	bool taken = false;
	held_pin(slot);
	if (atomic_load(&walk) == state) {
		*ret_status = put_next(ret, room, held_snapshot(slot), &place);
		unsigned after = state - place_of(state) + place;
		taken = atomic_compare_exchange_strong(&walk, &state, after);
	}
	held_give(slot);
	return taken;
}

enum nss_status enumeration_next(struct servent *ret, struct line_room room)
{
	for (;;) {
		enum nss_status status;
		unsigned state = atomic_load(&walk);
		if (slot_number_of(state)) {
			if (take_line(&status, ret, room, state))
				return status;
		} else if (!begin(state)) {
			return NSS_STATUS_UNAVAIL;
		}
	}
}
