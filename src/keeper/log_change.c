/* SPDX-License-Identifier: MIT */
#include "keeper/log_change.h"

#include "formats/json_source.h"
#include "ledger/instant.h"
#include "terminal/fold.h"

#define INDENT 4

static bool is_import(const struct fold_event *e)
{
	return str_equal(e->about->kind, STR("import"));
}

static void put_date(struct buf *out, struct date date)
{
	char text[DATE_TEXT_MAX];
	size_t len = date_format(text, date);
	buf_put(out, len ? (struct portroll_str){text, len} : STR("no known date"));
}

void log_put_when(struct buf *out, const struct fold_event *e)
{
	if (!is_import(e)) {
		buf_puts(out, "on ");
		put_date(out, e->about->effective);
		return;
	}
	if (!e->before) {
		buf_puts(out, "in the first copy known, of ");
		put_date(out, e->about->effective);
		return;
	}
	struct date before = source_date(e->before);
	bool same = date_equal(before, e->about->effective);
	buf_puts(out, same ? "between two copies of " : "between the copies of ");
	put_date(out, before);
	if (same)
		return;
	buf_puts(out, " and ");
	put_date(out, e->about->effective);
}

/* 2026-11-23 07:20 UTC */
static void put_time(struct buf *out, int64_t time)
{
	char text[INSTANT_TEXT_MAX];
	struct portroll_str t = {text, instant_format(text, time)};
	buf_put(out, str_part(t, 0, sizeof("YYYY-MM-DD") - 1));
	buf_putc(out, ' ');
	buf_put(out, str_part(t, sizeof("YYYY-MM-DD"), sizeof("YYYY-MM-DDTHH:MM") - 1));
	buf_puts(out, " UTC");
}

void log_put_author(struct out *o, const struct changeset *about)
{
	out_text(o, about->author, false);
	buf_puts(&o->buf, ", ");
	put_time(&o->buf, about->time);
	if (about->mirrored_by.len) {
		buf_puts(&o->buf, ", as mirrored by ");
		out_text(o, about->mirrored_by, false);
	}
}

static void put_heading(struct out *o, const struct fold_event *e)
{
	struct buf *out = &o->buf;
	out_colour(o, COLOUR_HEADING);
	buf_putc(out, '@');
	buf_put_num(out, e->number);
	out_colour(o, COLOUR_NONE);
	buf_putc(out, ' ');
	out_text(o, e->about->kind, false);
	if (e->about->source.len) {
		buf_puts(out, " of ");
		out_colour(o, COLOUR_NAME);
		out_text(o, e->about->source, false);
		out_colour(o, COLOUR_NONE);
	}
	if (e->about->reverts) {
		buf_puts(out, ", takes back @");
		buf_put_num(out, e->about->reverts);
	}
	buf_puts(out, ", ");
	put_date(out, e->about->effective);
	buf_putc(out, '\n');
}

static void put_line(struct out *o, const char *title, struct portroll_str text)
{
	unsigned column = INDENT + (unsigned)str_from(title).len;
	if (text.len == 0)
		return;
	buf_fill(&o->buf, ' ', INDENT);
	buf_puts(&o->buf, title);
	out_folded(o, text, (struct fold){.column = column, .indent = INDENT});
}

/* That of a fork ends with the last checkpoint of the origin before it, in three lines. */
static void put_reason(struct out *o, const struct changeset *about)
{
	struct portroll_str reason = about->reason;
	size_t lines = 0, at = reason.len;
	while (lines < 3 && at > 0)
		lines += reason.ptr[--at] == '\n';
	if (lines < 3 || !str_equal(about->kind, STR("fork"))) {
		put_line(o, "", reason);
		return;
	}
	put_line(o, "", str_part(reason, 0, at));
	put_line(o, "it goes on from the checkpoint ", str_part(reason, at + 1, reason.len));
}

/* The names of the files; the newest copy is the last. */
static void put_copies(struct out *o, const struct changeset *about)
{
	CLEANUP(buf_done) struct buf names = BUF_INIT(1U << 20);
	for (size_t i = 0; about->has_copies && i < about->copy_count; i++) {
		buf_puts(&names, names.len ? ", " : "");
		buf_put(&names, copy_origin_shown(&about->copies[i]));
		buf_puts(&names, about->copies[i].partial ? " (partial)" : "");
	}
	put_line(o, "from ", buf_str(&names));
}

static void put_size(struct buf *out, const struct registry *reg)
{
	buf_put_grouped(out, reg->record_count);
	buf_puts(out, reg->record_count == 1 ? " record, " : " records, ");
	buf_put_grouped(out, reg->person_count);
	buf_puts(out, reg->person_count == 1 ? " person" : " people");
}

static const char *coverage_of(const struct source *s)
{
	return coverage_names[s->coverage];
}

/* What became of the source as a whole, and of the roll. */
static void put_source(struct out *o, const struct logged *l)
{
	const struct fold_event *e = l->event;
	CLEANUP(buf_done) struct buf text = BUF_INIT(1U << 20);
	if (e->after && !e->before) {
		buf_puts(&text, "the source is new, ");
		buf_printf(&text, "%s: ", coverage_of(e->after));
		put_size(&text, e->after->registry);
	} else if (e->before && !e->after) {
		buf_puts(&text, "the source is gone: ");
		put_size(&text, e->before->registry);
	} else if (e->before && e->before->kind != e->after->kind) {
		buf_puts(&text, "managed from now on, by a policy");
	} else if (e->before && str_equal(e->about->kind, STR("policy"))) {
		buf_puts(&text, "another policy");
	} else if (e->before && e->before->coverage != e->after->coverage) {
		buf_printf(&text, "coverage %s -> %s", coverage_of(e->before),
			   coverage_of(e->after));
	} else if (e->before && l->told.count == 0) {
		buf_puts(&text, "nothing in it is another than before");
	}
	put_line(o, "", buf_str(&text));
}

static void put_roll(struct out *o, const struct changeset *about)
{
	CLEANUP(buf_done) struct buf names = BUF_INIT(1U << 20);
	for (size_t i = 0; about->has_sources && i < about->source_count; i++) {
		buf_puts(&names, i ? ", " : "");
		buf_put(&names, about->sources[i]);
	}
	if (about->source_count > 1)
		put_line(o, "sources in order of precedence: ", buf_str(&names));
	put_line(o, "signed from now on by ", about->vkey);
}

void log_put_change(struct out *o, const struct logged *l, const struct tellings_style *style)
{
	const struct fold_event *e = l->event;
	CLEANUP(buf_done) struct buf text = BUF_INIT(1U << 20);
	struct tellings_style own = *style;
	own.indent = INDENT + 2;
	put_heading(o, e);
	buf_fill(&o->buf, ' ', INDENT);
	buf_puts(&o->buf, "by ");
	log_put_author(o, e->about);
	buf_putc(&o->buf, '\n');
	put_copies(o, e->about);
	put_reason(o, e->about);
	put_source(o, l);
	put_roll(o, e->about);
	if (l->told.count == 0)
		return;
	log_put_when(&text, e);
	buf_puts(&text, ": ");
	size_t bare = text.len;
	telling_put_counts(&text, &l->told);
	if (text.len == bare)
		text.len -= 2;
	put_line(o, "", buf_str(&text));
	buf_clear(&text);
	buf_printf(&text, "portroll log @%llu", (unsigned long long)e->number);
	own.all = buf_str(&text);
	tellings_put(o, &l->told, &own);
}

static void json_date(struct json *j, const char *key, struct date date)
{
	char text[DATE_TEXT_MAX];
	size_t len = date_format(text, date);
	json_member(j, key, (struct portroll_str){text, len});
}

void log_put_json_about(struct json *j, const struct fold_event *e)
{
	const struct changeset *about = e->about;
	char time[INSTANT_TEXT_MAX];
	size_t len = instant_format(time, about->time);
	json_key(j, "number");
	json_num(j, e->number);
	json_key(j, "first");
	json_num(j, e->first + 1);
	json_member(j, "kind", about->kind);
	json_member(j, "source", about->source);
	json_member(j, "author", about->author);
	json_member(j, "time", (struct portroll_str){time, len});
	json_date(j, "effective", about->effective);
	if (e->before)
		json_date(j, "old_dated", source_date(e->before));
	json_member(j, "reason", about->reason);
	json_member(j, "mirrored_by", about->mirrored_by);
	json_member(j, "vkey", about->vkey);
	if (about->reverts) {
		json_key(j, "reverts");
		json_num(j, about->reverts);
	}
}

static void put_json_source(struct json *j, const char *key, const struct source *s)
{
	json_key(j, key);
	if (s)
		json_put_source(j, s);
	else
		json_null(j);
}

void log_put_json_change(struct json *j, const struct logged *l)
{
	const struct fold_event *e = l->event;
	json_object(j);
	log_put_json_about(j, e);
	if (e->about->source.len) {
		put_json_source(j, "before", e->before);
		put_json_source(j, "after", e->after);
	}
	if (e->about->has_sources) {
		json_key(j, "sources");
		json_array(j);
		for (size_t i = 0; i < e->about->source_count; i++)
			json_str(j, e->about->sources[i]);
		json_array_end(j);
	}
	tellings_put_json(j, &l->told);
	json_object_end(j);
}
