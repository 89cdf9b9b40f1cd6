/* SPDX-License-Identifier: MIT */
#pragma once

/* One change of the ledger, for people and for programs. */

#include "keeper/tellings.h"
#include "ledger/fold.h"

/* A change and what it means. */
struct logged {
	const struct fold_event *event;
	struct telling_list told; /* empty where a source is new or gone, and for the roll */
};

/* "between the copies of 2025-10-22 and 2026-02-13", "on 2026-11-23": when it came about, as far as
 * the ledger knows. What a copy has different says nothing of the day it was made so. */
void log_put_when(struct buf *out, const struct fold_event *event);

/* "root, 2026-11-23 07:20 UTC, as mirrored by ..." */
void log_put_author(struct out *o, const struct changeset *about);

/* The heading, who and why, and what it did. */
void log_put_change(struct out *o, const struct logged *logged, const struct tellings_style *style);

/* The members that say whose change it is, of an object (doc/JSON.md). */
void log_put_json_about(struct json *j, const struct fold_event *event);

/* The change as one object. */
void log_put_json_change(struct json *j, const struct logged *logged);
