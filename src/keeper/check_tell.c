/* SPDX-License-Identifier: MIT */
#include "keeper/check_tell.h"

#include "formats/json_record.h"
#include "terminal/fold.h"

#define INDENT 4

/* Where the field stands, or else what is missing. */
static void put_place(struct out *o, const struct checked *c, const struct finding *f)
{
	out_text(o, str_from(c->operand), false);
	buf_putc(&o->buf, ':');
	if (f->field < DOC_FIELD_COUNT && c->document->lines[f->field]) {
		buf_put_num(&o->buf, c->document->lines[f->field]);
		buf_putc(&o->buf, ':');
	}
	buf_putc(&o->buf, ' ');
}

static void put_severity(struct out *o, const struct finding *f)
{
	enum finding_severity severity = finding_severity(f);
	bool is_grave = severity == SEVERITY_ERROR || severity == SEVERITY_WARNING;
	out_colour(o, is_grave ? COLOUR_WARN : COLOUR_FAINT);
	buf_puts(&o->buf, severity_name(severity));
	out_colour(o, COLOUR_NONE);
	buf_printf(&o->buf, " %s: ", f->rule->id);
}

static void put_explained(struct out *o, const char *text, const char *origin)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(4096);
	buf_puts(&line, text);
	if (origin)
		buf_printf(&line, " (%s)", origin);
	buf_fill(&o->buf, ' ', INDENT);
	out_folded(o, buf_str(&line), (struct fold){.column = INDENT, .indent = INDENT});
}

static void tell_finding(struct out *o, const struct checked *c, const struct finding *f)
{
	put_place(o, c, f);
	put_severity(o, f);
	out_text(o, f->detail, false);
	buf_putc(&o->buf, '\n');
}

static void explain(struct out *o, const struct finding *f)
{
	put_explained(o, f->rule->sentence, f->rule->origin);
	if (!f->is_question)
		put_explained(o, f->rule->remedy, NULL);
}

void check_tell(struct out *o, const struct checked *c)
{
	const struct finding *f = c->found.items;
	for (size_t i = 0; i < c->found.count; i++) {
		tell_finding(o, c, &f[i]);
		if (i + 1 == c->found.count || f[i + 1].rule != f[i].rule)
			explain(o, &f[i]);
	}
	if (c->impossible.len) {
		out_text(o, str_from(c->operand), false);
		buf_puts(&o->buf, ": cannot be carried out: ");
		out_text(o, c->impossible, false);
		buf_putc(&o->buf, '\n');
	}
	if (c->found.count || c->impossible.len)
		return;
	out_text(o, str_from(c->operand), false);
	buf_puts(&o->buf, ": no rule is broken\n");
}

static void put_record(struct json *j, const struct record *r)
{
	json_key(j, "record");
	json_object(j);
	json_put_record_key(j, r);
	json_object_end(j);
}

void finding_put_json(struct json *j, const struct finding *f, const struct registry *reg,
		      uint32_t line)
{
	json_member(j, "rule", str_from(f->rule->id));
	json_member(j, "severity", str_from(severity_name(finding_severity(f))));
	json_member(j, "level", str_from(rule_level_name(f->rule->level)));
	json_member(j, "origin", str_from(f->rule->origin));
	if (f->field < DOC_FIELD_COUNT) {
		json_member(j, "field", str_from(document_rows[f->field].name));
		if (line) {
			json_key(j, "line");
			json_num(j, line);
		}
	}
	json_member(j, "detail", f->detail);
	json_member(j, "sentence", str_from(f->rule->sentence));
	json_member(j, f->is_question ? "question" : "remedy", str_from(f->rule->remedy));
	if (f->record != NO_RECORD)
		put_record(j, reg->records[f->record]);
}

static void put_finding(struct json *j, const struct checked *c, const struct finding *f)
{
	bool has_field = f->field < DOC_FIELD_COUNT;
	json_object(j);
	finding_put_json(j, f, c->source->registry, has_field ? c->document->lines[f->field] : 0);
	json_object_end(j);
}

void check_put_json(struct json *j, const struct checked *c)
{
	json_object(j);
	json_member(j, c->is_name ? "name" : "file", str_from(c->operand));
	json_member(j, "source", c->source->name);
	json_key(j, "findings");
	json_array(j);
	for (size_t i = 0; i < c->found.count; i++)
		put_finding(j, c, &c->found.items[i]);
	json_array_end(j);
	json_member(j, "refused", c->impossible);
	json_object_end(j);
}
