/* SPDX-License-Identifier: MIT */
#pragma once

/* The files of a roll's folder that say who is told what, and in which words: `notify` and
 * `templates`. Both may be missing. */

#include "desk/letter.h"
#include "desk/notify.h"
#include "keeper/keeper.h"

struct notifying {
	struct notify_settings settings;
	struct paragraph_list templates;
};

/* Reads both into the arena of the keeper. PORTROLL_EINVAL: others may read `notify`, which has
 * secrets; PORTROLL_ESYNTAX with file and line. */
PORTROLL_MUST_CHECK int notifying_read(struct notifying *ret, struct keeper *k, const char *folder);
