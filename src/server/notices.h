/* SPDX-License-Identifier: MIT */
#pragma once

/* The notes of a registry's header, as prose, and the notice that IANA frames with asterisks. */

#include "registry/registry.h"

/* The note as paragraphs (a blank line parts them), its framed notice left out. */
void notice_put_prose(struct buf *out, struct richtext note);

/* The framed notice alone, its frame off; nothing when the note has none. */
void notice_put_box(struct buf *out, struct richtext note);
