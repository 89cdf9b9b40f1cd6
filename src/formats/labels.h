/* SPDX-License-Identifier: MIT */
#pragma once

/* References as the labels in a cell of IANA's CSV or page: [A][B]. */

#include "formats/list.h"
#include "registry/registry.h"

/* Takes the label at the start of *rest, brackets included, off it; *ret is what stands between
 * them. False when there is none. */
bool label_cut(struct portroll_str *rest, struct portroll_str *ret);

/* Reads a cell of labels to the end: persons, or documents by the rules of xref_from_label().
 * PORTROLL_ESYNTAX when the cell holds anything else, PORTROLL_ENOMEM. `xrefs` is used. */
PORTROLL_MUST_CHECK int labels_parse(struct xref_list *ret, struct portroll_str cell, bool persons,
				     struct list *xrefs);

/* Adds, for forms that list neither, the people and footnotes that the records refer to: by id and
 * anchor alone. */
PORTROLL_MUST_CHECK int labels_add_missing(struct registry *reg);
