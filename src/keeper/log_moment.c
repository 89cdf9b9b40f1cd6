/* SPDX-License-Identifier: MIT */
#include "keeper/log_moment.h"

#include "formats/json_record.h"
#include "terminal/fold.h"

#define RECORDS_SHOWN 12 /* of those that are there when a source comes or goes */
#define TEXT_COLUMN   16

static void put_heading(struct out *o, const struct fold_event *e)
{
	out_colour(o, COLOUR_HEADING);
	buf_putc(&o->buf, '@');
	buf_put_num(&o->buf, e->number);
	out_colour(o, COLOUR_NONE);
	buf_putc(&o->buf, ' ');
	out_text(o, e->about->source, false);
	buf_puts(&o->buf, ", ");
	log_put_when(&o->buf, e);
	buf_puts(&o->buf, " (");
	out_text(o, e->about->kind, false);
	buf_puts(&o->buf, " by ");
	log_put_author(o, e->about);
	buf_puts(&o->buf, ")\n");
	if (e->about->reason.len == 0)
		return;
	buf_puts(&o->buf, "    ");
	out_folded(o, e->about->reason, (struct fold){.column = 4, .indent = 4});
}

static void put_date(struct buf *out, const char *word, struct date date)
{
	char text[DATE_TEXT_MAX];
	if (date_format(text, date))
		buf_printf(out, "; %s %s", word, text);
}

static void put_line(struct out *o, const char *title, struct portroll_str line)
{
	buf_printf(&o->buf, "  %-14s", title);
	out_folded(o, line, (struct fold){.column = TEXT_COLUMN, .indent = TEXT_COLUMN});
}

static void put_record(struct out *o, const struct record *r, const char *title)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(1U << 20);
	struct xref_list assignee = record_assignee(r);
	telling_put_record(&line, r);
	for (size_t i = 0; i < assignee.count; i++) {
		buf_puts(&line, i ? ", " : " to ");
		buf_put(&line, assignee.items[i].data);
	}
	put_date(&line, "registered", r->registered);
	put_date(&line, "modified", r->modified);
	put_line(o, title, buf_str(&line));
}

static void put_person(struct out *o, const struct person *p, const char *title)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(1U << 20);
	buf_put(&line, p->id);
	if (p->name.len || p->org.len) {
		buf_puts(&line, " (");
		buf_put(&line, p->name);
		buf_puts(&line, p->name.len && p->org.len ? ", " : "");
		buf_put(&line, p->org);
		buf_putc(&line, ')');
	}
	put_line(o, title, buf_str(&line));
}

void log_moment_put(struct out *o, const struct log_moment *m, bool patch)
{
	const struct tellings_style style = {.indent = 2, .patch = patch};
	const char *title = m->event->after ? "known" : "gone with it";
	put_heading(o, m->event);
	for (size_t i = 0; i < m->person_count; i++)
		put_person(o, m->people[i], title);
	for (size_t i = 0; i < m->record_count && i < RECORDS_SHOWN; i++)
		put_record(o, m->records[i], title);
	if (m->record_count > RECORDS_SHOWN) {
		buf_puts(&o->buf, "  and ");
		buf_put_grouped(&o->buf, m->record_count - RECORDS_SHOWN);
		buf_puts(&o->buf, " more records\n");
	}
	tellings_put(o, &m->told, &style);
}

void log_moment_put_json(struct json *j, const struct log_moment *m)
{
	CLEANUP(buf_done) struct buf scratch = BUF_INIT(SIZE_MAX / 2);
	json_object(j);
	log_put_json_about(j, m->event);
	json_key(j, "there");
	json_str(j, m->event->before && m->event->after ? STR("both")
		    : m->event->after                   ? STR("new")
							: STR("old"));
	json_key(j, "records");
	json_array(j);
	for (size_t i = 0; i < m->record_count; i++)
		json_put_record(j, m->records[i], NULL, &scratch);
	json_array_end(j);
	json_key(j, "people");
	json_array(j);
	for (size_t i = 0; i < m->person_count; i++)
		json_put_person(j, m->people[i]);
	json_array_end(j);
	json_key(j, "tellings");
	json_array(j);
	for (size_t i = 0; i < m->told.count; i++)
		tellings_put_json_one(j, &m->told, &m->told.items[i]);
	json_array_end(j);
	json_object_end(j);
}
