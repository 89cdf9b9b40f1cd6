/* SPDX-License-Identifier: MIT */
/*
 * A search for each word of the registry: all hits counted and ranked, 20 given, against a count of
 * all by a module (peers/search_peer.h). One measurement is the median over all words.
 *
 *     search_words SNAPSHOT long|short|columns|pairs MODULE
 *
 * long      words of 3 bytes and more, in names and descriptions
 * short     words of 1 or 2 bytes, in names and descriptions
 * columns   words of 3 bytes and more of names and descriptions, one of 32, in all columns
 * pairs     two words of one record, in names and descriptions
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "documents.h"
#include "pairs.h"

enum {
	SHOWN = 20,
	EACH = 32,
};

typedef void *build_fn(const struct documents *documents);
typedef size_t count_fn(void *peer, struct portroll_str text);

struct searches {
	const struct portroll_snapshot *snapshot;
	uint32_t flags;
	struct words words;
	double *took; /* for each word */
	count_fn *count;
	void *peer;
	size_t found; /* so that nothing is left out */
};

static size_t find_ours(struct searches *s, struct portroll_str word)
{
	struct portroll_hit hits[SHOWN];
	return portroll_search(s->snapshot, word, s->flags, hits, SHOWN);
}

static size_t find_theirs(struct searches *s, struct portroll_str word)
{
	return s->count(s->peer, word);
}

static double median_of(struct searches *s, size_t (*find)(struct searches *, struct portroll_str))
{
	double before = pairs_now();
	for (size_t i = 0; i < s->words.count; i++) {
		s->found += find(s, s->words.word[i]);
		double after = pairs_now();
		s->took[i] = after - before;
		before = after;
	}
	return pairs_quantile(s->took, (unsigned)s->words.count, 0.5);
}

static double median_ours(void *context)
{
	return median_of(context, find_ours);
}

static double median_theirs(void *context)
{
	return median_of(context, find_theirs);
}

/* A word with digits also finds ports, so it may have more hits than texts. */
static bool has_digit(struct portroll_str word)
{
	return strpbrk(word.ptr, "0123456789") != NULL;
}

static void check(struct searches *s, const char *module)
{
	for (size_t i = 0; i < s->words.count; i++) {
		struct portroll_str word = s->words.word[i];
		size_t ours = find_ours(s, word), theirs = find_theirs(s, word);
		if (ours == theirs || (has_digit(word) && ours > theirs))
			continue;
		fprintf(stderr, "\"%s\": %zu, not %zu\n", word.ptr, ours, theirs);
		bench_fail(module, "answers otherwise");
	}
}

int main(int argc, char **argv)
{
	if (argc != 4)
		bench_fail("usage", "search_words SNAPSHOT long|short|columns|pairs MODULE");
	const char *kind = argv[2];
	struct searches s = {.snapshot = bench_open(argv[1]), .flags = PORTROLL_SEARCH_NAMES};
	struct documents names = documents_of(s.snapshot, DOCUMENT_NAMES), searched = names;
	if (strcmp(kind, "short") == 0)
		s.words = words_of(&names, 1, 2);
	else if (strcmp(kind, "pairs") == 0)
		s.words = word_pairs_of(&names);
	else
		s.words = words_of(&names, 3, SIZE_MAX);
	if (strcmp(kind, "columns") == 0) {
		s.flags = 0;
		words_thin(&s.words, EACH);
		searched = documents_of(s.snapshot, DOCUMENT_COLUMNS);
	}
	s.took = bench_memory(s.words.count, sizeof(*s.took));
	build_fn *build = (build_fn *)bench_symbol(argv[3], "search_peer_build");
	s.count = (count_fn *)bench_symbol(argv[3], "search_peer_count");
	s.peer = build(&searched);
	if (!s.peer)
		bench_fail(argv[3], "cannot be built from these texts");
	pairs_stay_on_one_processor();
	if (s.flags)
		check(&s, argv[3]);
	struct pairs p =
		pairs_measure((struct way){median_ours, &s}, (struct way){median_theirs, &s});
	pairs_print(&p, "us", 1e6);
	return 0;
}
