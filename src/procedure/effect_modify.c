/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"

/* RFC 6335 section 8.6. Data of a person that are another are told of the person, not of the record
 * (data.md section 6). */
int effect_modify(struct editing *ed)
{
	struct record_set set;
	int result = edit_subject(&set, ed);
	for (size_t i = 0; result == PORTROLL_OK && i < set.count; i++) {
		const struct record *old = ed->registry->records[set.indexes[i]];
		struct record r = *old;
		result = record_take_news(&r, ed, false);
		if (result < 0 || record_equal(old, &r))
			continue;
		edit_replace(ed, set.indexes[i], &r);
		edit_say(ed, "changes", &r);
	}
	if (result == PORTROLL_OK && ed->summary.len == 0)
		return error_set(ed->err, PORTROLL_ERULE, "the request changes nothing");
	return result;
}
