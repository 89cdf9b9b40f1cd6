/* SPDX-License-Identifier: MIT */
#pragma once

/* Lines from whoever sits at the terminal: what is asked goes to standard error, what is answered
 * comes from standard input. */

#include "terminal/out.h"

#define PROMPT_LINE_MAX ((size_t)64 << 10) /* bytes of one line; the rest is not taken */

/* Are standard input and standard error terminals? */
bool prompt_has_terminal(const struct out *o);

/* Writes what the program has to say so far, then the text to standard error, without control
 * characters but line feeds. */
void prompt_say(struct out *o, struct portroll_str text);

/* Says the label and reads a line into `ret`, which is cleared before; without its end. False: the
 * input has ended. */
bool prompt_line(struct buf *ret, struct out *o, struct portroll_str label);
