/* SPDX-License-Identifier: MIT */
#include "snapshot/needle.h"

#include <endian.h>
#include <string.h>

#define CASE_BIT 0x20U
#define HALF     (NEEDLE_LANES / 2)

typedef uint64_t needle_halves __attribute__((vector_size(NEEDLE_LANES)));

typedef signed char needle_signed __attribute__((vector_size(NEEDLE_LANES)));

static needle_bytes all_lanes(unsigned char byte)
{
	return (needle_bytes){0} + byte;
}

/* A letter with this bit set is its small one, and no other byte becomes a letter by it. */
static needle_bytes cases_of(needle_bytes bytes)
{
	needle_signed small = (needle_signed)(bytes | CASE_BIT);
	return (needle_bytes)((small >= 'a') & (small <= 'z')) & CASE_BIT;
}

void needle_init(struct needle *ret, struct portroll_str word)
{
	static const needle_bytes lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
	needle_bytes head = {0};
	size_t len = word.len < NEEDLE_LANES ? word.len : NEEDLE_LANES;
	memcpy(&head, word.ptr, len);
	ret->text = word;
	ret->head_case = cases_of(head);
	ret->head = head | ret->head_case;
	ret->head_care = (needle_bytes)(lanes < all_lanes((unsigned char)len));
	needle_bytes last = all_lanes((unsigned char)word.ptr[word.len - 1]);
	ret->first = all_lanes(ret->head[0]);
	ret->first_case = all_lanes(ret->head_case[0]);
	ret->last_case = cases_of(last);
	ret->last = last | ret->last_case;
}

size_t needle_find_plain(const struct needle *n, struct portroll_str text, size_t from)
{
	size_t at = str_find_fold(str_part(text, from, text.len), n->text);
	return at == SIZE_MAX || from > text.len ? SIZE_MAX : from + at;
}

static needle_bytes load_bytes(const char *at)
{
	needle_bytes bytes;
	memcpy(&bytes, at, sizeof(bytes));
	return bytes;
}

static bool stands_at(const struct needle *n, const char *at)
{
	needle_halves differ =
		(needle_halves)(((load_bytes(at) | n->head_case) ^ n->head) & n->head_care);
	if (differ[0] | differ[1])
		return false;
	struct portroll_str tail = str_part(n->text, NEEDLE_LANES, n->text.len);
	return tail.len == 0 ||
	       str_equal_fold((struct portroll_str){at + NEEDLE_LANES, tail.len}, tail);
}

/* The first of HALF places from `at` on where both ends are and the word is; HALF: none. `hits` has
 * the bits of a byte set for each place where the ends are, the lowest byte first. */
static size_t first_hit(const struct needle *n, const char *at, uint64_t hits)
{
	while (hits) {
		unsigned place = (unsigned)__builtin_ctzll(hits) / 8;
		if (stands_at(n, at + place))
			return place;
		hits &= ~(UINT64_C(0xff) << place * 8);
	}
	return HALF;
}

size_t needle_find(const struct needle *n, struct portroll_str text, size_t room, size_t from)
{
	size_t len = n->text.len;
	if (len > text.len)
		return SIZE_MAX;
	if (room < NEEDLE_REACH || room - NEEDLE_REACH < text.len)
		return needle_find_plain(n, text, from);
	size_t end = text.len - len + 1;
	for (size_t at = from; at < end; at += NEEDLE_LANES) {
		const char *here = text.ptr + at;
		needle_halves hits =
			(needle_halves)(((load_bytes(here) | n->first_case) == n->first) &
					((load_bytes(here + len - 1) | n->last_case) == n->last));
		if (!(hits[0] | hits[1]))
			continue;
		size_t place = first_hit(n, here, le64toh(hits[0]));
		if (place == HALF)
			place += first_hit(n, here + HALF, le64toh(hits[1]));
		if (place < NEEDLE_LANES)
			return at + place < end ? at + place : SIZE_MAX;
	}
	return SIZE_MAX;
}
