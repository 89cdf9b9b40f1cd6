/* SPDX-License-Identifier: MIT */
#include "ledger/canonical.h"

#include "base/utf8.h"

#include <string.h>

#define BLOCK     sizeof(uint64_t)
#define SHORT_MAX 64 /* bytes that are put together before they go to the buffer */

struct canonical canonical_init(struct buf *out)
{
	return (struct canonical){.out = out};
}

void canonical_again(struct canonical *c)
{
	c->depth = 0;
	c->after_name = c->is_done = false;
}

static void refuse(struct canonical *c)
{
	if (!c->out->failed)
		c->out->failed = PORTROLL_EINVAL;
}

bool canonical_name_ok(struct portroll_str name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((name.ptr[i] < 'a' || name.ptr[i] > 'z') && name.ptr[i] != '_')
			return false;
	return name.len > 0;
}

/* Is each of eight bytes ASCII that stands for itself? All are looked at at once: a byte's highest
 * bit is set in one of the terms where it is below a blank, above the tilde, " or \. */
static bool block_is_clean(uint64_t bytes)
{
	const uint64_t ones = UINT64_MAX / 0xff, high = ones * 0x80;
	uint64_t quote = bytes ^ ones * '"', backslash = bytes ^ ones * '\\';
	uint64_t special =
		(bytes - ones * ' ') | (bytes + ones) | (quote - ones) | (backslash - ones) | bytes;
	return (special & high) == 0;
}

static bool is_clean(char c)
{
	return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

static uint64_t block_at(const char *at)
{
	uint64_t block;
	memcpy(&block, at, sizeof(block));
	return block;
}

/* How many bytes at the start need neither a check nor an escape. */
static size_t clean_len(struct portroll_str text)
{
	size_t len = 0;
	while (text.len - len >= BLOCK && block_is_clean(block_at(text.ptr + len)))
		len += BLOCK;
	if (len && text.len - len < BLOCK && block_is_clean(block_at(text.ptr + text.len - BLOCK)))
		return text.len;
	while (len < text.len && is_clean(text.ptr[len]))
		len++;
	return len;
}

static bool rest_ok(struct portroll_str text)
{
	return utf8_find_invalid(text) == SIZE_MAX && utf8_find_control(text) == SIZE_MAX;
}

bool canonical_text_ok(struct portroll_str text)
{
	size_t clean = clean_len(text);
	return clean == text.len || rest_ok(str_part(text, clean, text.len));
}

static struct canonical_level *level(struct canonical *c)
{
	return c->depth ? &c->levels[c->depth - 1] : NULL;
}

/* The comma before an item; members have it before their name. */
static bool begin_value(struct canonical *c)
{
	struct canonical_level *l = level(c);
	if (c->out->failed)
		return false;
	if (l ? l->is_object && !c->after_name : c->is_done) {
		refuse(c);
		return false;
	}
	if (l && !l->is_object && l->any)
		buf_putc(c->out, ',');
	if (l)
		l->any = true;
	else
		c->is_done = true;
	c->after_name = false;
	return true;
}

static void open_level(struct canonical *c, bool is_object)
{
	bool may_be_empty = !c->after_name;
	if (c->depth == CANONICAL_DEPTH_MAX)
		refuse(c);
	if (!begin_value(c))
		return;
	buf_putc(c->out, is_object ? '{' : '[');
	c->levels[c->depth++] =
		(struct canonical_level){.is_object = is_object, .may_be_empty = may_be_empty};
}

void canonical_object(struct canonical *c)
{
	open_level(c, true);
}

void canonical_array(struct canonical *c)
{
	open_level(c, false);
}

void canonical_end(struct canonical *c)
{
	struct canonical_level *l = level(c);
	if (!l || c->after_name || !(l->any || l->may_be_empty))
		refuse(c);
	if (c->out->failed)
		return;
	buf_putc(c->out, l->is_object ? '}' : ']');
	c->depth--;
}

static void put_escaped(struct buf *out, struct portroll_str text)
{
	while (text.len) {
		char c = text.ptr[0];
		if (c == '"' || c == '\\' || c == '\n' || c == '\t')
			buf_putc(out, '\\');
		buf_putc(out, c == '\n' ? 'n' : c == '\t' ? 't' : c);
		text = str_part(text, 1, text.len);
		size_t clean = clean_len(text);
		buf_put(out, str_part(text, 0, clean));
		text = str_part(text, clean, text.len);
	}
}

/* Of the text so many bytes at its start are clean. Short texts that are all clean, that is most,
 * go to the buffer at once. */
static void put_quoted(struct buf *out, struct portroll_str text, size_t clean)
{
	char space[SHORT_MAX + 2];
	if (text.len <= SHORT_MAX && clean == text.len) {
		space[0] = '"';
		if (text.len)
			memcpy(space + 1, text.ptr, text.len);
		space[text.len + 1] = '"';
		buf_put(out, (struct portroll_str){space, text.len + 2});
		return;
	}
	buf_putc(out, '"');
	buf_put(out, str_part(text, 0, clean));
	put_escaped(out, str_part(text, clean, text.len));
	buf_putc(out, '"');
}

static void put_name(struct buf *out, bool after_another, struct portroll_str name)
{
	char space[SHORT_MAX + 4];
	size_t begin = after_another ? 0 : 1;
	if (name.len > SHORT_MAX) {
		buf_puts(out, after_another ? "," : "");
		put_quoted(out, name, name.len);
		buf_putc(out, ':');
		return;
	}
	memcpy(space, ",\"", 2);
	memcpy(space + 2, name.ptr, name.len);
	memcpy(space + 2 + name.len, "\":", 2);
	buf_put(out, (struct portroll_str){space + begin, name.len + 4 - begin});
}

/* Most names differ in their first byte. */
static bool sorts_before(struct portroll_str a, struct portroll_str b)
{
	return a.ptr[0] != b.ptr[0] ? a.ptr[0] < b.ptr[0] : str_compare(a, b) < 0;
}

void canonical_name(struct canonical *c, struct portroll_str name)
{
	struct canonical_level *l = level(c);
	if (!l || !l->is_object || c->after_name || !canonical_name_ok(name) ||
	    (l->any && !sorts_before(l->name, name)))
		refuse(c);
	if (c->out->failed)
		return;
	put_name(c->out, l->any, name);
	l->any = true;
	l->name = name;
	c->after_name = true;
}

void canonical_text(struct canonical *c, struct portroll_str text)
{
	size_t clean = clean_len(text);
	bool is_ok = clean == text.len || rest_ok(str_part(text, clean, text.len));
	if (!is_ok || (c->after_name && text.len == 0))
		refuse(c);
	if (begin_value(c))
		put_quoted(c->out, text, clean);
}

void canonical_integer(struct canonical *c, int64_t value)
{
	if (value > CANONICAL_INTEGER_MAX || value < -CANONICAL_INTEGER_MAX)
		refuse(c);
	if (!begin_value(c))
		return;
	if (value < 0)
		buf_putc(c->out, '-');
	buf_put_num(c->out, (uint64_t)(value < 0 ? -value : value));
}

void canonical_bool(struct canonical *c, bool value)
{
	if (begin_value(c))
		buf_puts(c->out, value ? "true" : "false");
}

void canonical_null(struct canonical *c)
{
	if (begin_value(c))
		buf_puts(c->out, "null");
}

void canonical_member(struct canonical *c, struct portroll_str name, struct portroll_str text)
{
	if (text.len == 0)
		return;
	canonical_name(c, name);
	canonical_text(c, text);
}
