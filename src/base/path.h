/* SPDX-License-Identifier: MIT */
#pragma once

#include "base/arena.h"

/* FOLDER/NAME in the arena; NULL when there is no memory. */
char *path_join(const char *folder, const char *name, struct arena *a);
