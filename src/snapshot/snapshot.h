/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The compiled roll: one immutable, lossless file that all readers use as it lies. The answer of
 * every (port, transport) is compiled in, so readers cannot disagree.
 *
 * A snapshot never trusts its file: every offset is bounded, and a block that fails its checksum
 * gives no answers. In mode touched a block is checked when it is first used; damage found then
 * makes lookups empty and portroll_damaged() true, which a program must ask before it believes an
 * empty answer. Any number of threads may read one snapshot. It is opened, asked for one record and
 * closed by the functions of portroll.h.
 */

#include "base/file.h"
#include "registry/roll.h"

struct portroll_snapshot;

/* Compiles the roll into bytes (in `out`, empty, which must not drain). The same roll gives the
 * same bytes. PORTROLL_ELIMIT when the roll has more than the format can number (65,536 different
 * answers, 4 GiB); PORTROLL_EINVAL for records that no reader makes (a date that is none). */
PORTROLL_MUST_CHECK int snapshot_compile(struct buf *out, const struct roll *roll,
					 struct portroll_error *err);

/* A record whose change is not in the ledger yet has this for its number: the `n`-th of those that
 * are to be committed. */
#define SNAPSHOT_PENDING_MAX       1024U
#define SNAPSHOT_CHANGE_PENDING(n) (UINT32_MAX - (n))

/* Puts into the file what the commit told: the ledger of the roll, and the numbers of the changes
 * that were pending. */
void snapshot_seal(struct buf *file, const struct roll *roll, const uint64_t *numbers,
		   size_t count);

/* Opens bytes in mode touched; they stay the caller's and must outlive the snapshot. */
PORTROLL_MUST_CHECK int snapshot_open_touched(struct portroll_snapshot **ret,
					      struct portroll_str bytes,
					      struct portroll_error *err);

/* How many entries the ledger had that the roll was folded from, and its root; 0 and zeros when
 * there was none. */
uint64_t snapshot_ledger(const struct portroll_snapshot *s, uint8_t ret_root[static SHA256_SIZE]);

/* ---- sources ---- */

/* A source without its registry (that member is NULL); views into the snapshot; `copies` lives in
 * the arena. False: no such source. */
bool snapshot_source(const struct portroll_snapshot *s, size_t index, struct arena *a,
		     struct source *ret);
struct portroll_str snapshot_source_name(const struct portroll_snapshot *s, size_t index);

/* The header and footnotes of a source (records and people stay empty), in the arena; NULL when
 * damaged or out of memory. */
struct registry *snapshot_header(const struct portroll_snapshot *s, size_t source, struct arena *a);

/* Gives back the whole registry of a source, equal to what was compiled; its texts are views into
 * the snapshot. NULL when damaged or out of memory. */
struct registry *snapshot_read(const struct portroll_snapshot *s, size_t source, struct arena *a);

/* The whole roll. PORTROLL_ECORRUPT or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int snapshot_read_roll(struct roll **ret, const struct portroll_snapshot *s,
					   struct arena *a, struct portroll_error *err);

/* ---- answers ---- */

/* A list of record ids; walk with snapshot_list_at(). */
struct record_list {
	uint32_t first, count; /* first: where it is, as the snapshot tells it */
};

struct answer {
	uint8_t state, reason;      /* enum portroll_state, enum portroll_reason */
	uint8_t rule;               /* which step decided, 1 to 8; 0: no complete source */
	uint8_t source;             /* the source that decided; UINT8_MAX: none */
	uint32_t frequency;         /* how often it was found open, in millionths; 0: nobody says */
	struct record_list records; /* of all sources in order of precedence; canonical first */
};

/* transport: PORTROLL_TCP to PORTROLL_DCCP. */
struct answer snapshot_answer(const struct portroll_snapshot *s, uint16_t port, uint8_t transport);

/* The id at a position of a list, or UINT32_MAX. */
uint32_t snapshot_list_at(const struct portroll_snapshot *s, struct record_list list, uint32_t at);

/* The records with that name, ASCII case ignored, by precedence and the order of the document. */
struct record_list snapshot_by_name(const struct portroll_snapshot *s, struct portroll_str name);

/* ---- records ---- */

/* The record with its runs and references, in the arena. */
bool snapshot_rich(const struct portroll_snapshot *s, uint32_t id, struct arena *a,
		   struct record *ret);

/* The ids of a source: first and count. */
struct record_span {
	uint32_t first, count;
};
struct record_span snapshot_source_records(const struct portroll_snapshot *s, size_t source);

/* ---- people ---- */

struct record_span snapshot_source_people(const struct portroll_snapshot *s, size_t source);

/* Of a source by id (exact case); UINT32_MAX: none. */
uint32_t snapshot_find_person(const struct portroll_snapshot *s, size_t source,
			      struct portroll_str id);
bool snapshot_person(const struct portroll_snapshot *s, uint32_t person, struct arena *a,
		     struct person *ret);

/* ---- searches: ids into `ret`, in the arena; PORTROLL_ENOMEM, or PORTROLL_ECORRUPT when the
 * snapshot was found to be damaged, now or before ---- */

struct id_array {
	uint32_t *ids;
	size_t count;
};

/* IANA's search: one text, any searched column, ASCII case ignored, order of the document. An
 * empty text matches all. */
PORTROLL_MUST_CHECK int snapshot_match(struct id_array *ret, const struct portroll_snapshot *s,
				       size_t source, struct portroll_str text, struct arena *a);

/* All hits of portroll_search(), ranked; flags: enum portroll_search_flags. PORTROLL_ELIMIT for
 * more than PORTROLL_SEARCH_WORDS_MAX. */
PORTROLL_MUST_CHECK int snapshot_search(struct id_array *ret, const struct portroll_snapshot *s,
					struct portroll_str words, uint32_t flags, struct arena *a);

/* The records that refer to a person (as assignee, contact or in a text) or to a document, or a
 * part of it, by its label without brackets (RFC6335, ASCII case ignored), order of the document.
 */
PORTROLL_MUST_CHECK int snapshot_by_person(struct id_array *ret, const struct portroll_snapshot *s,
					   size_t source, struct portroll_str id, struct arena *a);
PORTROLL_MUST_CHECK int snapshot_by_reference(struct id_array *ret,
					      const struct portroll_snapshot *s,
					      struct portroll_str label, struct arena *a);

/* Names nearest in spelling, best first, at most `max`, none farther than two edits. Writes views
 * into ret_names, returns the count. */
size_t snapshot_suggest(const struct portroll_snapshot *s, struct portroll_str name,
			struct portroll_str *ret_names, size_t max);
