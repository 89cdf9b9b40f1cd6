/* SPDX-License-Identifier: MIT */
#pragma once

/* What request_read() reads, each by its own file. */

#include "procedure/request.h"

/* Keeps the first words that could not be understood. */
void request_bad(struct portroll_str *bad, struct portroll_str words);

/* "tcp, UDP": the set of those that are known; the first other word. */
transport_set request_read_transports(struct portroll_str text, struct portroll_str *ret_bad);

/* The port, or several, or in which range; `is_pool` as request_read() has it. */
void request_read_ports(struct request *q, struct portroll_str text, pool_test_fn *is_pool,
			const void *context);

void request_read_codes(struct request *q, struct portroll_str text);

/* Assignee and contacts, out of their fields. */
void request_read_parties(struct request *q, const struct document *d);

/* Memory of the arena. */
void request_read_references(struct request *q, struct portroll_str text, struct arena *a);
