/* SPDX-License-Identifier: MIT */
#include "formats/service_claims.h"
#include "keeper/local_part.h"

#include <stdlib.h>

/* A file of others: our part goes in between its lines, is found there again, and its lines claim
 * what they claim however they look. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char names[] = "# heading\n"
			    "http            80/tcp      www www-http # World Wide Web HTTP\n"
			    "a               1/udp       b c d\n"
			    "domain          53/tcp\n";

static void filter(struct buf *out, const struct local_part *part)
{
	struct service_claims claims = {0};
	struct service_filtered counts;
	if (service_claims_add(&claims, part->before) < 0 ||
	    service_claims_add(&claims, part->after) < 0 || service_claims_sort(&claims) < 0)
		abort();
	service_claims_filter(out, &counts, &claims, str_from(names));
	if (out->failed || counts.kept + counts.ports > 3 || counts.names > 8)
		abort();
	service_claims_done(&claims);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct portroll_str input = {(const char *)bytes, size};
	struct portroll_error err = {0};
	struct local_part part, again;
	if (local_part_find(&part, input, &err) < 0) {
		if (err.line == 0)
			abort();
		return 0;
	}
	CLEANUP(buf_done) struct buf ours = BUF_INIT(4096), file = BUF_INIT(SIZE_MAX);
	filter(&ours, &part);
	local_part_put(&file, &part, buf_str(&ours));
	if (local_part_find(&again, buf_str(&file), NULL) < 0 || !again.has_part ||
	    !again.is_as_written || !str_equal(again.ours, buf_str(&ours)) ||
	    !str_equal(again.after, part.after) || !str_starts(again.before, part.before) ||
	    again.before.len > part.before.len + 1)
		abort();
	return 0;
}
