/* SPDX-License-Identifier: MIT */
#include "snapshot/check_search.h"

#include "snapshot/gram.h"

static bool documents_ok(const struct portroll_snapshot *s)
{
	const unsigned char *rows = section_bytes(s, SECTION_DOCUMENTS);
	for (uint32_t i = 0; i < element_count(s, SECTION_DOCUMENTS); i++) {
		const unsigned char *row = rows + (size_t)i * DOCUMENT_SIZE;
		struct record_list list = {load_u32(row + DOCUMENT_LIST),
					   load_u32(row + DOCUMENT_COUNT)};
		if (list.count == 0 || !list_ok(s, list))
			return false;
	}
	return true;
}

/* The grams of the pairs follow one another. */
static bool pairs_ok(const struct portroll_snapshot *s)
{
	const unsigned char *rows = section_bytes(s, SECTION_GRAM_PAIRS);
	uint32_t grams = 0;
	for (uint32_t i = 0; i < GRAM_PAIRS; i++) {
		const unsigned char *row = rows + i * PAIR_SIZE;
		if (load_u32(row + PAIR_FIRST) != grams)
			return false;
		grams += gram_count_bits(load_u64(row + PAIR_THIRDS));
	}
	return element_count(s, SECTION_GRAM_PLACES) == grams + 1;
}

/* A step of more than one byte; UINT64_MAX when it has no end. */
static uint64_t long_step(const unsigned char **at, const unsigned char *end)
{
	uint64_t step = 0;
	for (unsigned shift = 0; *at < end && shift <= 28; shift += 7) {
		unsigned char byte = *(*at)++;
		step |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return step;
	}
	return UINT64_MAX;
}

/* Documents only grow, so the last one tells of all. */
static bool postings_ok(const unsigned char *at, const unsigned char *end, uint32_t documents)
{
	uint64_t next = 0;
	while (at < end) {
		uint64_t step = *at < 0x80 ? *at++ : long_step(&at, end);
		if (step >= documents)
			return false;
		next += step + 1;
	}
	return next <= documents;
}

bool check_search(const struct portroll_snapshot *s)
{
	uint32_t count = element_count(s, SECTION_GRAM_PLACES);
	uint32_t size = element_count(s, SECTION_POSTINGS);
	uint32_t documents = element_count(s, SECTION_DOCUMENTS);
	const unsigned char *places = section_bytes(s, SECTION_GRAM_PLACES);
	const unsigned char *postings = section_bytes(s, SECTION_POSTINGS);
	if (!documents_ok(s) || !pairs_ok(s) || load_u32(places) != 0)
		return false;
	uint32_t from = 0;
	for (uint32_t i = 1; i < count; i++) {
		uint32_t to = load_u32(places + (size_t)i * sizeof(to));
		if (to <= from || to > size ||
		    !postings_ok(postings + from, postings + to, documents))
			return false;
		from = to;
	}
	return from == size;
}
