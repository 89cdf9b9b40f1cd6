/* SPDX-License-Identifier: MIT */
#pragma once

/* The services file beside the snapshot: the names of the whole roll, for those who read no roll.
 */

#include "base/arena.h"
#include "formats/service_tally.h"

#define SERVICES_FILE_NAME "services"
#define SERVICES_FILE_MAX  ((size_t)256 << 20) /* bytes */

/* Writes the names of the roll, counted in `tally` and `loss`. Failures stick in out->failed. */
void services_file_put(struct buf *out, const struct roll *roll, struct service_tally *tally,
		       struct loss *loss);

/* Makes the file at `path` hold the text: 1 when it was written, 0 when it did already.
 * PORTROLL_EINVAL when there is a file that portroll publish did not write. */
PORTROLL_MUST_CHECK int services_file_write(const char *path, struct portroll_str text,
					    struct portroll_error *err);

/* The text that is there; empty when there is none. PORTROLL_EINVAL as above. */
PORTROLL_MUST_CHECK int services_file_read(struct portroll_str *ret, const char *path,
					   struct arena *a, struct portroll_error *err);

/* Renews the file where portroll publish has made one. */
PORTROLL_MUST_CHECK int services_file_renew(const char *path, const struct roll *roll,
					    struct portroll_error *err);
