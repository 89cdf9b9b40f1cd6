/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"

#include "procedure/effect_notes.h"
#include "procedure/effect_rows.h"
#include "procedure/effect_text.h"
#include "registry/alias.h"

size_t index_of_record(const struct registry *reg, const struct record *r)
{
	for (size_t i = 0; i < reg->record_count; i++)
		if (reg->records[i] == r)
			return i;
	return SIZE_MAX;
}

/* Whose assignment it was: of the record, or of another one of the name. */
static const struct xref *former_assignee(const struct record_list *list, const struct record *r)
{
	struct xref_list people = record_assignee(r);
	for (size_t i = 0; people.count == 0 && i < list->count; i++)
		if (str_equal_fold(list->items[i]->name, r->name))
			people = record_assignee(list->items[i]);
	return people.count ? &people.items[0] : NULL;
}

static struct richtext note_of_history(struct editing *ed, const struct record_list *list,
				       const struct record *r)
{
	struct wording_gaps gaps = {
		.date = ed->effect->today,
		.name = r->name,
		.person = former_assignee(list, r),
	};
	return note_add(ed, (struct richtext){NULL, 0}, WORDING_DEASSIGNED, &gaps);
}

static bool name_is_there(const struct registry *reg, struct portroll_str name)
{
	for (size_t i = 0; i < reg->record_count; i++)
		if (str_equal_fold(reg->records[i]->name, name))
			return true;
	return false;
}

/* Description of several ports of one name: Management Utility/Compression Process. */
static struct richtext joined_description(struct editing *ed, struct richtext all,
					  struct richtext one)
{
	struct portroll_str before, more;
	if (all.count == 0)
		return one;
	if (!richtext_is_plain(all, &before) || !richtext_is_plain(one, &more) || more.len == 0 ||
	    str_find(before, more) != SIZE_MAX)
		return all;
	struct buf text = BUF_INIT(EFFECT_TEXT_MAX);
	buf_put(&text, before);
	buf_putc(&text, '/');
	buf_put(&text, more);
	struct portroll_str kept = text_keep(&text, ed->arena);
	return richtext_plain(ed->arena, kept);
}

static bool is_among(struct xref_list list, const struct xref *x)
{
	for (size_t i = 0; i < list.count; i++)
		if (xref_equal(&list.items[i], x))
			return true;
	return false;
}

static struct xref_list joined_references(struct editing *ed, struct xref_list list)
{
	struct xref_list more = record_references(ed);
	if (more.count == 0)
		return list;
	struct xref *items = arena_grow(ed->arena, list.items, list.count, list.count + more.count,
					sizeof(*items));
	size_t count = items ? list.count : 0;
	for (size_t i = 0; items && i < more.count; i++)
		if (!is_among(list, &more.items[i]))
			items[count++] = more.items[i];
	return (struct xref_list){items, count};
}

/* The name as it goes on: of all rows that it had on the transport of the first (RFC 6335 section
 * 8.2). */
static struct record name_of(struct editing *ed, const struct record_list *list,
			     const struct record *first)
{
	struct record r = *first;
	struct portroll_str line;
	r.has_port = false;
	r.port = (struct range){0, 0};
	r.extras = (struct extra_list){NULL, 0};
	r.modified = ed->effect->today;
	for (size_t i = 0; i < list->count; i++) {
		const struct record *other = list->items[i];
		if (other->transport != first->transport ||
		    !str_equal_fold(other->name, first->name))
			continue;
		if (r.contacts.count == 0)
			r.contacts = other->contacts;
		if (other != first)
			r.description = joined_description(ed, r.description, other->description);
		if (!r.has_assignee && record_assignee(other).count) {
			r.has_assignee = true;
			r.assignee = record_assignee(other);
		}
	}
	r.references = joined_references(ed, r.references);
	r.note = note_drop(ed, r.note, WORDING_TEMPORARY);
	r.note = note_drop(ed, r.note, WORDING_LEASED);
	r.note = note_drop(ed, r.note, WORDING_DEPRECATED);
	bool is_alias = alias_flags(&r, NULL) & PORTROLL_RECORD_ALIAS;
	if (!is_alias && !note_find(r.note, WORDING_TXT_KEYS, &line))
		r.note = note_add(ed, r.note, WORDING_TXT_KEYS,
				  &(struct wording_gaps){.name = STR("None")});
	return r;
}

/* Is it the first of its name, or of its name and transport? */
static bool is_first(const struct record_list *list, size_t index, bool by_transport)
{
	const struct record *r = list->items[index];
	for (size_t i = 0; i < index; i++)
		if (str_equal_fold(list->items[i]->name, r->name) &&
		    (!by_transport || list->items[i]->transport == r->transport))
			return false;
	return true;
}

/* Names that no record has any more go on without port. */
static void keep_names(struct editing *ed, const struct record_list *list,
		       struct portroll_str kept_by)
{
	bool *is_gone = arena_array(ed->arena, list->count, sizeof(*is_gone));
	for (size_t i = 0; is_gone && i < list->count; i++)
		is_gone[i] = !str_equal_fold(list->items[i]->name, kept_by) &&
			     !name_is_there(ed->registry, list->items[i]->name);
	for (size_t i = 0; is_gone && i < list->count; i++) {
		if (!is_gone[i] || !is_first(list, i, true))
			continue;
		struct record r = name_of(ed, list, list->items[i]);
		edit_add(ed, &r);
		edit_say(ed, "keeps the name", &r);
	}
}

/* Rarely the name goes too: then it is Reserved (RFC 6335 section 8.2). */
static void release_names(struct editing *ed, const struct record_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct record *r = list->items[i];
		if (!is_first(list, i, false) || name_is_there(ed->registry, r->name))
			continue;
		struct record name = {
			.name = r->name,
			.description = richtext_plain(ed->arena, STR("Reserved")),
			.modified = ed->effect->today,
			.note = note_of_history(ed, list, r),
		};
		edit_add(ed, &name);
		edit_say(ed, "reserves", &name);
	}
}

static void release_record(struct editing *ed, const struct record_list *list,
			   const struct record *r, bool is_name_released)
{
	size_t index = index_of_record(ed->registry, r);
	if (!r->has_port && is_name_released)
		edit_remove(ed, index);
	if (!r->has_port)
		return;
	edit_say(ed, "de-assigns", r);
	rows_release(ed, index, note_of_history(ed, list, r));
}

int deassign_records(struct editing *ed, const struct record_list *list,
		     struct portroll_str kept_by, bool is_name_released)
{
	for (size_t i = 0; i < list->count; i++)
		release_record(ed, list, list->items[i], is_name_released);
	if (is_name_released)
		release_names(ed, list);
	else
		keep_names(ed, list, kept_by);
	return PORTROLL_OK;
}

/* An alias at the place of one of them goes with it. */
static bool is_alias_of_one(const struct record *r, const struct record_list *list)
{
	struct portroll_str of;
	if (!r->has_port || !(alias_flags(r, &of) & PORTROLL_RECORD_ALIAS) ||
	    str_equal_fold(r->name, of))
		return false;
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i]->has_port && list->items[i]->port.first == r->port.first &&
		    list->items[i]->transport == r->transport &&
		    str_equal_fold(list->items[i]->name, of))
			return true;
	return false;
}

/* They stand first, so that the row of the port tells of the primary name. */
static int add_aliases(struct record_list *list, struct editing *ed)
{
	const struct registry *reg = ed->registry;
	size_t count = 0;
	for (size_t i = 0; i < reg->record_count; i++)
		count += is_alias_of_one(reg->records[i], list);
	const struct record **items =
		arena_array(ed->arena, list->count + count, sizeof(struct record *));
	if (!items)
		return error_memory(ed->err);
	count = 0;
	for (size_t i = 0; i < reg->record_count; i++)
		if (is_alias_of_one(reg->records[i], list))
			items[count++] = reg->records[i];
	for (size_t i = 0; i < list->count; i++)
		items[count++] = list->items[i];
	*list = (struct record_list){items, count};
	return PORTROLL_OK;
}

static bool says_yes(struct portroll_str text)
{
	return str_equal_fold(text, STR("yes"));
}

static bool has_ports(const struct record_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i]->has_port)
			return true;
	return false;
}

static int release(struct editing *ed, const struct record_set *set, bool is_name_released)
{
	struct record_list list;
	int result = edit_records(&list, ed, set);
	if (result < 0)
		return result;
	if (!has_ports(&list) && !is_name_released)
		return error_set(ed->err, PORTROLL_ERULE,
				 "'%.*s' has no port; its name is released by Release Name: yes",
				 PORTROLL_STR_ARG(ed->request->name));
	result = add_aliases(&list, ed);
	return result < 0 ? result : deassign_records(ed, &list, STR(""), is_name_released);
}

static bool releases_name(const struct editing *ed)
{
	return says_yes(edit_field(ed, DOC_RELEASE_NAME));
}

/* RFC 6335 sections 8.2 and, by IANA, 8.4. */
int effect_deassign(struct editing *ed)
{
	struct record_set set;
	int result = edit_subject(&set, ed);
	return result < 0 ? result : release(ed, &set, releases_name(ed));
}

/* A name alone that was for a time only goes with it. */
int effect_end(struct editing *ed)
{
	struct record_set set;
	int result = ended_records(&set, ed);
	if (result < 0)
		return result;
	bool has_port = ed->registry->records[set.indexes[0]]->has_port;
	return release(ed, &set, !has_port || releases_name(ed));
}
