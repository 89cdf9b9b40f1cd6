/* SPDX-License-Identifier: MIT */
#include "formats/read.h"

#define ZLIB_CONST
#include <zlib.h>

#define GZIP_MAGIC  "\x1f\x8b"
#define GZIP_WINDOW (15 + 16) /* zlib: the largest window, gzip only */

/* Makes the room for unpacked bytes larger, up to one byte above the limit. */
static bool grow(struct arena *a, char **room, size_t *capacity, size_t used)
{
	size_t larger = *capacity * 2;
	if (larger > INPUT_MAX + 1)
		larger = INPUT_MAX + 1;
	char *grown = arena_grow(a, *room, used, larger, 1);
	if (!grown)
		return false;
	*room = grown;
	*capacity = larger;
	return true;
}

/* Unpacks all members of the file, as gzip does. */
static int inflate_all(struct portroll_str *ret, z_stream *z, struct arena *a,
		       struct portroll_error *err)
{
	size_t capacity = (size_t)64 << 10, used = 0;
	char *room = arena_array(a, capacity, 1);
	if (!room)
		return error_memory(err);
	for (;;) {
		if (used == capacity && !grow(a, &room, &capacity, used))
			return error_memory(err);
		z->next_out = (Bytef *)room + used;
		z->avail_out = (uInt)(capacity - used);
		int code = inflate(z, Z_NO_FLUSH);
		used = capacity - z->avail_out;
		if (used > INPUT_MAX)
			return error_set(err, PORTROLL_ELIMIT, "gzip of more than %zu MB",
					 INPUT_MAX >> 20);
		if (code == Z_STREAM_END && z->avail_in == 0)
			break;
		if (code == Z_STREAM_END)
			code = inflateReset(z);
		if (code == Z_MEM_ERROR)
			return error_memory(err);
		if (code != Z_OK && (code != Z_BUF_ERROR || z->avail_out != 0))
			return error_set(err, PORTROLL_ESYNTAX, "damaged gzip: %s",
					 code == Z_BUF_ERROR ? "the file ends too early"
					 : z->msg            ? z->msg
							     : "unknown data");
	}
	*ret = (struct portroll_str){room, used};
	return PORTROLL_OK;
}

int gunzip(struct portroll_str *ret, struct portroll_str input, struct arena *a,
	   struct portroll_error *err)
{
	if (!str_starts(input, STR(GZIP_MAGIC))) {
		*ret = input;
		return PORTROLL_OK;
	}
	if (input.len > INPUT_MAX)
		return error_set(err, PORTROLL_ELIMIT, "larger than %zu MB", INPUT_MAX >> 20);
	z_stream z = {.next_in = (const Bytef *)input.ptr, .avail_in = (uInt)input.len};
	if (inflateInit2(&z, GZIP_WINDOW) != Z_OK)
		return error_memory(err);
	int r = inflate_all(ret, &z, a, err);
	(void)inflateEnd(&z);
	return r;
}
