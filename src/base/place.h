/* SPDX-License-Identifier: MIT */
#pragma once

/* Where something stands in a text, for messages. */

#include "portroll.h"

struct place {
	uint32_t line, column; /* from 1; the column in bytes */
};

struct place place_of(struct portroll_str input, size_t offset);
