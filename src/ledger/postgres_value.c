/* SPDX-License-Identifier: MIT */
#include "ledger/postgres_value.h"

/* Types of the catalogue that have the same number everywhere (pg_type.dat). */
enum type {
	TYPE_BYTEA = 17,
	TYPE_BIGINT = 20,
	TYPE_BYTEA_ARRAY = 1001,
	TYPE_BIGINT_ARRAY = 1016
};

static void put(struct buf *b, uint64_t value, unsigned size)
{
	while (size-- > 0)
		buf_putc(b, (char)(value >> (8 * size) & 0xff));
}

void value_put_number(struct buf *b, uint64_t number)
{
	put(b, number, 8);
}

bool value_read_number(uint64_t *ret, struct portroll_str bytes)
{
	uint64_t number = 0;
	if (bytes.len != 8)
		return false;
	for (size_t i = 0; i < bytes.len; i++)
		number = number << 8 | (uint8_t)bytes.ptr[i];
	if (number > INT64_MAX)
		return false;
	*ret = number;
	return true;
}

static void begin_array(struct buf *b, enum type type, size_t count)
{
	put(b, count > 0, 4); /* dimensions */
	put(b, 0, 4);         /* has no null */
	put(b, type, 4);
	if (count == 0)
		return;
	put(b, count, 4);
	put(b, 1, 4); /* its first index */
}

void value_begin_array(struct buf *b, size_t count)
{
	begin_array(b, TYPE_BYTEA, count);
}

void value_put_item(struct buf *b, struct portroll_str bytes)
{
	put(b, bytes.len, 4);
	buf_put(b, bytes);
}

void value_begin_numbers(struct buf *b, size_t count)
{
	begin_array(b, TYPE_BIGINT, count);
}

void value_put_number_item(struct buf *b, uint64_t number)
{
	put(b, 8, 4);
	value_put_number(b, number);
}

struct parameter number_parameter(const struct buf *b)
{
	return (struct parameter){TYPE_BIGINT, buf_str(b)};
}

struct parameter array_parameter(const struct buf *b)
{
	return (struct parameter){TYPE_BYTEA_ARRAY, buf_str(b)};
}

struct parameter numbers_parameter(const struct buf *b)
{
	return (struct parameter){TYPE_BIGINT_ARRAY, buf_str(b)};
}

struct parameter bytes_parameter(struct portroll_str bytes)
{
	return (struct parameter){TYPE_BYTEA, bytes};
}
