/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What this user has verified before, in the state folder: of each origin the keys and the last
 * checkpoint. A ledger that goes back, or contradicts what was signed, is told by it.
 */

#include "keeper/ledger_place.h"

struct remembered {
	struct keeper *k;
	struct published *published;
	const struct ledger_place *place;
	const char *folder;                      /* NULL: this user has none */
	const char *checkpoint_file, *keys_file; /* of the origin */
	struct note_keys keys;            /* that were known; none: it is seen the first time */
	uint64_t seen;                    /* entries of the last checkpoint; 0: none */
	struct portroll_str contradicted; /* the other note, where there are two; in the arena */
	struct note_keys told;  /* that the user told: notes to be compared may be signed by it */
	struct published *copy; /* what this user has of the same ledger; NULL: nothing else */
};

/* Reads what is known of the origin of `p`, which lies at `place` (NULL: nowhere for long).
 * PORTROLL_ECORRUPT when what is published is not signed by a key that was known before. */
PORTROLL_MUST_CHECK int remembered_open(struct remembered *ret, struct keeper *k,
					struct published *p, const struct ledger_place *place);

/* That the ledger continues what was verified before, and what this machine has signed itself; with
 * all its files checked already. PORTROLL_ECORRUPT. */
PORTROLL_MUST_CHECK int remembered_check(struct remembered *h);

/* That it continues the checkpoint in that file. PORTROLL_ECORRUPT. */
PORTROLL_MUST_CHECK int remembered_check_file(struct remembered *h, const char *path);

/* The same of a note; `where` says whose word it is. */
PORTROLL_MUST_CHECK int remembered_check_note(struct remembered *h, struct portroll_str note,
					      const char *where);

/* Takes `p`, if it is of the same origin and signed by a key that is known, for the copy. */
PORTROLL_MUST_CHECK int remembered_take_copy(struct remembered *h, struct published *p);

/* That each key that is published was known, or is named by a change. PORTROLL_ECORRUPT. */
PORTROLL_MUST_CHECK int remembered_check_keys(struct remembered *h);

/* Remembers keys and checkpoint, unless a later one was remembered meanwhile. */
PORTROLL_MUST_CHECK int remembered_keep(const struct remembered *h);

/* Keeps both notes where two contradict each other, and writes them out. */
PORTROLL_MUST_CHECK int remembered_tell(const struct remembered *h, struct buf *out);
