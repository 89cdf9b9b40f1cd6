/* SPDX-License-Identifier: MIT */
#include "procedure/rule_subject.h"

/* IANA writes & for @. */
static bool is_mail(struct portroll_str uri, struct portroll_str mail)
{
	static const struct portroll_str scheme = STR_INIT("mailto:");
	if (mail.len == 0 || !str_starts_fold(uri, scheme) || uri.len != scheme.len + mail.len)
		return false;
	for (size_t i = 0; i < mail.len; i++) {
		char there = uri.ptr[scheme.len + i] == '&' ? '@' : uri.ptr[scheme.len + i];
		if (fold_char(there) != fold_char(mail.ptr[i]))
			return false;
	}
	return true;
}

static bool has_mail(const struct person *person, struct portroll_str mail)
{
	for (size_t i = 0; i < person->uri_count; i++)
		if (is_mail(person->uris[i], mail))
			return true;
	return false;
}

static bool is_called(const struct person *person, struct portroll_str name)
{
	struct portroll_str called = person->name.len ? person->name : person->org;
	return name.len && str_equal_fold(called, name);
}

/* Where an id is said it decides, else the mail address, else the name where there is no mail. */
static bool is_same(const struct person *person, const struct party *p)
{
	if (p->id.len)
		return str_equal(person->id, p->id);
	if (p->mail.len && person->uri_count)
		return has_mail(person, p->mail);
	return is_called(person, p->name);
}

struct party_ids party_find(const struct registry *reg, const struct party *p)
{
	struct party_ids ids = {0};
	for (size_t i = 0; i < reg->person_count && ids.count < PARTY_ID_MAX; i++)
		if (is_same(reg->people[i], p))
			ids.items[ids.count++] = reg->people[i]->id;
	return ids;
}

bool party_has(const struct party_ids *ids, struct xref_list persons)
{
	for (size_t i = 0; i < persons.count; i++)
		for (size_t k = 0; k < ids->count; k++)
			if (str_equal(persons.items[i].data, ids->items[k]))
				return true;
	return false;
}
