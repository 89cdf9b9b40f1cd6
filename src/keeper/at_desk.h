/* SPDX-License-Identifier: MIT */
#pragma once

/* Who runs the program, at the desk of a registry: its papers, its accounts, and the registry as it
 * is. */

#include "desk/desk.h"
#include "keeper/acting.h"
#include "keeper/keeper.h"
#include "keeper/state_at.h"
#include "keeper/world.h"

struct at_desk {
	struct keeper *k;
	struct ledger_options options; /* of the roll */
	const struct store_ops *ops;
	struct store *store;
	bool is_borrowed; /* the store is another's to close */
	struct desk desk;
	struct account_list accounts;
	struct acting me;
	struct state_at present;
	struct world *world;      /* that was asked for last */
	const struct hold *holds; /* of all open requests, with has_holds */
	size_t hold_count;
	bool has_holds; /* until a case is put down */
};

/* Opens the store of the roll that is read, without its lock: papers are changed by who knows their
 * version. PORTROLL_EINVAL: there is no ledger; PORTROLL_ESYSTEM says what one who may not write
 * there can do. */
PORTROLL_MUST_CHECK int at_desk_open(struct at_desk *ret, struct keeper *k);

/* The same of a ledger that is open, of the roll that the options name. */
PORTROLL_MUST_CHECK int at_desk_borrow(struct at_desk *ret, struct keeper *k,
				       const struct ledger_options *roll, struct ledger *kept);
void at_desk_close(struct at_desk *d);

/* Reads the registry as it is, d->present, if that was not done. */
PORTROLL_MUST_CHECK int at_desk_look(struct at_desk *d);

/* What a request of that source is tested against: the registry of a roll (NULL: the present one)
 * and what its open requests before that number hold. All is in the arena of the keeper.
 * Without a store that is by RFC 6335 and without holds. */
PORTROLL_MUST_CHECK int at_desk_world(struct rule_world *ret, struct at_desk *d,
				      const struct roll *roll, struct portroll_str source,
				      uint64_t number);

/* Puts into the world what open requests of that source hold, of those that arrived before one, but
 * one. */
PORTROLL_MUST_CHECK int at_desk_holds(struct rule_world *world, struct at_desk *d,
				      struct portroll_str source, uint64_t before, uint64_t but);

/* Who acts, with respect to a case. */
struct actor at_desk_actor(const struct at_desk *d, const struct request_case *c,
			   const struct rule_world *world);

/* The number of the case that an operand names, R-42. */
PORTROLL_MUST_CHECK int request_number(uint64_t *ret, struct keeper *k, const char *operand);
