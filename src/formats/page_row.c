/* SPDX-License-Identifier: MIT */
#include "formats/page_reader.h"

#include "base/num.h"
#include "formats/cells.h"

#include <string.h>

/* One row of the table, taken from the left. `rest` of the row begins with a word or is empty. */

struct page_row {
	struct page *page;
	struct portroll_str rest;
	struct record record;
	bool any; /* a person, a date or a reference ended the description */
};

static struct portroll_str next_word(struct portroll_str text)
{
	return str_part(text, 0, str_find_char(text, ' '));
}

/* The row without its first `len` bytes and the blanks behind them. */
static struct portroll_str behind(struct portroll_str text, size_t len)
{
	return str_trim(str_part(text, len, text.len));
}

static bool looks_like_port(struct portroll_str word)
{
	size_t hyphen = str_find_char(word, '-');
	struct portroll_str last = hyphen == SIZE_MAX ? word : str_part(word, hyphen + 1, word.len);
	uint64_t value;
	return num_parse(&value, str_part(word, 0, hyphen), UINT64_MAX) != PORTROLL_ESYNTAX &&
	       num_parse(&value, last, UINT64_MAX) != PORTROLL_ESYNTAX;
}

static int take_port(struct page_row *row, struct portroll_str word)
{
	int r = range_parse(&row->record.port, word);
	if (r < 0)
		return page_fail(row->page, word, "port '%.*s': %s", SHOWN(word),
				 range_error_text(r));
	row->record.has_port = true;
	if (range_keep_spelling(&row->record, word, row->page->arena) < 0)
		return error_memory(row->page->err);
	row->rest = behind(row->rest, word.len);
	return PORTROLL_OK;
}

/* Rules 1 and 2. A name has no blanks and none consists of digits. */
static int take_key(struct page_row *row)
{
	struct portroll_str first = next_word(row->rest);
	struct portroll_str second = next_word(behind(row->rest, first.len));
	if (!looks_like_port(first) || looks_like_port(second)) {
		row->record.name = first;
		row->rest = behind(row->rest, first.len);
		first = second;
	}
	if (looks_like_port(first)) {
		int r = take_port(row, first);
		if (r < 0)
			return r;
	}
	struct portroll_str word = next_word(row->rest);
	for (uint8_t i = PORTROLL_TCP; i <= TRANSPORT_COUNT; i++)
		if (str_equal(word, str_from(transports[i].name)))
			row->record.transport = i;
	if (row->record.transport != PORTROLL_ANY)
		row->rest = behind(row->rest, word.len);
	return PORTROLL_OK;
}

/* Length of the labels without a blank between at the start of the text, if a blank or the end
 * follows them; else 0. */
static size_t labels_len(struct portroll_str text)
{
	struct portroll_str rest = text, label;
	while (label_cut(&rest, &label))
		;
	return rest.len == 0 || rest.ptr[0] == ' ' ? text.len - rest.len : 0;
}

/* Rule 3: every id is listed below the table. */
static size_t person_cell(const struct page *p, struct portroll_str text)
{
	size_t len = labels_len(text);
	struct portroll_str cell = str_part(text, 0, len), id;
	while (label_cut(&cell, &id))
		if (idset_find(&p->people, id) == IDSET_NONE)
			return 0;
	return len;
}

/* Documents, URIs and footnotes; literal brackets of a description look like a TEXT reference. */
static size_t reference_cell(struct page *p, struct portroll_str text, bool any_text)
{
	size_t len = labels_len(text);
	struct portroll_str cell = str_part(text, 0, len), label;
	while (!any_text && label_cut(&cell, &label))
		if (xref_from_label(p->arena, label).type == XREF_TEXT)
			return 0;
	return len;
}

static bool is_date(struct portroll_str word)
{
	struct date date;
	return date_cell(&date, word) == PORTROLL_OK;
}

/* Rule 3: the description runs to the first cell that is of another column for sure. */
static void take_description(struct page_row *row)
{
	struct portroll_str text = row->rest, at = text;
	while (at.len && !row->any) {
		row->any = person_cell(row->page, at) || is_date(next_word(at)) ||
			   reference_cell(row->page, at, false);
		if (!row->any)
			at = behind(at, next_word(at).len);
	}
	struct portroll_str words = str_trim(str_part(text, 0, text.len - at.len));
	row->record.description = richtext_plain(row->page->arena, words);
	row->rest = at;
}

static int take_labels(struct page_row *row, struct xref_list *ret, size_t len, bool persons)
{
	int r = labels_parse(ret, str_part(row->rest, 0, len), persons, &row->page->xrefs);
	row->rest = behind(row->rest, len);
	return r < 0 ? error_memory(row->page->err) : PORTROLL_OK;
}

static void mark_contacts(struct page *p, struct xref_list contacts)
{
	for (size_t i = 0; i < contacts.count; i++)
		p->is_contact[idset_find(&p->people, contacts.items[i].data)] = true;
}

/* Rule 4: one cell is the assignee, two are assignee and contact. */
static int take_people(struct page_row *row)
{
	struct record *record = &row->record;
	size_t len = person_cell(row->page, row->rest);
	if (len == 0)
		return PORTROLL_OK;
	int r = take_labels(row, &record->assignee, len, true);
	len = person_cell(row->page, row->rest);
	if (r == PORTROLL_OK && len)
		r = take_labels(row, &record->contacts, len, true);
	record->has_assignee = !xref_list_equal(record->assignee, record->contacts);
	if (!record->has_assignee)
		record->assignee = (struct xref_list){0};
	mark_contacts(row->page, record->contacts);
	return r;
}

/* Rule 5: where a lone date belongs. */
static void take_dates(struct page_row *row, bool any_person)
{
	struct record *r = &row->record;
	struct date dates[2] = {{0}};
	size_t count = 0;
	while (count < 2 && date_cell(&dates[count], next_word(row->rest)) == PORTROLL_OK) {
		row->rest = behind(row->rest, next_word(row->rest).len);
		count++;
	}
	bool modified = count == 1 && dates[0].day && !any_person;
	r->registered = modified ? (struct date){0} : dates[0];
	r->modified = modified ? dates[0] : dates[1];
}

/* Rule 7. */
static void take_service_code(struct page_row *row)
{
	struct portroll_str word = next_word(row->rest);
	uint64_t code;
	if (row->record.transport != PORTROLL_DCCP || word.len < 6 ||
	    num_parse(&code, word, UINT32_MAX) < 0)
		return;
	row->record.service_code = (uint32_t)code;
	row->record.has_service_code = true;
	row->rest = behind(row->rest, word.len);
}

/* Rule 8, with the wordings that occur (data.md section 8). */
static const char *const unauthorized_openings[] = {
	"Known Unauthorized Use", "Known UNAUTHORIZED USE", "Unauthorized Use Known",
	"Unauthorized use by",    "krb524 assigned the",
};
static const char *const note_openings[] = {
	"Defined TXT keys",
	"Defined TXT Keys",
	"This entry",
	"De-assigned on",
	"De-Assigned on",
	"IANA has ",
	"This port was",
	"This port has",
	"Previously assigned",
	"Historic usage was",
	"This is a duplicate",
	"This is an extension",
	"This service name was",
	"Not a service type",
	"Formerly was",
	"(Removed ",
	"De-registered ",
	"Possible Conflict of",
};

static size_t find_opening(struct portroll_str text, const char *const *openings, size_t count)
{
	size_t first = text.len;
	for (size_t i = 0; i < count; i++) {
		size_t at = str_find(str_part(text, 0, first), str_from(openings[i]));
		if (at != SIZE_MAX && (at == 0 || text.ptr[at - 1] == ' '))
			first = at;
	}
	return first;
}

static size_t find_note(struct portroll_str text)
{
	return find_opening(text, note_openings, ARRAY_LEN(note_openings));
}

static size_t find_unauthorized(struct portroll_str text)
{
	/* PORT 8001 also being used unofficially by ... */
	bool also =
		str_starts_fold(text, STR("port ")) && str_find(text, STR(" also being used")) < 12;
	if (also || str_equal(text, STR("yes")))
		return 0;
	return find_opening(text, unauthorized_openings, ARRAY_LEN(unauthorized_openings));
}

static void take_texts(struct page_row *row)
{
	struct record *r = &row->record;
	struct portroll_str text = row->rest;
	if (!row->any && richtext_is_plain(r->description, &text)) {
		size_t note = find_note(text), unauthorized = find_unauthorized(text);
		size_t end = note < unauthorized ? note : unauthorized;
		/* A text that begins with an opening has no description before it: it is one. */
		if (end == 0 || end == text.len)
			return;
		r->description = richtext_plain(row->page->arena, str_trim(str_part(text, 0, end)));
		text = str_part(text, end, text.len);
	}
	if (find_unauthorized(text) == 0) {
		size_t note = find_note(text);
		r->unauthorized = str_trim(str_part(text, 0, note));
		text = str_part(text, note, text.len);
	}
	r->note = richtext_plain(row->page->arena, str_trim(text));
}

/* Every person of the rows is listed below them; the same unknown id twice is a page cut short. */
static int check_people(struct page_row *row, struct portroll_str line)
{
	for (struct portroll_str at = line; at.len; at = behind(at, next_word(at).len)) {
		size_t len = labels_len(at);
		struct portroll_str cell = str_part(at, 0, len), next = behind(at, len);
		if (len && labels_len(next) == len && memcmp(next.ptr, cell.ptr, len) == 0 &&
		    !person_cell(row->page, at))
			return page_fail(row->page, cell,
					 "person '%.*s' is not listed under Contact Information",
					 SHOWN(cell));
	}
	return PORTROLL_OK;
}

int page_row(struct page *p, struct portroll_str line)
{
	struct page_row row = {.page = p, .rest = str_trim(line)};
	int r = take_key(&row);
	if (r < 0)
		return r;
	r = check_people(&row, row.rest);
	if (r < 0)
		return r;
	take_description(&row);
	size_t before = row.rest.len;
	r = take_people(&row);
	if (r < 0)
		return r;
	take_dates(&row, row.rest.len != before);
	size_t len = row.any ? reference_cell(p, row.rest, true) : 0;
	if (len && take_labels(&row, &row.record.references, len, false) < 0)
		return PORTROLL_ENOMEM;
	take_service_code(&row);
	take_texts(&row);
	return registry_add(p->reg, &row.record) < 0 ? error_memory(p->err) : PORTROLL_OK;
}
