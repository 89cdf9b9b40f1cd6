/* SPDX-License-Identifier: MIT */
#pragma once

/* The few macros of the house: array length, and scoped clean-up (Linux, gcc and clang only). */

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define CLEANUP(fn)  __attribute__((cleanup(fn)))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
