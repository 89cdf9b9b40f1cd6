/* SPDX-License-Identifier: MIT */
#include "keeper/place.h"

#include "base/buf.h"

#define NAMES_MAX 4096 /* bytes of the names of all sources */

static int fail_unknown(const struct roll *roll, struct portroll_str name,
			struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf names = BUF_INIT(NAMES_MAX);
	for (size_t i = 0; i < roll->source_count; i++) {
		buf_puts(&names, i ? ", " : "; there are: ");
		buf_put(&names, roll->sources[i].name);
	}
	if (roll->source_count == 0)
		buf_puts(&names, "; the roll has none yet");
	return error_set(err, PORTROLL_EINVAL, "there is no source '%.*s'%.*s",
			 PORTROLL_STR_ARG(name), PORTROLL_STR_ARG(buf_str(&names)));
}

int place_existing(size_t *ret, const struct roll *roll, struct portroll_str name,
		   struct portroll_error *err)
{
	size_t at = roll_find(roll, name);
	if (at == SIZE_MAX)
		return fail_unknown(roll, name, err);
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

size_t place_usual(const struct roll *roll, uint8_t coverage)
{
	size_t at = roll->source_count;
	if (coverage == COVERAGE_NAMES)
		return at;
	while (at > 0 && roll->sources[at - 1].coverage == COVERAGE_NAMES)
		at--;
	return at;
}

int place_find(size_t *ret, const struct roll *roll, struct portroll_str above,
	       struct portroll_str below, struct portroll_error *err)
{
	if (above.ptr && below.ptr)
		return error_set(err, PORTROLL_EINVAL, "give --above or --below, not both");
	if (above.ptr)
		return place_existing(ret, roll, above, err);
	size_t at = 0;
	int r = place_existing(&at, roll, below, err);
	if (r == PORTROLL_OK)
		*ret = at + 1;
	return r;
}
