/* SPDX-License-Identifier: MIT */
#include "base/num.h"

#include "base/str.h"

int num_parse(uint64_t *ret, struct portroll_str text, uint64_t max)
{
	if (text.len == 0)
		return PORTROLL_ESYNTAX;
	uint64_t value = 0;
	bool too_large = false;
	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.ptr[i]))
			return PORTROLL_ESYNTAX;
		uint64_t digit = (uint64_t)(text.ptr[i] - '0');
		if (digit > max || value > (max - digit) / 10)
			too_large = true;
		else
			value = value * 10 + digit;
	}
	if (too_large)
		return PORTROLL_ELIMIT;
	*ret = value;
	return PORTROLL_OK;
}

size_t num_format(char ret_text[static NUM_TEXT_MAX], uint64_t value)
{
	char reversed[NUM_TEXT_MAX];
	size_t len = 0;
	do {
		reversed[len++] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	for (size_t i = 0; i < len; i++)
		ret_text[i] = reversed[len - 1 - i];
	return len;
}

size_t num_format_padded(char *ret_text, uint64_t value, size_t count)
{
	for (size_t i = count; i > 0; i--) {
		ret_text[i - 1] = (char)('0' + value % 10);
		value /= 10;
	}
	return count;
}

void num_format_hex(char *ret_text, const uint8_t *bytes, size_t count)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < count; i++) {
		ret_text[2 * i] = digits[bytes[i] >> 4];
		ret_text[2 * i + 1] = digits[bytes[i] & 15];
	}
}
