/* SPDX-License-Identifier: MIT */
#include "registry/name.h"

#include "base/macros.h"
#include "base/str.h"
#include "registry/rule_text.h"

#define DISTANCE_LEN_MAX 32

bool name_has_letter(struct portroll_str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (is_alpha(name.ptr[i]))
			return true;
	return false;
}

static bool has_good_length(struct portroll_str name, const struct portroll_record *taken)
{
	(void)taken;
	return name.len > 0 && name.len <= NAME_MAX_LEN;
}

static bool has_good_characters(struct portroll_str name, const struct portroll_record *taken)
{
	(void)taken;
	for (size_t i = 0; i < name.len; i++)
		if (!is_alpha(name.ptr[i]) && !is_digit(name.ptr[i]) && name.ptr[i] != '-')
			return false;
	return true;
}

static bool has_a_letter(struct portroll_str name, const struct portroll_record *taken)
{
	(void)taken;
	return name_has_letter(name);
}

static bool has_no_hyphen_at_its_ends(struct portroll_str name, const struct portroll_record *taken)
{
	(void)taken;
	return name.len == 0 || (name.ptr[0] != '-' && name.ptr[name.len - 1] != '-');
}

static bool has_no_two_hyphens(struct portroll_str name, const struct portroll_record *taken)
{
	(void)taken;
	return str_find(name, STR("--")) == SIZE_MAX;
}

static bool is_spelled_as_assigned(struct portroll_str name, const struct portroll_record *taken)
{
	return !taken || str_equal(name, taken->name);
}

static bool is_not_taken(struct portroll_str name, const struct portroll_record *taken)
{
	(void)name;
	return !taken;
}

static bool is_idle_word(struct portroll_str word)
{
	static const struct portroll_str words[] = {
		STR_INIT("port"),     STR_INIT("service"), STR_INIT("svc"),
		STR_INIT("protocol"), STR_INIT("proto"),
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_equal_fold(word, words[i]))
			return true;
	return false;
}

/* A word is what stands between hyphens, digits and the ends. */
static bool has_no_idle_word(struct portroll_str name, const struct portroll_record *taken)
{
	(void)taken;
	for (size_t from = 0, i = 0; i <= name.len; i++) {
		if (i < name.len && is_alpha(name.ptr[i]))
			continue;
		if (is_idle_word(str_part(name, from, i)))
			return false;
		from = i + 1;
	}
	return true;
}

/* Do the digits at its end tell a version: v2, nfsv4, or a part that is nothing else? */
static bool ends_in_version(struct portroll_str part, bool is_first)
{
	size_t from = part.len;
	while (from > 0 && is_digit(part.ptr[from - 1]))
		from--;
	if (from == part.len)
		return false;
	return from == 0 ? !is_first : fold_char(part.ptr[from - 1]) == 'v';
}

static bool has_no_version(struct portroll_str name, const struct portroll_record *taken)
{
	(void)taken;
	struct portroll_str rest = name, part;
	for (size_t i = 1; i + 1 < name.len; i++)
		if (name.ptr[i] == '.' && is_digit(name.ptr[i - 1]) && is_digit(name.ptr[i + 1]))
			return false;
	for (bool is_first = true; str_cut(&rest, '-', &part); is_first = false)
		if (ends_in_version(part, is_first))
			return false;
	return true;
}

static bool is_no_port(struct portroll_str name, const struct portroll_record *taken)
{
	(void)taken;
	return name.len == 0 || name_has_letter(name);
}

/* In the order of their numbers. A rule holds or is broken for a name and the record that has it,
 * if any; `is_syntax` are those of RFC 6335 section 5.1 for the text alone. */
static const struct name_rule {
	const char *id, *origin;
	enum portroll_level level;
	bool is_syntax;
	bool (*holds)(struct portroll_str name, const struct portroll_record *taken);
	const char *sentence;
} rules[] = {
	/* clang-format off */
	{"N01", N01_ORIGIN, PORTROLL_MUST, true, has_good_length, N01_TEXT},
	{"N02", N02_ORIGIN, PORTROLL_MUST, true, has_good_characters, N02_TEXT},
	{"N03", N03_ORIGIN, PORTROLL_MUST, true, has_a_letter, N03_TEXT},
	{"N04", N04_ORIGIN, PORTROLL_MUST, true, has_no_hyphen_at_its_ends, N04_TEXT},
	{"N05", N05_ORIGIN, PORTROLL_MUST, true, has_no_two_hyphens, N05_TEXT},
	{"N06", N06_ORIGIN, PORTROLL_NOTICE, false, is_spelled_as_assigned, N06_TEXT},
	{"N08", N08_ORIGIN, PORTROLL_MUST, false, is_not_taken, N08_TEXT},
	{"N11", N11_ORIGIN, PORTROLL_SHOULD, false, has_no_idle_word, N11_TEXT},
	{"N12", N12_ORIGIN, PORTROLL_SHOULD, false, has_no_version, N12_TEXT},
	{"N21", N21_ORIGIN, PORTROLL_NOTICE, false, is_no_port, N21_TEXT},
	/* clang-format on */
};

bool name_is_well_formed(struct portroll_str name)
{
	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		if (rules[i].is_syntax && !rules[i].holds(name, NULL))
			return false;
	return true;
}

size_t name_check(struct portroll_str name, const struct portroll_record *taken,
		  struct portroll_finding *ret, size_t max)
{
	size_t count = 0;
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		if (rules[i].holds(name, taken))
			continue;
		if (count < max)
			ret[count] = (struct portroll_finding){
				.rule = rules[i].id,
				.origin = rules[i].origin,
				.sentence = rules[i].sentence,
				.level = rules[i].level,
				.record = taken ? taken->id : PORTROLL_NONE,
			};
		count++;
	}
	return count;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

typedef unsigned edit_table[3][DISTANCE_LEN_MAX + 1];

/* The edits from the first i letters of a to each beginning of b; the table keeps three rows. */
static void fill_row(edit_table rows, size_t i, struct portroll_str a, struct portroll_str b)
{
	unsigned *row = rows[i % 3];
	const unsigned *one = rows[(i + 2) % 3], *two = rows[(i + 1) % 3];
	row[0] = (unsigned)i;
	for (size_t j = 1; j <= b.len; j++) {
		char x = fold_char(a.ptr[i - 1]), y = fold_char(b.ptr[j - 1]);
		unsigned edits = one[j - 1] + (x == y ? 0U : 1U);
		edits = least(edits, least(one[j], row[j - 1]) + 1);
		bool swapped = i > 1 && j > 1 && x == fold_char(b.ptr[j - 2]) &&
			       y == fold_char(a.ptr[i - 2]);
		row[j] = swapped ? least(edits, two[j - 2] + 1) : edits;
	}
}

unsigned name_distance(struct portroll_str a, struct portroll_str b, unsigned most)
{
	edit_table rows;
	size_t gap = a.len > b.len ? a.len - b.len : b.len - a.len;
	if (a.len > DISTANCE_LEN_MAX || b.len > DISTANCE_LEN_MAX || gap > most)
		return most + 1;
	for (unsigned j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++)
		fill_row(rows, i, a, b);
	return least(rows[a.len % 3][b.len], most + 1);
}
