/* SPDX-License-Identifier: MIT */
#include "procedure/rule_records.h"

int rules_check_records(struct finding_list *ret, const struct registry *reg,
			const struct port_index *index, struct date today, struct arena *a)
{
	struct finding_list found = {.arena = a};
	struct records_shared *shared;
	int r = records_shared_build(&shared, reg, a);
	if (r < 0)
		return r;
	struct records_check check = {
		.registry = reg, .index = index, .today = today, .shared = shared};
	for (size_t i = 0; (found.rule = rule_at(i)); i++)
		if (found.rule->of_records)
			found.rule->of_records(&found, &check);
	if (a->failed)
		return PORTROLL_ENOMEM;
	*ret = found;
	return PORTROLL_OK;
}
