/* SPDX-License-Identifier: MIT */

/* What records tell of de-assignments, marks and temporary assignments (RFC 6335 section 8.2, RFC
 * 8126 section 9.6, RFC 7120 section 3.1). */

#include "procedure/rule_shared.h"
#include "registry/phrase.h"

/* The marks that a nameless row may have as its description. */
static const char *const marks[] = {
	"deprecated",    "obsolete",        "obsoleted",      "decommissioned",
	"decomissioned", "de-commissioned", "de-comissioned",
};

static bool begins_with_mark(const struct record *r)
{
	for (size_t i = 0; i < r->description.count; i++) {
		struct portroll_str text = str_trim(r->description.runs[i].text);
		for (size_t m = 0; text.len && m < ARRAY_LEN(marks); m++)
			if (phrase_starts(text, str_from(marks[m])))
				return true;
		if (text.len)
			return false;
	}
	return false;
}

/* How notes tell the name that a port had, and how they say it in other words. */
static const struct telling_phrase {
	const char *phrase;
	bool before_name; /* a service name follows it */
} telling_phrases[] = {
	{"previously assigned to", false},
	{"formerly assigned to", false},
	{"historic usage was", true},
	{"formerly was", true},
	{"previously", true},
};

static struct portroll_str name_behind(struct portroll_str rest)
{
	struct portroll_str word;
	if (!str_word(&rest, &word))
		return STR("");
	while (word.len && (word.ptr[word.len - 1] == '.' || word.ptr[word.len - 1] == ','))
		word = str_part(word, 0, word.len - 1);
	return word;
}

/* Words that follow "previously" and are no names: previously removed on. */
static bool is_plain_word(struct portroll_str word)
{
	static const struct portroll_str words[] = {
		STR_INIT("assigned"), STR_INIT("noted"), STR_INIT("removed"),
		STR_INIT("updated"),  STR_INIT("used"),  STR_INIT("called"),
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_equal_fold(word, words[i]))
			return true;
	return word.len == 0 || word.ptr[0] == '"';
}

/* Does the note tell what the port was for? *ret_name is the service name, if it tells that. */
static bool tells_former_use(const struct record *r, struct portroll_str *ret_name)
{
	*ret_name = STR("");
	for (size_t i = 0; i < ARRAY_LEN(telling_phrases); i++) {
		struct portroll_str rest;
		if (!phrase_in(r->note, str_from(telling_phrases[i].phrase), &rest))
			continue;
		struct portroll_str word = name_behind(rest);
		if (is_plain_word(word))
			continue;
		if (telling_phrases[i].before_name)
			*ret_name = word;
		return true;
	}
	return false;
}

static bool has_date(struct richtext text)
{
	struct date date;
	for (size_t i = 0; i < text.count; i++) {
		struct portroll_str rest = text.runs[i].text;
		if (shared_next_date(&rest, &date))
			return true;
	}
	return false;
}

static bool is_released(const struct records_check *s, size_t record)
{
	return s->index->kinds[record] == ROW_RESERVED_RELEASED &&
	       !begins_with_mark(s->registry->records[record]);
}

static bool says_reserved(const struct record *r)
{
	return phrase_in(r->description, STR("reserved"), NULL);
}

void records_released_note(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		struct portroll_str name;
		if (!is_released(s, i))
			continue;
		bool told = tells_former_use(r, &name), dated = has_date(r->note);
		if (!says_reserved(r))
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "was given back, but is not described as Reserved");
		else if (!told || !dated)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "was given back, but its note has %s",
				    told    ? "no date"
				    : dated ? "not what it was for"
					    : "neither what it was for nor a date");
	}
}

void records_released_name(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		struct portroll_str name;
		if (is_released(s, i) && tells_former_use(s->registry->records[i], &name) &&
		    name.len && shared_first_named(s->shared, name) == NO_RECORD)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "was '%.*s', of which there is no record any more",
				    PORTROLL_STR_ARG(name));
	}
}

void records_mark_in_place(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		if (r->name.len == 0 && begins_with_mark(r))
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "has the mark in the place of the entry");
	}
}

#define TEMPORARY STR("TEMPORARY")

/* The line of the text that says so, from there on. */
static struct portroll_str temporary_line(struct richtext text)
{
	for (size_t i = 0; i < text.count; i++) {
		struct portroll_str rest = text.runs[i].text, line;
		size_t at = str_find(rest, TEMPORARY);
		if (at == SIZE_MAX)
			continue;
		rest = str_part(rest, at, rest.len);
		(void)str_cut(&rest, '\n', &line);
		return line;
	}
	return STR("");
}

/* The same day a year later. */
static struct date a_year_after(struct date date)
{
	date.year++;
	return date;
}

/* The first date is that of the allocation, the last one its end; those between, if any, are those
 * of renewals, each for a year. */
static void check_temporary(struct finding_list *found, uint32_t record, struct portroll_str text)
{
	struct date date, begin = {0}, end = {0};
	size_t count = 0;
	for (; shared_next_date(&text, &date); count++) {
		begin = count < 2 ? (count == 0 ? date : begin) : end;
		end = date;
	}
	if (count < 2)
		finding_add(found, DOC_FIELD_COUNT, record,
			    "is TEMPORARY, but does not tell both its first day and its end");
	else if (date_compare(end, begin) <= 0)
		finding_add(found, DOC_FIELD_COUNT, record,
			    "is TEMPORARY, but ends before it began");
	else if (date_compare(end, a_year_after(begin)) > 0)
		finding_add(found, DOC_FIELD_COUNT, record, "is TEMPORARY for more than a year");
}

void records_temporary_dates(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		struct portroll_str text = temporary_line(r->note);
		if (text.len == 0)
			text = temporary_line(r->description);
		if (text.len)
			check_temporary(found, (uint32_t)i, text);
	}
}
