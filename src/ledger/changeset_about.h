/* SPDX-License-Identifier: MIT */
#pragma once

/* What a changeset says of itself, to and from JSON: all members of an entry but the operations,
 * which stand between the two halves. */

#include "ledger/canonical.h"
#include "ledger/changeset.h"

#include <jansson.h>

/* The members before the operations, as an object; and those behind them. They say whatever the
 * part is to say. */
void changeset_put_head(struct buf *out, const struct changeset *about);
void changeset_put_tail(struct buf *out, const struct changeset *about);

/* The version, before anything else is looked at. PORTROLL_EVERSION, PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int changeset_check_version(json_t *entry, struct portroll_error *err);

/* Takes all members but the operations; those are given, NULL where there are none. */
PORTROLL_MUST_CHECK int changeset_take(struct changeset *ret, json_t **ret_operations,
				       json_t *entry, struct arena *a, struct portroll_error *err);
