/* SPDX-License-Identifier: MIT */
#include "server/search.h"

#include <stdlib.h>

/* The key of a record in one column: a number, or a text. */
struct sort_key {
	bool absent;
	uint64_t number;
	struct portroll_str text;
	size_t place; /* before the sort, which it keeps among equals */
	uint32_t id;
};

static struct portroll_str text_of(const struct portroll_record *r, enum field_id field)
{
	const struct portroll_str texts[FIELD_COUNT] = {
		[FIELD_NAME] = r->name,
		[FIELD_TRANSPORT] = transport_name(r->transport),
		[FIELD_DESCRIPTION] = r->description,
		[FIELD_ASSIGNEE] = r->assignee,
		[FIELD_CONTACT] = r->contact,
		[FIELD_REGISTERED] = r->registered,
		[FIELD_MODIFIED] = r->modified,
		[FIELD_REFERENCE] = r->reference,
		[FIELD_UNAUTHORIZED] = r->unauthorized,
		[FIELD_NOTES] = r->notes,
	};
	return texts[field];
}

static struct sort_key key_of(const struct portroll_record *r, enum field_id field)
{
	struct sort_key key = {0};
	if (field == FIELD_PORT) {
		key.absent = !r->has_port;
		key.number = (uint64_t)r->port_first << 16 | r->port_last;
	} else if (field == FIELD_SERVICE_CODE) {
		key.absent = !r->has_service_code;
		key.number = r->service_code;
	} else {
		key.text = text_of(r, field);
		key.absent = key.text.len == 0;
	}
	return key;
}

static int compare_keys(const void *left, const void *right, void *context)
{
	const struct sort_key *a = left, *b = right;
	const bool *descending = context;
	if (a->absent != b->absent)
		return a->absent ? 1 : -1;
	int order = (a->number > b->number) - (a->number < b->number);
	if (order == 0)
		order = str_compare_fold(a->text, b->text);
	if (order == 0)
		return a->place < b->place ? -1 : 1;
	return *descending ? -order : order;
}

int sort_records(struct id_array *ids, const struct call *call, enum field_id field,
		 bool descending)
{
	struct sort_key *keys = arena_array(call->arena, ids->count, sizeof(*keys));
	if (!keys)
		return PORTROLL_ENOMEM;
	for (size_t i = 0; i < ids->count; i++) {
		struct portroll_record record = {0};
		(void)portroll_get(site_snapshot(call->site), ids->ids[i], &record);
		keys[i] = key_of(&record, field);
		keys[i].place = i;
		keys[i].id = ids->ids[i];
	}
	qsort_r(keys, ids->count, sizeof(*keys), compare_keys, &descending);
	for (size_t i = 0; i < ids->count; i++)
		ids->ids[i] = keys[i].id;
	return PORTROLL_OK;
}
