/* SPDX-License-Identifier: MIT */
#pragma once

/* A question to whoever sits at the terminal. */

#include "terminal/out.h"

enum ask_answer {
	ASK_NO, /* anything but a yes, and the end of the input */
	ASK_YES,
	ASK_NOBODY, /* standard input or standard error is no terminal */
};

/* Writes what the program has to say, then "question [y/N] " to standard error, and reads a line
 * from standard input. */
enum ask_answer ask(struct out *o, const char *question);
