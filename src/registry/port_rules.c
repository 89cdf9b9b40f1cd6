/* SPDX-License-Identifier: MIT */
#include "base/macros.h"
#include "base/str.h"
#include "registry/range.h"
#include "registry/rule_text.h"

struct request {
	struct range range; /* with is_range */
	bool is_range;      /* one port or a range from a lower to a higher one */
};

static struct request request_of(struct portroll_str text)
{
	struct request q = {0};
	q.is_range = range_parse(&q.range, text) == PORTROLL_OK;
	if (q.is_range && q.range.first == q.range.last)
		q.is_range = str_find_char(text, '-') == SIZE_MAX;
	return q;
}

static bool lies_in_one_class(const struct request *q)
{
	return q->is_range && port_class_of(q->range.first) == port_class_of(q->range.last);
}

static bool is_assignable(const struct request *q)
{
	return !q->is_range || q->range.last < port_classes[PORT_CLASS_COUNT - 1].range.first;
}

static const struct port_rule {
	const char *id, *origin;
	enum portroll_level level;
	bool (*holds)(const struct request *q);
	const char *sentence;
} rules[] = {
	/* clang-format off */
	{"P01", P01_ORIGIN, PORTROLL_MUST, lies_in_one_class, P01_TEXT},
	{"P02", P02_ORIGIN, PORTROLL_MUST, is_assignable, P02_TEXT},
	/* clang-format on */
};

size_t portroll_check_port(struct portroll_str port, struct portroll_finding *ret, size_t max)
{
	struct request request = request_of(port);
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		if (rules[i].holds(&request))
			continue;
		if (count < max)
			ret[count] = (struct portroll_finding){.rule = rules[i].id,
							       .origin = rules[i].origin,
							       .sentence = rules[i].sentence,
							       .level = rules[i].level,
							       .record = PORTROLL_NONE};
		count++;
	}
	return count;
}
