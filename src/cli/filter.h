/* SPDX-License-Identifier: MIT */
#pragma once

/* The conditions of `list`: a record passes when all that were given hold. */

#include "base/date.h"
#include "cli/reader.h"
#include "registry/range.h"

struct filter {
	bool has_range, has_since, has_before;
	struct range range;
	struct date since, before;
	uint8_t transport;            /* PORTROLL_ANY: every record */
	uint8_t state;                /* PORTROLL_UNKNOWN: every record */
	struct portroll_str assignee; /* [ID]; empty: every record */
	bool has_reference;
	struct id_array referring; /* with has_reference: the records that do, ascending */
};

/* Reads the options. PORTROLL_EINVAL with the option and what was expected. */
PORTROLL_MUST_CHECK int filter_init(struct filter *ret, const struct reader *r,
				    struct portroll_error *err);

bool filter_passes(const struct filter *f, const struct reader *r, uint32_t id);
