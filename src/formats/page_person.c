/* SPDX-License-Identifier: MIT */
#include "formats/page_reader.h"

#include "formats/cells.h"

/* One row of Contact Information, by rule 9: [id], name and organization, URIs, a date. */

/* mailto:x&example.com */
static bool is_uri(struct portroll_str word)
{
	size_t colon = str_find_char(word, ':');
	if (colon == SIZE_MAX || colon < 2)
		return false;
	for (size_t i = 0; i < colon; i++)
		if (!is_alpha(word.ptr[i]))
			return false;
	return colon + 1 < word.len;
}

/* Letters and digits count in an id, everything else is a gap. */
static bool is_gap(char c)
{
	return !is_alpha(c) && !is_digit(c) && (unsigned char)c < 0x80;
}

static struct portroll_str skip_gaps(struct portroll_str text)
{
	while (text.len && is_gap(text.ptr[0]))
		text = str_part(text, 1, text.len);
	return text;
}

/* Jeff_Peters for Jeff_Peters_2 */
static struct portroll_str without_number(struct portroll_str id)
{
	size_t len = id.len;
	while (len && is_digit(id.ptr[len - 1]))
		len--;
	bool numbered = len > 1 && len < id.len && id.ptr[len - 1] == '_';
	return numbered ? str_part(id, 0, len - 1) : id;
}

/* Length of the longest run of whole words at the start that spells the id; 0 for none. */
static size_t spelled_len(struct portroll_str words, struct portroll_str id)
{
	struct portroll_str left = skip_gaps(id), rest = skip_gaps(words);
	while (left.len && rest.len && left.ptr[0] == rest.ptr[0]) {
		bool gap_due = left.len > 1 && is_gap(left.ptr[1]);
		bool gap_found = rest.len > 1 && is_gap(rest.ptr[1]);
		left = skip_gaps(str_part(left, 1, left.len));
		rest = str_part(rest, 1, rest.len);
		if (left.len == 0)
			break;
		if (gap_due != gap_found)
			return 0;
		rest = skip_gaps(rest);
	}
	if (left.len || rest.ptr == words.ptr)
		return 0;
	while (rest.len && rest.ptr[0] != ' ' && is_gap(rest.ptr[0]))
		rest = str_part(rest, 1, rest.len);
	return rest.len == 0 || rest.ptr[0] == ' ' ? words.len - rest.len : 0;
}

static void take_names(struct page *p, struct person *person, struct portroll_str words,
		       uint32_t number)
{
	if (!p->is_contact[number]) {
		person->org = words;
		return;
	}
	size_t len = spelled_len(words, person->id);
	if (len == 0)
		len = spelled_len(words, without_number(person->id));
	if (len == 0)
		len = words.len;
	person->name = str_trim(str_part(words, 0, len));
	person->org = str_trim(str_part(words, len, words.len));
}

/* A word without scheme behind a URI is a part of it: "mailto:A B" occurs. */
static int take_uris(struct page *p, struct person *person, struct portroll_str words)
{
	struct portroll_str word, *uri = NULL;
	while (str_word(&words, &word)) {
		if (!uri || is_uri(word)) {
			uri = list_add(&p->uris);
			if (!uri)
				return error_memory(p->err);
			*uri = word;
		} else {
			uri->len = (size_t)(word.ptr + word.len - uri->ptr);
		}
	}
	person->uris = list_take(&p->uris, &person->uri_count);
	return PORTROLL_OK;
}

/* The date at the end of the row, cut off. */
static struct portroll_str cut_date(struct portroll_str words, struct date *ret)
{
	size_t from = words.len;
	while (from && words.ptr[from - 1] != ' ')
		from--;
	if (date_cell(ret, str_part(words, from, words.len)) < 0)
		return words;
	return str_trim(str_part(words, 0, from));
}

int page_person(struct page *p, struct portroll_str line, uint32_t number)
{
	struct person person = {0};
	if (!label_cut(&line, &person.id))
		return page_fail(p, line, "a row of Contact Information, expected [ID] first");
	struct portroll_str words = cut_date(str_trim(line), &person.updated), rest = words, word;
	size_t names_len = words.len;
	while (names_len == words.len && str_word(&rest, &word))
		if (is_uri(word))
			names_len = (size_t)(word.ptr - words.ptr);
	take_names(p, &person, str_trim(str_part(words, 0, names_len)), number);
	int r = take_uris(p, &person, str_part(words, names_len, words.len));
	if (r < 0)
		return r;
	return registry_add_person(p->reg, &person) < 0 ? error_memory(p->err) : PORTROLL_OK;
}
