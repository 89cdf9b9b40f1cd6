/* SPDX-License-Identifier: MIT */
#pragma once

/* The files of web/, compiled in by web/embed.py. */

#include "base/str.h"

struct asset {
	const char *path;       /* /style.css */
	const char *media_type; /* with its charset */
	struct portroll_str bytes;
};

/* NULL path at the end. */
extern const struct asset assets[];
