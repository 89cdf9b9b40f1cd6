/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"

/* Another assignee for what stays as it is; the record says it of itself from then on (rfc-rules
 * 5.5). */
int effect_succession(struct editing *ed)
{
	const struct party *to = &ed->request->assignee;
	if (to->name.len == 0 && to->id.len == 0)
		return error_set(ed->err, PORTROLL_ERULE, "no new assignee is named");
	struct record_set set;
	int result = edit_subject(&set, ed);
	for (size_t i = 0; result == PORTROLL_OK && i < set.count; i++) {
		struct record r = *ed->registry->records[set.indexes[i]];
		result = record_take_news(&r, ed, true);
		if (result < 0)
			break;
		if (!r.has_assignee) {
			r.has_assignee = true;
			r.assignee = r.contacts;
		}
		r.modified = ed->effect->today;
		edit_replace(ed, set.indexes[i], &r);
		edit_say(ed, "hands on", &r);
		edit_say_to(ed, r.assignee.count ? r.assignee.items[0].data : STR(""));
	}
	return result;
}
