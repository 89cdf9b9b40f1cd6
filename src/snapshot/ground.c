/* SPDX-License-Identifier: MIT */
#include "snapshot/ground.h"

bool ground_init(struct ground *ret, const struct portroll_snapshot *s)
{
	*ret = (struct ground){
		.snapshot = s,
		.texts = section_bytes(s, SECTION_TEXTS),
		.records = section_bytes(s, SECTION_RECORDS),
		.documents = section_bytes(s, SECTION_DOCUMENTS),
		.gram_firsts = section_bytes(s, SECTION_GRAM_FIRSTS),
		.gram_pairs = section_bytes(s, SECTION_GRAM_PAIRS),
		.gram_places = section_bytes(s, SECTION_GRAM_PLACES),
		.postings = section_bytes(s, SECTION_POSTINGS),
		.end = (const char *)s->bytes + s->size,
		.text_size = element_count(s, SECTION_TEXTS),
		.record_count = element_count(s, SECTION_RECORDS),
		.document_count = element_count(s, SECTION_DOCUMENTS),
		.pair_count = element_count(s, SECTION_GRAM_PAIRS),
		.gram_count = element_count(s, SECTION_GRAM_PLACES) - 1,
		.posting_size = element_count(s, SECTION_POSTINGS),
	};
	return sections_ok(s, SECTION_TEXTS, SECTION_POSTINGS);
}
