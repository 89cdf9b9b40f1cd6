/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/arena.h"

/* The id of a person of that name, as IANA makes them, where no one else has it: a name of XML
 * (NCName), blanks as _, a leading _ before a digit, no full stop after Inc. or an initial, other
 * signs left out (data.md section 8). "_" where nothing is left of the name. */
struct portroll_str id_of_name(struct arena *a, struct portroll_str name);

/* Can it be the id of a person, in this form? */
bool id_is_well_formed(struct portroll_str id);
