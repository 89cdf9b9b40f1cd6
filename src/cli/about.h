/* SPDX-License-Identifier: MIT */
#pragma once

/* The parts of `about`, a function each. */

#include "cli/reader.h"

/* A heading in the colour of headings, with an empty line before all but the first. */
void about_heading(const struct reader *r, const char *text);

void about_put_ranges(const struct reader *r);
/* PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int about_put_experts(const struct reader *r, const struct registry *reg);
void about_put_notes(const struct reader *r, const struct registry *reg);
void about_put_request(const struct reader *r, const struct registry *reg);
/* PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int about_put_counts(const struct reader *r);
void about_put_copies(const struct reader *r);
