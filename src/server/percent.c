/* SPDX-License-Identifier: MIT */
#include "server/percent.h"

#include "base/utf8.h"

static int hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	char folded = fold_char(c);
	return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

/* Is the decoded text fit to be shown and compared? */
static bool is_clean(struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];
		if (byte < 0x20 || byte == 0x7f)
			return false;
	}
	return utf8_find_invalid(text) == SIZE_MAX && utf8_find_control(text) == SIZE_MAX;
}

int percent_decode(struct portroll_str *ret, struct portroll_str text, bool is_form,
		   struct arena *a)
{
	char *bytes = arena_alloc(a, text.len);
	if (!bytes)
		return PORTROLL_ENOMEM;
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '%') {
			int high = text.len - i > 2 ? hex_value(text.ptr[i + 1]) : -1;
			int low = text.len - i > 2 ? hex_value(text.ptr[i + 2]) : -1;
			if (high < 0 || low < 0)
				return PORTROLL_ESYNTAX;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && is_form) {
			c = ' ';
		}
		bytes[len++] = c == '\t' && is_form ? ' ' : c;
	}
	struct portroll_str decoded = {bytes, len};
	if (!is_clean(decoded))
		return PORTROLL_ESYNTAX;
	*ret = decoded;
	return PORTROLL_OK;
}

static bool is_unreserved(char c)
{
	return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void percent_put(struct buf *out, struct portroll_str text)
{
	static const char digits[] = "0123456789ABCDEF";
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char)text.ptr[i];
		if (is_unreserved(text.ptr[i])) {
			buf_putc(out, text.ptr[i]);
			continue;
		}
		buf_putc(out, '%');
		buf_putc(out, digits[byte >> 4]);
		buf_putc(out, digits[byte & 15]);
	}
}
