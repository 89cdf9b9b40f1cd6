/* SPDX-License-Identifier: MIT */
#include "registry/frequency.h"

#include "base/num.h"

#define PLACES 6 /* of a millionth */

static uint32_t of_decimals(struct portroll_str whole, struct portroll_str places)
{
	uint64_t value, any;
	int r = num_parse(&value, whole, 0);
	if (r == PORTROLL_ESYNTAX || num_parse(&any, places, UINT64_MAX) == PORTROLL_ESYNTAX)
		return 0;
	if (r == PORTROLL_ELIMIT)
		return FREQUENCY_MAX;
	uint32_t millionths = 0;
	for (size_t i = 0; i < PLACES; i++)
		millionths =
			millionths * 10 + (i < places.len ? (uint32_t)(places.ptr[i] - '0') : 0);
	return millionths + (places.len > PLACES && places.ptr[PLACES] >= '5');
}

static uint32_t of_fraction(struct portroll_str count, struct portroll_str of)
{
	uint64_t open, hosts;
	if (num_parse(&open, count, UINT32_MAX) < 0 || num_parse(&hosts, of, UINT32_MAX) < 0 ||
	    hosts == 0)
		return 0;
	return open >= hosts ? FREQUENCY_MAX
			     : (uint32_t)((open * FREQUENCY_MAX + hosts / 2) / hosts);
}

uint32_t frequency_parse(struct portroll_str text)
{
	size_t slash = str_find_char(text, '/'), point = str_find_char(text, '.');
	if (slash != SIZE_MAX)
		return of_fraction(str_part(text, 0, slash), str_part(text, slash + 1, text.len));
	if (point != SIZE_MAX)
		return of_decimals(str_part(text, 0, point), str_part(text, point + 1, text.len));
	return of_decimals(text, STR("0"));
}

bool record_frequency(uint32_t *ret, const struct record *r)
{
	if (r->extras.count == 0)
		return false;
	struct portroll_str text = extra_value(r->extras, STR(EXTRA_FREQUENCY));
	if (text.len == 0)
		return false;
	*ret = frequency_parse(text);
	return true;
}

void frequency_put(struct buf *out, uint32_t millionths)
{
	char places[4];
	buf_put_num(out, millionths / 10000);
	buf_putc(out, '.');
	size_t len = num_format_padded(places, millionths, sizeof(places));
	buf_put(out, (struct portroll_str){places, len});
	buf_puts(out, " %");
}
