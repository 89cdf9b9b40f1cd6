/* SPDX-License-Identifier: MIT */
#include "registry/range.h"

#include "base/num.h"
#include "base/str.h"

/* clang-format off */
const struct port_class port_classes[PORT_CLASS_COUNT] = {
	{{0, 1023}, "System Ports", "Well Known Ports",
	 "IETF Review or IESG Approval", "the IETF through the IESG, or the IESG",
	 "RFC 6335 section 8.1.2, RFC 8126 sections 4.8 and 4.10"},
	{{1024, 49151}, "User Ports", "Registered Ports",
	 "IETF Review, IESG Approval or Expert Review", "the IESG, or IANA on the expert's advice",
	 "RFC 6335 section 8.1.2, RFC 8126 sections 4.5, 4.8 and 4.10"},
	{{49152, 65535}, "Dynamic Ports", "Private or Ephemeral Ports",
	 "never assigned", "nobody",
	 "RFC 6335 sections 6 and 8.1.2"},
};
/* clang-format on */

static int port_parse(uint16_t *ret, struct portroll_str text)
{
	uint64_t value;
	int r = num_parse(&value, text, UINT16_MAX);
	if (r == PORTROLL_OK)
		*ret = (uint16_t)value;
	return r;
}

int range_parse(struct range *ret, struct portroll_str text)
{
	struct range range;
	size_t hyphen = str_find_char(text, '-');
	int r = port_parse(&range.first, str_trim(str_part(text, 0, hyphen)));
	if (r < 0)
		return r;
	range.last = range.first;
	if (hyphen != SIZE_MAX)
		r = port_parse(&range.last, str_trim(str_part(text, hyphen + 1, text.len)));
	if (r < 0)
		return r;
	if (range.first > range.last)
		return PORTROLL_ERULE;
	*ret = range;
	return PORTROLL_OK;
}

const char *range_error_text(int code)
{
	switch (code) {
	case PORTROLL_ELIMIT:
		return "a port is at most 65535";
	case PORTROLL_ERULE:
		return "a range begins with its lower port";
	default:
		return "a port is a number from 0 to 65535, or two with a hyphen between";
	}
}

const char *range_expected_text(int code)
{
	switch (code) {
	case PORTROLL_ELIMIT:
		return "a port of at most 65535";
	case PORTROLL_ERULE:
		return "a range that begins with its lower port";
	default:
		return "a number from 0 to 65535, or two with a hyphen between";
	}
}

size_t range_format(char ret_text[static RANGE_TEXT_MAX], struct range range)
{
	char digits[NUM_TEXT_MAX];
	size_t len = 0;
	uint16_t ends[] = {range.first, range.last};
	for (size_t i = 0; i < (range.first == range.last ? 1U : 2U); i++) {
		if (i > 0)
			ret_text[len++] = '-';
		size_t count = num_format(digits, ends[i]);
		for (size_t k = 0; k < count; k++)
			ret_text[len++] = digits[k];
	}
	ret_text[len] = '\0';
	return len;
}

bool range_covers(struct range range, uint16_t port)
{
	return range.first <= port && port <= range.last;
}

const struct port_class *port_class_of(uint16_t port)
{
	const struct port_class *class = port_classes;
	while (!range_covers(class->range, port))
		class ++;
	return class;
}
