/* SPDX-License-Identifier: MIT */
#pragma once

/* Finds the snapshot of this process and notices when another one takes its place. */

/* Looks for a snapshot when the last look was a second ago. One thread looks; the others go on with
 * what is held, and wait only for the very first look. errno may change. */
void look_if_due(void);
