/* SPDX-License-Identifier: MIT */
#include "procedure/role.h"

static const char *const names[ROLE_COUNT] = {
	[ROLE_APPLICANT] = "applicant", [ROLE_ASSIGNEE] = "assignee",
	[ROLE_CONTACT] = "contact",     [ROLE_EXPERT] = "expert",
	[ROLE_REVIEWER] = "reviewer",   [ROLE_OWNER] = "owner",
	[ROLE_CHAIRS] = "chairs",       [ROLE_DIRECTOR] = "director",
	[ROLE_IESG] = "iesg",           [ROLE_IAB] = "iab",
	[ROLE_REGISTRAR] = "registrar", [ROLE_ADMINISTRATOR] = "administrator",
	[ROLE_CLOCK] = "clock",         [ROLE_ANYBODY] = "anybody",
};

const char *role_name(enum role role)
{
	return names[role];
}

bool role_parse(enum role *ret, struct portroll_str name)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (str_equal_fold(name, str_from(names[i]))) {
			*ret = (enum role)i;
			return true;
		}
	return false;
}

void role_put_set(struct buf *out, role_set roles)
{
	const char *before = "";
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		if (!(roles & ROLE_BIT(i)))
			continue;
		roles &= ~ROLE_BIT(i);
		buf_puts(out, before);
		buf_puts(out, names[i]);
		before = roles & (roles - 1) ? ", " : " or ";
	}
}

bool role_may(role_set roles, enum case_event_kind event, enum case_state state)
{
	for (const struct transition *t = transitions; t->from != CASE_STATE_COUNT; t++)
		if (t->from == state && t->event == event && (t->roles & roles))
			return true;
	return false;
}
