/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

/* Page n of IANA's site shows the hits (n-1)*100 to n*100, counted from 1, both included: 100 on
 * the first page, 101 on the others (data.md section 4). */

size_t listing_page_count(size_t hit_count)
{
	return hit_count ? (hit_count - 1) / LISTING_PAGE_SIZE + 1 : 1;
}

int listing_rows(size_t *ret_first, size_t *ret_count, size_t hit_count, size_t page)
{
	if (page == 0 || page > listing_page_count(hit_count))
		return PORTROLL_EINVAL;
	size_t first = page == 1 ? 0 : (page - 1) * LISTING_PAGE_SIZE - 1;
	size_t end = page * LISTING_PAGE_SIZE;
	*ret_first = first;
	*ret_count = (end < hit_count ? end : hit_count) - first;
	return PORTROLL_OK;
}
