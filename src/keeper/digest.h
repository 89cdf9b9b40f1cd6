/* SPDX-License-Identifier: MIT */
#pragma once

/* SHA-256 of an input, computed beside the reading of it: hashing IANA's XML takes about half as
 * long as parsing it. */

#include <pthread.h>

#include "base/str.h"
#include "registry/roll.h"

struct digest {
	struct portroll_str bytes;
	uint8_t sha256[SHA256_SIZE];
	pthread_t thread;
	bool running;
};

/* Begins; `d` must stay where it is and the bytes must live until digest_end(). */
void digest_begin(struct digest *d, struct portroll_str bytes);

/* Waits for the number; d->sha256 holds it then. */
void digest_end(struct digest *d);
