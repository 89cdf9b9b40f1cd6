/* SPDX-License-Identifier: MIT */
#include "keeper/tellings.h"

#include "formats/json_record.h"
#include "registry/fields.h"
#include "terminal/fold.h"

#define TITLE_COLUMN 14

struct pen {
	struct out *o;
	unsigned indent;
};

static void put_text(const struct pen *pen, enum colour colour, const char *sign, const char *title,
		     struct portroll_str text)
{
	struct buf *out = &pen->o->buf;
	buf_fill(out, ' ', pen->indent);
	out_colour(pen->o, colour);
	buf_puts(out, sign);
	buf_puts(out, title);
	buf_puts(out, ": ");
	unsigned column = pen->indent + 4 + (unsigned)str_from(title).len;
	out_folded(pen->o, text, (struct fold){.column = column, .indent = pen->indent + 2});
	out_colour(pen->o, COLOUR_NONE);
}

/* A difference of one text, of which either may be empty. */
static void put_change(const struct pen *pen, const char *title, struct portroll_str old,
		       struct portroll_str new)
{
	if (str_equal_squeezed(old, new))
		return;
	if (old.len)
		put_text(pen, COLOUR_WARN, "- ", title, old);
	if (new.len)
		put_text(pen, COLOUR_GOOD, "+ ", title, new);
}

static void put_heading(const struct pen *pen, const struct telling_part *part)
{
	struct buf *out = &pen->o->buf;
	CLEANUP(buf_done) struct buf name = BUF_INIT(1U << 20);
	telling_put_record(&name, part->new ? part->new : part->old);
	buf_fill(out, ' ', pen->indent);
	out_text(pen->o, buf_str(&name), false);
	buf_putc(out, '\n');
}

static void put_record(const struct pen *pen, const struct telling_part *part)
{
	CLEANUP(buf_done) struct buf old = BUF_INIT(SIZE_MAX / 2), new = BUF_INIT(SIZE_MAX / 2);
	put_heading(pen, part);
	for (uint8_t field = 0; field < FIELD_COUNT; field++) {
		buf_clear(&old);
		buf_clear(&new);
		if (part->old)
			field_put(&old, field, part->old);
		if (part->new)
			field_put(&new, field, part->new);
		put_change(pen, fields[field].title, buf_str(&old), buf_str(&new));
	}
}

static void put_date_change(const struct pen *pen, const char *title, struct date old,
			    struct date new)
{
	char was[DATE_TEXT_MAX], is[DATE_TEXT_MAX];
	size_t was_len = date_format(was, old), is_len = date_format(is, new);
	put_change(pen, title, (struct portroll_str){was, was_len},
		   (struct portroll_str){is, is_len});
}

static void put_person(const struct pen *pen, const struct telling_part *part)
{
	static const struct person nobody = {0};
	const struct person *old = part->old_person ? part->old_person : &nobody;
	const struct person *new = part->new_person ? part->new_person : &nobody;
	put_change(pen, "ID", old->id, new->id);
	put_change(pen, "Name", old->name, new->name);
	put_change(pen, "Organization", old->org, new->org);
	size_t most = old->uri_count > new->uri_count ? old->uri_count : new->uri_count;
	for (size_t i = 0; i < most; i++)
		put_change(pen, "Contact URI", i < old->uri_count ? old->uris[i] : STR(""),
			   i < new->uri_count ? new->uris[i] : STR(""));
	put_date_change(pen, "Last Updated", old->updated, new->updated);
}

static void put_rich_change(const struct pen *pen, const char *title, struct richtext old,
			    struct richtext new)
{
	CLEANUP(buf_done) struct buf was = BUF_INIT(SIZE_MAX / 2), is = BUF_INIT(SIZE_MAX / 2);
	richtext_put_csv(&was, old);
	richtext_put_csv(&is, new);
	put_change(pen, title, buf_str(&was), buf_str(&is));
}

static void put_footnote(const struct pen *pen, const struct telling_part *part)
{
	static const struct richtext none = {0};
	put_rich_change(pen, "Footnote", part->old_footnote ? part->old_footnote->text : none,
			part->new_footnote ? part->new_footnote->text : none);
}

static void put_notes(const struct pen *pen, const struct header *old, const struct header *new)
{
	static const struct richtext none = {0};
	size_t most = old->note_count > new->note_count ? old->note_count : new->note_count;
	for (size_t i = 0; i < most; i++)
		put_rich_change(pen, "Note", i < old->note_count ? old->notes[i].text : none,
				i < new->note_count ? new->notes[i].text : none);
}

static void put_header(const struct pen *pen, const struct telling_list *list,
		       const struct telling *t)
{
	const struct header *old = &list->old->header, *new = &list->new->header;
	if (t->kind == TELL_EXPERTS)
		put_change(pen, "Expert", old->expert, new->expert);
	else if (t->kind == TELL_UPDATED)
		put_date_change(pen, "Last Updated", old->updated, new->updated);
	else if (t->header == HEADER_TITLE)
		put_change(pen, "Title", old->title, new->title);
	else if (t->header == HEADER_NOTES)
		put_notes(pen, old, new);
	else if (t->header == HEADER_DESCRIPTION)
		put_rich_change(pen, "Description", old->description, new->description);
	else if (t->header == HEADER_RULE)
		put_change(pen, "Registration Procedure", old->registration_rule,
			   new->registration_rule);
}

/* What was moved or only written otherwise shows no difference. */
static void put_patch(const struct pen *pen, const struct telling_list *list,
		      const struct telling *t)
{
	if (t->part_count == 0)
		put_header(pen, list, t);
	if (t->kind == TELL_MOVED || t->kind == TELL_FORM)
		return;
	for (size_t i = 0; i < t->part_count; i++) {
		const struct telling_part *part = &t->parts[i];
		if (part->old || part->new)
			put_record(pen, part);
		else if (part->old_person || part->new_person)
			put_person(pen, part);
		else
			put_footnote(pen, part);
	}
}

static enum colour colour_of(uint8_t kind)
{
	if (kind == TELL_ASSIGN || kind == TELL_USE || kind == TELL_NAME)
		return COLOUR_GOOD;
	if (kind == TELL_DEASSIGN || kind == TELL_GONE)
		return COLOUR_WARN;
	return kind < TELL_ASSIGNEE ? COLOUR_NAME : COLOUR_FAINT;
}

void tellings_put_one(struct out *o, const struct telling_list *list, const struct telling *t,
		      const struct tellings_style *style)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(SIZE_MAX / 2);
	struct portroll_str title = str_from(telling_words[t->kind].title);
	buf_fill(&o->buf, ' ', style->indent);
	out_colour(o, colour_of(t->kind));
	buf_put(&o->buf, title);
	out_colour(o, COLOUR_NONE);
	buf_fill(&o->buf, ' ', title.len < TITLE_COLUMN ? TITLE_COLUMN - title.len : 1);
	telling_put_line(&line, list, t);
	unsigned column = style->indent + TITLE_COLUMN;
	out_folded(o, buf_str(&line), (struct fold){.column = column, .indent = column});
	if (line.failed)
		o->buf.failed = line.failed;
	const struct pen pen = {o, style->indent + 4};
	if (style->patch)
		put_patch(&pen, list, t);
}

void tellings_put(struct out *o, const struct telling_list *list,
		  const struct tellings_style *style)
{
	size_t most = style->most && style->most < list->count ? style->most : list->count;
	for (size_t i = 0; i < most; i++)
		tellings_put_one(o, list, &list->items[i], style);
	if (most == list->count)
		return;
	buf_fill(&o->buf, ' ', style->indent);
	buf_puts(&o->buf, "and ");
	buf_put_grouped(&o->buf, list->count - most);
	buf_puts(&o->buf, " more: ");
	buf_put(&o->buf, style->all);
	buf_putc(&o->buf, '\n');
}

struct json_pen {
	struct json *j;
	struct buf scratch;
};

static void put_json_part(struct json_pen *pen, const struct telling_part *part)
{
	struct json *j = pen->j;
	json_object(j);
	json_member(j, "role", str_from(telling_role_names[part->role]));
	for (int side = 0; side < 2; side++) {
		const struct record *r = side ? part->new : part->old;
		const struct person *p = side ? part->new_person : part->old_person;
		const struct footnote *f = side ? part->new_footnote : part->old_footnote;
		if (!r && !p && !f)
			continue;
		json_key(j, side ? "new" : "old");
		if (r)
			json_put_record(j, r, NULL, &pen->scratch);
		else if (p)
			json_put_person(j, p);
		else
			json_put_footnote(j, f, &pen->scratch);
	}
	json_object_end(j);
}

static void put_json_fields(struct json *j, const struct telling *t)
{
	json_key(j, "fields");
	json_array(j);
	for (size_t field = 0; field < FIELD_COUNT; field++)
		if (t->fields & (1U << field))
			json_str(j, str_from(fields[field].key));
	json_array_end(j);
}

static const char *subject_type(const struct telling *t)
{
	if (t->part_count == 0)
		return "header";
	const struct telling_part *part = &t->parts[0];
	return part->old || part->new                 ? "records"
	       : part->old_person || part->new_person ? "people"
						      : "footnotes";
}

void tellings_put_json_one(struct json *j, const struct telling_list *list, const struct telling *t)
{
	struct json_pen pen = {j, BUF_INIT(SIZE_MAX / 2)};
	telling_put_line(&pen.scratch, list, t);
	json_object(j);
	json_member(j, "kind", str_from(telling_words[t->kind].key));
	json_member(j, "about", str_from(subject_type(t)));
	json_member(j, "told", buf_str(&pen.scratch));
	json_key(j, "count");
	json_num(j, t->count);
	put_json_fields(j, t);
	if (t->is_undated) {
		json_key(j, "undated");
		json_bool(j, true);
	}
	if (t->from) {
		json_key(j, "from");
		json_put_record(j, t->from, NULL, &pen.scratch);
	}
	json_key(j, "parts");
	json_array(j);
	for (size_t i = 0; i < t->part_count; i++)
		put_json_part(&pen, &t->parts[i]);
	json_array_end(j);
	json_object_end(j);
	if (pen.scratch.failed)
		j->out->failed = pen.scratch.failed;
	buf_done(&pen.scratch);
}

void tellings_put_json(struct json *j, const struct telling_list *list)
{
	json_key(j, "counts");
	json_object(j);
	for (size_t kind = 0; kind < TELL_KIND_COUNT; kind++) {
		if (list->counts[kind] == 0)
			continue;
		json_key(j, telling_words[kind].key);
		json_num(j, list->counts[kind]);
	}
	json_object_end(j);
	json_key(j, "tellings");
	json_array(j);
	for (size_t i = 0; i < list->count; i++)
		tellings_put_json_one(j, list, &list->items[i]);
	json_array_end(j);
}
