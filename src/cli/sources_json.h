/* SPDX-License-Identifier: MIT */
#pragma once

/* The member "sources" of JSON answers: where they come from and of which date. */

#include "base/json.h"
#include "cli/reader.h"

void sources_put_json(struct json *j, const struct reader *r);
