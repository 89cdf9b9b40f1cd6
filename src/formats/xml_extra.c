/* SPDX-License-Identifier: MIT */
#include "formats/xml_extra.h"

#include "base/macros.h"
#include "base/utf8.h"

struct character_range {
	uint32_t first, last;
};

/* XML 1.0, productions 4 and 4a. */
static const struct character_range name_start[] = {
	{':', ':'},       {'A', 'Z'},       {'_', '_'},       {'a', 'z'},
	{0xc0, 0xd6},     {0xd8, 0xf6},     {0xf8, 0x2ff},    {0x370, 0x37d},
	{0x37f, 0x1fff},  {0x200c, 0x200d}, {0x2070, 0x218f}, {0x2c00, 0x2fef},
	{0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0x10000, 0xeffff},
};
static const struct character_range name_more[] = {
	{'-', '.'}, {'0', '9'}, {0xb7, 0xb7}, {0x300, 0x36f}, {0x203f, 0x2040},
};

static const char *const known_attributes[HOLDER_COUNT] = {
	[HOLDER_REGISTRY] = " xmlns id ",
	[HOLDER_RECORD] = " date updated ",
	[HOLDER_PERSON] = " id ",
	[HOLDER_XREF] = " type data lastupdated section page appendix table figure anchor ",
};

static const char *const known_elements[HOLDER_COUNT] = {
	[HOLDER_REGISTRY] = (" title category created updated registration_rule xref expert "
			     "description note record footnote people "),
	[HOLDER_RECORD] = " name protocol assignee description number sc xref unauthorized note ",
	[HOLDER_PERSON] = " name org uri updated ",
	[HOLDER_XREF] = " ",
};

static bool is_in(const struct character_range *ranges, size_t count, uint32_t character)
{
	for (size_t i = 0; i < count; i++)
		if (character >= ranges[i].first && character <= ranges[i].last)
			return true;
	return false;
}

static bool is_name(struct portroll_str name)
{
	bool first = true;
	if (name.len == 0)
		return false;
	for (; name.len; first = false) {
		uint32_t c = utf8_next(&name);
		if (!is_in(name_start, ARRAY_LEN(name_start), c) &&
		    (first || !is_in(name_more, ARRAY_LEN(name_more), c)))
			return false;
	}
	return true;
}

static bool is_known(const char *words, struct portroll_str name)
{
	struct portroll_str rest = str_from(words), word;
	while (str_word(&rest, &word))
		if (str_equal(word, name))
			return true;
	return false;
}

bool xml_extra_ok(struct extra_list list, size_t index, enum xml_holder holder)
{
	const struct extra *x = &list.items[index];
	if (!is_name(x->name))
		return false;
	if (x->is_element)
		return holder != HOLDER_XREF && !is_known(known_elements[holder], x->name);
	for (size_t i = 0; i < index; i++)
		if (!list.items[i].is_element && str_equal(list.items[i].name, x->name))
			return false;
	return !is_known(known_attributes[holder], x->name);
}
