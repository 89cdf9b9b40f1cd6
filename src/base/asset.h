/* SPDX-License-Identifier: MIT */
#pragma once

/* Files of the project that are compiled into a program by web/embed.py. */

#include "base/str.h"

struct asset {
	const char *path;       /* /style.css */
	const char *media_type; /* with its charset */
	struct portroll_str bytes;
};
