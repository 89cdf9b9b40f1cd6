/* SPDX-License-Identifier: MIT */
#pragma once

/* The pieces that the lines of tellings are made of. */

#include "registry/tell.h"

enum tell_side {
	TELL_OLD,
	TELL_NEW
};

/* The records of a role as they were or are: the first few things, and how many more. */
void tell_put_records(struct buf *out, const struct telling *t, enum telling_role role,
		      enum tell_side side);

/* The same without their names: "9982-9985, 9987". */
void tell_put_ports(struct buf *out, const struct telling *t, enum telling_role role,
		    enum tell_side side);

/* The ids of people, without brackets; "none". */
void tell_put_ids(struct buf *out, struct xref_list list);

/* Text in one line, cut where it is long. */
void tell_put_short(struct buf *out, struct portroll_str text);

/* What else changed in the subjects, after the mark; nothing when nothing did. */
void tell_put_fields(struct buf *out, const struct telling *t, const char *mark);

/* Who is no expert any more and who is a new one. */
void tell_put_experts(struct buf *out, struct portroll_str old, struct portroll_str new);
