/* SPDX-License-Identifier: MIT */
#pragma once

/* People come with their first use and go with their last (data.md section 6). */

#include "procedure/effect_edit.h"

/* Those who may be told new data of: the persons of the assignment that is changed. */
struct known_people {
	struct xref_list contacts, assignee;
};

/* A list of one reference to the person that the party names: one that is there, by id, or by name
 * and mail; a person of `known` (may be NULL) of that name, whose data become those of the party;
 * or a new one, under the id that was chosen. An empty party gives an empty list.
 * PORTROLL_ECONFLICT: no person has that id and none can be made of it, or it is somebody else's
 * with other data. */
PORTROLL_MUST_CHECK int people_refer(struct xref_list *ret, struct editing *ed,
				     const struct party *party, const struct known_people *known);

/* The same for all contacts of the request, in order. */
PORTROLL_MUST_CHECK int people_refer_contacts(struct xref_list *ret, struct editing *ed,
					      const struct known_people *known);

/* Takes those from the list to whom nothing refers any more and something did before. */
void people_let_go(struct editing *ed);

/* The id of a new person, made of the name as IANA makes them: blanks as _, a leading _ before a
 * digit, _2 and so on where it is taken (data.md section 8). */
struct portroll_str people_new_id(struct editing *ed, struct portroll_str name);
