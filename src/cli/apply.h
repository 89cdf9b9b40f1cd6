/* SPDX-License-Identifier: MIT */
#pragma once

/* Where an assignment is requested: at IANA, whoever copies the registry. */

#include "registry/registry.h"

/* The address in the note of the registry that says so, or IANA's as of 2026. Borrowed from the
 * header or static. */
struct portroll_str apply_address(const struct registry *reg);
