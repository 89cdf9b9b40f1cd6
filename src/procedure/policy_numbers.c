/* SPDX-License-Identifier: MIT */
#include "procedure/policy_text.h"

#include <stddef.h>

#define DAYS_MAX 3650
#define ANY      UINT32_MAX

/* clang-format off */
const struct policy_number policy_numbers[POLICY_NUMBER_COUNT] = {
	{"Answer Days",         offsetof(struct policy, deadlines.answer),    1, DAYS_MAX, 1, ANY, NULL},
	{"Confirmation Days",   offsetof(struct policy, deadlines.confirm),   1, DAYS_MAX, 1, ANY, NULL},
	{"Expert Days",         offsetof(struct policy, deadlines.expert),    1, DAYS_MAX, 1, ANY, NULL},
	{"Reminders",           offsetof(struct policy, deadlines.reminders), 0, 100,      0, ANY, NULL},
	{"Community Call Days", offsetof(struct policy, deadlines.call),      1, DAYS_MAX, 28, ANY, "RFC 6335 section 8.4"},
	{"Appeal Months",       offsetof(struct policy, deadlines.appeal),    1, 120,      2, ANY, "RFC 2026 section 6.5.4"},
	{"Temporary Days",      offsetof(struct policy, deadlines.temporary), 1, DAYS_MAX, 1, 366, "RFC 7120 section 3.1"},
	{"Description Length",  offsetof(struct policy, description_max),     1, 4000,     1, ANY, NULL},
	{"Description Limit",   offsetof(struct policy, description_limit),   1, 4000,     1, ANY, NULL},
};
/* clang-format on */

uint32_t *policy_number_of(struct policy *p, const struct policy_number *number)
{
	return (uint32_t *)(void *)((char *)p + number->offset);
}
