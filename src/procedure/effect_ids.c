/* SPDX-License-Identifier: MIT */
#include "procedure/effect_ids.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "procedure/effect_text.h"

#define ID_SIZE_MAX 400

/* What XML lets a name begin with beyond ASCII (Namespaces in XML, NCName). */
static const struct letters {
	uint32_t first, last;
} letters[] = {
	{0xc0, 0xd6},     {0xd8, 0xf6},     {0xf8, 0x2ff},    {0x370, 0x37d},
	{0x37f, 0x1fff},  {0x200c, 0x200d}, {0x2070, 0x218f}, {0x2c00, 0x2fef},
	{0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0x10000, 0xeffff},
};

static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return is_alpha((char)c);
	for (size_t i = 0; i < ARRAY_LEN(letters); i++)
		if (c >= letters[i].first && c <= letters[i].last)
			return true;
	return false;
}

static bool is_sign(uint32_t c)
{
	return c == '_' || c == '-' || c == '.' || (c >= '0' && c <= '9');
}

/* One word of the name; e.V. and B.V. keep their last full stop, Inc. and initials lose it. */
static void put_word(struct buf *out, struct portroll_str word, struct arena *a)
{
	size_t stop = str_find_char(word, '.');
	if (word.len && stop == word.len - 1)
		word = str_part(word, 0, stop);
	struct buf part = BUF_INIT(ID_SIZE_MAX);
	while (word.len) {
		uint32_t c = utf8_next(&word);
		char bytes[4];
		if (c != UTF8_INVALID && (is_letter(c) || is_sign(c)))
			buf_put(&part, (struct portroll_str){bytes, utf8_encode(bytes, c)});
	}
	if (part.len && out->len)
		buf_putc(out, '_');
	buf_put(out, text_keep(&part, a));
}

struct portroll_str id_of_name(struct arena *a, struct portroll_str name)
{
	struct buf id = BUF_INIT(ID_SIZE_MAX * 2);
	struct portroll_str rest = str_part(name, 0, ID_SIZE_MAX), word;
	while (str_word(&rest, &word))
		put_word(&id, str_trim(word), a);
	struct buf whole = BUF_INIT(ID_SIZE_MAX * 2);
	struct portroll_str text = text_keep(&id, a);
	if (text.len == 0 || is_digit(text.ptr[0]) || text.ptr[0] == '.' || text.ptr[0] == '-')
		buf_putc(&whole, '_');
	buf_put(&whole, text);
	struct portroll_str kept = text_keep(&whole, a);
	return kept;
}

bool id_is_well_formed(struct portroll_str id)
{
	struct portroll_str rest = id;
	if (id.len == 0 || id.len > ID_SIZE_MAX || is_digit(id.ptr[0]) || id.ptr[0] == '.' ||
	    id.ptr[0] == '-')
		return false;
	while (rest.len) {
		uint32_t c = utf8_next(&rest);
		if (c == UTF8_INVALID || (!is_letter(c) && !is_sign(c)))
			return false;
	}
	return true;
}
