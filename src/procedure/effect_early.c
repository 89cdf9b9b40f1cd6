/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"
#include "procedure/effect_notes.h"
#include "procedure/effect_rows.h"
#include "registry/row.h"

/* RFC 7120: an assignment with an end, and what becomes of it. Leases of pools end in the same way.
 */

static uint32_t temporary_days(const struct editing *ed)
{
	return ed->effect->policy->deadlines.temporary;
}

int effect_early(struct editing *ed)
{
	struct port_list ports;
	struct record r;
	int result = record_of_new(&r, &ports, ed);
	if (result < 0)
		return result;
	struct wording_gaps gaps = {
		.date = r.registered,
		.expires = date_after(r.registered, temporary_days(ed)),
	};
	r.note = note_add(ed, r.note, WORDING_TEMPORARY, &gaps);
	return assign_record(ed, &r, &ports, false);
}

/* The date that is the word behind `opening` in the line, as it is written there. */
static struct date date_behind(struct portroll_str line, struct portroll_str opening)
{
	struct date date = {0};
	size_t at = str_find_fold(line, opening);
	if (at == SIZE_MAX)
		return date;
	struct portroll_str text = str_part(line, at + opening.len, line.len);
	text = str_part(text, 0, DATE_TEXT_MAX - 1);
	return date_parse(&date, text) == PORTROLL_OK ? date : (struct date){0};
}

static uint32_t lease_days(struct editing *ed, const struct record *r)
{
	uint32_t days = ed->request->lease_days;
	const struct pool *pool =
		r->has_port ? policy_pool_of(ed->effect->policy, r->port.first, PORTROLL_ANY)
			    : NULL;
	return days || !pool ? days : pool->lease_days;
}

static struct date later_of(struct date a, struct date b)
{
	return date_compare(a, b) > 0 ? a : b;
}

/* What a new line says of the old one: how it ends, and when the next time begins. */
static enum wording read_term(struct wording_gaps *ret, struct portroll_str *ret_line,
			      struct richtext note)
{
	static const struct portroll_str expires = STR_INIT("expires ");
	if (note_find(note, WORDING_TEMPORARY, ret_line)) {
		ret->date = date_behind(*ret_line, expires);
		size_t at = str_find_fold(*ret_line, STR(", expires "));
		ret->name = str_part(*ret_line, 0, at);
		return WORDING_TEMPORARY;
	}
	if (!note_find(note, WORDING_LEASED, ret_line))
		return WORDING_COUNT;
	ret->date = date_behind(*ret_line, STR("until "));
	return WORDING_LEASED;
}

/* NULL: its day has passed. */
static const char *why_not_ended(const struct editing *ed, const struct record *r)
{
	struct portroll_str line;
	struct wording_gaps gaps = {0};
	if (read_term(&gaps, &line, r->note) == WORDING_COUNT)
		return "is neither temporary nor leased";
	if (gaps.date.day == 0 || date_compare(gaps.date, ed->effect->today) > 0)
		return "has not come to its end";
	return NULL;
}

int ended_records(struct record_set *ret, struct editing *ed)
{
	const struct registry *reg = ed->registry;
	const struct record *other = NULL;
	*ret = (struct record_set){arena_array(ed->arena, reg->record_count, sizeof(*ret->indexes)),
				   0};
	if (!ret->indexes)
		return error_memory(ed->err);
	for (uint32_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (!effect_gave(ed->effect, r) || row_kind_of(r, NULL) != ROW_ASSIGNED)
			continue;
		if (why_not_ended(ed, r))
			other = r;
		else
			ret->indexes[ret->count++] = i;
	}
	if (ret->count)
		return PORTROLL_OK;
	if (other)
		return edit_conflict(ed, other, why_not_ended(ed, other));
	return error_set(ed->err, PORTROLL_ECONFLICT,
			 "nothing that '%.*s' was given is in the registry any more",
			 PORTROLL_STR_ARG(ed->request->name));
}

/* It ends later by the time that it had, a year or the lease, from its end or from today. */
static int renew_record(struct record *r, struct editing *ed)
{
	struct portroll_str line;
	struct wording_gaps gaps = {0};
	enum wording wording = read_term(&gaps, &line, r->note);
	uint32_t days = wording == WORDING_TEMPORARY ? temporary_days(ed) : lease_days(ed, r);
	if (wording == WORDING_COUNT)
		return edit_conflict(ed, r, "is neither temporary nor leased");
	if (days == 0 || days > TERM_DAYS_MAX)
		return error_set(ed->err, PORTROLL_ERULE, "the lease has no number of days");
	if (gaps.date.day == 0)
		return edit_conflict(ed, r, "has no date of its end");
	gaps.date = later_of(gaps.date, ed->effect->today);
	gaps.expires = date_after(gaps.date, days);
	r->note = note_drop(ed, r->note, wording);
	r->note = note_drop(ed, r->note, WORDING_DEPRECATED);
	r->note = note_add(ed, r->note, wording == WORDING_TEMPORARY ? WORDING_RENEWED : wording,
			   &gaps);
	return PORTROLL_OK;
}

static int settle_record(struct record *r, struct editing *ed)
{
	struct portroll_str line;
	if (!note_find(r->note, WORDING_TEMPORARY, &line) &&
	    !note_find(r->note, WORDING_LEASED, &line))
		return edit_conflict(ed, r, "is neither temporary nor leased");
	r->note = note_drop(ed, r->note, WORDING_TEMPORARY);
	r->note = note_drop(ed, r->note, WORDING_LEASED);
	r->note = note_drop(ed, r->note, WORDING_DEPRECATED);
	return record_take_news(r, ed, false);
}

static int deprecate_record(struct record *r, struct editing *ed)
{
	struct portroll_str line;
	if (note_find(r->note, WORDING_DEPRECATED, &line))
		return edit_conflict(ed, r, "is deprecated already");
	struct wording_gaps gaps = {.date = ed->effect->today};
	r->note = note_add(ed, r->note, WORDING_DEPRECATED, &gaps);
	return PORTROLL_OK;
}

typedef int change_fn(struct record *r, struct editing *ed);

static int each_record(struct editing *ed, const struct record_set *set, change_fn *change,
		       const char *verb)
{
	int result = PORTROLL_OK;
	for (size_t i = 0; i < set->count; i++) {
		struct record r = *ed->registry->records[set->indexes[i]];
		result = change(&r, ed);
		if (result < 0)
			break;
		r.modified = ed->effect->today;
		edit_replace(ed, set->indexes[i], &r);
		edit_say(ed, verb, &r);
	}
	return result;
}

static int each_of_subject(struct editing *ed, change_fn *change, const char *verb)
{
	struct record_set set;
	int result = edit_subject(&set, ed);
	return result < 0 ? result : each_record(ed, &set, change, verb);
}

int effect_renew(struct editing *ed)
{
	return each_of_subject(ed, renew_record, "renews");
}

int effect_permanent(struct editing *ed)
{
	return each_of_subject(ed, settle_record, "makes permanent");
}

int effect_deprecate(struct editing *ed)
{
	struct record_set set;
	int result = ended_records(&set, ed);
	return result < 0 ? result : each_record(ed, &set, deprecate_record, "deprecates");
}
