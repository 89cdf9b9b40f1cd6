/* SPDX-License-Identifier: MIT */
#pragma once

/* Telling what a form could not hold. */

#include "formats/loss.h"
#include "keeper/keeper.h"

/* Does anybody want to know each item? Then the loss needs an arena. */
bool losses_wanted(const struct keeper *k);

/* Writes them as JSON where --loss-report says. */
PORTROLL_MUST_CHECK int losses_report(struct keeper *k, const struct loss *loss,
				      const char *format);

/* One line on standard error, with --verbose each item; nothing with --quiet. */
void losses_tell(const struct keeper *k, const struct loss *loss, const char *format);

/* Each item on standard error, with --verbose. */
void losses_tell_items(const struct keeper *k, const struct loss *loss);
