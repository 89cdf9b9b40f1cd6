/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What the lines of a services file that somebody else keeps say, so that lines of ours beside them
 * say nothing else: whether a reader stops at the first line or keeps the last, it finds theirs.
 */

#include "base/arena.h"
#include "base/buf.h"

struct service_claim {
	struct portroll_str name, protocol;
	uint16_t port;
	bool is_canonical;
};

/* Zeroed: empty. */
struct service_claims {
	struct arena arena;
	struct service_claim *by_port, *by_name; /* the same ones, when sorted */
	size_t count, capacity;
};

/* What service_claims_filter() did. */
struct service_filtered {
	size_t kept;    /* lines of ours that stay */
	size_t ports;   /* lines left out: the port and protocol has a line of theirs */
	size_t renamed; /* of these, how many have another canonical name there */
	size_t names;   /* names left out: theirs have them at another port */
};

/* Takes what the lines claim; lines that are no services(5) claim nothing. The text must live on.
 * PORTROLL_ENOMEM, or 0. */
PORTROLL_MUST_CHECK int service_claims_add(struct service_claims *c, struct portroll_str text);

/* After the last one was added. PORTROLL_ENOMEM, or 0. */
PORTROLL_MUST_CHECK int service_claims_sort(struct service_claims *c);

/* Writes the lines of `ours`, but for what contradicts the claims. */
void service_claims_filter(struct buf *out, struct service_filtered *ret,
			   const struct service_claims *c, struct portroll_str ours);

void service_claims_done(struct service_claims *c);
