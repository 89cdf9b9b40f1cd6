/* SPDX-License-Identifier: MIT */
#pragma once

/* The record that a request asks for, and what it says anew of one that is there. */

#include "procedure/effect_edit.h"

/* Name, texts, references, persons and dates of a new assignment, with or without a port; port and
 * transport are left. */
PORTROLL_MUST_CHECK int record_of_request(struct record *ret, struct editing *ed, bool has_port);

/* The same of a further transport or port of one that is there: what the request leaves out is as
 * it is in `model`. */
PORTROLL_MUST_CHECK int record_of_model(struct record *ret, struct editing *ed,
					const struct record *model, bool has_port);

/* The references of the request that the registry shows. */
struct xref_list record_references(struct editing *ed);

/* What the request says of a record that is there: description, contacts, references, notes,
 * unauthorized uses; of a succession also the assignee. The Modification Date where it is another
 * then. */
PORTROLL_MUST_CHECK int record_take_news(struct record *r, struct editing *ed, bool with_assignee);

/* PORTROLL_ERULE: the name is none that may be given; PORTROLL_ECONFLICT: a record has it, but
 * those of `allowed` (may be empty). */
PORTROLL_MUST_CHECK int record_check_name(struct editing *ed, struct portroll_str name,
					  struct portroll_str allowed);

/* The ports that are asked for, as they were granted, and whether they may be: PORTROLL_ERULE for
 * Dynamic Ports, ranges over two classes, and what was granted besides the request. */
struct port_list {
	struct range ports[REQUEST_PORT_MAX];
	size_t count;
};
PORTROLL_MUST_CHECK int record_ports(struct port_list *ret, struct editing *ed);

/* The ports and the record of a request for a name that nothing has: codes as those two. */
PORTROLL_MUST_CHECK int record_of_new(struct record *ret, struct port_list *ret_ports,
				      struct editing *ed);
