/* SPDX-License-Identifier: MIT */
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	return fuzz_read("csv", bytes, size);
}
