/* SPDX-License-Identifier: MIT */
#include "snapshot/access.h"

#include "registry/name.h"

/* The first record with that name in a source that assigns names: those that only collect names in
 * use take none from anybody. */
static bool find_assigned(const struct portroll_snapshot *s, struct portroll_str name,
			  struct portroll_record *ret)
{
	struct portroll_iter it = portroll_by_name(s, name, PORTROLL_ANY);
	while (portroll_next(&it, ret)) {
		const unsigned char *source = source_row(s, ret->source);
		if (source && source[SOURCE_COVERAGE] != COVERAGE_NAMES)
			return true;
	}
	return false;
}

size_t portroll_check_name(const struct portroll_snapshot *s, struct portroll_str name,
			   struct portroll_finding *ret, size_t max)
{
	struct portroll_record taken;
	bool is_taken = s && find_assigned(s, name, &taken);
	return name_check(name, is_taken ? &taken : NULL, ret, max);
}
