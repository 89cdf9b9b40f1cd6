/* SPDX-License-Identifier: MIT */
#include "snapshot/place.h"

#include "snapshot/best.h"
#include "snapshot/grams.h"

#define UNION_DOCUMENTS 65536U
#define BITS            64U

/* The parts of a rank, the lowest bit of each; above them the places. */
#define RANK_PLACES    53
#define RANK_PARTS     46
#define RANK_FREQUENCY 26
#define RANK_SOURCE    18

#define RANK_OUT UINT64_MAX

#define FREQUENCY_MAX 1000000U
#define BATCH         16U /* documents that are fetched together */

struct search {
	struct ground ground;
	struct best best;
	struct texts texts; /* at hand */
	bool names;         /* in names and descriptions only */
	bool has_port;      /* one of the words is a port */
	bool has_frequencies;
	struct word *rare; /* through the index: the word that gave the documents */
	uint32_t left;     /* records that further documents can have */
	size_t count;
	struct word words[PORTROLL_SEARCH_WORDS_MAX];
};

static bool split_words(struct search *q, struct portroll_str words)
{
	struct portroll_str word;
	while (str_word(&words, &word)) {
		if (q->count == PORTROLL_SEARCH_WORDS_MAX)
			return false;
		word_init(&q->words[q->count], word);
		q->has_port |= q->words[q->count++].is_port;
	}
	return q->count > 0;
}

static void use_texts(struct search *q, const struct texts *texts)
{
	q->texts = *texts;
	for (size_t i = 0; i < q->count; i++)
		q->words[i].known = false;
}

static bool take_texts(struct search *q, const unsigned char *row)
{
	struct texts texts;
	if (!texts_of(&q->ground, row, &texts))
		return false;
	use_texts(q, &texts);
	return true;
}

static struct found find_in_texts(struct search *q, struct word *w)
{
	if (!w->known)
		w->found = place_in_texts(&q->ground, w, &q->texts);
	w->known = true;
	return w->found;
}

/* Where a word is in a record that has the texts at hand; no row: in these texts. */
static struct found find_word(struct search *q, struct word *w, const unsigned char *row)
{
	if (row && place_in_ports(&q->ground, w, row))
		return (struct found){PLACE_NAME, 0};
	struct found found = find_in_texts(q, w);
	if (found.place == PLACE_NOWHERE && row && !q->names && place_in_rest(&q->ground, w, row))
		found.place = PLACE_REST;
	return found;
}

/* The upper part of the rank, or RANK_OUT when a word is nowhere. What is worse than all that is
 * kept is not looked at in full. */
static uint64_t rate(struct search *q, const unsigned char *row)
{
	struct found found[PORTROLL_SEARCH_WORDS_MAX];
	uint64_t rank = 0;
	for (size_t i = 0; i < q->count; i++) {
		found[i] = find_word(q, &q->words[i], row);
		if (found[i].place == PLACE_NOWHERE)
			return RANK_OUT;
		rank += (uint64_t)found[i].place << RANK_PLACES;
	}
	if (rank > best_worst(&q->best))
		return rank;
	for (size_t i = 0; i < q->count; i++)
		if (is_only_part(&q->ground, &q->words[i], &q->texts, found[i]))
			rank += UINT64_C(1) << RANK_PARTS;
	return rank;
}

/* How often its first port is found open, on the transport where that is most often. */
static uint32_t frequency_of(const struct search *q, const unsigned char *row)
{
	uint8_t own = row[RECORD_TRANSPORT];
	uint16_t port = load_u16(row + RECORD_PORT_FIRST);
	uint32_t most = 0;
	for (uint8_t transport = PORTROLL_TCP; transport <= TRANSPORT_COUNT; transport++) {
		if (own != transport && own != PORTROLL_ANY)
			continue;
		uint32_t frequency = snapshot_answer(q->ground.snapshot, port, transport).frequency;
		most = frequency > most ? frequency : most;
	}
	return most < FREQUENCY_MAX ? most : FREQUENCY_MAX;
}

/* Records without a port come after those with one. */
static uint64_t rank_in_rating(const struct search *q, const unsigned char *row)
{
	bool has_port = load_u16(row + RECORD_FLAGS) & RECORD_BIT_PORT;
	uint64_t port = has_port ? load_u16(row + RECORD_PORT_FIRST) : PORT_COUNT;
	uint32_t frequency = has_port && q->has_frequencies ? frequency_of(q, row) : 0;
	return (uint64_t)(FREQUENCY_MAX - frequency) << RANK_FREQUENCY |
	       (uint64_t)row[RECORD_SOURCE] << RANK_SOURCE | port;
}

static void offer(struct search *q, const unsigned char *row, uint32_t id, uint64_t rank)
{
	if (rank > best_worst(&q->best))
		q->best.count++;
	else
		best_offer(&q->best, rank | rank_in_rating(q, row), id);
}

static const unsigned char *row_at(const struct search *q, uint32_t id)
{
	return ground_record(&q->ground, id);
}

static void offer_record(struct search *q, const unsigned char *row, uint32_t id)
{
	uint64_t rank = rate(q, row);
	if (rank != RANK_OUT)
		offer(q, row, id, rank);
}

/* A document that may have the word. */
struct candidate {
	struct record_list list;
	struct texts texts;
};

static uint32_t record_of(const struct search *q, struct record_list list, uint32_t at)
{
	if (at < list.count && list.first < q->ground.record_count &&
	    at < q->ground.record_count - list.first)
		return list.first + at;
	return snapshot_list_at(q->ground.snapshot, list, at);
}

static bool candidate_init(struct candidate *ret, const struct search *q, uint32_t document)
{
	const unsigned char *place = q->ground.documents + (size_t)document * DOCUMENT_SIZE;
	ret->list = (struct record_list){load_u32(place + DOCUMENT_LIST),
					 load_u32(place + DOCUMENT_COUNT)};
	const unsigned char *row = row_at(q, record_of(q, ret->list, 0));
	return row && texts_of(&q->ground, row, &ret->texts);
}

/* All records of a document have the same texts, which say all but for ports. */
static void visit(struct search *q, const struct candidate *c)
{
	if (c->list.count > q->left) {
		(void)mark_damaged(q->ground.snapshot);
		return;
	}
	q->left -= c->list.count;
	use_texts(q, &c->texts);
	if (find_in_texts(q, q->rare).place == PLACE_NOWHERE)
		return;
	uint64_t rank = q->has_port ? 0 : rate(q, NULL);
	if (rank > best_worst(&q->best)) {
		q->best.count += rank == RANK_OUT ? 0 : c->list.count;
		return;
	}
	for (uint32_t i = 0; i < c->list.count; i++) {
		uint32_t id = record_of(q, c->list, i);
		const unsigned char *row = row_at(q, id);
		if (!row)
			return;
		if (q->has_port)
			offer_record(q, row, id);
		else if (rank != RANK_OUT)
			offer(q, row, id, rank);
	}
}

/* The memory of several is fetched before one is looked at. */
static void visit_batch(struct search *q, const uint32_t *documents, size_t count)
{
	struct candidate candidates[BATCH];
	for (size_t i = 0; i < count; i++)
		if (!candidate_init(&candidates[i], q, documents[i]))
			return;
	for (size_t i = 0; i < count; i++)
		visit(q, &candidates[i]);
}

static void visit_all(struct search *q)
{
	uint32_t batch[BATCH];
	for (uint32_t i = 0, count; i < q->ground.document_count; i += count) {
		for (count = 0; count < BATCH && i + count < q->ground.document_count; count++)
			batch[count] = i + count;
		visit_batch(q, batch, count);
	}
}

static void visit_union(struct search *q, struct gram_span grams)
{
	uint64_t bits[UNION_DOCUMENTS / BITS];
	uint32_t words = q->ground.document_count / BITS + 1;
	memset(bits, 0, words * sizeof(bits[0]));
	uint32_t document, batch[BATCH];
	for (uint32_t i = 0; i < grams.count; i++) {
		struct postings p = postings_of(&q->ground, grams.first + i);
		while (postings_next(&p, &document))
			bits[document / BITS] |= UINT64_C(1) << document % BITS;
	}
	size_t count = 0;
	for (uint32_t i = 0; i < words; i++) {
		for (uint64_t left = bits[i]; left; left &= left - 1) {
			batch[count++] = i * BITS + (uint32_t)__builtin_ctzll(left);
			if (count == BATCH) {
				visit_batch(q, batch, count);
				count = 0;
			}
		}
	}
	visit_batch(q, batch, count);
}

static void visit_list(struct search *q, struct gram_span grams)
{
	uint32_t batch[BATCH];
	struct postings p = postings_of(&q->ground, grams.first), other;
	struct postings *also = NULL;
	if (grams.also != GRAM_NONE) {
		other = postings_of(&q->ground, grams.also);
		also = &other;
	}
	for (size_t count = BATCH; count == BATCH; visit_batch(q, batch, count))
		for (count = 0; count < BATCH && postings_next_in(&p, also, &batch[count]);)
			count++;
}

/* Records that cover the port that a word is, but do not hold it in their texts. */
static void visit_ports(struct search *q, struct word *w)
{
	for (uint8_t transport = PORTROLL_TCP; transport <= TRANSPORT_COUNT; transport++) {
		struct record_list list =
			snapshot_answer(q->ground.snapshot, w->port, transport).records;
		for (uint32_t i = 0; i < list.count; i++) {
			uint32_t id = snapshot_list_at(q->ground.snapshot, list, i);
			const unsigned char *row = row_at(q, id);
			if (!row || !take_texts(q, row))
				return;
			uint8_t own = row[RECORD_TRANSPORT];
			bool once = own == transport ||
				    (own == PORTROLL_ANY && transport == PORTROLL_TCP);
			if (!once || find_in_texts(q, w).place != PLACE_NOWHERE)
				continue;
			offer_record(q, row, id);
		}
	}
}

/* Through the index, by the word that is in the fewest documents. */
static void search_names(struct search *q)
{
	struct gram_span fewest = {.size = UINT32_MAX};
	q->rare = q->words;
	for (size_t i = 0; i < q->count; i++) {
		struct gram_span grams = grams_of_word(&q->ground, q->words[i].needle.text);
		if (grams.size < fewest.size) {
			fewest = grams;
			q->rare = &q->words[i];
		}
	}
	uint32_t documents = q->ground.document_count;
	q->left = q->ground.record_count;
	if (fewest.count == 1)
		visit_list(q, fewest);
	else if (fewest.size > documents || (fewest.count > 1 && documents >= UNION_DOCUMENTS))
		visit_all(q);
	else if (fewest.count > 1)
		visit_union(q, fewest);
	if (q->rare->is_port)
		visit_ports(q, q->rare);
}

static void search_records(struct search *q)
{
	for (uint32_t id = 0; id < q->ground.record_count; id++) {
		const unsigned char *row = row_at(q, id);
		if (!row)
			return;
		bool same = id > 0 && load_u32(row + RECORD_NAME) == q->texts.name_at &&
			    load_u32(row + RECORD_DESCRIPTION) == q->texts.description_at;
		if (!same && !take_texts(q, row))
			return;
		offer_record(q, row, id);
	}
}

size_t portroll_search(const struct portroll_snapshot *s, struct portroll_str words, uint32_t flags,
		       struct portroll_hit *ret, size_t max)
{
	struct search q;
	q.best = (struct best){.hits = ret, .max = max};
	q.names = flags & PORTROLL_SEARCH_NAMES;
	q.has_port = false;
	q.has_frequencies = element_count(s, SECTION_ANSWER_FREQUENCIES) > 0;
	q.count = 0;
	if (!split_words(&q, words) || !ground_init(&q.ground, s))
		return 0;
	if (q.names)
		search_names(&q);
	else
		search_records(&q);
	if (portroll_damaged(s))
		return 0;
	best_sort(&q.best);
	return q.best.count;
}

static size_t count_words(struct portroll_str words)
{
	struct portroll_str word;
	size_t count = 0;
	while (str_word(&words, &word))
		count++;
	return count;
}

int snapshot_search(struct id_array *ret, const struct portroll_snapshot *s,
		    struct portroll_str words, uint32_t flags, struct arena *a)
{
	if (count_words(words) > PORTROLL_SEARCH_WORDS_MAX)
		return PORTROLL_ELIMIT;
	size_t max = portroll_record_count(s);
	struct portroll_hit *hits = arena_array(a, max, sizeof(*hits));
	uint32_t *ids = arena_array(a, max, sizeof(*ids));
	if (!hits || !ids)
		return PORTROLL_ENOMEM;
	size_t count = portroll_search(s, words, flags, hits, max);
	if (portroll_damaged(s))
		return PORTROLL_ECORRUPT;
	/* A file that lists a record twice has more hits than records. */
	if (count > max)
		count = max;
	for (size_t i = 0; i < count; i++)
		ids[i] = hits[i].record;
	*ret = (struct id_array){ids, count};
	return PORTROLL_OK;
}
