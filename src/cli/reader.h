/* SPDX-License-Identifier: MIT */
#pragma once

/* What every verb of the reader works with, found once by main() and handed down. */

#include "base/arena.h"
#include "snapshot/snapshot.h"
#include "terminal/out.h"
#include "verbs/verb.h"

struct reader {
	struct out *out;
	const struct arguments *args; /* the verb taken off */
	bool verb_is_given;           /* false: lookup, unsaid */
	const struct portroll_snapshot *snapshot;
	const struct source *sources; /* of the snapshot, without their registries */
	size_t source_count;
	struct arena *arena; /* lives as long as the program */
};

/* Fills in the sources. PORTROLL_ENOMEM, PORTROLL_ECORRUPT. */
PORTROLL_MUST_CHECK int reader_begin(struct reader *r, struct portroll_error *err);

#define SOURCE_ANY SIZE_MAX

/* The source of --source, SOURCE_ANY without it. PORTROLL_EINVAL when there is no such source, with
 * the ones there are. */
PORTROLL_MUST_CHECK int reader_source(size_t *ret, const struct reader *r,
				      struct portroll_error *err);

/* The range that is the only operand; *ret stays as it is without one. PORTROLL_EINVAL. */
PORTROLL_MUST_CHECK int reader_range(struct range *ret, const struct reader *r,
				     struct portroll_error *err);

/* The transport of --transport; PORTROLL_ANY without it. PORTROLL_EINVAL. */
PORTROLL_MUST_CHECK int reader_transport(uint8_t *ret, const struct reader *r,
					 struct portroll_error *err);

/* Returns EXIT_ERROR and says what the code means; main() tells of damage (PORTROLL_ECORRUPT). */
int reader_fail_code(const struct reader *r, int code);

/* Says the error and returns EXIT_ERROR. */
int reader_fail(const struct reader *r, const struct portroll_error *err);

/* Runs a verb and returns the exit code. */
typedef int command_fn(struct reader *r);

command_fn cmd_lookup, cmd_search, cmd_list, cmd_person, cmd_states, cmd_free, cmd_map, cmd_about;
