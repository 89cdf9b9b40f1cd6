/* SPDX-License-Identifier: MIT */
#include "registry/phrase.h"

static bool is_word_character(char c)
{
	return is_alpha(c) || is_digit(c);
}

/* Length of the phrase at the start of the text, 0 when it is not there. */
static size_t match_len(struct portroll_str text, struct portroll_str phrase)
{
	size_t at = 0;
	for (size_t i = 0; i < phrase.len; i++) {
		if (at == text.len)
			return 0;
		if (phrase.ptr[i] == ' ') {
			if (!is_space(text.ptr[at]))
				return 0;
			while (at < text.len && is_space(text.ptr[at]))
				at++;
		} else if (fold_char(text.ptr[at]) == fold_char(phrase.ptr[i])) {
			at++;
		} else {
			return 0;
		}
	}
	return at;
}

size_t phrase_find(struct portroll_str text, struct portroll_str phrase, size_t *ret_end)
{
	for (size_t i = 0; i < text.len; i++) {
		if (i > 0 && is_word_character(text.ptr[i - 1]))
			continue;
		size_t len = match_len(str_part(text, i, text.len), phrase);
		if (len) {
			*ret_end = i + len;
			return i;
		}
	}
	return SIZE_MAX;
}

bool phrase_starts(struct portroll_str text, struct portroll_str phrase)
{
	size_t len = match_len(text, phrase);
	return len && (len == text.len || !is_word_character(text.ptr[len]));
}

bool phrase_in(struct richtext text, struct portroll_str phrase, struct portroll_str *ret_rest)
{
	for (size_t i = 0; i < text.count; i++) {
		size_t end;
		if (text.runs[i].kind != RUN_TEXT ||
		    phrase_find(text.runs[i].text, phrase, &end) == SIZE_MAX)
			continue;
		if (ret_rest)
			*ret_rest = str_part(text.runs[i].text, end, text.runs[i].text.len);
		return true;
	}
	return false;
}
