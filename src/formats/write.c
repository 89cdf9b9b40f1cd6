/* SPDX-License-Identifier: MIT */
#include "formats/write.h"

struct portroll_str write_title(const struct registry *reg, const struct write_options *o)
{
	return o->title.len && !o->masthead ? o->title : reg->header.title;
}

struct portroll_str write_date(char space[static DATE_TEXT_MAX], struct date date)
{
	size_t len = date_format(space, date);
	return (struct portroll_str){space, len};
}

void write_squeezed(struct buf *out, struct portroll_str text)
{
	struct portroll_str word;
	for (bool first = true; str_word(&text, &word); first = false) {
		if (!first)
			buf_putc(out, ' ');
		buf_put(out, word);
	}
}

bool write_text_is_whole(struct richtext text, struct portroll_str cell)
{
	struct portroll_str plain;
	return richtext_is_plain(text, &plain) && str_equal(plain, cell);
}

void loss_of_header(struct loss *loss, const struct registry *reg)
{
	const struct header *h = &reg->header;
	/* clang-format off */
	const struct {
		size_t count;
		const char *what;
	} parts[] = {
		{h->id.len != 0,                  "the id"},
		{h->title.len != 0,               "the title"},
		{h->created.year != 0,            "the date of creation"},
		{h->updated.year != 0,            "the date of the last update"},
		{h->registration_rule.len != 0,   "the registration procedure"},
		{h->expert.len != 0,              "the experts"},
		{h->description.count != 0,       "the description"},
		{h->category_count,               "a category"},
		{h->references.count,             "a reference"},
		{h->note_count,                   "a note"},
		{h->extras.count,                 "an extra"},
		{reg->footnote_count,             "a footnote"},
	};
	/* clang-format on */
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		for (size_t n = 0; n < parts[i].count; n++)
			loss_of(loss, LOSS_HEADER, STR("header"), parts[i].what);
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
