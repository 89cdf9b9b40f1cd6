/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What is told to people and programs: mail and webhooks. Each is a paper, put down together with
 * the step that it tells of, so that nothing is lost while the far side is down; it is sent
 * afterwards, again and again with growing pauses, and stays on the list.
 */

#include "ledger/store.h"

enum delivery_way {
	DELIVERY_MAIL,
	DELIVERY_WEBHOOK
};

enum delivery_state {
	DELIVERY_WAITING,
	DELIVERY_SENT,
	DELIVERY_FAILED /* given up; can be sent again */
};

#define DELIVERY_ID_LEN 32

struct delivery {
	struct portroll_str id; /* hexadecimal digits, the idempotency id; sorts by time */
	uint8_t way, state;
	struct portroll_str to;             /* a mail address, or the name of a webhook */
	struct portroll_str event, request; /* approve, R-42 */
	struct portroll_str subject, text;  /* of a mail; a webhook's JSON is the text */
	int64_t created;                    /* seconds since 1970 UTC */
	int64_t next;                       /* when it is tried next */
	uint32_t attempts;
	struct portroll_str last_error; /* without secrets */
	uint64_t version;               /* of its paper */
};

#define DELIVERY_ATTEMPTS_MAX 20 /* the last one after about ten days */

/* The pause after so many attempts, in seconds: a minute, then twice as long each, a day at most.
 */
int64_t delivery_pause(uint32_t attempts);

/* What it becomes after an attempt; `error` empty: it arrived. */
void delivery_tried(struct delivery *d, struct portroll_str error, int64_t now);

/* Its paper, of kind delivery, in the arena. PORTROLL_ENOMEM, PORTROLL_EINVAL for a text that
 * cannot be kept. */
PORTROLL_MUST_CHECK int delivery_paper(struct stored_paper *ret, const struct delivery *d,
				       struct arena *a, struct portroll_error *err);

/* PORTROLL_ECORRUPT: the paper is no delivery. */
PORTROLL_MUST_CHECK int delivery_read(struct delivery *ret, const struct stored_paper *paper,
				      struct arena *a, struct portroll_error *err);

extern const char *const delivery_way_names[];   /* by enum delivery_way: mail, webhook */
extern const char *const delivery_state_names[]; /* waiting, sent, failed */
