/* SPDX-License-Identifier: MIT */
#pragma once

/* The part of what is told that is about one thing: a port, a service, a person. */

#include "registry/tell.h"

struct tell_thing {
	bool has_port; /* then ports, else names */
	struct range port;
	uint8_t transport;                /* PORTROLL_ANY: all */
	const struct portroll_str *names; /* of services, and ids of people: all are meant */
	size_t name_count;
};

/* Is the record one of the port or the service? */
bool tell_thing_is_record(const struct tell_thing *thing, const struct record *r);
bool tell_thing_is_person(const struct tell_thing *thing, const struct person *p);

/* Does the record name the person, as assignee, contact or in its texts? */
bool tell_thing_is_named(const struct tell_thing *thing, const struct record *r);

/* Leaves of the telling what is about the thing, and sets *ret_is_about: false where nothing is,
 * *ret is then untouched. What was only moved or written otherwise is about nothing. PORTROLL_OK or
 * PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int tell_narrow(struct telling *ret, bool *ret_is_about,
				    const struct telling *t, const struct tell_thing *thing,
				    struct arena *a);
