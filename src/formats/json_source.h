/* SPDX-License-Identifier: MIT */
#pragma once

/* The one JSON shape of a source of the roll, wherever it appears: lookup, lists, the sources, API.
 * doc/JSON.md has it whole. */

#include "base/json.h"
#include "registry/roll.h"

/* One object. With its registry the source tells how many records and people it has. */
void json_put_source(struct json *j, const struct source *source);

/* The member "sources", an array of them. */
void json_put_sources(struct json *j, const struct source *sources, size_t count);
