/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Which keys a ledger has. The store keeps the verifier keys beside its notes, for the size 0, a
 * line each as in the published file, so that a copy of the store can be verified without the
 * folder. A key that begins to sign lies in FOLDER/key.next until the changeset that names it is
 * durable, so that it is neither lost with the power nor signs before.
 */

#include "ledger/ledger_parts.h"

/* The keys: of FOLDER/key, else those that the store has the names of. PORTROLL_EINVAL: the ledger
 * names another key than FOLDER/key has. */
PORTROLL_MUST_CHECK int ledger_load_keys(struct ledger *l, struct portroll_error *err);

/* The last ones that the store was told, none where it was told none. In the ledger's arena. */
PORTROLL_MUST_CHECK int ledger_kept_keys(struct note_keys *ret, struct ledger *l,
					 struct portroll_error *err);

/* Keeps the present ones in the store, if they are not there. */
PORTROLL_MUST_CHECK int ledger_keep_keys(struct ledger *l, struct portroll_error *err);

/* Makes a key of that name, and FOLDER/key.next with it. */
PORTROLL_MUST_CHECK int next_key_make(struct signers *ret, struct ledger *l,
				      struct portroll_str origin, struct portroll_error *err);

/* What is left to do with FOLDER/key.next, if it is there: the key in it signs from now on when the
 * last change of the roll names it, else it is removed. After a fork what the key before it signed
 * is removed from what is published, too. */
PORTROLL_MUST_CHECK int next_key_finish(struct ledger *l, struct portroll_error *err);

/* The verifier key as a text in the arena; empty when there is no memory. */
struct portroll_str key_text(const struct note_key *key, struct arena *a);
