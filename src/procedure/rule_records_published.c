/* SPDX-License-Identifier: MIT */

/* What is published: IANA's grammar, people, mail addresses, references (data.md sections 1 and 8,
 * RFC 8126 sections 2.2 and 7). */

#include "base/utf8.h"
#include "procedure/rule_shared.h"
#include "registry/phrase.h"
#include "registry/refer.h"

/* How a registry as such is told of: as no record. */
#define THE_REGISTRY NO_RECORD

static bool is_in_grammar(const struct record *r, const struct extra *e)
{
	return record_spells_range(r) && str_equal(e->name, STR(EXTRA_NUMBER));
}

static void tell_extra(struct finding_list *found, uint32_t record, const char *whose,
		       const struct extra *e)
{
	finding_add(found, DOC_FIELD_COUNT, record,
		    "has the %s '%.*s'%s, which the grammar does not",
		    e->is_element ? "element" : "attribute", PORTROLL_STR_ARG(e->name), whose);
}

void records_grammar(struct finding_list *found, const struct records_check *s)
{
	const struct registry *reg = s->registry;
	for (size_t i = 0; i < reg->header.extras.count; i++)
		tell_extra(found, THE_REGISTRY, " in its header", &reg->header.extras.items[i]);
	for (size_t i = 0; i < reg->record_count; i++)
		for (size_t e = 0; e < reg->records[i]->extras.count; e++)
			if (!is_in_grammar(reg->records[i], &reg->records[i]->extras.items[e]))
				tell_extra(found, (uint32_t)i, "",
					   &reg->records[i]->extras.items[e]);
	for (size_t i = 0; i < reg->person_count; i++)
		for (size_t e = 0; e < reg->people[i]->extras.count; e++)
			finding_add(found, DOC_FIELD_COUNT, THE_REGISTRY,
				    "%.*s has '%.*s', which the grammar does not",
				    PORTROLL_STR_ARG(reg->people[i]->id),
				    PORTROLL_STR_ARG(reg->people[i]->extras.items[e].name));
}

static void check_date(struct finding_list *found, uint32_t record, struct date date,
		       const char *which)
{
	if (date.year && date.month == 0)
		finding_add(found, DOC_FIELD_COUNT, record, "has a year alone as its %s", which);
}

void records_values(struct finding_list *found, const struct records_check *s)
{
	if (s->registry->header.updated.day == 0)
		finding_add(found, DOC_FIELD_COUNT, THE_REGISTRY,
			    "has no whole day as the date that it was updated");
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		check_date(found, (uint32_t)i, r->registered, "Registration Date");
		check_date(found, (uint32_t)i, r->modified, "Modification Date");
	}
	for (size_t i = 0; i < s->registry->person_count; i++) {
		const struct person *p = s->registry->people[i];
		if (p->updated.year && p->updated.month == 0)
			finding_add(found, DOC_FIELD_COUNT, THE_REGISTRY,
				    "%.*s has a year alone as a date", PORTROLL_STR_ARG(p->id));
	}
}

/* XML's NCName: what begins a name is a letter or _, what goes on also a digit, - or a dot. */
static bool is_xml_name(struct portroll_str id)
{
	if (id.len == 0)
		return false;
	for (bool is_first = true; id.len; is_first = false) {
		uint32_t c = utf8_next(&id);
		bool begins = c == '_' || (c < 0x80 && is_alpha((char)c)) ||
			      (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c != UTF8_INVALID);
		bool goes_on = c == '-' || c == '.' || c == 0xB7 || (c < 0x80 && is_digit((char)c));
		if (!begins && (is_first || !goes_on))
			return false;
	}
	return true;
}

struct person_walk {
	struct finding_list *found;
	const struct records_shared *shared;
	uint32_t record;
};

static int check_person(void *context, const struct xref *x)
{
	const struct person_walk *walk = context;
	if (x->type == XREF_PERSON && idset_find(&walk->shared->people, x->data) == IDSET_NONE)
		finding_add(walk->found, DOC_FIELD_COUNT, walk->record,
			    "refers to [%.*s], who is not among the people",
			    PORTROLL_STR_ARG(x->data));
	return PORTROLL_OK;
}

void records_people(struct finding_list *found, const struct records_check *s)
{
	const struct records_shared *shared = s->shared;
	const struct registry *reg = s->registry;
	struct person_walk walk = {found, shared, THE_REGISTRY};
	for (size_t i = 0; i < reg->person_count; i++) {
		struct portroll_str id = reg->people[i]->id;
		if (!is_xml_name(id))
			finding_add(found, DOC_FIELD_COUNT, THE_REGISTRY,
				    "the person id '%.*s' is no name of XML", PORTROLL_STR_ARG(id));
		if (idset_find(&shared->people, id) != i)
			finding_add(found, DOC_FIELD_COUNT, THE_REGISTRY,
				    "two people have the id [%.*s]", PORTROLL_STR_ARG(id));
		else if (shared->uses[i] == 0)
			finding_add(found, DOC_FIELD_COUNT, THE_REGISTRY,
				    "nothing refers to [%.*s]", PORTROLL_STR_ARG(id));
	}
	(void)refer_each_of_header(&reg->header, check_person, &walk);
	for (size_t i = 0; i < reg->record_count; i++) {
		walk.record = (uint32_t)i;
		(void)refer_each_of_record(reg->records[i], check_person, &walk);
	}
}

/* A Modification Date is later than the Registration Date, as far as both tell; the registry itself
 * is updated with each of them. */
static bool is_before(struct date a, struct date b)
{
	if (a.month == 0 || b.month == 0 || a.day == 0 || b.day == 0)
		a.day = b.day = 0;
	if (a.month == 0 || b.month == 0)
		a.month = b.month = 0;
	return date_compare(a, b) < 0;
}

void records_dates(struct finding_list *found, const struct records_check *s)
{
	struct date updated = s->registry->header.updated;
	char text[DATE_TEXT_MAX], other[DATE_TEXT_MAX];
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		struct date newest =
			is_before(r->modified, r->registered) ? r->registered : r->modified;
		(void)date_format(text, r->modified);
		(void)date_format(other, r->registered);
		if (r->modified.year && is_before(r->modified, r->registered))
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "was modified on %s, before it was registered on %s", text,
				    other);
		(void)date_format(text, newest);
		(void)date_format(other, updated);
		if (updated.year && is_before(updated, newest))
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "is dated %s, but the registry was last updated on %s", text,
				    other);
	}
}

void records_mail(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->person_count; i++) {
		const struct person *p = s->registry->people[i];
		for (size_t u = 0; u < p->uri_count; u++)
			if (str_starts_fold(p->uris[u], STR("mailto:")) &&
			    str_find_char(p->uris[u], '@') != SIZE_MAX)
				finding_add(found, DOC_FIELD_COUNT, THE_REGISTRY,
					    "[%.*s] has a mail address that is written with @",
					    PORTROLL_STR_ARG(p->id));
	}
}

static bool is_document(struct portroll_str data)
{
	bool known = str_starts(data, STR("rfc")) || str_starts(data, STR("bcp")) ||
		     str_starts(data, STR("std"));
	for (size_t i = 3; i < data.len; i++)
		known = known && is_digit(data.ptr[i]);
	return known && data.len > 3;
}

/* The documents that tell how to register, and define no service but the experiments. */
static bool is_of_procedure(const struct xref *x)
{
	static const struct portroll_str documents[] = {
		STR_INIT("rfc6335"), STR_INIT("rfc7605"), STR_INIT("rfc8126"), STR_INIT("rfc5226"),
		STR_INIT("rfc2780"), STR_INIT("bcp165"),  STR_INIT("bcp26"),
	};
	for (size_t i = 0; x->type == XREF_RFC && i < ARRAY_LEN(documents); i++)
		if (str_equal_fold(x->data, documents[i]))
			return true;
	return false;
}

void records_reference(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		size_t defining = 0, procedure = 0;
		for (size_t x = 0; x < r->references.count; x++) {
			const struct xref *ref = &r->references.items[x];
			procedure += is_of_procedure(ref);
			defining += ref->type != XREF_NOTE && !is_of_procedure(ref);
			if (ref->type == XREF_RFC && !is_document(ref->data))
				finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
					    "refers to '%.*s', which is no number of an RFC, BCP "
					    "or STD",
					    PORTROLL_STR_ARG(ref->data));
		}
		if (r->name.len && procedure && !defining)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "refers only to how it was registered, not to what defines it");
	}
}

static bool is_ascii(struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] >= 0x80)
			return false;
	return true;
}

static const char *beyond_ascii(const struct record *r)
{
	if (!is_ascii(r->name))
		return "its name";
	if (!is_ascii(r->unauthorized))
		return "the unauthorized use";
	for (size_t i = 0; i < r->references.count; i++)
		if (!is_ascii(r->references.items[i].data) ||
		    !is_ascii(r->references.items[i].text))
			return "a reference";
	for (size_t i = 0; i < r->note.count; i++)
		if (!is_ascii(r->note.runs[i].text))
			return "its note";
	return NULL;
}

void records_ascii(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const char *where = beyond_ascii(s->registry->records[i]);
		if (where)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "has characters beyond ASCII in %s", where);
	}
}
