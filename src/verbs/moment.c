/* SPDX-License-Identifier: MIT */
#include "verbs/moment.h"

#include "base/buf.h"
#include "base/num.h"

#define PATH_LIMIT ((size_t)64 << 10)

int moment_parse(struct moment *ret, struct portroll_str text, struct portroll_error *err)
{
	struct moment moment = {.number = 0};
	bool is_number = str_starts(text, STR("@"));
	bool ok;
	if (is_number)
		ok = num_parse(&moment.number, str_part(text, 1, text.len), INT64_MAX) == 0 &&
		     moment.number > 0;
	else
		ok = date_parse(&moment.day, text) == PORTROLL_OK && moment.day.day;
	if (!ok)
		return error_set(err, PORTROLL_EINVAL,
				 "--as-of takes a day, YYYY-MM-DD, or a change, @N from @1, not "
				 "'%.60s'",
				 text.ptr);
	*ret = moment;
	return PORTROLL_OK;
}

char *moment_path(const char *folder, const struct moment *moment, uint64_t size, struct arena *a)
{
	CLEANUP(buf_done) struct buf path = BUF_INIT(PATH_LIMIT);
	char day[DATE_TEXT_MAX];
	buf_puts(&path, folder);
	buf_puts(&path, "/" STATES_FOLDER "/");
	if (date_format(day, moment->day)) {
		buf_puts(&path, day);
		buf_putc(&path, '@');
	}
	buf_put_num(&path, moment->day.year ? size : moment->number);
	return path.failed ? NULL : arena_cstr(a, buf_str(&path));
}

bool moment_fits(const struct moment *moment, uint64_t size, uint64_t own)
{
	return moment->day.year ? own <= size : own == moment->number;
}
