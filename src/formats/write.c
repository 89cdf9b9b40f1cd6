/* SPDX-License-Identifier: MIT */
#include "formats/write.h"

#include <string.h>

#include "base/num.h"

struct portroll_str write_title(const struct registry *reg, const struct write_options *o)
{
	return o->title.len && !o->masthead ? o->title : reg->header.title;
}

struct portroll_str write_date(char space[static DATE_TEXT_MAX], struct date date)
{
	size_t len = date_format(space, date);
	return (struct portroll_str){space, len};
}

void write_squeeze(struct buf *b)
{
	struct portroll_str rest = buf_str(b), word;
	size_t len = 0;
	while (str_word(&rest, &word)) {
		if (len)
			b->ptr[len++] = ' ';
		memmove(b->ptr + len, word.ptr, word.len);
		len += word.len;
	}
	b->len = len;
}

bool write_text_is_whole(struct richtext text, struct portroll_str cell)
{
	struct portroll_str plain;
	return richtext_is_plain(text, &plain) && str_equal(plain, cell);
}

void loss_of_header(struct loss *loss, const struct registry *reg, bool shown)
{
	const struct header *h = &reg->header;
	/* clang-format off */
	const struct {
		size_t count;
		bool is_shown;
		const char *what;
	} parts[] = {
		{h->id.len != 0, false, "the id"},
		{h->title.len != 0, true,  "the title"},
		{h->created.year != 0, true,  "the date of creation"},
		{h->updated.year != 0, true,  "the date of the last update"},
		{h->registration_rule.len != 0, true,  "the registration procedure"},
		{h->expert.len != 0, true,  "the experts"},
		{h->description.count != 0, true,  "the description"},
		{h->category_count, false, "a category"},
		{h->references.count, true,  "a reference"},
		{h->note_count, true,  "a note"},
		{h->extras.count, false, "an extra"},
		{reg->footnote_count, true,  "a footnote"},
	};
	/* clang-format on */
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		for (size_t n = 0; n < parts[i].count && !(shown && parts[i].is_shown); n++)
			loss_of(loss, LOSS_HEADER, STR("header"), parts[i].what);
}

bool write_has_org(const struct registry *reg)
{
	for (size_t i = 0; i < reg->person_count; i++)
		if (reg->people[i]->org.len)
			return true;
	return false;
}

static bool is_bare(const struct person *p)
{
	return p->name.len == 0 && p->org.len == 0 && p->uri_count == 0 && p->updated.year == 0 &&
	       p->extras.count == 0;
}

void loss_of_people(struct loss *loss, const struct registry *reg, bool all)
{
	for (size_t i = 0; i < reg->person_count; i++)
		if (all || !is_bare(reg->people[i]))
			loss_of(loss, LOSS_PEOPLE, reg->people[i]->id, "is not listed");
}

void loss_of_extras(struct loss *loss, const struct record *r, const char *kept)
{
	for (size_t i = 0; i < r->extras.count; i++)
		if (!str_equal(r->extras.items[i].name, str_from(kept)))
			loss_of_record(loss, LOSS_COLUMNS, r, "has an extra");
}

static bool persons_are_whole(struct xref_list list)
{
	for (size_t i = 0; i < list.count; i++) {
		const struct xref bare = {.type = XREF_PERSON, .data = list.items[i].data};
		if (!xref_equal(&list.items[i], &bare))
			return false;
	}
	return true;
}

/* Most references: [RFC6335] says all. */
static bool is_plain_rfc(const struct xref *x)
{
	uint64_t number;
	const struct xref plain = {.type = XREF_RFC, .data = x->data};
	return str_starts(x->data, STR("rfc")) && xref_equal(x, &plain) &&
	       num_parse(&number, str_part(x->data, 3, x->data.len), UINT64_MAX) == PORTROLL_OK;
}

/* Does the label give the reference back as it was? */
static bool reference_is_whole(const struct xref *x, struct buf *scratch)
{
	if (is_plain_rfc(x))
		return true;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	buf_clear(scratch);
	xref_put_label(scratch, x);
	struct portroll_str label = buf_str(scratch);
	if (!str_ends(label, STR("]")))
		return false;
	struct xref back = xref_from_label(&a, str_part(label, 1, label.len - 1));
	return xref_equal(&back, x);
}

/* Is the text what its cell shows? */
static bool text_is_whole(struct richtext text, struct buf *scratch)
{
	struct portroll_str plain;
	if (!richtext_is_plain(text, &plain))
		return false;
	buf_clear(scratch);
	buf_put(scratch, plain);
	cell_fold(scratch, 0);
	return scratch->len == plain.len;
}

void loss_of_cells(struct loss *loss, const struct record *r, struct buf *scratch)
{
	const struct run unauthorized = {.kind = RUN_TEXT, .text = r->unauthorized};
	if (!text_is_whole(r->description, scratch))
		loss_of_record(loss, LOSS_TEXTS, r, "has references or white space in its text");
	if (!text_is_whole(r->note, scratch))
		loss_of_record(loss, LOSS_TEXTS, r, "has references or white space in its notes");
	if (!text_is_whole((struct richtext){&unauthorized, 1}, scratch))
		loss_of_record(loss, LOSS_TEXTS, r, "has white space around unauthorized use");
	bool whole = true;
	for (size_t i = 0; i < r->references.count && whole; i++)
		whole = reference_is_whole(&r->references.items[i], scratch);
	if (!whole)
		loss_of_record(loss, LOSS_TEXTS, r, "has references of a type the label hides");
	if (!persons_are_whole(r->contacts) || !persons_are_whole(r->assignee))
		loss_of_record(loss, LOSS_TEXTS, r, "has persons with more than an id");
	if (r->has_assignee && xref_list_equal(r->assignee, r->contacts))
		loss_of_record(loss, LOSS_COLUMNS, r, "states that assignee and contact are equal");
	loss_of_extras(loss, r, EXTRA_NUMBER);
}
