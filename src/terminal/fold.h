/* SPDX-License-Identifier: MIT */
#pragma once

/* Prose that fits the terminal: broken at blanks, every line but the first indented. */

#include "terminal/out.h"

struct fold {
	unsigned column; /* where the text begins; 0 is the left edge */
	unsigned indent; /* of the lines after the first */
	bool keep_lines; /* a line feed in the text stays one */
};

/* Writes the text and a line feed. Runs of white space count as one blank. Without a terminal
 * nothing is broken. */
void out_folded(struct out *o, struct portroll_str text, struct fold fold);
