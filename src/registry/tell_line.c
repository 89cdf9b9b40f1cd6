/* SPDX-License-Identifier: MIT */

/* A telling in one line. */

#include "base/macros.h"
#include "registry/tell_put.h"
#include "registry/tell_work.h"

#define BIT(field) (1U << (field))

typedef void put_fn(struct buf *out, const struct telling_list *list, const struct telling *t);

static const struct telling_part *subject_of(const struct telling *t)
{
	return &t->parts[0];
}

static void put_what_else(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	(void)list;
	tell_put_fields(out, t, ";");
}

static void put_rename(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	tell_put_records(out, t, ROLE_SUBJECT, TELL_OLD);
	buf_puts(out, t->kind == TELL_RENAME ? " is now " : " gives way to ");
	buf_put(out, subject_of(t)->new->name);
	put_what_else(out, list, t);
}

static void put_assignee(struct buf *out, const struct record *r)
{
	struct xref_list list = record_assignee(r);
	if (list.count == 0)
		return;
	buf_puts(out, " to ");
	tell_put_ids(out, list);
}

static bool has_role(const struct telling *t, enum telling_role role, enum tell_side side)
{
	for (size_t i = 0; i < t->part_count; i++)
		if (t->parts[i].role == role &&
		    (side == TELL_OLD ? t->parts[i].old != NULL : t->parts[i].new != NULL))
			return true;
	return false;
}

static size_t count_role(const struct telling *t, enum telling_role role)
{
	size_t count = 0;
	for (size_t i = 0; i < t->part_count; i++)
		count += t->parts[i].role == role;
	return count;
}

/* Where the port came from, or went to. */
static void put_ranges(struct buf *out, const struct telling *t)
{
	bool was = has_role(t, ROLE_RANGE, TELL_OLD), is = has_role(t, ROLE_RANGE, TELL_NEW);
	bool to = t->kind == TELL_DEASSIGN;
	if (was && is) {
		buf_puts(out, "; ");
		tell_put_records(out, t, ROLE_RANGE, TELL_OLD);
		buf_puts(out, to && count_role(t, ROLE_RANGE) > 2 ? " are now " : " is now ");
		tell_put_ports(out, t, ROLE_RANGE, TELL_NEW);
	} else if (t->from) {
		buf_puts(out, to ? "; now " : "; from ");
		telling_put_record(out, t->from);
	}
}

static void put_registered(struct buf *out, const struct record *r)
{
	if (r->registered.year == 0)
		return;
	buf_puts(out, "; registered ");
	fields[FIELD_REGISTERED].put(out, r);
}

static void put_assign(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	const struct telling_part *subject = subject_of(t);
	(void)list;
	tell_put_records(out, t, ROLE_SUBJECT, TELL_NEW);
	if (t->kind == TELL_USE)
		buf_puts(out, ", Reserved until now,");
	put_assignee(out, subject->new);
	if (has_role(t, ROLE_SIBLING, TELL_NEW)) {
		buf_puts(out, "; ");
		tell_put_records(out, t, ROLE_SIBLING, TELL_NEW);
	}
	put_ranges(out, t);
	if (t->kind == TELL_ASSIGN && (has_role(t, ROLE_SIBLING, TELL_OLD) ||
				       (subject->old && tell_is_reserved(subject->old))))
		buf_puts(out, "; it was Reserved");
	if (has_role(t, ROLE_NAME, TELL_OLD) || (subject->old && subject->old->name.len))
		buf_puts(out, "; the name had no port before");
	put_registered(out, subject->new);
}

static void put_deassign(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	const struct telling_part *subject = subject_of(t);
	(void)list;
	tell_put_records(out, t, ROLE_SUBJECT, TELL_OLD);
	if ((subject->new && subject->new->name.len == 0 && tell_is_reserved(subject->new)) ||
	    has_role(t, ROLE_SIBLING, TELL_NEW))
		buf_puts(out, ", now Reserved");
	put_ranges(out, t);
	if (has_role(t, ROLE_NAME, TELL_NEW) || (subject->new && subject->new->name.len))
		buf_puts(out, "; the name goes on without a port");
}

static void put_port(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	tell_put_records(out, t, ROLE_SUBJECT, TELL_OLD);
	buf_puts(out, " -> ");
	tell_put_ports(out, t, ROLE_SUBJECT, TELL_NEW);
	put_what_else(out, list, t);
}

static void put_name(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	(void)list;
	tell_put_records(out, t, ROLE_SUBJECT, TELL_NEW);
	put_assignee(out, subject_of(t)->new);
	buf_puts(out, "; without a port");
	put_registered(out, subject_of(t)->new);
}

static void put_gone(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	(void)list;
	tell_put_records(out, t, ROLE_SUBJECT, TELL_OLD);
}

/* What changed in records that are otherwise what they were. */
static void put_altered(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	(void)list;
	tell_put_records(out, t, ROLE_SUBJECT, TELL_NEW);
	tell_put_fields(out, t, ":");
}

static void put_range(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	bool was = has_role(t, ROLE_SUBJECT, TELL_OLD), is = has_role(t, ROLE_SUBJECT, TELL_NEW);
	(void)list;
	if (was)
		tell_put_records(out, t, ROLE_SUBJECT, TELL_OLD);
	buf_puts(out, was && is ? " is now " : was ? " is gone" : "");
	if (is)
		tell_put_records(out, t, ROLE_SUBJECT, TELL_NEW);
	buf_puts(out, was ? "" : " is new");
}

static void put_person_id(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	const struct person *p = subject_of(t)->new_person;
	(void)list;
	buf_put(out, subject_of(t)->old_person->id);
	buf_puts(out, " is now ");
	buf_put(out, p->id);
	if (p->org.len || p->name.len) {
		buf_puts(out, " (");
		tell_put_short(out, p->org.len ? p->org : p->name);
		buf_putc(out, ')');
	}
	if (!has_role(t, ROLE_REFERS, TELL_NEW))
		return;
	buf_puts(out, ", the same under another id, in ");
	tell_put_records(out, t, ROLE_REFERS, TELL_NEW);
}

static void put_what(struct buf *out, const char *what, const char **mark)
{
	buf_puts(out, *mark);
	buf_puts(out, what);
	*mark = "; ";
}

static void put_text_change(struct buf *out, struct portroll_str old, struct portroll_str new)
{
	tell_put_short(out, old.len ? old : STR("none"));
	buf_puts(out, " -> ");
	tell_put_short(out, new.len ? new : STR("none"));
}

static bool same_uris(const struct person *a, const struct person *b)
{
	if (a->uri_count != b->uri_count)
		return false;
	for (size_t i = 0; i < a->uri_count; i++)
		if (!str_equal(a->uris[i], b->uris[i]))
			return false;
	return true;
}

static void put_date(struct buf *out, struct date date)
{
	char text[DATE_TEXT_MAX];
	size_t len = date_format(text, date);
	buf_put(out, len ? (struct portroll_str){text, len} : STR("none"));
}

static void put_people(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	enum {
		SHOWN = 6
	};
	(void)list;
	for (size_t i = 0; i < t->part_count && i < SHOWN; i++) {
		const struct telling_part *part = &t->parts[i];
		if (i > 0)
			buf_puts(out, ", ");
		buf_put(out, part->new_person ? part->new_person->id : part->old_person->id);
	}
	if (t->part_count > SHOWN) {
		buf_puts(out, " and ");
		buf_put_grouped(out, t->part_count - SHOWN);
		buf_puts(out, " more");
	}
}

static void put_person(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	const struct person *old = subject_of(t)->old_person, *new = subject_of(t)->new_person;
	if (tell_is_bare(old) || tell_is_bare(new)) {
		put_people(out, list, t);
		buf_puts(out, tell_is_bare(new) ? ": now the id alone is known"
						: ": now more is known than the id");
		return;
	}
	buf_put(out, new->id);
	const char *mark = ": ";
	if (!str_equal(old->name, new->name)) {
		put_what(out, "name ", &mark);
		put_text_change(out, old->name, new->name);
	}
	if (!str_equal(old->org, new->org)) {
		put_what(out, "organisation ", &mark);
		put_text_change(out, old->org, new->org);
	}
	if (!same_uris(old, new))
		put_what(out, "contact URI", &mark);
	if (!date_equal(old->updated, new->updated)) {
		put_what(out, "updated ", &mark);
		put_date(out, new->updated);
	}
}

static void put_experts(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	(void)t;
	tell_put_experts(out, list->old->header.expert, list->new->header.expert);
}

static void put_header(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	buf_puts(out, header_part_names[t->header]);
	if (t->header == HEADER_WHOLE)
		buf_puts(out,
			 list->new->header.title.len ? " is known now" : " is not known any more");
	if (t->header != HEADER_TITLE)
		return;
	buf_putc(out, ' ');
	tell_put_short(out, list->old->header.title);
	buf_puts(out, " -> ");
	tell_put_short(out, list->new->header.title);
}

static void put_updated(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	(void)t;
	put_date(out, list->old->header.updated);
	buf_puts(out, " -> ");
	put_date(out, list->new->header.updated);
}

static void put_footnote(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	const struct telling_part *part = subject_of(t);
	(void)list;
	buf_putc(out, '[');
	buf_put_num(out,
		    part->new_footnote ? part->new_footnote->anchor : part->old_footnote->anchor);
	buf_puts(out, !part->old_footnote   ? "] is new"
		      : !part->new_footnote ? "] is gone"
					    : "] changed");
}

/* Records, people, footnotes: how many of each. */
static void put_moved(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	static const char *const words[][2] = {
		{"record", "records"}, {"person", "people"}, {"footnote", "footnotes"}};
	size_t counts[ARRAY_LEN(words)] = {0};
	bool any = false;
	(void)list;
	for (size_t i = 0; i < t->part_count; i++)
		counts[t->parts[i].old ? 0 : t->parts[i].old_person ? 1 : 2]++;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (counts[i] == 0)
			continue;
		buf_puts(out, any ? ", " : "");
		buf_put_grouped(out, counts[i]);
		buf_putc(out, ' ');
		buf_puts(out, words[i][counts[i] > 1]);
		any = true;
	}
	if (t->kind == TELL_FORM) {
		buf_puts(out, " written otherwise, and shown as before");
		return;
	}
	buf_puts(out, t->part_count == 1 ? " stands" : " stand");
	buf_puts(out, " elsewhere in the order");
	if (counts[0]) {
		buf_puts(out, ": ");
		tell_put_records(out, t, ROLE_SUBJECT, TELL_NEW);
	}
}

static put_fn *const puts_of[TELL_KIND_COUNT] = {
	[TELL_RENAME] = put_rename,
	[TELL_ASSIGN] = put_assign,
	[TELL_USE] = put_assign,
	[TELL_DEASSIGN] = put_deassign,
	[TELL_TAKEN] = put_rename,
	[TELL_PORT] = put_port,
	[TELL_TRANSFER] = put_altered,
	[TELL_NAME] = put_name,
	[TELL_GONE] = put_gone,
	[TELL_ASSIGNEE] = put_altered,
	[TELL_CONTACT] = put_altered,
	[TELL_DESCRIPTION] = put_altered,
	[TELL_REFERENCE] = put_altered,
	[TELL_UNAUTHORIZED] = put_altered,
	[TELL_SERVICE_CODE] = put_altered,
	[TELL_NOTE] = put_altered,
	[TELL_RANGE] = put_range,
	[TELL_REGISTERED] = put_altered,
	[TELL_MODIFIED] = put_altered,
	[TELL_PERSON_ID] = put_person_id,
	[TELL_PERSON] = put_person,
	[TELL_PEOPLE_ADDED] = put_people,
	[TELL_PEOPLE_REMOVED] = put_people,
	[TELL_EXPERTS] = put_experts,
	[TELL_HEADER] = put_header,
	[TELL_FOOTNOTE] = put_footnote,
	[TELL_MOVED] = put_moved,
	[TELL_FORM] = put_moved,
	[TELL_UPDATED] = put_updated,
};

void telling_put_line(struct buf *out, const struct telling_list *list, const struct telling *t)
{
	puts_of[t->kind](out, list, t);
}
