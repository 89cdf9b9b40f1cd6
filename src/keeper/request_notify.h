/* SPDX-License-Identifier: MIT */
#pragma once

/* Who is told of the steps of a case. */

#include "keeper/request_step.h"

/* Adds the papers of what is to be told of the steps since the case was read. */
PORTROLL_MUST_CHECK int request_notify(struct paper_list *list, const struct open_case *c);

/* Sends what waits and is due; with `only_new` only what this run has put down. Says where
 * something could not be sent: the step stands all the same. */
void request_send(struct keeper *k, bool only_new);
