/* SPDX-License-Identifier: MIT */
#pragma once

/* Finding the wordings of IANA's texts: ASCII case is ignored, and a blank in the phrase stands for
 * any run of white space, because notes are broken into lines anywhere. */

#include "registry/richtext.h"

/* Offset of the phrase where a word begins, or SIZE_MAX; *ret_end is the offset behind it. */
size_t phrase_find(struct portroll_str text, struct portroll_str phrase, size_t *ret_end);

/* Does the text begin with the phrase, and a word end there? */
bool phrase_starts(struct portroll_str text, struct portroll_str phrase);

/* Is the phrase within one run of the rich text? Then *ret_rest (if given) is what follows it in
 * that run. */
bool phrase_in(struct richtext text, struct portroll_str phrase, struct portroll_str *ret_rest);
