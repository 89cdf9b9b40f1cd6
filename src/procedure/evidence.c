/* SPDX-License-Identifier: MIT */
#include "procedure/evidence.h"

#include "base/str.h"

static const char *const keys[EVIDENCE_COUNT] = {
	"expert-yes",      "expert-opinion", "ietf-review",     "standards-action",
	"iesg-approval",   "specification",  "assignee-agrees", "all-confirmed",
	"not-in-use",      "call-ended",     "good-reason",     "impact-accepted",
	"by-assignee",     "by-contact",     "by-registrar",    "chairs-agree",
	"director-agrees", "owner-agrees",   "reviews-agree",   "registrar-decided",
	"stream-reviewed",
};

const char *evidence_key(unsigned bit)
{
	return keys[bit];
}

bool evidence_parse(uint32_t *ret_item, struct portroll_str key)
{
	for (unsigned i = 0; i < EVIDENCE_COUNT; i++)
		if (str_equal_fold(key, str_from(keys[i]))) {
			*ret_item = 1U << i;
			return true;
		}
	return false;
}
