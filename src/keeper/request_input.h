/* SPDX-License-Identifier: MIT */
#pragma once

/* Documents of requests as they come from the command line. */

#include "keeper/keeper.h"
#include "procedure/document.h"

struct operand_list {
	char **items;
	int count;
};

/* A FILE, `-` for standard input, or operands 'Field=value'. With `base` (NULL: none) the fields
 * that are given take the place of its own, an empty one takes it away; a file takes the place of
 * all. Texts live in the arena of the keeper, where the errors are. */
PORTROLL_MUST_CHECK int request_input(struct document *ret, struct keeper *k,
				      struct operand_list operands, const struct document *base);

/* Is the operand a document, and not a text: a file that is there, `-`, or 'Field=value' of a field
 * that there is? */
bool request_input_is_document(const char *operand);
