/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include "base/num.h"
#include "base/str.h"

static unsigned days_in(unsigned year, unsigned month)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap ? 1U : 0U);
}

static bool date_ok(uint64_t year, uint64_t month, uint64_t day)
{
	if (year < 1900 || year > 9999 || month > 12 || (month == 0 && day != 0))
		return false;
	return month == 0 || day <= days_in((unsigned)year, (unsigned)month);
}

/* Two digits after a hyphen; what is not there counts as 0, a written 0 as an error. */
static bool take_part(uint64_t *ret, struct portroll_str *text)
{
	*ret = 0;
	if (text->len == 0)
		return true;
	if (text->len < 3 || text->ptr[0] != '-')
		return false;
	if (num_parse(ret, str_part(*text, 1, 3), 99) < 0 || *ret == 0)
		return false;
	*text = str_part(*text, 3, text->len);
	return true;
}

int date_parse(struct date *ret, struct portroll_str text)
{
	uint64_t year, month, day;
	if (text.len < 4 || num_parse(&year, str_part(text, 0, 4), 9999) < 0)
		return PORTROLL_ESYNTAX;
	text = str_part(text, 4, text.len);
	if (!take_part(&month, &text) || !take_part(&day, &text) || text.len != 0)
		return PORTROLL_ESYNTAX;
	if (!date_ok(year, month, day))
		return PORTROLL_ESYNTAX;
	*ret = (struct date){(uint16_t)year, (uint8_t)month, (uint8_t)day};
	return PORTROLL_OK;
}

size_t date_format(char ret_text[static DATE_TEXT_MAX], struct date date)
{
	size_t len = 0;
	if (date.year)
		len += num_format_padded(ret_text, date.year, 4);
	if (date.month) {
		ret_text[len++] = '-';
		len += num_format_padded(ret_text + len, date.month, 2);
	}
	if (date.day) {
		ret_text[len++] = '-';
		len += num_format_padded(ret_text + len, date.day, 2);
	}
	ret_text[len] = '\0';
	return len;
}

bool date_equal(struct date a, struct date b)
{
	return date_compare(a, b) == 0;
}

int date_compare(struct date a, struct date b)
{
	uint32_t x = date_pack(a);
	uint32_t y = date_pack(b);
	return (x > y) - (x < y);
}

uint32_t date_pack(struct date date)
{
	return (uint32_t)date.year << 16 | (uint32_t)date.month << 8 | date.day;
}

struct date date_unpack(uint32_t packed)
{
	return (struct date){(uint16_t)(packed >> 16), (uint8_t)(packed >> 8), (uint8_t)packed};
}

bool date_packed_ok(uint32_t packed)
{
	struct date d = date_unpack(packed);
	return packed == 0 || date_ok(d.year, d.month, d.day);
}

uint32_t date_number(struct date date)
{
	return date.year * 10000U + date.month * 100U + date.day;
}

/* Days are counted from March 1 of the year 0 in eras of 400 years, so that the leap day is the
 * last of its year. */
struct date date_of_time(int64_t seconds)
{
	enum {
		DAY = 86400,
		ERA = 146097,
		TO_1970 = 719468,
		TO_1900 = -25567,
		TO_10000 = 2932897
	};
	int64_t days = seconds / DAY - (seconds % DAY < 0);
	if (days < TO_1900 || days >= TO_10000)
		return (struct date){0};
	days += TO_1970;
	int64_t era = days / ERA, day = days % ERA;
	int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	int64_t of_year = day - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	return (struct date){
		.year = (uint16_t)(era * 400 + year + (month >= 10)),
		.month = (uint8_t)(month < 10 ? month + 3 : month - 9),
		.day = (uint8_t)(of_year - (153 * month + 2) / 5 + 1),
	};
}
