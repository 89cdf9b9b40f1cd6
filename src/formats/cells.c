/* SPDX-License-Identifier: MIT */
#include "formats/cells.h"

#include "base/str.h"

#define SHOWN_MAX 60

struct portroll_str cell_shown(struct portroll_str text)
{
	size_t len = text.len < SHOWN_MAX ? text.len : SHOWN_MAX;
	while (len && len < text.len && ((unsigned char)text.ptr[len] & 0xc0) == 0x80)
		len--;
	return str_part(text, 0, len);
}

static int hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	char folded = fold_char(c);
	return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

static int hex_port(uint16_t *ret, struct portroll_str digits)
{
	if (digits.len == 0)
		return PORTROLL_ESYNTAX;
	uint32_t value = 0;
	bool too_large = false;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = hex_digit(digits.ptr[i]);
		if (digit < 0)
			return PORTROLL_ESYNTAX;
		value = value << 4 | (uint32_t)digit;
		too_large = too_large || value > UINT16_MAX;
		value &= UINT16_MAX;
	}
	if (too_large)
		return PORTROLL_ELIMIT;
	*ret = (uint16_t)value;
	return PORTROLL_OK;
}

static int port_cell(uint16_t *ret, struct portroll_str text)
{
	if (str_starts(text, STR("0x")))
		return hex_port(ret, str_part(text, 2, text.len));
	struct range range;
	int r = range_parse(&range, text);
	if (r == PORTROLL_OK)
		*ret = range.first;
	return r;
}

int range_cell(struct range *ret, struct portroll_str text)
{
	if (str_find(text, STR("0x")) == SIZE_MAX)
		return range_parse(ret, text);
	size_t hyphen = str_find_char(text, '-');
	struct range range;
	int r = port_cell(&range.first, str_trim(str_part(text, 0, hyphen)));
	if (r < 0)
		return r;
	range.last = range.first;
	if (hyphen != SIZE_MAX)
		r = port_cell(&range.last, str_trim(str_part(text, hyphen + 1, text.len)));
	if (r < 0)
		return r;
	if (range.first > range.last)
		return PORTROLL_ERULE;
	*ret = range;
	return PORTROLL_OK;
}

int range_keep_spelling(struct record *r, struct portroll_str text, struct arena *a)
{
	if (r->port.first != r->port.last || str_find_char(text, '-') == SIZE_MAX)
		return PORTROLL_OK;
	struct extra *extra = arena_alloc(a, sizeof(*extra));
	if (!extra)
		return PORTROLL_ENOMEM;
	*extra = (struct extra){.name = STR(EXTRA_NUMBER), .value = STR(EXTRA_NUMBER_SPELLED)};
	r->extras = (struct extra_list){extra, 1};
	return PORTROLL_OK;
}

int transport_cell(uint8_t *ret, struct portroll_str text)
{
	uint8_t transport;
	if (transport_parse(&transport, text) < 0 ||
	    !str_equal_fold(text, transport_name(transport)))
		return PORTROLL_ESYNTAX;
	*ret = transport;
	return PORTROLL_OK;
}

int date_cell(struct date *ret, struct portroll_str text)
{
	struct date date;
	if (date_parse(&date, text) < 0 || date.month == 0)
		return PORTROLL_ESYNTAX;
	*ret = date;
	return PORTROLL_OK;
}
