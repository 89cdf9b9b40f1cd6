/* SPDX-License-Identifier: MIT */

/* Records that are still there and say something else. Those that say the same thing anew, on all
 * transports of a service or in all records of an assignee, are told at once. */

#include "base/macros.h"
#include "registry/tell_work.h"

#define BIT(field) ((uint16_t)(1U << (field)))
#define OWN_WORDS  (BIT(FIELD_MODIFIED) | BIT(FIELD_REGISTERED) | BIT(FIELD_COUNT))

struct room {
	struct tell_work *work;
	bool has_dates; /* of modification, anywhere */
	struct buf old, new, key;
};

/* By what tells most. */
static const struct {
	uint8_t field, kind;
} kinds[] = {
	{FIELD_PORT, TELL_PORT},
	{FIELD_TRANSPORT, TELL_PORT},
	{FIELD_ASSIGNEE, TELL_ASSIGNEE},
	{FIELD_CONTACT, TELL_CONTACT},
	{FIELD_DESCRIPTION, TELL_DESCRIPTION},
	{FIELD_REFERENCE, TELL_REFERENCE},
	{FIELD_UNAUTHORIZED, TELL_UNAUTHORIZED},
	{FIELD_SERVICE_CODE, TELL_SERVICE_CODE},
	{FIELD_NOTES, TELL_NOTE},
	{FIELD_REGISTERED, TELL_REGISTERED},
	{FIELD_MODIFIED, TELL_MODIFIED},
	{FIELD_COUNT, TELL_FORM},
};

/* The columns as they are read; the assignee where it follows from the contact is that column's. */
static uint16_t find_fields(struct room *room, const struct record *old, const struct record *new)
{
	uint16_t bits = 0;
	for (uint8_t field = 0; field < FIELD_COUNT; field++) {
		buf_clear(&room->old);
		buf_clear(&room->new);
		field_put(&room->old, field, old);
		field_put(&room->new, field, new);
		if (!str_equal_squeezed(buf_str(&room->old), buf_str(&room->new)))
			bits |= BIT(field);
	}
	if (!old->has_assignee && !new->has_assignee && (bits & BIT(FIELD_CONTACT)))
		bits &= (uint16_t)~BIT(FIELD_ASSIGNEE);
	if (bits == 0 && !record_equal(old, new))
		bits = BIT(FIELD_COUNT);
	return bits;
}

static bool share_person(struct xref_list a, struct xref_list b)
{
	enum {
		MOST = 16
	};
	for (size_t i = 0; i < a.count && i < MOST; i++)
		for (size_t k = 0; k < b.count && k < MOST; k++)
			if (str_equal(a.items[i].data, b.items[k].data))
				return true;
	return false;
}

/* A service that takes the place of another is registered anew (RFC 6335 section 8.4). */
static bool is_same_service(struct room *room, const struct record *old, const struct record *new)
{
	if (date_equal(old->registered, new->registered) ||
	    share_person(old->contacts, new->contacts) ||
	    share_person(record_assignee(old), record_assignee(new)))
		return true;
	buf_clear(&room->old);
	buf_clear(&room->new);
	field_put(&room->old, FIELD_DESCRIPTION, old);
	field_put(&room->new, FIELD_DESCRIPTION, new);
	return room->old.len && str_equal_squeezed(buf_str(&room->old), buf_str(&room->new));
}

/* Of the assignee: stated on both sides, of how far the same name? */
static enum tell_names compare_assignees(struct tell_work *w, const struct tell_op *op)
{
	const struct record *old = op->part.old, *new = op->part.new;
	if (!old->has_assignee || !new->has_assignee || old->assignee.count != 1 ||
	    new->assignee.count != 1)
		return NAMES_UNKNOWN;
	return tell_compare_people(w, old->assignee.items[0].data, new->assignee.items[0].data);
}

static enum telling_kind kind_of(struct room *room, const struct tell_op *op, uint16_t bits)
{
	const struct record *old = op->mapped ? op->mapped : op->part.old, *new = op->part.new;
	if (bits & BIT(FIELD_NAME))
		return is_same_service(room, old, new) ? TELL_RENAME : TELL_TAKEN;
	if (new->name.len == 0 && row_kind_of(old, NULL) != row_kind_of(new, NULL))
		return TELL_RANGE;
	size_t i = 0;
	while (i + 1 < ARRAY_LEN(kinds) && !(bits & BIT(kinds[i].field)))
		i++;
	if (kinds[i].kind == TELL_ASSIGNEE && compare_assignees(room->work, op) == NAMES_DIFFER)
		return TELL_TRANSFER;
	return (enum telling_kind)kinds[i].kind;
}

/* What is taken out and what is put in, where that is the same in all records of the telling. */
static void put_difference(struct room *room, const struct telling_part *part, uint8_t field)
{
	buf_putc(&room->key, (char)field);
	buf_clear(&room->old);
	buf_clear(&room->new);
	if (!tell_put_references(&room->old, &room->new, field, part)) {
		buf_clear(&room->old);
		buf_clear(&room->new);
		field_put(&room->old, field, part->old);
		field_put(&room->new, field, part->new);
	}
	if (field != FIELD_MODIFIED)
		buf_put(&room->key, buf_str(&room->old));
	buf_putc(&room->key, '\0');
	buf_put(&room->key, buf_str(&room->new));
	buf_putc(&room->key, '\0');
}

static int tell_pair(struct room *room, struct tell_op *op)
{
	struct tell_work *w = room->work;
	const struct record *old = op->mapped ? op->mapped : op->part.old, *new = op->part.new;
	uint16_t bits = find_fields(room, old, new);
	if (bits == 0)
		return tell_take(w, op, op->refers, ROLE_REFERS);
	bool undated = room->has_dates && (bits & ~OWN_WORDS) && !(bits & BIT(FIELD_MODIFIED));
	enum telling_kind kind = kind_of(room, op, bits);
	buf_clear(&room->key);
	for (uint8_t field = 0; field < FIELD_COUNT; field++)
		if (bits & BIT(field))
			put_difference(room, &op->part, field);
	if (kind == TELL_RANGE)
		field_put(&room->key, FIELD_PORT, new);
	if (room->key.failed || room->old.failed || room->new.failed)
		return PORTROLL_ENOMEM;
	uint32_t telling = tell_group(w, kind, buf_str(&room->key));
	if (tell_take(w, op, telling, ROLE_SUBJECT) < 0)
		return PORTROLL_ENOMEM;
	w->drafts[telling].telling.fields = bits;
	w->drafts[telling].telling.is_undated = undated;
	w->drafts[telling].telling.is_same_name =
		(bits & BIT(FIELD_ASSIGNEE)) && compare_assignees(w, op) == NAMES_SAME;
	return PORTROLL_OK;
}

static bool states_modifications(const struct registry *reg)
{
	for (size_t i = 0; i < reg->record_count; i++)
		if (reg->records[i]->modified.year)
			return true;
	return false;
}

int tell_fields(struct tell_work *w)
{
	struct room room = {.work = w,
			    .old = BUF_INIT(SIZE_MAX / 2),
			    .new = BUF_INIT(SIZE_MAX / 2),
			    .key = BUF_INIT(SIZE_MAX / 2),
			    .has_dates =
				    states_modifications(w->old) || states_modifications(w->new)};
	int r = PORTROLL_OK;
	for (size_t i = 0; i < w->records.count && r == PORTROLL_OK; i++) {
		struct tell_op *op = &w->records.items[i];
		if (op->telling == TELL_NONE && op->part.old && op->part.new)
			r = tell_pair(&room, op);
	}
	buf_done(&room.old);
	buf_done(&room.new);
	buf_done(&room.key);
	return r;
}
