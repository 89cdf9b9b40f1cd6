/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Running a piece of work again and again, with its 1st, 2nd, 3rd ... allocation failing, until it
 * gets through. Every unit test program is linked with this: malloc, calloc, realloc, strdup,
 * strndup and each request to an arena of our own objects pass through oom.c (the linker's --wrap);
 * what libc, expat, jansson or zlib allocate for themselves does not.
 *
 * A test is one function that does the whole work once, from the bytes to the result, and gives
 * everything back, whatever happened:
 *
 *	static int read_it(void *context)
 *	{
 *		struct arena a = ARENA_INIT;
 *		int r = ... returns a code, or maps NULL to PORTROLL_ENOMEM ...;
 *		arena_done(&a);
 *		return r;
 *	}
 *
 *	static void reading_survives_any_failing_allocation(void **state)
 *	{
 *		(void)state;
 *		oom_sweep(read_it, &input);
 *	}
 *
 * The work is done as often as it allocates, so the input should be small: some records of each
 * kind. Leaks are found by the sanitizer at the end of the program. A file that must be untouched
 * after a failure is looked at inside the function.
 */

#include <stddef.h>

/* PORTROLL_OK or a negative code. */
typedef int oom_fn(void *context);

/* Fails the test unless each run with a failing allocation returns PORTROLL_ENOMEM, and the run
 * without one PORTROLL_OK. Both are tried: only the n-th fails, and all from the n-th on. Returns
 * how many allocations the work needs. */
size_t oom_sweep(oom_fn *run, void *context);

/* Within a run: does something in which no allocation fails, to look at what the run left behind.
 */
void oom_pause(void (*look)(void *context), void *context);
