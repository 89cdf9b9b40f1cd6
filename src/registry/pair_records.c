/* SPDX-License-Identifier: MIT */
#include "registry/pair.h"

#include <stdlib.h>

static bool same_record(const struct registry *old, size_t i, const struct registry *new, size_t j)
{
	const struct record *a = old->records[i], *b = new->records[j];
	return a == b || (a->copy == b->copy && record_equal(a, b));
}

static void put_place(struct buf *out, const struct record *r)
{
	struct range port = r->has_port ? r->port : (struct range){0};
	const char bytes[] = {(char)r->transport,      (char)r->has_port,
			      (char)(port.first >> 8), (char)(port.first & 0xff),
			      (char)(port.last >> 8),  (char)(port.last & 0xff)};
	buf_put(out, (struct portroll_str){bytes, sizeof(bytes)});
}

static bool put_key(struct buf *out, const struct registry *reg, size_t i)
{
	put_place(out, reg->records[i]);
	buf_put(out, reg->records[i]->name);
	return true;
}

/* A service that is renamed keeps its port and the day of its registration. */
static bool put_registration(struct buf *out, const struct registry *reg, size_t i)
{
	const struct record *r = reg->records[i];
	put_place(out, r);
	buf_put_num(out, date_number(r->registered));
	return r->has_port && r->name.len && r->registered.year;
}

static bool put_named_port(struct buf *out, const struct registry *reg, size_t i)
{
	put_place(out, reg->records[i]);
	return reg->records[i]->has_port && reg->records[i]->name.len;
}

static bool put_port(struct buf *out, const struct registry *reg, size_t i)
{
	put_place(out, reg->records[i]);
	return reg->records[i]->has_port;
}

/* What is left of a range begins as it did, and says the same. */
static bool put_first(struct buf *out, const struct registry *reg, size_t i)
{
	const struct record *r = reg->records[i];
	buf_putc(out, (char)r->transport);
	buf_put_num(out, r->port.first);
	richtext_put_csv(out, r->description);
	return r->has_port && r->name.len == 0;
}

static bool put_name(struct buf *out, const struct registry *reg, size_t i)
{
	const struct record *r = reg->records[i];
	buf_putc(out, (char)r->transport);
	buf_put(out, r->name);
	return r->name.len > 0;
}

static int pair_by_key(struct pairing *p)
{
	return pairing_by_key(p, put_key);
}

static int pair_by_registration(struct pairing *p)
{
	return pairing_by_key(p, put_registration);
}

static int pair_by_named_port(struct pairing *p)
{
	return pairing_by_key(p, put_named_port);
}

static int pair_by_port(struct pairing *p)
{
	return pairing_by_key(p, put_port);
}

static int pair_by_first(struct pairing *p)
{
	return pairing_by_key(p, put_first);
}

static int pair_by_name(struct pairing *p)
{
	return pairing_by_key(p, put_name);
}

/* A nameless record, and where it stands. */
struct piece {
	const struct record *record;
	size_t at;
};

static int compare_pieces(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;
	if (x->record->transport != y->record->transport)
		return x->record->transport < y->record->transport ? -1 : 1;
	if (x->record->port.first != y->record->port.first)
		return x->record->port.first < y->record->port.first ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

/* The nameless records that are left over, in the order of transports and ports. */
static struct piece *pieces_of(const struct registry *reg, const uint32_t *pairs, size_t *ret_count,
			       struct arena *a)
{
	struct piece *pieces = arena_array(a, reg->record_count, sizeof(*pieces));
	size_t count = 0;
	for (size_t i = 0; pieces && i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (pairs[i] == PAIRING_NONE && r->has_port && r->name.len == 0)
			pieces[count++] = (struct piece){r, i};
	}
	if (count > 1)
		qsort(pieces, count, sizeof(*pieces), compare_pieces);
	*ret_count = count;
	return pieces;
}

/* Negative: `a` ends before `b` begins; positive: the other way round; 0: they share a port. */
static int compare_extent(const struct record *a, const struct record *b)
{
	if (a->transport != b->transport)
		return a->transport < b->transport ? -1 : 1;
	if (a->port.last < b->port.first)
		return -1;
	return a->port.first > b->port.last;
}

/* A range that does not begin as it did stays as the first piece that is left of it. */
static int pair_ranges(struct pairing *p, bool same_text)
{
	size_t i = 0, j = 0, old_count = 0, new_count = 0;
	if (p->old_left == 0 || p->new_left == 0)
		return PORTROLL_OK;
	struct piece *old = pieces_of(p->old, p->new_of, &old_count, p->scratch);
	struct piece *new = pieces_of(p->new, p->old_of, &new_count, p->scratch);
	if (!old || !new)
		return PORTROLL_ENOMEM;
	while (i < old_count && j < new_count) {
		const struct record *a = old[i].record, *b = new[j].record;
		int order = compare_extent(a, b);
		if (order == 0 && (!same_text || richtext_equal(a->description, b->description))) {
			pairing_add(p, old[i++].at, new[j++].at);
			continue;
		}
		if (order == 0)
			order = a->port.last < b->port.last ? -1 : 1;
		i += order < 0;
		j += order > 0;
	}
	return PORTROLL_OK;
}

static int pair_ranges_alike(struct pairing *p)
{
	return pair_ranges(p, true);
}

static int pair_ranges_any(struct pairing *p)
{
	return pair_ranges(p, false);
}

/* The port before the name: a port that is de-assigned is Reserved from then on, and its name lives
 * on in a new record without a port (data.md section 6). */
const struct pair_rules pair_records = {
	.same = same_record,
	.steps = (pair_fn *const[]){pair_by_key, pair_by_registration, pair_by_named_port,
				    pair_by_port, pair_by_first, pair_ranges_alike, pair_ranges_any,
				    pair_by_name, NULL},
};
