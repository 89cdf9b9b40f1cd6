/* SPDX-License-Identifier: MIT */
#include "snapshot/compile.h"

#include "base/load.h"

#include <stdlib.h>

static int put_person(struct compiler *c, const struct person *p)
{
	struct buf *out = &c->sections[SECTION_PEOPLE];
	if (!date_packed_ok(date_pack(p->updated)))
		return error_set(c->err, PORTROLL_EINVAL, "person '%.*s' has a date that is none",
				 PORTROLL_STR_ARG(p->id));
	bool one = p->uri_count == 1 && p->uris[0].len > 0;
	char row[PERSON_SIZE];
	store_u32(row + PERSON_ID, text_append(c, p->id));
	store_u32(row + PERSON_NAME, text_append(c, p->name));
	store_u32(row + PERSON_ORG, text_add(c, p->org));
	store_u32(row + PERSON_URI, one ? text_append(c, p->uris[0]) : 0);
	store_u32(row + PERSON_UPDATED, date_pack(p->updated));
	if (p->extras.count || (p->uri_count && !one)) {
		blob_texts(c, p->uris, p->uri_count);
		blob_extras(c, p->extras);
	}
	store_u32(row + PERSON_BLOB, blob_add(c));
	buf_put(out, (struct portroll_str){row, sizeof(row)});
	return PORTROLL_OK;
}

struct person_place {
	struct portroll_str id;
	uint32_t person;
};

static int by_id(const void *a, const void *b)
{
	const struct person_place *x = a, *y = b;
	return str_compare(x->id, y->id);
}

static int put_order(struct compiler *c, const struct registry *reg, uint32_t first)
{
	struct person_place *places = arena_array(&c->scratch, reg->person_count, sizeof(*places));
	if (!places)
		return error_memory(c->err);
	for (uint32_t i = 0; i < reg->person_count; i++)
		places[i] = (struct person_place){reg->people[i]->id, first + i};
	qsort(places, reg->person_count, sizeof(*places), by_id);
	for (uint32_t i = 0; i < reg->person_count; i++) {
		if (i > 0 && str_equal(places[i - 1].id, places[i].id))
			return error_set(c->err, PORTROLL_EINVAL, "person '%.*s' appears twice",
					 PORTROLL_STR_ARG(places[i].id));
		put_u32(&c->sections[SECTION_PERSON_ORDER], places[i].person);
	}
	return PORTROLL_OK;
}

int compile_people(struct compiler *c)
{
	uint32_t first = 0;
	for (size_t i = 0; i < c->roll->source_count; i++) {
		const struct registry *reg = c->roll->sources[i].registry;
		int r = put_order(c, reg, first);
		for (size_t k = 0; k < reg->person_count && r == PORTROLL_OK; k++)
			r = put_person(c, reg->people[k]);
		if (r < 0)
			return r;
		first += (uint32_t)reg->person_count;
	}
	return PORTROLL_OK;
}
