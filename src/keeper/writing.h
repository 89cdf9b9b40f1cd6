/* SPDX-License-Identifier: MIT */
#pragma once

/* Writing a registry in a form, to a file or standard output, and telling what the form could not
 * hold: what export and convert have in common. */

#include "formats/format.h"
#include "keeper/keeper.h"

struct writing {
	const struct format *format;
	struct write_options options;
	const struct source *source; /* its registry is whole; what is written may be a part */
	bool unaltered_iana;         /* the source is IANA's registry as published */
	bool is_converted;           /* the source is one file, not of a roll */
};

/* Takes the form from option `id` and the options of forms from the arguments. */
PORTROLL_MUST_CHECK int writing_begin(struct writing *ret, struct keeper *k, enum option_id id);

/* Selects what --match and --page ask for (`snapshot` has the source at `index`; it is only used
 * for these), and writes it all. */
PORTROLL_MUST_CHECK int writing_run(struct writing *w, struct keeper *k,
				    const struct portroll_snapshot *snapshot, size_t index);
