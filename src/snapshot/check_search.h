/* SPDX-License-Identifier: MIT */
#pragma once

#include "snapshot/access.h"

/* Checks all of the search index that is read: each place and each document's number. */
bool check_search(const struct portroll_snapshot *s);
