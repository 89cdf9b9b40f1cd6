/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The one way to the bytes of an open snapshot: everything is bounded and its blocks are checked
 * here. What cannot be had marks the snapshot as damaged and reads as nothing.
 */

#include "base/cursor.h"
#include "base/load.h"
#include "snapshot/layout.h"
#include "snapshot/name_key.h"
#include "snapshot/snapshot.h"

struct section_place {
	uint32_t offset, count; /* of elements */
};

/* What changes after open: which blocks were found good, and whether one was not. */
struct block_marks {
	_Atomic bool damaged;
	_Atomic uint32_t more_holds; /* than the first */
	_Atomic uint64_t good[];
};

/* What lookups by port and by name read, in mode full only: all of it was checked, so they check
 * nothing. In mode touched all is zero. */
struct hot_sections {
	uint32_t transport_count; /* that are looked up here */
	const unsigned char *page_index, *pages;
	const uint32_t *answer_firsts; /* the first record of each answer */
	const unsigned char *name_displacements, *name_keys;
	const uint32_t *name_firsts; /* the first record of each slot */
	struct name_key name_seeds;
	uint64_t bucket_count, slot_count;
	size_t name_len_max;
};

struct portroll_snapshot {
	struct hot_sections hot;
	const unsigned char *bytes;
	uint32_t size, content; /* content: where the blocks begin */
	uint64_t digest;
	struct section_place sections[SECTION_COUNT];
	bool all_blocks_good;   /* each was checked, in mode full */
	struct file_bytes file; /* when it was opened by name */
	struct block_marks *marks;
	uint32_t *firsts; /* of the answers, then of the slots; in mode full only */
};

/* Says that the file contradicts itself; always false, for a tail call. */
bool mark_damaged(const struct portroll_snapshot *s);

/* Checks every block, so that none is looked at again. */
bool check_all_blocks(struct portroll_snapshot *s);

/* Checks every block of the sections from `first` to `last`, which lie in this order. */
bool sections_ok(const struct portroll_snapshot *s, enum section first, enum section last);

/* An element, or NULL. The numbers come from the file: one too large is damage. */
const unsigned char *element_at(const struct portroll_snapshot *s, enum section section,
				uint32_t index);

/* The whole section: for the full check, and for what it was done for. */
static inline const unsigned char *section_bytes(const struct portroll_snapshot *s,
						 enum section section)
{
	return s->bytes + s->sections[section].offset;
}

static inline uint32_t element_count(const struct portroll_snapshot *s, enum section section)
{
	return s->sections[section].count;
}

/* Is first..first+count inside a section? */
static inline bool span_ok(const struct portroll_snapshot *s, enum section section, uint32_t first,
			   uint32_t count)
{
	uint32_t all = element_count(s, section);
	return (first <= all && count <= all - first) || mark_damaged(s);
}

/* A text or a blob by its offset. False: *ret is empty and the snapshot damaged. */
bool text_at_checked(const struct portroll_snapshot *s, uint32_t offset, struct portroll_str *ret);
bool blob_at(const struct portroll_snapshot *s, uint32_t offset, struct portroll_str *ret);

/* Most texts are shorter than 128 bytes. */
static inline bool text_at(const struct portroll_snapshot *s, uint32_t offset,
			   struct portroll_str *ret)
{
	uint32_t size = element_count(s, SECTION_TEXTS);
	if (s->all_blocks_good && offset < size) {
		const unsigned char *at = section_bytes(s, SECTION_TEXTS) + offset;
		if (*at < 0x80 && *at < size - offset) {
			*ret = (struct portroll_str){(const char *)at + 1, *at};
			return true;
		}
	}
	return text_at_checked(s, offset, ret);
}

/* A number of a section of u32; UINT32_MAX when damaged. */
uint32_t list_number(const struct portroll_snapshot *s, enum section section, uint32_t at);

/* Is a list as its place and its count tell it inside the snapshot? */
static inline bool list_ok(const struct portroll_snapshot *s, struct record_list list)
{
	uint32_t records = element_count(s, SECTION_RECORDS);
	if (list.first == LIST_EMPTY || list.count == 0)
		return (list.first == LIST_EMPTY && list.count == 0) || mark_damaged(s);
	if (list.first < records)
		return span_ok(s, SECTION_RECORDS, list.first, list.count);
	return span_ok(s, SECTION_LISTS, list.first - records, list.count);
}

/* The fixed part of a record, checked in itself, or NULL. */
const unsigned char *record_row(const struct portroll_snapshot *s, uint32_t id);
const unsigned char *person_row(const struct portroll_snapshot *s, uint32_t id);

/* The fixed part of a source; NULL when damaged or none. */
const unsigned char *source_row(const struct portroll_snapshot *s, size_t index);

/* Checks all that can be read, once, in mode full. */
PORTROLL_MUST_CHECK int check_everything(struct portroll_snapshot *s, const char *name,
					 struct portroll_error *err);

/* As portroll_find_port(), with every step checked. */
uint32_t first_record_of_port(const struct portroll_snapshot *s, uint16_t port, uint32_t transport);

/* The records of the answer. transport: PORTROLL_TCP to PORTROLL_DCCP. */
struct record_list records_of_port(const struct portroll_snapshot *s, uint16_t port,
				   uint8_t transport);

/* The members of an answer that its kind tells. */
bool kind_row(const struct portroll_snapshot *s, uint32_t kind, struct answer *ret);

/* The cells of a record that its blob has, as offsets of texts (0: empty), and the code. */
struct rare_cells {
	uint32_t modified, notes, alias_of, unauthorized, service_code;
};
bool record_rare_cells(const struct portroll_snapshot *s, const unsigned char *row,
		       struct rare_cells *ret);

/* Takes the bits of the parts and the rarer cells off the blob of a record. False: the cursor
 * failed. */
bool read_rare_cells(struct cursor *blob, unsigned *ret_parts, struct rare_cells *ret);

/* Decoders of blobs; failure sticks in the cursor. Arrays live in the arena. */
struct blob_reader {
	const struct portroll_snapshot *snapshot;
	struct cursor cursor;
	struct arena *arena;
};
struct portroll_str read_text(struct blob_reader *b);
struct date read_date(struct blob_reader *b);
struct richtext read_runs(struct blob_reader *b);
struct xref_list read_xrefs(struct blob_reader *b);
struct extra_list read_extras(struct blob_reader *b);
const struct portroll_str *read_texts(struct blob_reader *b, size_t *ret_count);

/* One copy of a source; the blob of copies is their count and then these. */
void read_copy(struct blob_reader *b, struct copy *copy);

/* Room for as many items as the blob says; NULL when the blob is too short for them. */
void *read_array(struct blob_reader *b, size_t *ret_count, size_t size);

/* Nothing failed and nothing is left over? Damage is marked. */
bool read_ended(struct blob_reader *b);
