/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include "base/str.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const messages[] = {
	[-PORTROLL_OK] = "ok",
	[-PORTROLL_ENOMEM] = "out of memory",
	[-PORTROLL_ESYSTEM] = "system error",
	[-PORTROLL_EINVAL] = "invalid argument",
	[-PORTROLL_ESYNTAX] = "malformed input",
	[-PORTROLL_ECORRUPT] = "damaged snapshot",
	[-PORTROLL_EVERSION] = "snapshot of another version",
	[-PORTROLL_ERULE] = "against the rules of the registry",
	[-PORTROLL_ECONFLICT] = "somebody else was first",
	[-PORTROLL_ELIMIT] = "larger than the limit",
};
static_assert(ARRAY_LEN(messages) == -PORTROLL_ERROR_LAST + 1, "every error code has a message");

const char *error_text(int code)
{
	if (code > 0 || code < PORTROLL_ERROR_LAST)
		return "unknown error";
	return messages[-code];
}

/* Names from files come into messages: control characters must not reach a terminal. */
PRINTF(2, 0) static void fill(struct portroll_error *err, const char *format, va_list args)
{
	const size_t room = sizeof(err->text);
	if (vsnprintf(err->text, room, format, args) >= (int)room)
		memcpy(err->text + room - sizeof("..."), "...", sizeof("..."));
	struct portroll_str rest = str_from(err->text);
	for (char *at = err->text; rest.len;) {
		uint32_t c = utf8_next(&rest);
		char *end = err->text + (rest.ptr - err->text);
		bool control = c < ' ' || (c >= 0x7f && c < 0xa0);
		if (control || c == UTF8_INVALID)
			memset(at, '?', (size_t)(end - at));
		at = end;
	}
}

int error_set(struct portroll_error *err, int code, const char *format, ...)
{
	if (!err || err->code)
		return code;
	*err = (struct portroll_error){.code = code};
	va_list args;
	va_start(args, format);
	fill(err, format, args);
	va_end(args);
	return code;
}

int error_at(struct portroll_error *err, int code, uint32_t line, uint32_t column,
	     const char *format, ...)
{
	if (!err || err->code)
		return code;
	*err = (struct portroll_error){.code = code, .line = line, .column = column};
	va_list args;
	va_start(args, format);
	fill(err, format, args);
	va_end(args);
	return code;
}

int error_sys(struct portroll_error *err, int sys_errno, const char *format, ...)
{
	if (!err || err->code)
		return PORTROLL_ESYSTEM;
	*err = (struct portroll_error){.code = PORTROLL_ESYSTEM, .sys_errno = sys_errno};
	va_list args;
	va_start(args, format);
	fill(err, format, args);
	va_end(args);
	const char *words = strerrordesc_np(sys_errno);
	words = words ? words : "unknown error";
	/* Of a long path rather the end is left out than the reason. */
	size_t room = sizeof(err->text) - strlen(": ") - strlen(words) - 1;
	struct portroll_str begin = str_part(str_from(err->text), 0, room);
	(void)snprintf(err->text + begin.len, sizeof(err->text) - begin.len, ": %s", words);
	return PORTROLL_ESYSTEM;
}

int error_memory(struct portroll_error *err)
{
	return error_set(err, PORTROLL_ENOMEM, "out of memory");
}
