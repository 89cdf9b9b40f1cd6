/* SPDX-License-Identifier: MIT */
#include "registry/record.h"

struct xref_list record_assignee(const struct record *r)
{
	return r->has_assignee ? r->assignee : r->contacts;
}

static bool same_key(const struct record *a, const struct record *b)
{
	return str_equal(a->name, b->name) && a->transport == b->transport &&
	       a->has_port == b->has_port && a->port.first == b->port.first &&
	       a->port.last == b->port.last;
}

static bool same_dates(const struct record *a, const struct record *b)
{
	return date_equal(a->registered, b->registered) && date_equal(a->modified, b->modified);
}

bool record_spells_range(const struct record *r)
{
	return r->has_port && r->port.first == r->port.last &&
	       extra_value(r->extras, STR(EXTRA_NUMBER)).len;
}

bool record_equal(const struct record *a, const struct record *b)
{
	return same_key(a, b) && same_dates(a, b) && a->has_service_code == b->has_service_code &&
	       a->service_code == b->service_code && a->has_assignee == b->has_assignee &&
	       str_equal(a->unauthorized, b->unauthorized) &&
	       richtext_equal(a->description, b->description) && richtext_equal(a->note, b->note) &&
	       xref_list_equal(a->contacts, b->contacts) &&
	       xref_list_equal(a->assignee, b->assignee) &&
	       xref_list_equal(a->references, b->references) &&
	       extra_list_equal(a->extras, b->extras);
}

bool person_equal(const struct person *a, const struct person *b)
{
	if (a->uri_count != b->uri_count)
		return false;
	for (size_t i = 0; i < a->uri_count; i++)
		if (!str_equal(a->uris[i], b->uris[i]))
			return false;
	return str_equal(a->id, b->id) && str_equal(a->name, b->name) &&
	       str_equal(a->org, b->org) && date_equal(a->updated, b->updated) &&
	       extra_list_equal(a->extras, b->extras);
}
