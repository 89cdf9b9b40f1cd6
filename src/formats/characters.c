/* SPDX-License-Identifier: MIT */
#include "formats/characters.h"

#include "base/utf8.h"

#define BLOCK 64

/* Only ASCII that prints, blanks, tabs and line feeds? Written so that the compiler can look at
 * many bytes at once: the files are megabytes of just that. */
static bool block_is_plain(const char *block)
{
	unsigned bad = 0;
	for (size_t i = 0; i < BLOCK; i++) {
		unsigned char c = (unsigned char)block[i];
		unsigned outside = (unsigned char)(c - 0x20) > 0x7e - 0x20;
		bad |= outside & (unsigned)(c != '\n') & (unsigned)(c != '\t');
	}
	return bad == 0;
}

static bool is_control(uint32_t character, struct portroll_str rest)
{
	if (character == '\n' || character == '\t')
		return false;
	if (character == '\r')
		return rest.len == 0 || rest.ptr[0] != '\n';
	return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

int characters_check(struct portroll_str input, struct portroll_error *err)
{
	struct portroll_str rest = input;
	while (rest.len) {
		if (rest.len >= BLOCK && block_is_plain(rest.ptr)) {
			rest = str_part(rest, BLOCK, rest.len);
			continue;
		}
		/* At least one character further, so that a block is never looked at for long. */
		size_t stop = rest.len > BLOCK ? rest.len - BLOCK : 0;
		while (rest.len > stop) {
			size_t offset = input.len - rest.len;
			unsigned char byte = (unsigned char)rest.ptr[0];
			uint32_t character = utf8_next(&rest);
			bool invalid = character == UTF8_INVALID;
			if (!invalid && !is_control(character, rest))
				continue;
			struct place place = place_of(input, offset);
			if (invalid)
				return error_at(err, PORTROLL_ESYNTAX, place.line, place.column,
						"byte 0x%02x, expected UTF-8", byte);
			return error_at(err, PORTROLL_ESYNTAX, place.line, place.column,
					"control character U+%04X, expected text", character);
		}
	}
	return PORTROLL_OK;
}
