/* SPDX-License-Identifier: MIT */
#include "procedure/rule_keys.h"

#include "base/macros.h"

struct key_walk key_walk_begin(struct portroll_str text)
{
	return (struct key_walk){.lines = text.ptr ? text : STR("")};
}

static size_t mark_in(struct portroll_str piece)
{
	size_t mark = 0;
	while (mark < piece.len && piece.ptr[mark] != '=' && piece.ptr[mark] != ':')
		mark++;
	return mark < piece.len ? mark : SIZE_MAX;
}

/* Answers that stand where keys could. */
static bool is_answer(struct portroll_str word)
{
	static const struct portroll_str words[] = {STR_INIT("none"), STR_INIT("n/a"),
						    STR_INIT("proprietary"), STR_INIT("tbd")};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_equal_fold(word, words[i]))
			return true;
	return false;
}

static bool next_piece(struct key_walk *walk, struct portroll_str *ret)
{
	struct portroll_str line;
	if (str_cut(&walk->pieces, ',', ret))
		return true;
	while (str_cut(&walk->lines, '\n', &line)) {
		struct portroll_str first = line;
		if (str_find(line, STR("://")) != SIZE_MAX)
			continue;
		walk->pieces = line;
		(void)str_cut(&first, ',', ret);
		walk->is_marked = mark_in(*ret) != SIZE_MAX;
		return str_cut(&walk->pieces, ',', ret);
	}
	return false;
}

bool key_walk_next(struct key_walk *walk, struct portroll_str *ret)
{
	struct portroll_str piece, word;
	while (next_piece(walk, &piece)) {
		size_t mark = mark_in(piece);
		struct portroll_str key = str_trim(str_part(piece, 0, mark)), rest = key;
		bool is_one_word = str_word(&rest, &word) && str_equal(word, key);
		bool is_nothing = key.len == 0 && mark != SIZE_MAX && piece.ptr[mark] == '=';
		if (walk->is_marked != (mark != SIZE_MAX) || is_answer(key))
			continue;
		if (!is_one_word && !is_nothing)
			continue;
		*ret = key;
		return true;
	}
	return false;
}
