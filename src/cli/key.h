/* SPDX-License-Identifier: MIT */
#pragma once

/* What one asks for: 3306, 3306/tcp, mysql, mysql/udp, 3300-3310, https://host:8443/, [::1]:53. */

#include "registry/range.h"
#include "snapshot/snapshot.h"

enum key_kind {
	KEY_PORTS, /* one port or a range */
	KEY_NAME,
	KEY_NONE, /* not understood: it has its place among the answers, and nothing but `shown` */
};

struct key {
	uint8_t kind;
	uint8_t transport;         /* PORTROLL_ANY: not said */
	struct range ports;        /* KEY_PORTS */
	struct portroll_str name;  /* KEY_NAME */
	struct portroll_str shown; /* the key for messages: never a user, a password or a path */
};

/* Views point into `text`. A text that is a name of the snapshot as a whole is that name, for some
 * names have a slash (914c/g); a text without a letter is never a name (RFC 6335 section 5.1).
 * Returns PORTROLL_OK or PORTROLL_EINVAL with a sentence that names the key. */
PORTROLL_MUST_CHECK int key_parse(struct key *ret, const struct portroll_snapshot *s,
				  struct portroll_str text, struct portroll_error *err);

/* The KEY_NONE for a text that key_parse() refuses. */
struct key key_refused(struct portroll_str text);
