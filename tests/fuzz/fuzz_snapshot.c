/* SPDX-License-Identifier: MIT */
#include "../unit/snapshot_exercise.h"

#include <stdlib.h>

#define SAID_MAX ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

/* Opens the bytes and asks them everything. What the full check let through must stay good. */
static void ask(const char *bytes, size_t size, enum snapshot_mode mode)
{
	struct portroll_snapshot *s;
	struct buf said = BUF_INIT(SAID_MAX);
	if (snapshot_open(&s, (struct portroll_str){bytes, size}, mode, NULL) < 0)
		return;
	exercise(&said, s);
	if (mode == SNAPSHOT_FULL && portroll_damaged(s))
		abort();
	portroll_close(s);
	buf_done(&said);
}

/* As they are, and with checksums that fit them, or nothing behind these would ever be reached. */
int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	char *bytes = calloc(size ? size : 1, 1);
	if (!bytes)
		return 0;
	if (size)
		memcpy(bytes, input, size);
	ask(bytes, size, SNAPSHOT_FULL);
	ask(bytes, size, SNAPSHOT_TOUCHED);
	seal(bytes, size);
	ask(bytes, size, SNAPSHOT_FULL);
	ask(bytes, size, SNAPSHOT_TOUCHED);
	free(bytes);
	return 0;
}
