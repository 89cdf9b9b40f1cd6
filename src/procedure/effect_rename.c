/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"

#include "procedure/effect_notes.h"
#include "procedure/effect_text.h"

/* A sentence of IANA's records that names another service in quotation marks. */
static struct portroll_str quoting(struct editing *ed, const char *words, struct portroll_str name)
{
	struct buf text = BUF_INIT(256);
	buf_printf(&text, "%s \"%.*s\"", words, PORTROLL_STR_ARG(name));
	struct portroll_str kept = text_keep(&text, ed->arena);
	return kept;
}

static bool shares_place(const struct record *r, const struct record *other)
{
	return r->has_port == other->has_port && r->transport == other->transport &&
	       (!r->has_port ||
		(r->port.first == other->port.first && r->port.last == other->port.last));
}

/* The notes of aliases and the descriptions of replacements at the same place name it anew (RFC
 * 6335 section 10.1). */
static void rename_in_texts(struct editing *ed, const struct record *r, struct portroll_str new)
{
	static const char alias[] = "an alias to", replacement[] = "a replacement for";
	for (size_t i = 0; i < ed->registry->record_count; i++) {
		const struct record *other = ed->registry->records[i];
		if (!shares_place(r, other) || (other->note.count == 0 && !other->name.len))
			continue;
		bool in_note, in_description;
		struct record changed = *other;
		changed.note = note_change(ed, other->note, quoting(ed, alias, r->name),
					   quoting(ed, alias, new), &in_note);
		changed.description =
			note_change(ed, other->description, quoting(ed, replacement, r->name),
				    quoting(ed, replacement, new), &in_description);
		if (!in_note && !in_description)
			continue;
		changed.modified = ed->effect->today;
		edit_replace(ed, i, &changed);
		edit_say(ed, "changes", &changed);
	}
}

/* Stays where it is if it has a port; a name stands in the alphabet. */
static int rename_record(struct editing *ed, const struct record *old)
{
	struct record r = *old;
	int result = record_take_news(&r, ed, false);
	if (result < 0)
		return result;
	r.name = ed->request->proposed_name;
	r.modified = ed->effect->today;
	size_t index = index_of_record(ed->registry, old);
	if (r.has_port) {
		edit_replace(ed, index, &r);
	} else {
		edit_remove(ed, index);
		edit_add(ed, &r);
	}
	edit_say(ed, "renames", old);
	edit_say_to(ed, r.name);
	return PORTROLL_OK;
}

/* RFC 7605 section 7.9: in place, the Registration Date is kept. */
int effect_rename(struct editing *ed)
{
	const struct request *q = ed->request;
	struct record_set set;
	int result = edit_subject(&set, ed);
	if (result == PORTROLL_OK && str_equal(q->name, q->proposed_name))
		return error_set(ed->err, PORTROLL_ERULE, "'%.*s' is its name already",
				 PORTROLL_STR_ARG(q->name));
	if (result == PORTROLL_OK)
		result = record_check_name(ed, q->proposed_name, q->name);
	struct record_list list;
	if (result == PORTROLL_OK)
		result = edit_records(&list, ed, &set);
	for (size_t i = 0; result == PORTROLL_OK && i < list.count; i++)
		result = rename_record(ed, list.items[i]);
	for (size_t i = 0; result == PORTROLL_OK && i < list.count; i++)
		rename_in_texts(ed, list.items[i], q->proposed_name);
	return result;
}
