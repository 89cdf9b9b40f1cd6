/* SPDX-License-Identifier: MIT */
#pragma once

/* What the programs that measure libportroll share. They end with a word on any failure. */

#include "portroll.h"

/* Prints the words and ends the program with 1. */
_Noreturn void bench_fail(const char *what, const char *why);

/* Zeroed memory for so many elements, never NULL; lives to the end. */
void *bench_memory(size_t count, size_t size);

/* The snapshot, opened and checked. */
struct portroll_snapshot *bench_open(const char *path);

/* A function of a module, to be cast to what it is. */
typedef void bench_function(void);
bench_function *bench_symbol(const char *module, const char *name);

/* The same numbers in each run (xorshift64); *state must not be 0. */
uint32_t bench_random(uint64_t *state);

/* Lower case as the library folds it: ASCII only. */
char bench_fold(char c);
