/* SPDX-License-Identifier: MIT */
#include "ledger/canonical.h"

#include "base/utf8.h"

struct canonical canonical_init(struct buf *out)
{
	return (struct canonical){.out = out};
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

bool canonical_text_ok(struct portroll_str text)
{
	return utf8_find_invalid(text) == SIZE_MAX && utf8_find_control(text) == SIZE_MAX &&
	       str_find_char(text, '\t') == SIZE_MAX;
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

static void put_quoted(struct buf *out, struct portroll_str text)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		char ch = text.ptr[i];
		if (ch == '"' || ch == '\\' || ch == '\n')
			buf_putc(out, '\\');
		buf_putc(out, ch == '\n' ? 'n' : ch);
	}
	buf_putc(out, '"');
}

void canonical_name(struct canonical *c, struct portroll_str name)
{
	struct canonical_level *l = level(c);
	if (!l || !l->is_object || c->after_name || !canonical_name_ok(name) ||
	    (l->any && str_compare(l->name, name) >= 0))
		refuse(c);
	if (c->out->failed)
		return;
	if (l->any)
		buf_putc(c->out, ',');
	put_quoted(c->out, name);
	buf_putc(c->out, ':');
	l->any = true;
	l->name = name;
	c->after_name = true;
}

void canonical_text(struct canonical *c, struct portroll_str text)
{
	if (!canonical_text_ok(text) || (c->after_name && text.len == 0))
		refuse(c);
	if (begin_value(c))
		put_quoted(c->out, text);
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
