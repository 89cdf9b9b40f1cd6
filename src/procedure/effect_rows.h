/* SPDX-License-Identifier: MIT */
#pragma once

/* The rows of ports: what is not Assigned gives way, is cut, held back, or released, so that tcp
 * and udp tile as before (rfc-rules 1.4, 5.1). */

#include "procedure/effect_edit.h"

struct taking {
	struct range ports;
	transport_set transports; /* each gets a copy of the record */
	const struct record *record;
	const uint32_t *codes; /* of DCCP: a record each */
	size_t code_count;
	bool is_shared; /* what is Assigned there stays beside it */
};

/* Puts the record on the ports. Rows that cover them on these transports give way; the others of
 * tcp and udp become Reserved. PORTROLL_ECONFLICT with the record that has one of them. */
PORTROLL_MUST_CHECK int rows_take(struct editing *ed, const struct taking *t);

/* Makes the row at the index Reserved with that note, or takes it away where another one holds the
 * port on that transport. */
void rows_hold(struct editing *ed, size_t index, struct richtext note);

/* Holds ports back that are free, as a record of it: PORTROLL_ECONFLICT where they are not. */
PORTROLL_MUST_CHECK int rows_reserve(struct editing *ed, const struct taking *t);

/* The same of a record that is de-assigned. In a registry with pools a port is released as a whole:
 * its rows have the note when its last transport is, and none when it is given again. */
void rows_release(struct editing *ed, size_t index, struct richtext note);

/* Does a name that is not `except` (an index) hold the port on that transport? */
bool rows_other_name(const struct registry *reg, size_t except, const struct record *r);
