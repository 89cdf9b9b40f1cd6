/* SPDX-License-Identifier: MIT */
#pragma once

/* The records of a source that match a text, in a form of the registry; in HTML page by page, as
 * IANA's listing has them. */

#include "server/routes.h"

struct selection {
	size_t source;
	size_t kind;                /* of download_kinds[] */
	struct portroll_str match;  /* empty: all records */
	struct portroll_str linked; /* the source's name in the links; empty: not there */
	size_t page;                /* from 1; 0: all hits */
	struct buf *loss;           /* what the form cannot hold, one line; empty: nothing */
};

/* PORTROLL_EINVAL: there is no such page. PORTROLL_ENOMEM, PORTROLL_ECORRUPT. */
PORTROLL_MUST_CHECK int selection_write(struct buf *out, const struct selection *selection,
					const struct call *call);
