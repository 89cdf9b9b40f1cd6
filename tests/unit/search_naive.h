/* SPDX-License-Identifier: MIT */
#pragma once

/* The search by its definition, over the registries that were compiled, to compare with. */

#include "registry/fields.h"
#include "snapshot_case.h"

#include "base/num.h"

struct naive_hit {
	uint64_t key[5]; /* places, parts, frequency, source, port */
	uint32_t id;
};

struct naive {
	const struct roll *roll;
	const struct portroll_snapshot *snapshot;
	struct buf cell;
	bool names;
};

static inline bool naive_is_letter(char c)
{
	return is_alpha(c) || is_digit(c) || (unsigned char)c >= 0x80;
}

static inline bool naive_is_whole(struct portroll_str text, struct portroll_str word)
{
	for (size_t at = 0; at + word.len <= text.len; at++) {
		size_t end = at + word.len;
		if (str_equal_fold(str_part(text, at, end), word) &&
		    (at == 0 || !naive_is_letter(text.ptr[at - 1])) &&
		    (end == text.len || !naive_is_letter(text.ptr[end])))
			return true;
	}
	return false;
}

static inline bool naive_holds(struct portroll_str text, struct portroll_str word)
{
	return text.len > 0 && str_find_fold(text, word) != SIZE_MAX;
}

static inline struct portroll_str naive_cell(struct naive *n, enum field_id field,
					     const struct record *r)
{
	buf_clear(&n->cell);
	field_put(&n->cell, field, r);
	return buf_str(&n->cell);
}

static inline bool naive_people(const struct registry *reg, struct xref_list list,
				struct portroll_str word)
{
	for (size_t i = 0; i < list.count; i++)
		for (size_t k = 0; list.items[i].type == XREF_PERSON && k < reg->person_count;
		     k++) {
			const struct person *p = reg->people[k];
			if (str_equal(p->id, list.items[i].data) &&
			    (naive_holds(p->id, word) || naive_holds(p->name, word) ||
			     naive_holds(p->org, word)))
				return true;
		}
	return false;
}

static inline bool naive_rest(struct naive *n, const struct registry *reg, const struct record *r,
			      struct portroll_str word)
{
	static const enum field_id cells[] = {FIELD_ASSIGNEE, FIELD_CONTACT, FIELD_REFERENCE,
					      FIELD_UNAUTHORIZED, FIELD_NOTES};
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		if (naive_holds(naive_cell(n, cells[i], r), word))
			return true;
	return naive_people(reg, r->contacts, word) || naive_people(reg, r->assignee, word) ||
	       str_equal_fold(transport_name(r->transport), word);
}

/* 0 whole name or port, 1 begin, 2 part of the name, 3 description, 4 the rest, 5 nowhere. */
static inline uint64_t naive_place(struct naive *n, const struct source *source,
				   const struct record *r, struct portroll_str word)
{
	uint64_t port;
	bool says = source->coverage != COVERAGE_NAMES || r->name.len > 0;
	if (num_parse(&port, word, UINT16_MAX) == PORTROLL_OK && r->has_port && says &&
	    r->port.first <= port && port <= r->port.last)
		return 0;
	if (str_equal_fold(r->name, word))
		return 0;
	if (naive_holds(r->name, word))
		return str_starts_fold(r->name, word) ? 1 : 2;
	if (naive_holds(naive_cell(n, FIELD_DESCRIPTION, r), word))
		return 3;
	return !n->names && naive_rest(n, source->registry, r, word) ? 4 : 5;
}

static inline bool naive_rate(struct naive *n, const struct source *source, const struct record *r,
			      struct portroll_str words, struct naive_hit *ret)
{
	struct portroll_str word;
	while (str_word(&words, &word)) {
		uint64_t place = naive_place(n, source, r, word);
		if (place == 5)
			return false;
		ret->key[0] += place;
		struct portroll_str text =
			place < 3 ? r->name : naive_cell(n, FIELD_DESCRIPTION, r);
		ret->key[1] += place >= 1 && place <= 3 && !naive_is_whole(text, word);
	}
	return true;
}

static inline uint64_t naive_frequency(const struct naive *n, const struct record *r)
{
	uint64_t most = 0;
	for (uint8_t i = PORTROLL_TCP; i <= TRANSPORT_COUNT && r->has_port; i++) {
		struct portroll_answer a = portroll_state(n->snapshot, r->port.first, i);
		if ((r->transport == i || r->transport == PORTROLL_ANY) && a.frequency > most)
			most = a.frequency;
	}
	return most;
}

static inline int naive_order(const void *a, const void *b)
{
	const struct naive_hit *x = a, *y = b;
	for (size_t i = 0; i < ARRAY_LEN(x->key); i++)
		if (x->key[i] != y->key[i])
			return x->key[i] < y->key[i] ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* All hits, ranked; `ret` has room for all records. The words are not empty. */
static inline size_t naive_search(struct naive *n, struct portroll_str words, struct naive_hit *ret)
{
	uint32_t id = 0;
	size_t count = 0;
	for (size_t i = 0; i < n->roll->source_count; i++) {
		const struct source *source = &n->roll->sources[i];
		for (size_t k = 0; k < source->registry->record_count; k++, id++) {
			const struct record *r = source->registry->records[k];
			struct naive_hit hit = {.id = id};
			if (!naive_rate(n, source, r, words, &hit))
				continue;
			hit.key[2] = UINT32_MAX - naive_frequency(n, r);
			hit.key[3] = i;
			hit.key[4] = r->has_port ? r->port.first : PORT_COUNT;
			ret[count++] = hit;
		}
	}
	qsort(ret, count, sizeof(*ret), naive_order);
	return count;
}
