/* SPDX-License-Identifier: MIT */
#pragma once

/* Copies of what a registry is made of, with all texts, into another arena. When that has no memory
 * they are not whole, or NULL, and it has failed. */

#include "registry/registry.h"

const struct record *record_copy(const struct record *r, struct arena *a);
const struct person *person_copy(const struct person *p, struct arena *a);
struct footnote footnote_copy(const struct footnote *note, struct arena *a);
struct header header_copy(const struct header *header, struct arena *a);
