/* SPDX-License-Identifier: MIT */
#pragma once

/* One file as it comes into the roll: read, unpacked, parsed, and where it came from. */

#include "base/file.h"
#include "formats/read.h"
#include "registry/roll.h"

struct input_request {
	const char *path;           /* "-": standard input */
	struct portroll_str form;   /* empty: found by the content */
	struct portroll_str origin; /* empty: the path */
	struct portroll_str etag;
	struct date dated; /* of a copy that does not say it; none: that of the newest record */
};

struct input {
	struct file_bytes file; /* empty when the registry has no views into it */
	struct registry *registry;
	const struct format *format;
	struct copy copy;
	bool date_is_told; /* by the file or the request; else the copy has its newest record's */
};

/* Reads into the arena. Errors with a line are about the content, the others name the path. Release
 * the input also after a failure. */
PORTROLL_MUST_CHECK int input_read(struct input *ret, const struct input_request *request,
				   struct arena *a, struct portroll_error *err);
void input_release(struct input *input);

/* What the path is called in messages. */
const char *input_name(const char *path);
