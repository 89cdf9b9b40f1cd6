/* SPDX-License-Identifier: MIT */
#pragma once

#include "keeper/keeper.h"

/* request new [KIND] [FILE]: asks at the terminal what a request of that kind needs, and writes it
 * to the file. Exit code; an error without a terminal. */
int request_new(struct keeper *k);

/* request new --template [KIND] [FILE]: the same to be filled in by hand; without a file to
 * standard output. */
int request_new_template(struct keeper *k);
