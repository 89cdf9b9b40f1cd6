/* SPDX-License-Identifier: MIT */
#pragma once

#include "keeper/keeper.h"

/* check --all: the rules over all records of the source that --source names, else of each source
 * that is a complete registry, grouped by rule; with --verbose every finding, else some of each
 * rule. Returns the exit code: EXIT_YES clean, EXIT_NO findings. */
int check_all(struct keeper *k);
