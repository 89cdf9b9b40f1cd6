/* SPDX-License-Identifier: MIT */
#include "keeper/selection.h"

/* Ids of a snapshot count through all sources; a registry counts its own. */
static int find_hits(struct id_array *ret, const struct selection_request *request,
		     const struct selection_source *from, struct portroll_error *err)
{
	struct record_span span = snapshot_source_records(from->snapshot, from->index);
	int r = snapshot_match(ret, from->snapshot, from->index, request->match, from->arena);
	if (r < 0)
		return error_set(err, r, "the records cannot be searched: %s", error_text(r));
	for (size_t i = 0; i < ret->count; i++)
		ret->ids[i] -= span.first;
	return PORTROLL_OK;
}

static int cut_page(struct id_array *hits, struct listing *ret,
		    const struct selection_request *request, struct portroll_error *err)
{
	size_t first, count, total = hits->count;
	if (listing_rows(&first, &count, total, request->page) < 0)
		return error_set(err, PORTROLL_EINVAL,
				 "there is no page %zu: %zu records, %zu pages", request->page,
				 total, listing_page_count(total));
	*ret = (struct listing){
		.search = request->match,
		.page = request->page,
		.page_count = listing_page_count(total),
		.hit_count = total,
	};
	*hits = (struct id_array){hits->ids + first, count};
	return PORTROLL_OK;
}

int selection_make(struct registry **ret, struct listing *ret_listing,
		   const struct selection_request *request, const struct selection_source *from,
		   struct portroll_error *err)
{
	struct id_array hits;
	int r = find_hits(&hits, request, from, err);
	if (r == PORTROLL_OK && request->page)
		r = cut_page(&hits, ret_listing, request, err);
	if (r < 0)
		return r;
	struct registry *selected =
		registry_select(from->registry, hits.ids, hits.count, from->arena);
	if (!selected)
		return error_memory(err);
	*ret = selected;
	return PORTROLL_OK;
}
