/* SPDX-License-Identifier: MIT */
#include "ledger/canonical_read.h"

#include <stdlib.h>

#include "base/str.h"
#include "ledger/bundle.h"

/* What is read as canonical JSON is what jansson writes of it, sorted and without blanks; within
 * the subset the two agree. What is refused says why and, but for its size, where. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static char again[ENTRY_SIZE_MAX];
	struct portroll_str input = {(const char *)bytes, size};
	struct portroll_error err = {0};
	json_t *value = NULL;
	int r = canonical_read(&value, input, &err);
	if (r < 0) {
		if (value || err.code != r || r != (err.line ? PORTROLL_ESYNTAX : PORTROLL_ELIMIT))
			abort();
		return 0;
	}
	size_t len = json_dumpb(value, again, sizeof(again), JSON_COMPACT | JSON_SORT_KEYS);
	if (err.code || size > ENTRY_SIZE_MAX ||
	    !str_equal(input, (struct portroll_str){again, len}))
		abort();
	json_decref(value);
	return 0;
}
