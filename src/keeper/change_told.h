/* SPDX-License-Identifier: MIT */
#pragma once

/* What a change of a registry that is not made yet would mean. */

#include "keeper/keeper.h"
#include "registry/registry.h"

/* A line for each thing, below the one that is there already. */
PORTROLL_MUST_CHECK int change_told_put(struct keeper *k, const struct registry *before,
					const struct registry *after);

/* Members "counts" and "tellings" of an object. */
struct json;
PORTROLL_MUST_CHECK int change_told_put_json(struct json *j, struct keeper *k,
					     const struct registry *before,
					     const struct registry *after);
