/* SPDX-License-Identifier: MIT */
#include "keeper/place.h"

int place_existing(size_t *ret, const struct roll *roll, struct portroll_str name,
		   struct portroll_error *err)
{
	size_t at = roll_find(roll, name);
	if (at == SIZE_MAX)
		return error_set(err, PORTROLL_EINVAL,
				 "there is no source '%.*s'; see: portroll source list",
				 PORTROLL_STR_ARG(name));
	*ret = at;
	return PORTROLL_OK;
}

int place_check_other(struct portroll_str name, struct portroll_str above,
		      struct portroll_str below, struct portroll_error *err)
{
	bool above_itself = above.ptr && str_equal(name, above);
	bool below_itself = below.ptr && str_equal(name, below);
	if (!above_itself && !below_itself)
		return PORTROLL_OK;
	return error_set(err, PORTROLL_EINVAL, "source %.*s cannot stand above or below itself",
			 PORTROLL_STR_ARG(name));
}

int place_find(size_t *ret, const struct roll *roll, struct portroll_str above,
	       struct portroll_str below, struct portroll_error *err)
{
	if (above.ptr && below.ptr)
		return error_set(err, PORTROLL_EINVAL, "give --above or --below, not both");
	if (above.ptr)
		return place_existing(ret, roll, above, err);
	if (!below.ptr) {
		*ret = roll->source_count;
		return PORTROLL_OK;
	}
	size_t at = 0;
	int r = place_existing(&at, roll, below, err);
	if (r == PORTROLL_OK)
		*ret = at + 1;
	return r;
}
