/* SPDX-License-Identifier: MIT */
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena a = ARENA_INIT;
	struct portroll_str unpacked, input = {(const char *)bytes, size};
	struct portroll_error err = {0};
	int r = gunzip(&unpacked, input, &a, &err);
	if ((r < 0) != (err.code != 0) || (r == PORTROLL_OK && unpacked.len > INPUT_MAX))
		abort();
	arena_done(&a);
	return 0;
}
