/* SPDX-License-Identifier: MIT */
#include "registry/pair.h"

#include "registry/change.h"

static bool same_person(const struct registry *old, size_t i, const struct registry *new, size_t j)
{
	return old->people[i] == new->people[j] || person_equal(old->people[i], new->people[j]);
}

static bool put_id(struct buf *out, const struct registry *reg, size_t i)
{
	buf_put(out, reg->people[i]->id);
	return true;
}

static void put_field(struct buf *out, struct portroll_str text)
{
	buf_put(out, text);
	buf_putc(out, '\0');
}

/* What is known of a person but the id. Of many ids nothing is known; those are not alike. */
static bool put_content(struct buf *out, const struct registry *reg, size_t i)
{
	const struct person *p = reg->people[i];
	put_field(out, p->name);
	put_field(out, p->org);
	buf_put_num(out, date_number(p->updated));
	for (size_t u = 0; u < p->uri_count; u++)
		put_field(out, p->uris[u]);
	buf_putc(out, '\0');
	for (size_t x = 0; x < p->extras.count; x++) {
		put_field(out, p->extras.items[x].name);
		put_field(out, p->extras.items[x].value);
	}
	return p->name.len || p->org.len || p->uri_count;
}

static int pair_by_id(struct pairing *p)
{
	return pairing_by_key(p, put_id);
}

static int pair_by_content(struct pairing *p)
{
	return pairing_by_key(p, put_content);
}

const struct pair_rules pair_people = {
	.same = same_person,
	.steps = (pair_fn *const[]){pair_by_id, pair_by_content, NULL},
};

static bool same_footnote(const struct registry *old, size_t i, const struct registry *new,
			  size_t j)
{
	return footnote_equal(&old->footnotes[i], &new->footnotes[j]);
}

static bool put_anchor(struct buf *out, const struct registry *reg, size_t i)
{
	buf_put_num(out, reg->footnotes[i].anchor);
	return true;
}

static int pair_by_anchor(struct pairing *p)
{
	return pairing_by_key(p, put_anchor);
}

const struct pair_rules pair_footnotes = {
	.same = same_footnote,
	.steps = (pair_fn *const[]){pair_by_anchor, NULL},
};
