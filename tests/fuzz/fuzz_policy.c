/* SPDX-License-Identifier: MIT */
#include "procedure/policy.h"

#include <stdlib.h>

#include "base/str.h"

/* What is read as a policy is written in its one form, which is read as the same; what is refused
 * says why and, but for its size, where. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void write(struct buf *out, const struct policy *p)
{
	policy_put(out, p);
	if (out->failed)
		abort();
}

static void check(const struct policy *policy, struct arena *a)
{
	struct policy again;
	CLEANUP(buf_done) struct buf first = BUF_INIT(1U << 22);
	CLEANUP(buf_done) struct buf second = BUF_INIT(1U << 22);
	write(&first, policy);
	int r = policy_read(&again, buf_str(&first), a, NULL);
	if (r == PORTROLL_ELIMIT)
		return; /* written out it is above what is read */
	if (r < 0)
		abort();
	write(&second, &again);
	if (!str_equal(buf_str(&first), buf_str(&second)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct portroll_error err = {0};
	struct policy policy;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	int r = policy_read(&policy, (struct portroll_str){(const char *)bytes, size}, &a, &err);
	if (r == PORTROLL_OK)
		check(&policy, &a);
	else if (err.code != r || (!err.line && r != PORTROLL_ELIMIT))
		abort();
	return 0;
}
