/* SPDX-License-Identifier: MIT */
#pragma once

/* A document becomes a case. */

#include "keeper/request_step.h"

/* Whose registry a request is for: --source, its field, or the one that is managed. */
PORTROLL_MUST_CHECK int request_source(struct portroll_str *ret, struct keeper *k,
				       const struct roll *roll, const struct document *d);

/* Submits it as who acts and validates it; put down. PORTROLL_ERULE: that registry is a mirror. */
PORTROLL_MUST_CHECK int request_submit(struct open_case *ret, struct at_desk *d,
				       const struct document *document);
