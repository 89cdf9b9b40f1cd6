/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The output buffer. It grows up to a ceiling, or, with a drain, hands full pages on and stays
 * small. Failure sticks: write freely, test `failed` once at the end.
 */

#include <stdarg.h>

#include "base/arena.h"
#include "base/macros.h"
#include "base/str.h"

/* Takes all bytes or returns a negative code. */
typedef int drain_fn(void *context, struct portroll_str bytes);

struct buf {
	char *ptr;
	size_t len, capacity;
	size_t limit;    /* bytes it may hold at once */
	drain_fn *drain; /* NULL: all is kept */
	void *context;
	uint64_t drained; /* bytes handed on so far */
	int failed;       /* 0, or the code: PORTROLL_ENOMEM, PORTROLL_ELIMIT, the drain's */
};

/* Keeps everything, at most `max` bytes. */
#define BUF_INIT(max) ((struct buf){.limit = (max)})

/* Hands everything on in pieces of 64 KiB; buf_flush() sends the rest. */
#define BUF_DRAIN(fn, ctx) ((struct buf){.limit = 64U << 10, .drain = (fn), .context = (ctx)})

void buf_put(struct buf *b, struct portroll_str text);
void buf_puts(struct buf *b, const char *text);
void buf_putc(struct buf *b, char c);
void buf_fill(struct buf *b, char c, size_t count);
void buf_put_num(struct buf *b, uint64_t value);

/* With a comma before each group of three digits, for people. */
void buf_put_grouped(struct buf *b, uint64_t value);

/* For messages and headings; not for hot paths. */
void buf_printf(struct buf *b, const char *format, ...) PRINTF(2, 3);
void buf_vprintf(struct buf *b, const char *format, va_list args) PRINTF(2, 0);

/* Makes room for `more` bytes at once, so that what follows moves nothing. */
void buf_reserve(struct buf *b, size_t more);

/* What is held now; valid until the next write. */
struct portroll_str buf_str(const struct buf *b);

/* Forgets what is held, keeps the memory. */
void buf_clear(struct buf *b);

/* Hands on what is held (with a drain) and returns `failed`. */
int buf_flush(struct buf *b);

/* What is held, which lives in the arena from now on; the buffer can be used again. The empty view
 * when it or the arena has failed. */
struct portroll_str buf_keep(struct buf *b, struct arena *a);

/* Frees the memory; the buffer can be used again. */
void buf_done(struct buf *b);
