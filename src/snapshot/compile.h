/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The compiler's parts: each fills sections of its own, in buffers that are joined at the end. All
 * failures stick in the buffers and the arena; compile.c tests them once.
 */

#include "base/buf.h"
#include "snapshot/layout.h"
#include "snapshot/pool.h"
#include "snapshot/snapshot.h"

struct compiler {
	const struct roll *roll;
	struct arena pooled;  /* for the pools but that of the lists, until compile_search() */
	struct arena kept;    /* until the end of the work */
	struct arena scratch; /* for one step */
	struct buf sections[SECTION_COUNT];
	struct pool texts, blobs, lists, people_lists, pages, answers, kinds;
	uint32_t record_count;  /* of all sources */
	struct buf answer_rows; /* scratch for the rows that the answers are made from */
	struct buf cell;        /* scratch for one cell */
	struct buf blob;        /* scratch for one blob */
	struct portroll_error *err;
};

/* Fills in the checksums of the blocks, and the digest of the head, of a file that is whole. */
void put_checksums(struct buf *file);

void put_u32(struct buf *out, uint32_t value);
void put_varint(struct buf *out, uint32_t value);

/* The offset of an equal text, added when it is new; 0 for the empty one. */
uint32_t text_add(struct compiler *c, struct portroll_str text);

/* The offset of a text that is taken to be new: for what is rarely there twice. */
uint32_t text_append(struct compiler *c, struct portroll_str text);

/* The list of the numbers that were just written to the lists, from `from` on. A row of neighbours
 * is told by its first number alone and not kept. */
struct record_list list_keep(struct compiler *c, size_t from);

/* Is the text at an offset this one? */
bool text_is(const struct compiler *c, uint32_t offset, struct portroll_str text);

/* Moves what was written to c->blob into its section and clears it; 0 for nothing. */
uint32_t blob_add(struct compiler *c);

/* Writers of a blob's items, to c->blob. */
void blob_text(struct compiler *c, struct portroll_str text);
void blob_texts(struct compiler *c, const struct portroll_str *texts, size_t count);
void blob_runs(struct compiler *c, struct richtext text);
void blob_xrefs(struct compiler *c, struct xref_list list);
void blob_extras(struct compiler *c, struct extra_list list);

/* Each fills its sections from all sources, in this order. PORTROLL_OK or a code with its sentence;
 * what stuck is tested after each. */
PORTROLL_MUST_CHECK int compile_sources(struct compiler *c);
PORTROLL_MUST_CHECK int compile_records(struct compiler *c);
PORTROLL_MUST_CHECK int compile_names(struct compiler *c);
PORTROLL_MUST_CHECK int compile_people(struct compiler *c);
PORTROLL_MUST_CHECK int compile_answers(struct compiler *c);
PORTROLL_MUST_CHECK int compile_search(struct compiler *c);
