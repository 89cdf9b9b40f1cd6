/* SPDX-License-Identifier: MIT */
#include "registry/service_code.h"

#include "base/num.h"
#include "base/str.h"

/* RFC 4340 section 8.1.2: letters, digits and -_+.*?@ and the slash. */
static bool is_code_char(char c)
{
	return is_alpha(c) || is_digit(c) || str_find_char(STR("-_+.*/?@"), c) != SIZE_MAX;
}

static int parse_code_text(uint32_t *ret, struct portroll_str text)
{
	uint32_t code = 0;
	if (text.len == 0 || text.len > 4)
		return PORTROLL_ESYNTAX;
	for (size_t i = 0; i < 4; i++) {
		char c = i < text.len ? text.ptr[i] : ' ';
		if (i < text.len && !is_code_char(c))
			return PORTROLL_ESYNTAX;
		code = code << 8 | (unsigned char)c;
	}
	*ret = code;
	return PORTROLL_OK;
}

#define CODE_MAX (UINT32_MAX - 1) /* the last one is invalid */

static int parse_code_hex(uint32_t *ret, struct portroll_str text)
{
	uint64_t code = 0;
	bool is_large = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = fold_char(text.ptr[i]);
		bool is_hex = is_digit(c) || (c >= 'a' && c <= 'f');
		if (!is_hex)
			return PORTROLL_ESYNTAX;
		code = code << 4 | (uint64_t)(is_digit(c) ? c - '0' : c - 'a' + 10);
		is_large = is_large || code > CODE_MAX;
		code &= UINT32_MAX;
	}
	if (text.len == 0)
		return PORTROLL_ESYNTAX;
	if (is_large)
		return PORTROLL_ELIMIT;
	*ret = (uint32_t)code;
	return PORTROLL_OK;
}

int service_code_parse(uint32_t *ret, struct portroll_str text)
{
	text = str_trim(text);
	struct portroll_str digits =
		str_starts(text, STR("SC=")) ? str_part(text, 3, text.len) : text;
	uint64_t code;
	if (str_starts(text, STR("SC=x")) || str_starts(text, STR("SC=X")))
		return parse_code_hex(ret, str_part(text, 4, text.len));
	if (str_starts(text, STR("SC:")))
		return parse_code_text(ret, str_part(text, 3, text.len));
	int r = num_parse(&code, digits, CODE_MAX);
	if (r == PORTROLL_OK)
		*ret = (uint32_t)code;
	if (r == PORTROLL_ESYNTAX && text.len == 4)
		return parse_code_text(ret, text);
	return r;
}

size_t service_code_text(char ret_text[static 5], uint32_t code)
{
	size_t len = 0;
	bool is_padded = false;
	for (unsigned i = 0; i < 4; i++) {
		char c = (char)(code >> (24 - 8 * i) & 0xff);
		bool has_form = c == ' ' ? i > 0 : is_code_char(c) && !is_padded;
		if (!has_form) {
			ret_text[0] = '\0';
			return 0;
		}
		is_padded = c == ' ';
		if (!is_padded)
			ret_text[len++] = c;
	}
	ret_text[len] = '\0';
	return len;
}
