/* SPDX-License-Identifier: MIT */
#include "registry/diff.h"

#include "registry/fields.h"
#include "registry/record_key.h"

struct cells {
	struct buf old, new;
};

/* The columns as they are read; two equal cells may have been stored in different runs. */
static bool same_cells(struct cells *cells, const struct record *old, const struct record *new)
{
	for (enum field_id i = 0; i < FIELD_COUNT; i++) {
		buf_clear(&cells->old);
		buf_clear(&cells->new);
		field_put(&cells->old, i, old);
		field_put(&cells->new, i, new);
		if (!str_equal_squeezed(buf_str(&cells->old), buf_str(&cells->new)))
			return false;
	}
	return extra_list_equal(old->extras, new->extras);
}

static int compare(struct diff_counts *counts, struct key_index *index, const struct registry *old,
		   const struct registry *new, struct cells *cells)
{
	for (size_t i = 0; i < new->record_count; i++) {
		const struct record *r = new->records[i];
		uint32_t at;
		if (key_index_take(&at, index, r) < 0)
			return PORTROLL_ENOMEM;
		if (at == IDSET_NONE)
			counts->added++;
		else if (record_equal(old->records[at], r) ||
			 same_cells(cells, old->records[at], r))
			counts->unchanged++;
		else
			counts->altered++;
		if (cells->old.failed || cells->new.failed)
			return PORTROLL_ENOMEM;
	}
	counts->removed = old->record_count - counts->unchanged - counts->altered;
	return PORTROLL_OK;
}

int registry_count_changes(struct diff_counts *ret, const struct registry *old,
			   const struct registry *new, struct arena *scratch)
{
	struct diff_counts counts = {0};
	struct cells cells = {BUF_INIT(SIZE_MAX / 2), BUF_INIT(SIZE_MAX / 2)};
	struct key_index index;
	int r = key_index_build(&index, old, scratch);
	if (r == PORTROLL_OK)
		r = compare(&counts, &index, old, new, &cells);
	key_index_done(&index);
	buf_done(&cells.old);
	buf_done(&cells.new);
	if (r == PORTROLL_OK)
		*ret = counts;
	return r;
}
