/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Random cases that can be had again. Each round begins with a seed of its own; a failing check
 * prints it, and PORTROLL_SEED=that seed makes it the first round:
 *
 *	for_rounds(&random, 1000)
 *		check(&random, property_of(random_below(&random, 100)));
 */

#include "test.h"

struct random {
	uint64_t seed, state;
	size_t round;
};

static inline uint64_t random_next(struct random *r)
{
	r->state ^= r->state << 13;
	r->state ^= r->state >> 7;
	r->state ^= r->state << 17;
	return r->state * 0x2545f4914f6cdd1dU >> 16;
}

static inline uint32_t random_below(struct random *r, uint32_t bound)
{
	return (uint32_t)(random_next(r) % bound);
}

static inline void random_begin_round(struct random *r, size_t round)
{
	if (round == 0) {
		const char *given = getenv("PORTROLL_SEED");
		r->seed = given ? strtoull(given, NULL, 10) : 6335;
	} else {
		r->seed++;
	}
	r->round = round;
	r->state = (r->seed + 1) * 0x9e3779b97f4a7c15U;
	if (r->state == 0)
		r->state = 1;
}

/* Text of `len` bytes out of an alphabet. */
static inline struct portroll_str random_text(struct random *r, char *space, size_t len,
					      struct portroll_str alphabet)
{
	for (size_t i = 0; i < len; i++)
		space[i] = alphabet.ptr[random_below(r, (uint32_t)alphabet.len)];
	return (struct portroll_str){space, len};
}

#define for_rounds(random, count)                                                                  \
	for (size_t round_ = 0; round_ < (count) && (random_begin_round((random), round_), true);  \
	     round_++)

#define check(random, condition)                                                                   \
	do {                                                                                       \
		if (!(condition))                                                                  \
			fail_msg("PORTROLL_SEED=%llu: %s", (unsigned long long)(random)->seed,     \
				 #condition);                                                      \
	} while (0)
