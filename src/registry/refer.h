/* SPDX-License-Identifier: MIT */
#pragma once

/* Walking over every reference that a record, a header or a text makes. */

#include "registry/registry.h"

/* Called for each reference; a negative code ends the walk and is returned by it. */
typedef int refer_fn(void *context, const struct xref *x);

int refer_each_of_record(const struct record *r, refer_fn *visit, void *context);
int refer_each_of_text(struct richtext text, refer_fn *visit, void *context);
int refer_each_of_header(const struct header *h, refer_fn *visit, void *context);
