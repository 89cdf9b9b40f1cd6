/* SPDX-License-Identifier: MIT */
#include "bench.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bench_fail(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(1);
}

void *bench_memory(size_t count, size_t size)
{
	void *memory = calloc(count + 1, size);
	if (!memory)
		bench_fail("bench", "out of memory");
	return memory;
}

struct portroll_snapshot *bench_open(const char *path)
{
	struct portroll_snapshot *s = NULL;
	struct portroll_error error;
	if (portroll_open(&s, path, &error) < 0)
		bench_fail(path, error.text);
	return s;
}

bench_function *bench_symbol(const char *module, const char *name)
{
	void *handle = dlopen(module, RTLD_NOW | RTLD_LOCAL);
	void *symbol = handle ? dlsym(handle, name) : NULL;
	if (!symbol)
		bench_fail(module, dlerror());
	bench_function *function;
	memcpy(&function, &symbol, sizeof(function));
	return function;
}

uint32_t bench_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 32);
}

char bench_fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}
