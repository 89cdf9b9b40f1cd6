/* SPDX-License-Identifier: MIT */
#pragma once

/* What an approved request does to the registry, exactly as RFC 6335 and IANA's practice have it.
 * Pure: a registry in, another out, which shares what is not altered and borrows from the request.
 */

#include "procedure/rule.h"

struct effect {
	const struct registry *registry; /* as it is now */
	const struct port_index *index;
	const struct request *request;
	const struct evidence *evidence;
	const struct policy *policy;
	struct range granted; /* the port, where a range or a pool was asked; with has_granted */
	bool has_granted;
	struct date today;      /* of Modification Dates */
	struct date registered; /* Registration Date: today, or as told; IANA's may be earlier */
	struct portroll_str case_id; /* */
};

struct effect_result {
	struct registry *registry;
	const char *kind; /* of the changeset: assign, deassign, rename ... */
	struct portroll_str
		summary; /* one line: assigns foo 9986/tcp; reserves 9986/udp; splits 9982-9986 */
};

/* PORTROLL_ECONFLICT with the record that is in the way: what the request is about is not there any
 * more, or is taken; PORTROLL_ERULE: what was granted does not fit the request. */
PORTROLL_MUST_CHECK int effect_apply(struct effect_result *ret, const struct effect *e,
				     struct arena *a, struct portroll_error *err);

/* What it would do if it were decided now: where a range or a pool is asked for, with the port that
 * was granted, else the next free one. PORTROLL_ENOMEM, else why nothing can be done, as
 * effect_apply() and policy_next_free() say it. */
PORTROLL_MUST_CHECK int effect_try(struct effect_result *ret, const struct request_check *s,
				   struct arena *a, struct portroll_error *err);

/* The records of the assignment that a request is about: name, with port and transports where it
 * says them. Writes at most `max` indexes, returns how many there are. */
size_t effect_subject(const struct registry *reg, const struct request *q, uint32_t *ret_indexes,
		      size_t max);

/* Is the record one of those that a request was given? By its ports and transports, whatever its
 * name is now; by its name where no port was given. */
bool effect_gave(const struct effect *e, const struct record *r);

/* An expired lease or early allocation, of what effect_gave() finds: gone as de-assigned, or marked
 * deprecated. PORTROLL_ECONFLICT: the record is gone, or is another assignment, which has not
 * ended. */
PORTROLL_MUST_CHECK int effect_expire(struct effect_result *ret, const struct effect *e,
				      bool deprecate, struct arena *a, struct portroll_error *err);
