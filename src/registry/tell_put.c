/* SPDX-License-Identifier: MIT */
#include "registry/tell_put.h"

#include "base/utf8.h"
#include "registry/expert.h"
#include "registry/tell_work.h"

#define BIT(field) (1U << (field))

#define ELLIPSIS "\xe2\x80\xa6"

enum {
	THINGS_SHOWN = 4,
	SHORT_TEXT = 60 /* characters */
};

static const struct record *on_side(const struct telling_part *part, enum tell_side side)
{
	return side == TELL_OLD ? part->old : part->new;
}

static void put_range(struct buf *out, struct range port)
{
	char text[RANGE_TEXT_MAX];
	size_t len = range_format(text, port);
	buf_put(out, (struct portroll_str){text, len});
}

static void put_name(struct buf *out, const struct record *r)
{
	if (r->name.len)
		buf_put(out, r->name);
	else
		buf_puts(out, tell_is_unassigned(r) ? "Unassigned"
			      : tell_is_reserved(r) ? "Reserved"
						    : "the record without a name of");
}

static void put_another_transport(struct buf *out, const struct record *r)
{
	if (r->transport == PORTROLL_ANY)
		return;
	buf_putc(out, '/');
	buf_put(out, transport_name(r->transport));
}

static void put_ports(struct buf *out, const struct record *r)
{
	if (r->has_port) {
		put_range(out, r->port);
		put_another_transport(out, r);
	} else {
		buf_put(out, transport_name(r->transport));
	}
}

void telling_put_record(struct buf *out, const struct record *r)
{
	put_name(out, r);
	if (r->has_port || r->transport != PORTROLL_ANY)
		buf_putc(out, ' ');
	put_ports(out, r);
}

/* Are they called alike? */
static bool is_same_name(const struct record *a, const struct record *b)
{
	return str_equal(a->name, b->name) && tell_is_unassigned(a) == tell_is_unassigned(b) &&
	       tell_is_reserved(a) == tell_is_reserved(b);
}

static bool is_same_run(const struct record *a, const struct record *b)
{
	return is_same_name(a, b) && a->has_port == b->has_port && a->port.first == b->port.first &&
	       a->port.last == b->port.last;
}

static void put_more(struct buf *out, size_t runs)
{
	if (runs <= THINGS_SHOWN)
		return;
	buf_puts(out, " and ");
	buf_put_grouped(out, runs - THINGS_SHOWN);
	buf_puts(out, " more");
}

/* Records of one name on one port stand as one thing. */
static void put_things(struct buf *out, const struct telling *t, enum telling_role role,
		       enum tell_side side, void (*put)(struct buf *out, const struct record *r))
{
	const struct record *last = NULL;
	size_t runs = 0;
	for (size_t i = 0; i < t->part_count; i++) {
		const struct record *r = on_side(&t->parts[i], side);
		if (t->parts[i].role != role || !r)
			continue;
		bool same = last && is_same_run(last, r);
		bool named = last && is_same_name(last, r) && r->has_port;
		runs += !same;
		last = r;
		if (runs > THINGS_SHOWN)
			continue;
		if (same) {
			put_another_transport(out, r);
			continue;
		}
		buf_puts(out, runs > 1 ? ", " : "");
		(named ? put_ports : put)(out, r);
	}
	put_more(out, runs);
}

void tell_put_records(struct buf *out, const struct telling *t, enum telling_role role,
		      enum tell_side side)
{
	put_things(out, t, role, side, telling_put_record);
}

void tell_put_ports(struct buf *out, const struct telling *t, enum telling_role role,
		    enum tell_side side)
{
	put_things(out, t, role, side, put_ports);
}

void tell_put_ids(struct buf *out, struct xref_list list)
{
	if (list.count == 0)
		buf_puts(out, "none");
	for (size_t i = 0; i < list.count; i++) {
		buf_puts(out, i ? ", " : "");
		buf_put(out, list.items[i].data);
	}
}

/* The beginning of a text in one line. */
static void put_cut(struct buf *out, struct portroll_str text, size_t most)
{
	size_t written = 0;
	bool blank = false;
	while (text.len && written < most) {
		struct portroll_str rest = text;
		bool space = is_space(*text.ptr);
		(void)utf8_next(&rest);
		if (space && !blank)
			buf_putc(out, ' ');
		else if (!space)
			buf_put(out, str_part(text, 0, text.len - rest.len));
		written += !space || !blank;
		blank = space;
		text = rest;
	}
	if (text.len)
		buf_puts(out, ELLIPSIS);
}

void tell_put_short(struct buf *out, struct portroll_str text)
{
	put_cut(out, str_trim(text), SHORT_TEXT);
}

static void put_quoted(struct buf *out, struct portroll_str text, size_t from)
{
	if (text.len == 0) {
		buf_puts(out, "none");
		return;
	}
	buf_puts(out, from ? "\"" ELLIPSIS : "\"");
	put_cut(out, str_part(text, from, text.len), SHORT_TEXT);
	buf_putc(out, '"');
}

/* Where the word begins in which two texts differ, when both are long and begin alike. */
static size_t find_difference(struct portroll_str old, struct portroll_str new)
{
	size_t same = 0, word = 0;
	if (old.len <= SHORT_TEXT && new.len <= SHORT_TEXT)
		return 0;
	for (; same < old.len && same < new.len &&old.ptr[same] == new.ptr[same]; same++)
		if (is_space(old.ptr[same]))
			word = same + 1;
	return word > SHORT_TEXT / 2 ? word : 0;
}

/* What is put together on the side must not be cut short unseen. */
static void fail_with(struct buf *out, const struct buf *a, const struct buf *b)
{
	if (a->failed || b->failed)
		out->failed = PORTROLL_ENOMEM;
}

static void put_cells(struct buf *out, enum field_id field, const struct telling_part *part)
{
	CLEANUP(buf_done) struct buf old = BUF_INIT(SIZE_MAX / 2), new = BUF_INIT(SIZE_MAX / 2);
	field_put(&old, field, part->old);
	field_put(&new, field, part->new);
	size_t from = find_difference(buf_str(&old), buf_str(&new));
	put_quoted(out, buf_str(&old), from);
	buf_puts(out, " -> ");
	put_quoted(out, buf_str(&new), from);
	fail_with(out, &old, &new);
}

static bool is_draft_published(struct portroll_str old, struct portroll_str new)
{
	bool was = str_starts(old, STR("[RFC-")) || str_starts(old, STR("[draft-"));
	return was && str_starts(new, STR("[RFC")) && new.len > 4 && is_digit(new.ptr[4]);
}

static bool put_references(struct buf *out, enum field_id field, const struct telling_part *part)
{
	CLEANUP(buf_done) struct buf old = BUF_INIT(SIZE_MAX / 2), new = BUF_INIT(SIZE_MAX / 2);
	bool are = tell_put_references(&old, &new, field, part);
	fail_with(out, &old, &new);
	if (!are || (old.len == 0 && new.len == 0))
		return false;
	if (old.len)
		tell_put_short(out, buf_str(&old));
	if (is_draft_published(buf_str(&old), buf_str(&new)) &&
	    date_compare(part->new->modified, part->old->modified) >= 0)
		buf_puts(out, " became ");
	else
		buf_puts(out, old.len == 0 ? "new " : new.len ? " -> " : " removed");
	tell_put_short(out, buf_str(&new));
	return true;
}

static void put_text(struct buf *out, enum field_id field, const struct telling_part *part)
{
	if (!put_references(out, field, part))
		put_cells(out, field, part);
}

static void put_date(struct buf *out, enum field_id field, const struct telling_part *part)
{
	if (field == FIELD_REGISTERED) {
		fields[field].put(out, part->old);
		buf_puts(out, " -> ");
	}
	fields[field].put(out, part->new);
	if (part->new->modified.year == 0 && field == FIELD_MODIFIED)
		buf_puts(out, "taken away");
}

static void put_people(struct buf *out, enum field_id field, const struct telling_part *part)
{
	bool assignee = field == FIELD_ASSIGNEE;
	tell_put_ids(out, assignee ? record_assignee(part->old) : part->old->contacts);
	buf_puts(out, " -> ");
	tell_put_ids(out, assignee ? record_assignee(part->new) : part->new->contacts);
}

/* In the order in which they are told. */
static const struct {
	uint8_t field, kind; /* the kind whose lines need not name the field */
	const char *word;
	void (*put)(struct buf *out, enum field_id field, const struct telling_part *part);
} rows[] = {
	{FIELD_ASSIGNEE, TELL_TRANSFER, "assignee", put_people},
	{FIELD_CONTACT, TELL_CONTACT, "contact", put_people},
	{FIELD_DESCRIPTION, TELL_DESCRIPTION, "description", put_text},
	{FIELD_REFERENCE, TELL_REFERENCE, "reference", put_text},
	{FIELD_UNAUTHORIZED, TELL_UNAUTHORIZED, "unauthorized use", put_cells},
	{FIELD_SERVICE_CODE, TELL_SERVICE_CODE, "service code", put_cells},
	{FIELD_NOTES, TELL_NOTE, "note", put_text},
	{FIELD_REGISTERED, TELL_REGISTERED, "registered", put_date},
	{FIELD_MODIFIED, TELL_MODIFIED, "modified", put_date},
};

void tell_put_fields(struct buf *out, const struct telling *t, const char *mark)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (!(t->fields & BIT(rows[i].field)))
			continue;
		bool own = t->kind == rows[i].kind ||
			   (t->kind == TELL_ASSIGNEE && rows[i].field == FIELD_ASSIGNEE);
		buf_puts(out, mark);
		buf_putc(out, ' ');
		mark = ";";
		if (!own) {
			buf_puts(out, rows[i].word);
			buf_putc(out, ' ');
		}
		rows[i].put(out, (enum field_id)rows[i].field, &t->parts[0]);
		if (rows[i].field == FIELD_ASSIGNEE && t->is_same_name)
			buf_puts(out, ", of the same name");
	}
	if (t->is_undated)
		buf_puts(out, "; without a new modification date");
}

static bool is_among(const struct expert_group *groups, size_t count,
		     const struct expert_group *group, struct portroll_str name)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < groups[i].name_count; k++)
			if (str_equal(groups[i].label, group->label) &&
			    str_equal(groups[i].names[k], name))
				return true;
	return false;
}

struct experts {
	const struct expert_group *groups;
	size_t count;
};

/* Those of `a` who are not among `b`. */
static bool put_missing(struct buf *out, const char *word, const struct experts *a,
			const struct experts *b)
{
	bool any = false;
	for (size_t i = 0; i < a->count; i++)
		for (size_t k = 0; k < a->groups[i].name_count; k++) {
			struct portroll_str name = a->groups[i].names[k];
			if (is_among(b->groups, b->count, &a->groups[i], name))
				continue;
			buf_puts(out, any ? ", " : word);
			tell_put_short(out, name);
			if (a->groups[i].label.len) {
				buf_puts(out, " (");
				buf_put(out, a->groups[i].label);
				buf_putc(out, ')');
			}
			any = true;
		}
	return any;
}

void tell_put_experts(struct buf *out, struct portroll_str old, struct portroll_str new)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct experts was = {0}, is = {0};
	if (experts_parse(&was.groups, &was.count, old, &a) < 0 ||
	    experts_parse(&is.groups, &is.count, new, &a) < 0) {
		out->failed = PORTROLL_ENOMEM;
		return;
	}
	bool gone = put_missing(out, "no longer ", &was, &is);
	bool come = put_missing(out, gone ? "; now also " : "now also ", &is, &was);
	if (!gone && !come)
		buf_puts(out, "written otherwise");
}
