/* SPDX-License-Identifier: MIT */
#pragma once

/* The policy of a source of the roll as it is, for who reads it only. */

#include "keeper/source_papers.h"

struct present_policy {
	struct roll *roll;
	struct source_policy own;
	struct portroll_snapshot *snapshot; /* what the roll has views into */
	const struct store_ops *ops;
	struct store *store;
};

/* PORTROLL_EINVAL: there is no such source, or it is a mirror. Close it also after a failure. */
PORTROLL_MUST_CHECK int present_policy_find(struct present_policy *ret, struct keeper *k,
					    struct portroll_str name);
void present_policy_close(struct present_policy *p);

/* PORTROLL_EINVAL with what to do where the source is a mirror. */
PORTROLL_MUST_CHECK int source_need_managed(struct keeper *k, const struct source *source);
