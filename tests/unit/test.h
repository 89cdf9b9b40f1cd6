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

/* The sanitizers are slow: what goes over IANA's registry again and again does less under them. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

static inline void check_text(struct portroll_str got, const char *expected, const char *where,
			      int line)
{
	if (!str_equal(got, str_from(expected)))
		fail_msg("%s:%d: '%.*s' is not '%s'", where, line, PORTROLL_STR_ARG(got), expected);
}

#define assert_text(got, expected) check_text((got), (expected), __FILE__, __LINE__)
