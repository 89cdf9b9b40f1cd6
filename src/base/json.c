/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include "base/num.h"

struct json json_init(struct buf *out, bool indented)
{
	return (struct json){.out = out, .indented = indented};
}

static void line(struct json *j)
{
	if (!j->indented)
		return;
	buf_putc(j->out, '\n');
	buf_fill(j->out, ' ', (size_t)2 * j->depth);
}

/* What stands before any value: the comma and line of an item, or nothing after a key. */
static void before_item(struct json *j)
{
	if (j->after_key) {
		j->after_key = false;
		return;
	}
	if (j->depth == 0 || j->depth > JSON_DEPTH_MAX)
		return;
	if (j->any[j->depth - 1])
		buf_putc(j->out, ',');
	j->any[j->depth - 1] = true;
	line(j);
}

static void open_level(struct json *j, char bracket)
{
	before_item(j);
	buf_putc(j->out, bracket);
	if (j->depth < JSON_DEPTH_MAX)
		j->any[j->depth] = false;
	else if (!j->out->failed)
		j->out->failed = PORTROLL_ELIMIT;
	j->depth++;
}

static void close_level(struct json *j, char bracket)
{
	j->depth--;
	if (j->depth < JSON_DEPTH_MAX && j->any[j->depth])
		line(j);
	buf_putc(j->out, bracket);
}

void json_object(struct json *j)
{
	open_level(j, '{');
}

void json_object_end(struct json *j)
{
	close_level(j, '}');
}

void json_array(struct json *j)
{
	open_level(j, '[');
}

void json_array_end(struct json *j)
{
	close_level(j, ']');
}

static void put_escaped(struct buf *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	switch (c) {
	case '\n':
		buf_puts(out, "\\n");
		return;
	case '\t':
		buf_puts(out, "\\t");
		return;
	case '\r':
		buf_puts(out, "\\r");
		return;
	case '"':
		buf_puts(out, "\\\"");
		return;
	case '\\':
		buf_puts(out, "\\\\");
		return;
	default:
		buf_puts(out, "\\u00");
		buf_putc(out, hex[c >> 4]);
		buf_putc(out, hex[c & 15]);
	}
}

static void put_quoted(struct buf *out, struct portroll_str text)
{
	buf_putc(out, '"');
	size_t from = 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put(out, str_part(text, from, i));
		put_escaped(out, c);
		from = i + 1;
	}
	buf_put(out, str_part(text, from, text.len));
	buf_putc(out, '"');
}

void json_key(struct json *j, const char *key)
{
	before_item(j);
	put_quoted(j->out, str_from(key));
	buf_puts(j->out, j->indented ? ": " : ":");
	j->after_key = true;
}

void json_str(struct json *j, struct portroll_str text)
{
	before_item(j);
	put_quoted(j->out, text);
}

void json_num(struct json *j, uint64_t value)
{
	before_item(j);
	buf_put_num(j->out, value);
}

void json_millionths(struct json *j, uint32_t value)
{
	char places[6];
	json_num(j, value / 1000000);
	buf_putc(j->out, '.');
	size_t len = num_format_padded(places, value, sizeof(places));
	buf_put(j->out, (struct portroll_str){places, len});
}

void json_bool(struct json *j, bool value)
{
	before_item(j);
	buf_puts(j->out, value ? "true" : "false");
}

void json_null(struct json *j)
{
	before_item(j);
	buf_puts(j->out, "null");
}

void json_member(struct json *j, const char *key, struct portroll_str text)
{
	if (text.len == 0)
		return;
	json_key(j, key);
	json_str(j, text);
}
