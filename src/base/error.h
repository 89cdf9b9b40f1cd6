/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Filling a struct portroll_error. Each function returns the code, so that a failure is one line:
 *
 *	return error_at(err, PORTROLL_ESYNTAX, line, column, "port '%.*s' is above 65535", ...);
 *
 * `err` may be NULL; an error that is already there stays (the first one wins).
 */

#include "base/macros.h"
#include "portroll.h"

int error_set(struct portroll_error *err, int code, const char *format, ...) PRINTF(3, 4);

int error_at(struct portroll_error *err, int code, uint32_t line, uint32_t column,
	     const char *format, ...) PRINTF(5, 6);

/* PORTROLL_ESYSTEM: the sentence is followed by the system's words for sys_errno. */
int error_sys(struct portroll_error *err, int sys_errno, const char *format, ...) PRINTF(3, 4);

/* PORTROLL_ENOMEM with its sentence. */
int error_memory(struct portroll_error *err);

/* A few words for a code of enum portroll_status; never NULL. */
const char *error_text(int code);
