/* SPDX-License-Identifier: MIT */
#pragma once

/* UTF-8: strict validity, characters, and how wide they are on a terminal. */

#include "portroll.h"

#define UTF8_INVALID UINT32_MAX

/* Takes one character off *rest and returns its code point; UTF8_INVALID for a byte that begins
 * none (overlong forms, surrogates, above U+10FFFF included), and that one byte is taken. Not for
 * an empty text. */
uint32_t utf8_next(struct portroll_str *rest);

/* Offset of the first byte that is not UTF-8, or SIZE_MAX. */
size_t utf8_find_invalid(struct portroll_str text);

/* Offset of the first C0 or C1 control character other than LF and tab, or SIZE_MAX. */
size_t utf8_find_control(struct portroll_str text);

/* Count of characters (not bytes, not columns); invalid bytes count one each. */
size_t utf8_count(struct portroll_str text);

/* Columns on a terminal: 0 combining, 2 East Asian wide and emoji, 1 else. */
unsigned utf8_width_of(uint32_t character);
size_t utf8_width(struct portroll_str text);

/* Writes the character as UTF-8, returns the bytes (1 to 4). */
size_t utf8_encode(char ret_bytes[static 4], uint32_t character);
