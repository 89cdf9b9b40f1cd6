/* SPDX-License-Identifier: MIT */
#pragma once

/* What cmocka wants to have included before it, and asserting on texts. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/macros.h"
#include "base/str.h"
#include "oom.h"

static inline void check_text(struct portroll_str got, const char *expected, const char *where,
			      int line)
{
	if (!str_equal(got, str_from(expected)))
		fail_msg("%s:%d: '%.*s' is not '%s'", where, line, PORTROLL_STR_ARG(got), expected);
}

#define assert_text(got, expected) check_text((got), (expected), __FILE__, __LINE__)
