/* SPDX-License-Identifier: MIT */
#include "base/path.h"

#include <string.h>

char *path_join(const char *folder, const char *name, struct arena *a)
{
	struct portroll_str first = str_from(folder), second = str_from(name);
	char *path = arena_alloc(a, first.len + 1 + second.len + 1);
	if (!path)
		return NULL;
	memcpy(path, first.ptr, first.len);
	path[first.len] = '/';
	memcpy(path + first.len + 1, second.ptr, second.len);
	return path;
}
