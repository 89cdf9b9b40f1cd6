/* SPDX-License-Identifier: MIT */
#pragma once

/* Prose that fits the terminal: broken at blanks, every line but the first indented. */

#include "terminal/out.h"

/* Writes the text, which begins at column `column` (0 is the left edge), and a line feed. Runs of
 * white space count as one blank; with `keep_lines` a line feed in the text stays one. Without a
 * terminal nothing is broken. */
void out_folded(struct out *o, struct portroll_str text, unsigned column, bool keep_lines);
