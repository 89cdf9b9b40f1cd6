/* SPDX-License-Identifier: MIT */
#pragma once

/* The two modes of opening, for what is tested in both. */

#include "snapshot/snapshot.h"

enum snapshot_mode {
	SNAPSHOT_FULL,
	SNAPSHOT_TOUCHED,
};

static inline int snapshot_open(struct portroll_snapshot **ret, struct portroll_str bytes,
				enum snapshot_mode mode, struct portroll_error *err)
{
	return mode == SNAPSHOT_FULL ? portroll_open_bytes(ret, bytes.ptr, bytes.len, err)
				     : snapshot_open_touched(ret, bytes, err);
}
