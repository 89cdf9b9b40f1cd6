/* SPDX-License-Identifier: MIT */
#include "ledger/base64.h"

#define NONE 64U

void base64_put(struct buf *out, const void *bytes, size_t len)
{
	static const char alphabet[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const uint8_t *at = bytes;
	char digits[64];
	size_t filled = 0;
	for (size_t i = 0; i < len; i += 3) {
		size_t count = len - i < 3 ? len - i : 3;
		uint32_t group = 0;
		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (k < count ? at[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			digits[filled++] = k <= count ? alphabet[group >> (18 - 6 * k) & 63] : '=';
		if (filled == sizeof(digits) || i + 3 >= len) {
			buf_put(out, (struct portroll_str){digits, filled});
			filled = 0;
		}
	}
}

static uint32_t value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (uint32_t)(c - 'A');
	if (c >= 'a' && c <= 'z')
		return (uint32_t)(c - 'a') + 26;
	if (is_digit(c))
		return (uint32_t)(c - '0') + 52;
	return c == '+' ? 62 : c == '/' ? 63 : NONE;
}

size_t base64_size(struct portroll_str text)
{
	if (text.len % 4 != 0)
		return SIZE_MAX;
	size_t padding = str_ends(text, STR("==")) ? 2 : str_ends(text, STR("=")) ? 1 : 0;
	size_t digits = text.len - padding;
	for (size_t i = 0; i < digits; i++)
		if (value_of(text.ptr[i]) == NONE)
			return SIZE_MAX;
	uint32_t unused = padding == 2 ? 15 : padding == 1 ? 3 : 0;
	if (unused && (value_of(text.ptr[digits - 1]) & unused))
		return SIZE_MAX;
	return text.len / 4 * 3 - padding;
}

void base64_take(void *ret, size_t len, struct portroll_str text)
{
	uint8_t *to = ret;
	for (size_t i = 0; i < len; i++) {
		const char *group = text.ptr + i / 3 * 4 + i % 3;
		uint32_t pair = value_of(group[0]) << 6 | value_of(group[1]);
		to[i] = (uint8_t)(pair >> (4 - 2 * (i % 3)));
	}
}

bool base64_read(void *ret, size_t len, struct portroll_str text)
{
	if (base64_size(text) != len)
		return false;
	base64_take(ret, len, text);
	return true;
}
