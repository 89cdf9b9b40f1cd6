/* SPDX-License-Identifier: MIT */
#pragma once

/* What each kind of request does, a file each; effect.c has the table. */

#include "procedure/effect_record.h"

typedef int effect_fn(struct editing *ed);

effect_fn effect_assign, effect_transport, effect_name, effect_modify, effect_rename,
	effect_deassign, effect_reuse, effect_succession, effect_early, effect_renew,
	effect_permanent, effect_reserve;

/* The record on all ports and transports; without ports, as names. */
PORTROLL_MUST_CHECK int assign_record(struct editing *ed, const struct record *r,
				      const struct port_list *ports, bool is_shared);

/* With the note of a lease, where the request or the pool of the ports has one. */
PORTROLL_MUST_CHECK int lease_record(struct record *r, struct editing *ed,
				     const struct port_list *ports);

/* These records are de-assigned. The names go on without port, but `kept_by` (may
 * be empty), which another record is about to have, and all where `is_name_released`. */
PORTROLL_MUST_CHECK int deassign_records(struct editing *ed, const struct record_list *list,
					 struct portroll_str kept_by, bool is_name_released);

/* The index of a record that is still there as it was; SIZE_MAX: it is not. */
size_t index_of_record(const struct registry *reg, const struct record *r);

/* An early allocation that has ended is told so and stays, or goes as de-assigned (RFC 7120 section
 * 3.3). */
effect_fn effect_deprecate, effect_end;

/* Records that the request was given (effect_gave()) and whose day has passed. PORTROLL_ECONFLICT
 * where there are none: what is there has no end, or it is still to come. */
PORTROLL_MUST_CHECK int ended_records(struct record_set *ret, struct editing *ed);
