/* SPDX-License-Identifier: MIT */
#pragma once

/* Running the program that a verb belongs to, as git does. */

#include "base/error.h"

/* Becomes the program (portroll-keeper ...), with the arguments as they were given. It is looked
 * for in `libexec` (may be NULL), beside this program as it is built or installed, and in the
 * folders it was configured for. Returns only on failure. */
void launch(const char *program, char **argv, const char *libexec, struct portroll_error *err);
