/* SPDX-License-Identifier: MIT */
#include "terminal/out.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/num.h"
#include "base/utf8.h"

#define WIDTH_DEFAULT 80
#define WIDTH_MIN     20
#define WIDTH_MAX     1000
#define MESSAGE_MAX   1024

enum {
	FINISHED = 0,
	FAILED = 1, /* the exit code for errors, the same in all programs */
};

static int drain(void *context, struct portroll_str bytes)
{
	struct out *o = context;
	int r = file_drain(&o->descriptor, bytes);
	if (r < 0)
		o->sys_errno = errno;
	return r;
}

static bool is_set(const char *variable)
{
	const char *value = getenv(variable);
	return value && value[0] != '\0';
}

/* COLUMNS, where it is set, also without a terminal: who sets it wants that width. */
static unsigned find_width(int descriptor, bool is_terminal)
{
	uint64_t columns = 0;
	struct winsize size;
	if (num_parse(&columns, str_from(getenv("COLUMNS")), WIDTH_MAX) < 0 || columns == 0) {
		if (!is_terminal)
			return 0;
		bool known = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
		columns = known ? size.ws_col : WIDTH_DEFAULT;
	}
	return columns < WIDTH_MIN ? WIDTH_MIN : (unsigned)columns;
}

static bool find_colour(const char *wanted, bool is_terminal)
{
	if (wanted && strcmp(wanted, "always") == 0)
		return true;
	if (wanted && strcmp(wanted, "never") == 0)
		return false;
	const char *terminal = getenv("TERM");
	return is_terminal && !is_set("NO_COLOR") && terminal && strcmp(terminal, "dumb") != 0;
}

void out_init(struct out *ret, const char *program, const char *colour)
{
	*ret = (struct out){.descriptor = STDOUT_FILENO, .program = program};
	ret->buf = BUF_DRAIN(drain, ret);
	ret->is_terminal = isatty(STDOUT_FILENO);
	ret->messages_terminal = isatty(STDERR_FILENO);
	ret->colour = find_colour(colour, ret->is_terminal);
	ret->width = find_width(STDOUT_FILENO, ret->is_terminal);
}

void out_say_cut_map(void)
{
	static const char text[] = "portroll: a file was cut short while it was read; try again\n";
	(void)!write(STDERR_FILENO, text, sizeof(text) - 1);
}

int out_finish(struct out *o)
{
	int r = buf_flush(&o->buf);
	buf_done(&o->buf);
	if (r == PORTROLL_OK || o->sys_errno == EPIPE)
		return FINISHED;
	const char *why = o->sys_errno ? strerrordesc_np(o->sys_errno) : error_text(r);
	out_message(o, "standard output cannot be written: %s", why);
	return FAILED;
}

/* What a terminal obeys instead of showing it: control characters, bytes that are not UTF-8, and
 * what turns the direction of the text around it (Unicode's UAX #9, explicit formatting). */
static bool is_obeyed(uint32_t c)
{
	bool turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
	return c < ' ' || (c >= 0x7f && c < 0xa0) || c == UTF8_INVALID || turns;
}

/* Those as \xNN. */
static void put_escaped(struct buf *out, struct portroll_str text, bool keep_lines)
{
	while (text.len) {
		struct portroll_str rest = text;
		uint32_t c = utf8_next(&rest);
		struct portroll_str bytes = str_part(text, 0, text.len - rest.len);
		if (!is_obeyed(c) || (c == '\n' && keep_lines))
			buf_put(out, bytes);
		else
			buf_printf(out, "\\x%02x",
				   c == UTF8_INVALID ? (unsigned char)*bytes.ptr : c);
		text = rest;
	}
}

void out_text(struct out *o, struct portroll_str text, bool keep_lines)
{
	if (o->is_terminal)
		put_escaped(&o->buf, text, keep_lines);
	else
		buf_put(&o->buf, text);
}

size_t out_text_width(const struct out *o, struct portroll_str text)
{
	static const size_t byte_width = sizeof("\\x00") - 1, turn_width = sizeof("\\x202a") - 1;
	size_t width = 0;
	while (text.len) {
		uint32_t c = utf8_next(&text);
		if (!is_obeyed(c) || !o->is_terminal)
			width += utf8_width_of(c);
		else
			width += c != UTF8_INVALID && c > 0xff ? turn_width : byte_width;
	}
	return width;
}

void out_colour(struct out *o, enum colour colour)
{
	static const char *const codes[COLOUR_COUNT] = {
		[COLOUR_NONE] = "\033[0m",    [COLOUR_NAME] = "\033[1m",
		[COLOUR_GOOD] = "\033[32m",   [COLOUR_WARN] = "\033[33m",
		[COLOUR_FREE] = "\033[36m",   [COLOUR_FAINT] = "\033[2m",
		[COLOUR_HEADING] = "\033[1m",
	};
	if (o->colour)
		buf_puts(&o->buf, codes[colour]);
}

/* Written in one piece, so that messages of several processes do not mix. */
static void put_message(const struct out *o, struct portroll_str text)
{
	struct buf line = BUF_INIT(16U << 10);
	buf_puts(&line, o->program);
	buf_puts(&line, ": ");
	put_escaped(&line, text, false);
	buf_putc(&line, '\n');
	int descriptor = STDERR_FILENO;
	(void)file_drain(&descriptor, buf_str(&line));
	buf_done(&line);
}

void out_message(const struct out *o, const char *format, ...)
{
	char text[MESSAGE_MAX];
	va_list args;
	va_start(args, format);
	int len = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (len < 0)
		return;
	size_t held = (size_t)len < sizeof(text) ? (size_t)len : sizeof(text) - 1;
	put_message(o, (struct portroll_str){text, held});
}

int out_error(const struct out *o, const char *file, const struct portroll_error *err)
{
	struct buf place = BUF_INIT(8U << 10);
	if (file)
		buf_printf(&place, "%s:", file);
	if (err->line)
		buf_printf(&place, "%u:", err->line);
	if (err->line && err->column)
		buf_printf(&place, "%u:", err->column);
	if (place.len)
		buf_putc(&place, ' ');
	const char *sentence = err->text[0] ? err->text : error_text(err->code);
	out_message(o, "%.*s%s", (int)place.len, buf_str(&place).ptr, sentence);
	buf_done(&place);
	return FAILED;
}
