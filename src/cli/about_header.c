/* SPDX-License-Identifier: MIT */

/* What the header of the registry says: experts, notes, how to request. */

#include "cli/about.h"

#include "cli/apply.h"
#include "registry/expert.h"
#include "terminal/fold.h"

#define TEXT_MAX     (1U << 20)
#define LABEL_COLUMN 16

int about_put_experts(const struct reader *r, const struct registry *reg)
{
	const struct expert_group *groups;
	size_t count;
	struct out *o = r->out;
	if (!reg || reg->header.expert.len == 0)
		return PORTROLL_OK;
	if (experts_parse(&groups, &count, reg->header.expert, r->arena) < 0)
		return PORTROLL_ENOMEM;
	about_heading(r, "Experts, by transport");
	for (size_t i = 0; i < count; i++) {
		CLEANUP(buf_done) struct buf names = BUF_INIT(TEXT_MAX);
		size_t width = out_text_width(o, groups[i].label);
		buf_puts(&o->buf, "  ");
		out_text(o, groups[i].label, false);
		buf_fill(&o->buf, ' ', width + 4 < LABEL_COLUMN ? LABEL_COLUMN - 2 - width : 2);
		for (size_t k = 0; k < groups[i].name_count; k++) {
			buf_puts(&names, k > 0 ? ", " : "");
			buf_put(&names, groups[i].names[k]);
		}
		out_folded(o, buf_str(&names),
			   (struct fold){.column = LABEL_COLUMN, .indent = LABEL_COLUMN});
	}
	return PORTROLL_OK;
}

/* Paragraphs are folded; the lines of a box drawn with stars stay as they are. */
static void put_note_text(const struct reader *r, struct portroll_str text)
{
	struct out *o = r->out;
	CLEANUP(buf_done) struct buf paragraph = BUF_INIT(TEXT_MAX);
	struct portroll_str line;
	bool is_box_before = false;
	while (str_cut(&text, '\n', &line)) {
		struct portroll_str words = str_trim(line);
		bool is_box = words.len > 1 && words.ptr[0] == '*';
		bool ends = is_box || words.len == 0;
		if (ends && paragraph.len) {
			buf_puts(&o->buf, "  ");
			out_folded(o, buf_str(&paragraph), (struct fold){.column = 2, .indent = 2});
			buf_clear(&paragraph);
			buf_putc(&o->buf, '\n');
		}
		if (!ends) {
			buf_puts(&paragraph, paragraph.len ? " " : "");
			buf_put(&paragraph, words);
		}
		if (is_box) {
			buf_puts(&o->buf, "  ");
			out_text(o, words, false);
			buf_putc(&o->buf, '\n');
		} else if (is_box_before) {
			buf_putc(&o->buf, '\n');
		}
		is_box_before = is_box;
	}
	if (paragraph.len) {
		buf_puts(&o->buf, "  ");
		out_folded(o, buf_str(&paragraph), (struct fold){.column = 2, .indent = 2});
	}
}

static void put_rich(const struct reader *r, struct richtext rich)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	richtext_put_csv(&text, rich);
	put_note_text(r, str_trim(buf_str(&text)));
}

void about_put_notes(const struct reader *r, const struct registry *reg)
{
	for (size_t i = 0; reg && i < reg->header.note_count; i++) {
		const struct note *note = &reg->header.notes[i];
		about_heading(r, "Note");
		if (note->title.len) {
			buf_puts(&r->out->buf, "  ");
			out_text(r->out, note->title, false);
			buf_putc(&r->out->buf, '\n');
		}
		put_rich(r, note->text);
	}
	bool any = false;
	for (size_t i = 0; reg && i < reg->footnote_count; i++) {
		/* A CSV refers to footnotes whose text it has not. */
		if (richtext_is_empty(reg->footnotes[i].text))
			continue;
		if (!any)
			about_heading(r, "Footnotes");
		any = true;
		buf_puts(&r->out->buf, "  [");
		buf_put_num(&r->out->buf, reg->footnotes[i].anchor);
		buf_puts(&r->out->buf, "]\n");
		put_rich(r, reg->footnotes[i].text);
	}
}

void about_put_request(const struct reader *r, const struct registry *reg)
{
	about_heading(r, "Request an assignment");
	buf_puts(&r->out->buf, "  at IANA: ");
	out_text(r->out, apply_address(reg), false);
	buf_puts(&r->out->buf, "\n  This is an independent copy, not IANA.\n");
}
