/* SPDX-License-Identifier: MIT */
#pragma once

/* The roll as it was, for those who compare. */

#include "keeper/keeper.h"

struct state_at {
	struct portroll_snapshot *snapshot; /* what the roll has views into */
	struct roll *roll;
};

/* Is the word meant as a date, or as @ and a number? */
bool state_at_is_word(const char *word);

/* As of a day, or after that many entries: YYYY-MM-DD, @45. Codes of --as-of. */
PORTROLL_MUST_CHECK int state_at_word(struct state_at *ret, struct keeper *k, const char *word);

/* After that many entries; 0: an empty roll. */
PORTROLL_MUST_CHECK int state_at_number(struct state_at *ret, struct keeper *k, uint64_t number);

/* As it is. */
PORTROLL_MUST_CHECK int state_at_present(struct state_at *ret, struct keeper *k);

/* *ret is the number of entries before the last change, *ret_size of all. PORTROLL_EINVAL when
 * there is no ledger, or none has been made. */
PORTROLL_MUST_CHECK int state_at_last_change(uint64_t *ret, uint64_t *ret_size, struct keeper *k);

void state_at_close(struct state_at *state);
