/* SPDX-License-Identifier: MIT */
#pragma once

/* Hashes for tables and checksums against accidents (XXH3); never against an attacker. */

#include "base/str.h"

uint64_t hash_bytes(struct portroll_str bytes);
