/* SPDX-License-Identifier: MIT */
#pragma once

#include <stddef.h>

#define FILE_SYNC_MAX 32

/* Makes open files and folders durable, at most FILE_SYNC_MAX, each once and side by side: what
 * the disk does for one of them often does for the others, too. 0, or the errno of the first in
 * their order that failed; *ret_failed is its index. All have ended when it returns. */
int file_sync_all(size_t *ret_failed, const int *descriptors, size_t count);
