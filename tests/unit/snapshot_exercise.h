/* SPDX-License-Identifier: MIT */
#pragma once

/* Asking a snapshot everything, and putting right the checksums of one that was altered. For tests
 * and for the fuzz target. */

#include "base/hash.h"
#include "base/load.h"
#include "snapshot/layout.h"
#include "snapshot_mode.h"

static inline void exercise_list(struct buf *out, const struct portroll_snapshot *s,
				 struct record_list list)
{
	for (uint32_t i = 0; i < list.count && i < 64; i++) {
		buf_put_num(out, snapshot_list_at(s, list, i));
		buf_putc(out, ' ');
	}
	buf_putc(out, '\n');
}

static inline void exercise_answers(struct buf *out, const struct portroll_snapshot *s)
{
	static const uint16_t ports[] = {0,    1,    80,   81,   100,   300,   1023,  1024,
					 3306, 3370, 4000, 9100, 49151, 49152, 60000, 65535};
	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++) {
		for (uint8_t transport = 0; transport <= 5; transport++) {
			struct answer a = snapshot_answer(s, ports[i], transport);
			buf_put_num(out, a.state);
			buf_put_num(out, a.reason);
			buf_put_num(out, a.rule);
			buf_put_num(out, a.source);
			buf_put_num(out, a.frequency);
			buf_put_num(out, portroll_find_port(s, ports[i], transport));
			exercise_list(out, s, a.records);
		}
	}
}

static inline void exercise_person(struct buf *out, const struct portroll_snapshot *s,
				   uint32_t number, struct arena *a)
{
	struct person p;
	if (!snapshot_person(s, number, a, &p))
		return;
	buf_put(out, p.id);
	buf_put(out, p.name);
	buf_put(out, p.org);
	for (size_t i = 0; i < p.uri_count; i++)
		buf_put(out, p.uris[i]);
	buf_put_num(out, date_pack(p.updated));
}

static inline void exercise_record(struct buf *out, const struct portroll_snapshot *s, uint32_t id,
				   struct arena *a)
{
	struct portroll_record plain;
	struct record rich;
	if (portroll_get(s, id, &plain)) {
		const struct portroll_str texts[] = {
			plain.name,      plain.description,  plain.assignee, plain.contact,
			plain.reference, plain.registered,   plain.modified, plain.notes,
			plain.alias_of,  plain.unauthorized,
		};
		for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
			buf_put(out, texts[i]);
		buf_put_num(out, plain.port_first);
		buf_put_num(out, plain.port_last);
		buf_put_num(out, plain.source);
		buf_put_num(out, plain.copy);
		buf_put_num(out, plain.transport);
		buf_put_num(out, plain.flags);
		buf_put_num(out, portroll_find_name(s, plain.name));
		exercise_list(out, s, snapshot_by_name(s, plain.name));
	}
	if (snapshot_rich(s, id, a, &rich)) {
		richtext_put_csv(out, rich.description);
		richtext_put_csv(out, rich.note);
		xref_put_labels(out, rich.contacts);
		xref_put_labels(out, rich.assignee);
		xref_put_labels(out, rich.references);
	}
}

static inline void exercise_source(struct buf *out, const struct portroll_snapshot *s, size_t index,
				   struct arena *a)
{
	struct source source;
	struct registry *header = snapshot_header(s, index, a);
	if (header) {
		buf_put(out, header->header.title);
		buf_put(out, header->header.expert);
		buf_put_num(out, header->footnote_count);
	}
	if (snapshot_source(s, index, a, &source)) {
		buf_put(out, source.name);
		for (size_t i = 0; i < source.copy_count; i++)
			buf_put(out, source.copies[i].origin);
	}
}

static inline void exercise_ids(struct buf *out, int code, const struct id_array *found)
{
	buf_putc(out, code == PORTROLL_OK ? '+' : '-');
	for (size_t i = 0; code == PORTROLL_OK && i < found->count; i++)
		buf_put_num(out, found->ids[i]);
}

static inline void exercise_searches(struct buf *out, const struct portroll_snapshot *s,
				     struct arena *a)
{
	struct id_array found;
	struct portroll_str names[4];
	for (size_t i = 0; i < portroll_source_count(s); i++) {
		exercise_ids(out, snapshot_match(&found, s, i, STR("6"), a), &found);
		exercise_ids(out, snapshot_by_person(&found, s, i, STR("Jane_Example"), a), &found);
		buf_put_num(out, snapshot_find_person(s, i, STR("Jane_Example")));
	}
	exercise_ids(out, snapshot_search(&found, s, STR("80 e"), 0, a), &found);
	static const char *const words[] = {"80 e", "http", "web", "9"};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		exercise_ids(
			out,
			snapshot_search(&found, s, str_from(words[i]), PORTROLL_SEARCH_NAMES, a),
			&found);
	exercise_ids(out, snapshot_by_reference(&found, s, STR("RFC793"), a), &found);
	size_t count = snapshot_suggest(s, STR("htpt"), names, 4);
	for (size_t i = 0; i < count; i++)
		buf_put(out, names[i]);
}

static inline void exercise_walk(struct buf *out, struct portroll_iter it)
{
	struct portroll_record r;
	for (size_t i = 0; i < 64 && portroll_next(&it, &r); i++)
		buf_put_num(out, r.id);
	buf_putc(out, '\n');
}

/* What the library has besides. */
static inline void exercise_library(struct buf *out, const struct portroll_snapshot *s)
{
	struct portroll_source source;
	struct portroll_person person;
	struct portroll_finding finding;
	struct portroll_hit hits[8];
	for (uint32_t flags = 0; flags <= PORTROLL_SEARCH_NAMES; flags++) {
		size_t count = portroll_search(s, STR("h we"), flags, hits, 8);
		buf_put_num(out, count);
		for (size_t i = 0; i < count && i < 8; i++)
			buf_put_num(out, hits[i].record);
	}
	exercise_walk(out, portroll_all(s));
	exercise_walk(out, portroll_by_range(s, 78, 82, PORTROLL_ANY));
	exercise_walk(out, portroll_by_port(s, 3370, PORTROLL_TCP));
	exercise_walk(out, portroll_by_name(s, STR("HTTP"), PORTROLL_UDP));
	buf_put_num(out, portroll_find_port(s, 80, PORTROLL_TCP));
	buf_put_num(out, portroll_find_name(s, STR("in-use-with-a-long-name")));
	buf_put_num(out, portroll_state(s, 80, PORTROLL_SCTP).reason);
	if (portroll_check_name(s, STR("www"), &finding, 1))
		buf_put_num(out, finding.record);
	for (uint32_t i = 0; portroll_get_source(s, i, &source); i++) {
		buf_put(out, source.name);
		buf_put(out, source.title);
		buf_put(out, source.origin);
		buf_put(out, source.format);
		buf_put_num(out, source.updated);
	}
	if (portroll_find_person(s, STR("[Example_Org]"), &person)) {
		buf_put(out, person.organisation);
		buf_put(out, person.uri);
		buf_put_num(out, person.uri_count);
	}
}

/* Writes all that the snapshot says. */
static inline void exercise(struct buf *out, const struct portroll_snapshot *s)
{
	struct arena a = {0};
	exercise_answers(out, s);
	for (size_t i = 0; i < portroll_source_count(s); i++) {
		exercise_source(out, s, i, &a);
		struct record_span people = snapshot_source_people(s, i);
		for (uint32_t k = 0; k < people.count && k < 64; k++)
			exercise_person(out, s, people.first + k, &a);
	}
	for (uint32_t i = 0; i < portroll_record_count(s) && i < 256; i++)
		exercise_record(out, s, i, &a);
	exercise_searches(out, s, &a);
	exercise_library(out, s);
	arena_done(&a);
}

/* Makes the checksums of altered bytes right again, where there are some. */
static inline void seal(char *bytes, size_t size)
{
	struct portroll_str all = {bytes, size};
	size_t table = HEADER_SIZE + SECTION_COUNT * SECTION_ROW_SIZE;
	if (size < table)
		return;
	size_t content = load_u32(bytes + HEADER_CONTENT);
	size_t blocks = content < table ? 0 : (content - table) / sizeof(uint64_t);
	if (content > size)
		return;
	for (size_t i = 0; i < blocks && content + i * BLOCK_SIZE < size; i++)
		store_u64(bytes + table + i * sizeof(uint64_t),
			  hash_bytes(str_part(all, content + i * BLOCK_SIZE,
					      content + (i + 1) * BLOCK_SIZE)));
	store_u64(bytes + HEADER_DIGEST, hash_bytes(str_part(all, HEADER_FILE_SIZE, content)));
}
