/* SPDX-License-Identifier: MIT */
#pragma once

/* Small registries from rows of a table. */

#include "registry/registry.h"
#include "test.h"

/* Texts that are NULL are empty. */
struct small_row {
	const char *name, *ports, *transport, *description, *note;
};

/* False when there is no memory. */
static inline bool small_record(struct record *ret, const struct small_row *row, struct arena *a)
{
	*ret = (struct record){.name = row->name ? str_from(row->name) : STR("")};
	if (row->ports) {
		ret->has_port = true;
		assert_int_equal(range_parse(&ret->port, str_from(row->ports)), PORTROLL_OK);
	}
	if (row->transport)
		assert_int_equal(transport_parse(&ret->transport, str_from(row->transport)),
				 PORTROLL_OK);
	ret->description = richtext_plain(a, str_from(row->description));
	ret->note = richtext_plain(a, str_from(row->note));
	return !a->failed;
}

/* NULL when there is no memory. */
static inline struct registry *small_registry(struct arena *a, const struct small_row *rows,
					      size_t count)
{
	struct registry *reg = registry_new(a);
	for (size_t i = 0; reg && i < count; i++) {
		struct record r;
		if (!small_record(&r, &rows[i], a) || registry_add(reg, &r) < 0)
			return NULL;
	}
	return reg;
}
