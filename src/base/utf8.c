/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include "base/macros.h"
#include "base/str.h"

/* Lead byte to length, 0 for none (Unicode 15 table 3-7: C0, C1 and F5 to FF never appear). */
static unsigned sequence_len(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 4;
	return 0;
}

static uint32_t decode(struct portroll_str s, unsigned len)
{
	static const uint8_t lead_mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	if (len == 0 || len > s.len)
		return UTF8_INVALID;
	uint32_t c = (unsigned char)s.ptr[0] & lead_mask[len];
	for (unsigned i = 1; i < len; i++) {
		unsigned char byte = (unsigned char)s.ptr[i];
		if ((byte & 0xc0) != 0x80)
			return UTF8_INVALID;
		c = c << 6 | (byte & 0x3f);
	}
	bool surrogate = c >= 0xd800 && c <= 0xdfff;
	return c < least[len] || c > 0x10ffff || surrogate ? UTF8_INVALID : c;
}

uint32_t utf8_next(struct portroll_str *rest)
{
	unsigned len = sequence_len((unsigned char)rest->ptr[0]);
	uint32_t c = decode(*rest, len);
	*rest = str_part(*rest, c == UTF8_INVALID ? 1 : len, rest->len);
	return c;
}

size_t utf8_find_invalid(struct portroll_str text)
{
	struct portroll_str rest = text;
	while (rest.len) {
		if ((unsigned char)rest.ptr[0] < 0x80) {
			rest.ptr++;
			rest.len--;
			continue;
		}
		const char *at = rest.ptr;
		if (utf8_next(&rest) == UTF8_INVALID)
			return (size_t)(at - text.ptr);
	}
	return SIZE_MAX;
}

size_t utf8_find_control(struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
			return i;
		bool c1 = c == 0xc2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0xa0;
		if (c1)
			return i;
	}
	return SIZE_MAX;
}

size_t utf8_count(struct portroll_str text)
{
	size_t count = 0;
	while (text.len) {
		(void)utf8_next(&text);
		count++;
	}
	return count;
}

struct interval {
	uint32_t first, last;
};

/* Combining marks and format characters: the blocks that can occur beside letters of living
 * scripts (Unicode 15, general categories Mn, Me and Cf, joined where only gaps of unassigned or
 * equally invisible characters lie between). */
static const struct interval zero_width[] = {
	{0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x05bf, 0x05bf}, {0x05c1, 0x05c2},
	{0x05c4, 0x05c5}, {0x05c7, 0x05c7}, {0x0610, 0x061a}, {0x064b, 0x065f}, {0x0670, 0x0670},
	{0x06d6, 0x06dc}, {0x06df, 0x06e4}, {0x06e7, 0x06e8}, {0x06ea, 0x06ed}, {0x0730, 0x074a},
	{0x07a6, 0x07b0}, {0x0900, 0x0902}, {0x093a, 0x093a}, {0x093c, 0x093c}, {0x0941, 0x0948},
	{0x094d, 0x094d}, {0x0951, 0x0957}, {0x0e31, 0x0e31}, {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e},
	{0x1160, 0x11ff}, {0x135d, 0x135f}, {0x1ab0, 0x1ace}, {0x1dc0, 0x1dff}, {0x200b, 0x200f},
	{0x202a, 0x202e}, {0x2060, 0x2064}, {0x2066, 0x206f}, {0x20d0, 0x20f0}, {0x302a, 0x302d},
	{0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xe0100, 0xe01ef},
};

/* East Asian Width W and F, and emoji shown wide (Unicode 15 EastAsianWidth.txt, joined). */
static const struct interval double_width[] = {
	{0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},
	{0x23f0, 0x23f0},   {0x23f3, 0x23f3},   {0x25fd, 0x25fe},   {0x2614, 0x2615},
	{0x2648, 0x2653},   {0x267f, 0x267f},   {0x2693, 0x2693},   {0x26a1, 0x26a1},
	{0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26ce, 0x26ce},
	{0x26d4, 0x26d4},   {0x26ea, 0x26ea},   {0x26f2, 0x26f3},   {0x26f5, 0x26f5},
	{0x26fa, 0x26fa},   {0x26fd, 0x26fd},   {0x2705, 0x2705},   {0x270a, 0x270b},
	{0x2728, 0x2728},   {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},
	{0x2757, 0x2757},   {0x2795, 0x2797},   {0x27b0, 0x27b0},   {0x27bf, 0x27bf},
	{0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55},   {0x2e80, 0x303e},
	{0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xa000, 0xa4cf},
	{0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe10, 0xfe19},
	{0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18cff},
	{0x1aff0, 0x1b2fb}, {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e},
	{0x1f191, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c},
	{0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0},
	{0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc},
	{0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f54e}, {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a},
	{0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4}, {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5},
	{0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2}, {0x1f6d5, 0x1f6df}, {0x1f6eb, 0x1f6ec},
	{0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7f0}, {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945},
	{0x1f947, 0x1f9ff}, {0x1fa70, 0x1faf8}, {0x20000, 0x2fffd}, {0x30000, 0x3fffd},
};

static bool within(const struct interval *table, size_t count, uint32_t c)
{
	size_t low = 0;
	while (low < count) {
		size_t middle = low + (count - low) / 2;
		if (c > table[middle].last)
			low = middle + 1;
		else if (c < table[middle].first)
			count = middle;
		else
			return true;
	}
	return false;
}

unsigned utf8_width_of(uint32_t character)
{
	if (character < 0x300)
		return 1;
	if (within(zero_width, ARRAY_LEN(zero_width), character))
		return 0;
	return within(double_width, ARRAY_LEN(double_width), character) ? 2 : 1;
}

size_t utf8_width(struct portroll_str text)
{
	size_t width = 0;
	while (text.len)
		width += utf8_width_of(utf8_next(&text));
	return width;
}

size_t utf8_encode(char ret_bytes[static 4], uint32_t character)
{
	static const uint8_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
	size_t len = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
	for (size_t i = len - 1; i > 0; i--) {
		ret_bytes[i] = (char)(0x80 | (character & 0x3f));
		character >>= 6;
	}
	ret_bytes[0] = (char)(lead[len] | character);
	return len;
}
