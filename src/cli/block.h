/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What is answered at once: a port with the transports that have the same answer, or a service name
 * without a port.
 */

#include "cli/key.h"
#include "cli/reader.h"

#define TRANSPORTS_ALL                                                                             \
	((1U << PORTROLL_TCP) | (1U << PORTROLL_UDP) | (1U << PORTROLL_SCTP) |                     \
	 (1U << PORTROLL_DCCP))

struct block {
	bool has_port;
	struct range ports;   /* with has_port; the first one is the one that was answered for */
	unsigned transports;  /* bits 1 << enum portroll_transport; 0: a name without any */
	struct answer answer; /* of the first transport; without a port only the records matter */
	uint32_t record;      /* without a port: its record */
	bool is_found;        /* is there a service? */
};

struct block_list {
	struct block *blocks; /* in the arena */
	size_t count;
};

/* The blocks of a port for a set of transports, those with equal answers joined; at most four.
 * With a source only its records count. */
size_t blocks_of_port(struct block ret[static TRANSPORT_COUNT], const struct reader *r,
		      struct range ports, unsigned bits, size_t source);

/* The blocks of a name: the ports it has, then its records without a port, one each. */
PORTROLL_MUST_CHECK int blocks_of_name(struct block_list *ret, const struct reader *r,
				       const struct key *key, size_t source, struct arena *a);

/* The next record of a block from *at on that belongs to the source; false at the end. */
bool block_next(const struct reader *r, const struct block *b, size_t source, uint32_t *at,
		struct portroll_record *ret);

/* How often the block's port was found open on one of its transports, in millionths; 0: nobody
 * says, or not the source that is asked. */
uint32_t block_frequency(const struct reader *r, const struct block *b, uint8_t transport,
			 size_t source);

/* Are two records the same but for their transport, service code and place? */
bool same_service(const struct portroll_record *a, const struct portroll_record *b);

/* The bits of a key's transport. */
unsigned transports_of(uint8_t transport);
