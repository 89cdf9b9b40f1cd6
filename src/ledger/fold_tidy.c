/* SPDX-License-Identifier: MIT */
#include "ledger/folding.h"

#include "registry/copy.h"

/* What the texts may take beside twice those that are there. */
#define SPARE_SIZE ((size_t)32 << 20)

/* The lists stay; what they hold is copied. A source that the fold began with has lists of its own,
 * and texts that outlive it. */
static void copy_registry(struct registry *reg, struct arena *texts)
{
	struct footnote *footnotes = arena_array(texts, reg->footnote_count, sizeof(*footnotes));
	reg->header = header_copy(&reg->header, texts);
	for (size_t i = 0; i < reg->record_count; i++)
		reg->records[i] = record_copy(reg->records[i], texts);
	for (size_t i = 0; i < reg->person_count; i++)
		reg->people[i] = person_copy(reg->people[i], texts);
	for (size_t i = 0; footnotes && i < reg->footnote_count; i++)
		footnotes[i] = footnote_copy(&reg->footnotes[i], texts);
	reg->footnotes = footnotes;
}

static const struct copy *copy_copies(const struct source *source, struct arena *texts)
{
	struct copy *copies = arena_grow(texts, source->copies, source->copy_count,
					 source->copy_count, sizeof(*copies));
	for (size_t i = 0; copies && i < source->copy_count; i++) {
		copies[i].origin = arena_str(texts, copies[i].origin);
		copies[i].format = arena_str(texts, copies[i].format);
		copies[i].etag = arena_str(texts, copies[i].etag);
		copies[i].licence = arena_str(texts, copies[i].licence);
	}
	return copies;
}

int folding_tidy(struct folding *f)
{
	struct arena texts = ARENA_INIT;
	if (f->texts.size <= 3 * f->live + SPARE_SIZE)
		return PORTROLL_OK;
	for (size_t i = 0; i < f->roll.source_count; i++) {
		struct held *held = f->order[i];
		held->source.name = arena_str(&texts, held->source.name);
		held->source.copies = copy_copies(&held->source, &texts);
		if (held->source.registry->arena == &held->lists[held->current])
			copy_registry(held->source.registry, &texts);
	}
	arena_done(&f->texts);
	f->texts = texts;
	f->live = texts.size;
	folding_show(f, f->roll.source_count);
	return texts.failed ? PORTROLL_ENOMEM : PORTROLL_OK;
}
