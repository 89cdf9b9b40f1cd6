/* SPDX-License-Identifier: MIT */
#pragma once

/* Values as PostgreSQL sends and takes them in binary: bigint, bytea, and arrays of both. */

#include "base/buf.h"
#include "ledger/postgres_session.h"

/* A number up to INT64_MAX as a bigint. */
void value_put_number(struct buf *b, uint64_t number);

/* False when it is not a bigint, or below 0. */
bool value_read_number(uint64_t *ret, struct portroll_str bytes);

/* An array of `count` bytea, which are to follow. */
void value_begin_array(struct buf *b, size_t count);
void value_put_item(struct buf *b, struct portroll_str bytes);

/* The same of bigint. */
void value_begin_numbers(struct buf *b, size_t count);
void value_put_number_item(struct buf *b, uint64_t number);

/* Parameters of those types. `bytes` may have ptr NULL; it is never null in SQL. */
struct parameter number_parameter(const struct buf *b);
struct parameter array_parameter(const struct buf *b);
struct parameter numbers_parameter(const struct buf *b);
struct parameter bytes_parameter(struct portroll_str bytes);
