/* SPDX-License-Identifier: MIT */
#pragma once

#include "procedure/effect_edit.h"

/* Takes the ports off the row at the index: what is left of it stands in its place and, above the
 * ports, where its order wants it. A note or an unauthorized use that names ports of the row stays
 * with the part that has them. Returns whether something is left in its place. */
bool cut_row(struct editing *ed, size_t index, struct range ports);
