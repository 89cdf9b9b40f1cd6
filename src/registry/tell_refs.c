/* SPDX-License-Identifier: MIT */

/* References that took the place of others: a draft that became an RFC. */

#include "registry/tell_work.h"

static struct xref_list middle(struct xref_list list, size_t begin, size_t end)
{
	size_t count = list.count - begin - end;
	return count ? (struct xref_list){list.items + begin, count} : (struct xref_list){0};
}

/* All but what both lists begin and end with. */
static void put_lists(struct buf *old, struct buf *new, struct xref_list a, struct xref_list b)
{
	size_t begin = 0, end = 0;
	size_t least = a.count < b.count ? a.count : b.count;
	while (begin < least && xref_equal(&a.items[begin], &b.items[begin]))
		begin++;
	while (end < least - begin &&
	       xref_equal(&a.items[a.count - 1 - end], &b.items[b.count - 1 - end]))
		end++;
	xref_put_labels(old, middle(a, begin, end));
	xref_put_labels(new, middle(b, begin, end));
}

static void put_frame(struct buf *out, struct richtext text)
{
	for (size_t i = 0; i < text.count; i++) {
		buf_putc(out, (char)('0' + text.runs[i].kind));
		buf_put(out, text.runs[i].text);
	}
}

/* The texts around the references are the same, so both have as many. */
static bool put_texts(struct buf *old, struct buf *new, struct richtext a, struct richtext b)
{
	put_frame(old, a);
	put_frame(new, b);
	bool same = a.count == b.count && str_equal_squeezed(buf_str(old), buf_str(new));
	buf_clear(old);
	buf_clear(new);
	for (size_t i = 0; same && i < a.count; i++) {
		if (a.runs[i].kind != RUN_XREF || b.runs[i].kind != RUN_XREF ||
		    xref_equal(a.runs[i].xref, b.runs[i].xref))
			continue;
		xref_put_label(old, a.runs[i].xref);
		xref_put_label(new, b.runs[i].xref);
	}
	return old->len > 0;
}

bool tell_put_references(struct buf *old, struct buf *new, enum field_id field,
			 const struct telling_part *part)
{
	if (!part->old || !part->new)
		return false;
	if (field == FIELD_REFERENCE) {
		put_lists(old, new, part->old->references, part->new->references);
		return true;
	}
	if (!fields[field].rich)
		return false;
	return put_texts(old, new, fields[field].rich(part->old), fields[field].rich(part->new));
}
