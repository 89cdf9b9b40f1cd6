/* SPDX-License-Identifier: MIT */
#pragma once

/* Lists of records in the forms that all verbs share: a table, --json, --ndjson, --tsv. */

#include "cli/reader.h"

struct record_ids {
	const uint32_t *ids;
	size_t count;
};

/* Writes them all, or the first `limit`: rows of the table, in which transports share one, or
 * records in the other forms; a message tells when there are more. JSON is {"schema", "sources",
 * "records"}, and `person` (UINT32_MAX: none) before the records. PORTROLL_ENOMEM, or
 * PORTROLL_ECORRUPT for a damaged record. */
PORTROLL_MUST_CHECK int records_put(const struct reader *r, const char *schema, uint32_t person,
				    struct record_ids ids, size_t limit);

/* The most that --count or --common allows; SIZE_MAX without. PORTROLL_EINVAL when it is no number.
 */
PORTROLL_MUST_CHECK int records_limit(size_t *ret, const struct reader *r,
				      struct portroll_error *err);
