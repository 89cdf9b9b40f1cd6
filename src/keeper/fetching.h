/* SPDX-License-Identifier: MIT */
#pragma once

/* What a ledger publishes, fetched over the network into a folder, by portroll-fetch: no other
 * program links what is needed for that. Addresses are https, or http on this machine. */

#include "keeper/keeper.h"

/* Is the operand an address? */
bool is_url(struct portroll_str text);

/* Fetches checkpoint and key, and people where there are any. *ret_url, in the arena, is where they
 * were found: at the URL or below it in ledger/, where the pages of a roll have them. Errors that
 * portroll-fetch has told are PORTROLL_ESYSTEM without a sentence. */
PORTROLL_MUST_CHECK int fetch_head(const char **ret_url, struct keeper *k, const char *url,
				   const char *folder);

/* Fetches the tiles that a tree of `to` entries has and one of `from` had not. */
PORTROLL_MUST_CHECK int fetch_tiles(struct keeper *k, const char *url, const char *folder,
				    uint64_t from, uint64_t to);
