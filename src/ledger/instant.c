/* SPDX-License-Identifier: MIT */
#include "ledger/instant.h"

#include "base/num.h"
#include "base/str.h"

#define DAY  86400
#define HOUR 3600

/* Days from 1970-01-01 to the first day of a month; years that begin in March have the leap day
 * at their end. */
static int64_t days_before(int64_t year, int64_t month)
{
	int64_t march_year = month > 2 ? year : year - 1;
	int64_t march_month = month > 2 ? month - 3 : month + 9;
	int64_t days = march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400;
	return days + (march_month * 153 + 2) / 5 - 719468;
}

struct date instant_date(int64_t time)
{
	int64_t days = time / DAY;
	int64_t year = 1970 + days / 366, month = 1;
	while (days_before(year + 1, 1) <= days)
		year++;
	while (month < 12 && days_before(year, month + 1) <= days)
		month++;
	int64_t day = 1 + days - days_before(year, month);
	return (struct date){(uint16_t)year, (uint8_t)month, (uint8_t)day};
}

size_t instant_format(char ret_text[static INSTANT_TEXT_MAX], int64_t time)
{
	const int64_t parts[] = {time % DAY / HOUR, time % HOUR / 60, time % 60};
	size_t len = date_format(ret_text, instant_date(time));
	for (size_t i = 0; i < 3; i++) {
		ret_text[len++] = i ? ':' : 'T';
		ret_text[len++] = (char)('0' + parts[i] / 10);
		ret_text[len++] = (char)('0' + parts[i] % 10);
	}
	ret_text[len++] = 'Z';
	ret_text[len] = '\0';
	return len;
}

int instant_parse(int64_t *ret, struct portroll_str text)
{
	struct date date;
	uint64_t hour, minute, second;
	if (text.len != INSTANT_TEXT_MAX - 1 || text.ptr[10] != 'T' || text.ptr[13] != ':' ||
	    text.ptr[16] != ':' || text.ptr[19] != 'Z')
		return PORTROLL_ESYNTAX;
	if (date_parse(&date, str_part(text, 0, 10)) < 0 || date.year < 1970 ||
	    num_parse(&hour, str_part(text, 11, 13), 23) < 0 ||
	    num_parse(&minute, str_part(text, 14, 16), 59) < 0 ||
	    num_parse(&second, str_part(text, 17, 19), 59) < 0)
		return PORTROLL_ESYNTAX;
	int64_t days = days_before(date.year, date.month) + date.day - 1;
	*ret = days * DAY + (int64_t)hour * HOUR + (int64_t)minute * 60 + (int64_t)second;
	return PORTROLL_OK;
}
