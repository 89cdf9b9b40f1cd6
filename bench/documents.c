/* SPDX-License-Identifier: MIT */
#include "documents.h"

#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum {
	CELLS_MAX = 9,
	TAIL = 64,
	EACH = 7,
};

static size_t cells_of(const struct portroll_record *r, int which,
		       struct portroll_str ret[static CELLS_MAX])
{
	struct portroll_str cells[CELLS_MAX] = {
		r->name,     r->description, r->assignee,     r->contact, r->registered,
		r->modified, r->reference,   r->unauthorized, r->notes,
	};
	memcpy(ret, cells, sizeof(cells));
	return which == DOCUMENT_NAMES ? 2 : CELLS_MAX;
}

static size_t append(char *text, struct portroll_str cell)
{
	for (size_t i = 0; i < cell.len; i++)
		text[i] = cell.ptr[i] == '\n' ? ' ' : bench_fold(cell.ptr[i]);
	return cell.len;
}

static size_t size_of_all(const struct portroll_snapshot *s)
{
	size_t size = TAIL;
	struct portroll_str cells[CELLS_MAX];
	struct portroll_iter it = portroll_all(s);
	for (struct portroll_record r; portroll_next(&it, &r);)
		for (size_t i = cells_of(&r, DOCUMENT_COLUMNS, cells); i-- > 0;)
			size += cells[i].len + 1;
	return size;
}

struct documents documents_of(const struct portroll_snapshot *s, int which)
{
	char *text = bench_memory(size_of_all(s), 1);
	uint32_t *begin = bench_memory(portroll_record_count(s) + 1, sizeof(*begin));
	struct documents d = {.text = text, .begin = begin};
	struct portroll_str cells[CELLS_MAX];
	size_t at = 0;
	struct portroll_iter it = portroll_all(s);
	for (struct portroll_record r; portroll_next(&it, &r);) {
		size_t count = cells_of(&r, which, cells);
		for (size_t i = 0; i < count; i++) {
			at += append(text + at, cells[i]);
			text[at++] = i + 1 < count ? '\t' : '\n';
		}
		begin[++d.count] = (uint32_t)at;
	}
	return d;
}

/* The next word of a document that begins at *at, or an empty one at its end. */
static struct portroll_str next_word(const char **at, const char *end)
{
	static const char blanks[] = " \t\r\n";
	while (*at < end && strchr(blanks, **at))
		++*at;
	const char *begin = *at;
	while (*at < end && !strchr(blanks, **at))
		++*at;
	return (struct portroll_str){begin, (size_t)(*at - begin)};
}

static struct portroll_str copy(struct portroll_str word)
{
	char *text = bench_memory(word.len, 1);
	memcpy(text, word.ptr, word.len);
	return (struct portroll_str){text, word.len};
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct portroll_str *)a)->ptr, ((const struct portroll_str *)b)->ptr);
}

struct words words_of(const struct documents *d, size_t len_min, size_t len_max)
{
	const char *at = d->text, *end = at + d->begin[d->count];
	struct portroll_str *all = bench_memory((size_t)(end - at) / 2, sizeof(*all)), word;
	size_t count = 0;
	while ((word = next_word(&at, end)).len)
		if (word.len >= len_min && word.len <= len_max)
			all[count++] = copy(word);
	qsort(all, count, sizeof(*all), compare);
	struct words words = {.word = all};
	for (size_t i = 0; i < count; i++)
		if (i == 0 || compare(&all[i], &all[i - 1]) != 0)
			words.word[words.count++] = all[i];
	return words;
}

void words_thin(struct words *words, size_t each)
{
	size_t count = 0;
	for (size_t i = 0; i < words->count; i += each)
		words->word[count++] = words->word[i];
	words->count = count;
}

struct words word_pairs_of(const struct documents *d)
{
	struct words words = {.word = bench_memory(d->count, sizeof(*words.word))};
	for (size_t i = 0; i < d->count; i += EACH) {
		const char *at = d->text + d->begin[i], *end = d->text + d->begin[i + 1];
		struct portroll_str longest = {0}, second = {0}, word;
		while ((word = next_word(&at, end)).len) {
			if (word.len > longest.len) {
				second = longest;
				longest = word;
			} else if (word.len > second.len) {
				second = word;
			}
		}
		if (second.len < 3)
			continue;
		char *pair = bench_memory(longest.len + 1 + second.len, 1);
		memcpy(pair, longest.ptr, longest.len);
		pair[longest.len] = '\t';
		memcpy(pair + longest.len + 1, second.ptr, second.len);
		words.word[words.count++] =
			(struct portroll_str){pair, longest.len + 1 + second.len};
	}
	return words;
}
