/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Grams: what the search index is made of. The bytes of a text fall into classes; three classes in
 * a row are a gram. A text is followed by end marks, so that a gram begins at each of its bytes and
 * a word of one or two bytes is a row of neighbouring grams.
 */

#include <stdint.h>

#define GRAM_BITS    6 /* of a class */
#define GRAM_CLASSES (1U << GRAM_BITS)
#define GRAM_END     0U /* behind a text */
#define GRAM_COUNT   (GRAM_CLASSES * GRAM_CLASSES * GRAM_CLASSES)

/* Letters of both cases 1 to 26, digits 27 to 36, all other bytes share the rest. */
static inline unsigned gram_class(char c)
{
	unsigned char byte = (unsigned char)c;
	unsigned letter = (byte | 0x20U) - 'a', digit = byte - (unsigned)'0';
	if (letter < 26)
		return 1 + letter;
	return digit < 10 ? 27 + digit : 37 + byte % 27U;
}

static inline unsigned gram_count_bits(uint64_t bits)
{
	bits -= bits >> 1 & UINT64_C(0x5555555555555555);
	bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
	bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (unsigned)(bits * UINT64_C(0x0101010101010101) >> 56);
}
