/* SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include "base/num.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static bool fail(struct buf *b, int code)
{
	if (!b->failed)
		b->failed = code;
	return false;
}

/* One byte more is there for the NUL of vsnprintf(). */
static bool set_capacity(struct buf *b, size_t capacity)
{
	char *grown = NULL;
	size_t old = b->ptr ? b->capacity + 1 : 0;
	if (capacity < PTRDIFF_MAX)
		grown = memory_grow(b->ptr, old, b->len, capacity + 1);
	if (!grown)
		return fail(b, PORTROLL_ENOMEM);
	b->ptr = grown;
	b->capacity = capacity;
	return true;
}

/* `need` is within the limit. */
static bool grow(struct buf *b, size_t need)
{
	size_t capacity = b->capacity ? b->capacity : 256;
	if (capacity > b->limit)
		capacity = b->limit;
	while (capacity < need)
		capacity = capacity > b->limit / 2 ? b->limit : capacity * 2;
	return set_capacity(b, capacity);
}

static bool hand_on(struct buf *b, struct portroll_str bytes)
{
	int r = b->drain(b->context, bytes);
	if (r < 0)
		return fail(b, r);
	b->drained += bytes.len;
	return true;
}

/* Makes room for `more` bytes; false when that cannot be. */
static bool make_room(struct buf *b, size_t more)
{
	if (b->failed)
		return false;
	if (more <= b->limit - b->len)
		return grow(b, b->len + more);
	if (!b->drain || more > b->limit)
		return fail(b, PORTROLL_ELIMIT);
	if (!hand_on(b, buf_str(b)))
		return false;
	b->len = 0;
	return more <= b->capacity || grow(b, more);
}

static inline bool reserve(struct buf *b, size_t more)
{
	return (!b->failed && more <= b->capacity - b->len) || make_room(b, more);
}

void buf_put(struct buf *b, struct portroll_str text)
{
	if (text.len == 0)
		return;
	if (b->drain && text.len > b->limit) {
		if (buf_flush(b) == 0)
			(void)hand_on(b, text);
		return;
	}
	if (!reserve(b, text.len))
		return;
	memcpy(b->ptr + b->len, text.ptr, text.len);
	b->len += text.len;
}

void buf_puts(struct buf *b, const char *text)
{
	buf_put(b, str_from(text));
}

void buf_putc(struct buf *b, char c)
{
	if (reserve(b, 1))
		b->ptr[b->len++] = c;
}

void buf_fill(struct buf *b, char c, size_t count)
{
	for (size_t part; count > 0; count -= part) {
		part = count < 256 ? count : 256;
		if (!reserve(b, part))
			return;
		memset(b->ptr + b->len, c, part);
		b->len += part;
	}
}

void buf_put_num(struct buf *b, uint64_t value)
{
	char digits[NUM_TEXT_MAX];
	size_t len = num_format(digits, value);
	buf_put(b, (struct portroll_str){digits, len});
}

void buf_put_grouped(struct buf *b, uint64_t value)
{
	char digits[NUM_TEXT_MAX];
	size_t len = num_format(digits, value);
	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_putc(b, ',');
		buf_putc(b, digits[i]);
	}
}

void buf_vprintf(struct buf *b, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	if (len < 0)
		(void)fail(b, PORTROLL_EINVAL);
	else if (len > 0 && reserve(b, (size_t)len)) {
		(void)vsnprintf(b->ptr + b->len, (size_t)len + 1, format, again);
		b->len += (size_t)len;
	}
	va_end(again);
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vprintf(b, format, args);
	va_end(args);
}

void buf_reserve(struct buf *b, size_t more)
{
	if (!b->failed && more > b->capacity - b->len && more <= b->limit - b->len)
		(void)set_capacity(b, b->len + more);
}

struct portroll_str buf_str(const struct buf *b)
{
	return (struct portroll_str){b->ptr ? b->ptr : "", b->len};
}

void buf_clear(struct buf *b)
{
	b->len = 0;
}

int buf_flush(struct buf *b)
{
	if (b->drain && !b->failed && b->len) {
		(void)hand_on(b, buf_str(b));
		b->len = 0;
	}
	return b->failed;
}

struct portroll_str buf_keep(struct buf *b, struct arena *a)
{
	struct portroll_str held = b->failed ? STR("") : buf_str(b);
	if (held.len) {
		held = arena_keep(a, b->ptr, b->capacity + 1) ? held : STR("");
		b->ptr = NULL;
	}
	buf_done(b);
	return held;
}

void buf_done(struct buf *b)
{
	memory_free(b->ptr, b->ptr ? b->capacity + 1 : 0);
	b->ptr = NULL;
	b->len = b->capacity = 0;
	b->failed = 0;
}
