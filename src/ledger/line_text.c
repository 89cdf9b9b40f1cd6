/* SPDX-License-Identifier: MIT */
#include "ledger/line_text.h"

#include "ledger/base64.h"

const char *const line_run_types[RUN_KIND_COUNT] = {
	[RUN_BREAK] = "break",
	[RUN_PARAGRAPH_BEGIN] = "paragraph",
	[RUN_PARAGRAPH_END] = "paragraph_end",
};

static void refuse(struct canonical *c)
{
	if (!c->out->failed)
		c->out->failed = PORTROLL_EINVAL;
}

bool xref_is_bare_person(const struct xref *x)
{
	return x->type == XREF_PERSON && x->fragment_kind == FRAGMENT_NONE && x->text.len == 0 &&
	       x->fragment.len == 0 && x->last_updated.len == 0 && x->extras.count == 0;
}

bool richtext_paragraphs_ok(struct richtext text)
{
	bool inside = false;
	for (size_t i = 0; i < text.count; i++) {
		uint8_t kind = text.runs[i].kind;
		if (kind == (inside ? RUN_PARAGRAPH_BEGIN : RUN_PARAGRAPH_END))
			return false;
		if (kind == RUN_PARAGRAPH_BEGIN || kind == RUN_PARAGRAPH_END)
			inside = !inside;
	}
	return !inside;
}

void line_put_extras(struct canonical *c, struct extra_list list)
{
	if (list.count == 0)
		return;
	canonical_name(c, STR("extras"));
	canonical_array(c);
	for (size_t i = 0; i < list.count; i++) {
		canonical_array(c);
		canonical_text(c, list.items[i].name);
		canonical_text(c, list.items[i].value);
		if (list.items[i].is_element)
			canonical_text(c, STR("element"));
		canonical_end(c);
	}
	canonical_end(c);
}

static void put_fragment(struct canonical *c, const struct xref *x)
{
	if (x->fragment_kind >= FRAGMENT_COUNT ||
	    (x->fragment_kind == FRAGMENT_NONE && x->fragment.len))
		refuse(c);
	if (x->fragment_kind == FRAGMENT_NONE || c->out->failed)
		return;
	canonical_name(c, STR("fragment"));
	canonical_array(c);
	canonical_text(c, str_from(xref_fragment_names[x->fragment_kind]));
	canonical_text(c, x->fragment);
	canonical_end(c);
}

void line_put_xref(struct canonical *c, const struct xref *x)
{
	if (x->type >= XREF_TYPE_COUNT) {
		refuse(c);
		return;
	}
	canonical_object(c);
	canonical_member(c, STR("data"), x->data);
	line_put_extras(c, x->extras);
	put_fragment(c, x);
	canonical_member(c, STR("last_updated"), x->last_updated);
	canonical_member(c, STR("text"), x->text);
	canonical_member(c, STR("type"), str_from(xref_type_names[x->type]));
	canonical_end(c);
}

void line_put_xrefs(struct canonical *c, struct portroll_str name, struct xref_list list)
{
	if (list.count == 0)
		return;
	canonical_name(c, name);
	canonical_array(c);
	for (size_t i = 0; i < list.count; i++)
		line_put_xref(c, &list.items[i]);
	canonical_end(c);
}

static void put_run(struct canonical *c, const struct run *run)
{
	if (run->kind >= RUN_KIND_COUNT || (run->kind != RUN_TEXT && run->text.len)) {
		refuse(c);
	} else if (run->kind == RUN_TEXT) {
		canonical_text(c, run->text);
	} else if (run->kind == RUN_XREF) {
		line_put_xref(c, run->xref);
	} else {
		canonical_object(c);
		canonical_member(c, STR("type"), str_from(line_run_types[run->kind]));
		canonical_end(c);
	}
}

void line_put_rich(struct canonical *c, struct portroll_str name, struct richtext text)
{
	struct portroll_str plain;
	if (richtext_is_plain(text, &plain) && (plain.len || text.count == 0)) {
		canonical_member(c, name, plain);
		return;
	}
	if (!richtext_paragraphs_ok(text))
		refuse(c);
	canonical_name(c, name);
	canonical_array(c);
	for (size_t i = 0; i < text.count; i++)
		put_run(c, &text.runs[i]);
	canonical_end(c);
}

void line_put_texts(struct canonical *c, struct portroll_str name, const struct portroll_str *texts,
		    size_t count)
{
	if (count == 0)
		return;
	canonical_name(c, name);
	canonical_array(c);
	for (size_t i = 0; i < count; i++)
		canonical_text(c, texts[i]);
	canonical_end(c);
}

void line_put_date(struct canonical *c, struct portroll_str name, struct date date)
{
	char text[DATE_TEXT_MAX];
	if (date.year == 0 && date.month == 0 && date.day == 0)
		return;
	if (!date_packed_ok(date_pack(date)))
		refuse(c);
	else
		canonical_member(c, name, (struct portroll_str){text, date_format(text, date)});
}

void line_put_hash(struct canonical *c, struct portroll_str name, const struct tree_hash *hash)
{
	char space[48];
	struct buf text = {.ptr = space, .capacity = sizeof(space), .limit = sizeof(space)};
	base64_put(&text, hash->bytes, sizeof(hash->bytes));
	canonical_member(c, name, buf_str(&text));
}
