/* SPDX-License-Identifier: MIT */
#pragma once

/* What changes that requests made say of them. */

#include "ledger/changeset.h"

/* Stands in a reason before the account that was acted for, at its end. */
#define LOG_AS ", as "

/* The kinds of changes, from 0; false: no more. The texts are static. */
bool log_kind(struct portroll_str *ret, size_t index);

/* R-42; false for anything else. */
bool log_request_parse(uint64_t *ret, struct portroll_str word);

bool log_is_of_request(const struct changeset *about, uint64_t number);

/* Was it made for a request by somebody who acted for that account? */
bool log_is_for(const struct changeset *about, struct portroll_str account);
