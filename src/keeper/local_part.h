/* SPDX-License-Identifier: MIT */
#pragma once

/* A file of somebody else with one part of ours between two comments. */

#include "base/buf.h"

struct local_part {
	struct portroll_str before, after; /* theirs: around our part, or all of it and nothing */
	struct portroll_str ours;          /* between the two comments */
	bool has_part;
	bool is_as_written; /* our part is what we wrote there */
};

/* PORTROLL_ESYNTAX with the line where one of the comments has no other, or is there twice. */
PORTROLL_MUST_CHECK int local_part_find(struct local_part *ret, struct portroll_str file,
					struct portroll_error *err);

/* Writes the file with `ours` as our part. */
void local_part_put(struct buf *out, const struct local_part *part, struct portroll_str ours);

/* Is what stands around our part what the file of before was? A line feed that it had not at its
 * end, and our part needed, does not count. */
bool local_part_is_around(const struct local_part *part, struct portroll_str before);
