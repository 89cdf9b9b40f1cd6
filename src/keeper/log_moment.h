/* SPDX-License-Identifier: MIT */
#pragma once

/* What one change did to one thing. */

#include "keeper/log_change.h"

struct log_moment {
	const struct fold_event *event;
	struct telling_list told; /* of the thing only */
	/* What there was of it in a source that is new, or is gone. */
	const struct record **records;
	size_t record_count;
	const struct person **people;
	size_t person_count;
};

void log_moment_put(struct out *o, const struct log_moment *m, bool patch);
void log_moment_put_json(struct json *j, const struct log_moment *m);
