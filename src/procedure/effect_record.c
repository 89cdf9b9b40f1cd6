/* SPDX-License-Identifier: MIT */
#include "procedure/effect_record.h"

#include "base/macros.h"
#include "procedure/effect_notes.h"
#include "procedure/effect_people.h"
#include "procedure/effect_text.h"
#include "registry/name.h"

int record_check_name(struct editing *ed, struct portroll_str name, struct portroll_str allowed)
{
	if (!name_is_well_formed(name))
		return error_set(ed->err, PORTROLL_ERULE,
				 "'%.*s' is no service name (RFC 6335 section 5.1)",
				 PORTROLL_STR_ARG(str_part(name, 0, 80)));
	if (allowed.len && str_equal_fold(name, allowed))
		return PORTROLL_OK;
	for (size_t i = 0; i < ed->registry->record_count; i++)
		if (str_equal_fold(ed->registry->records[i]->name, name))
			return edit_conflict(ed, ed->registry->records[i], "has the name already");
	return PORTROLL_OK;
}

/* The note of a new record. TXT keys are always told of a name without port (rfc-rules 2.6). */
static struct richtext new_note(struct editing *ed, bool has_port)
{
	struct portroll_str keys = edit_field(ed, DOC_TXT_KEYS);
	struct richtext note = richtext_plain(ed->arena, edit_field(ed, DOC_NOTES));
	if (str_equal_fold(keys, STR("none")) || (keys.len == 0 && !has_port))
		keys = STR("None");
	if (keys.len == 0)
		return note;
	return note_add(ed, note, WORDING_TXT_KEYS, &(struct wording_gaps){.name = keys});
}

/* A description of the protocol is for the reviewers, and no reference of the record; a text is one
 * where it stands in brackets, as the registry shows it. */
static bool is_published(struct editing *ed, const struct xref *x)
{
	if (x->type != XREF_TEXT)
		return true;
	struct buf label = BUF_INIT(EFFECT_TEXT_MAX);
	xref_put_label(&label, x);
	struct portroll_str text = text_keep(&label, ed->arena);
	return str_find(edit_field(ed, DOC_REFERENCE), text) != SIZE_MAX;
}

struct xref_list record_references(struct editing *ed)
{
	struct xref_list all = ed->request->references;
	struct xref *items = arena_array(ed->arena, all.count, sizeof(*items));
	size_t count = 0;
	for (size_t i = 0; items && i < all.count; i++)
		if (is_published(ed, &all.items[i]))
			items[count++] = all.items[i];
	return (struct xref_list){count ? items : NULL, count};
}

static struct date registration_date(const struct editing *ed)
{
	return ed->effect->registered.year ? ed->effect->registered : ed->effect->today;
}

static int take_people(struct record *r, struct editing *ed)
{
	struct xref_list assignee;
	int result = people_refer(&assignee, ed, &ed->request->assignee, NULL);
	if (result == PORTROLL_OK)
		result = people_refer_contacts(&r->contacts, ed, NULL);
	if (result < 0)
		return result;
	r->has_assignee = assignee.count > 0;
	r->assignee = assignee;
	return PORTROLL_OK;
}

int record_of_request(struct record *ret, struct editing *ed, bool has_port)
{
	const struct request *q = ed->request;
	*ret = (struct record){
		.name = q->name,
		.registered = registration_date(ed),
		.description = richtext_plain(ed->arena, edit_field(ed, DOC_DESCRIPTION)),
		.note = new_note(ed, has_port),
		.unauthorized = edit_field(ed, DOC_UNAUTHORIZED),
		.references = record_references(ed),
	};
	return take_people(ret, ed);
}

int record_of_model(struct record *ret, struct editing *ed, const struct record *model,
		    bool has_port)
{
	struct record r;
	int result = record_of_request(&r, ed, has_port);
	if (result < 0)
		return result;
	r.name = model->name;
	if (r.description.count == 0)
		r.description = model->description;
	if (!r.has_assignee) {
		r.has_assignee = model->has_assignee;
		r.assignee = model->assignee;
	}
	if (r.contacts.count == 0)
		r.contacts = model->contacts;
	if (r.references.count == 0)
		r.references = model->references;
	*ret = r;
	return PORTROLL_OK;
}

/* New contacts. One who was assignee only by being contact stays assignee (data.md section 1.2). */
static int take_contacts(struct record *r, struct editing *ed, const struct known_people *known)
{
	struct xref_list contacts;
	int result = people_refer_contacts(&contacts, ed, known);
	if (result < 0 || contacts.count == 0 || xref_list_equal(contacts, r->contacts))
		return result;
	if (!r->has_assignee && r->contacts.count) {
		r->has_assignee = true;
		r->assignee = r->contacts;
	}
	r->contacts = contacts;
	return PORTROLL_OK;
}

static int take_assignee(struct record *r, struct editing *ed, const struct known_people *known,
			 bool is_another)
{
	struct xref_list assignee;
	int result = people_refer(&assignee, ed, &ed->request->assignee, known);
	if (result < 0 || assignee.count == 0 || xref_list_equal(assignee, record_assignee(r)))
		return result;
	if (!is_another)
		return error_set(ed->err, PORTROLL_ERULE,
				 "another assignee is a succession, not a change (RFC 6335 "
				 "section 8.6)");
	r->has_assignee = true;
	r->assignee = assignee;
	return PORTROLL_OK;
}

/* Another note keeps what the registry itself has said in the old one. */
static struct richtext another_note(struct editing *ed, struct richtext old,
				    struct portroll_str text)
{
	static const enum wording kept[] = {WORDING_TXT_KEYS, WORDING_RETASKED, WORDING_TEMPORARY,
					    WORDING_LEASED, WORDING_DEPRECATED};
	struct richtext note = richtext_plain(ed->arena, text);
	struct portroll_str entry, same;
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (note_find(old, kept[i], &entry) && !note_find(note, kept[i], &same))
			note = note_add_text(ed, note, entry);
	return note;
}

static void take_texts(struct record *r, struct editing *ed)
{
	struct portroll_str description = edit_field(ed, DOC_DESCRIPTION);
	struct portroll_str unauthorized = edit_field(ed, DOC_UNAUTHORIZED);
	struct portroll_str notes = edit_field(ed, DOC_NOTES);
	struct portroll_str keys = edit_field(ed, DOC_TXT_KEYS), line;
	if (description.len)
		r->description = richtext_plain(ed->arena, description);
	if (unauthorized.len)
		r->unauthorized = unauthorized;
	if (notes.len)
		r->note = another_note(ed, r->note, notes);
	if (keys.len) {
		if (note_find(r->note, WORDING_TXT_KEYS, &line))
			r->note = note_drop(ed, r->note, WORDING_TXT_KEYS);
		r->note = note_add(ed, r->note, WORDING_TXT_KEYS,
				   &(struct wording_gaps){.name = keys});
	}
	struct xref_list references = record_references(ed);
	if (references.count)
		r->references = references;
}

int record_take_news(struct record *r, struct editing *ed, bool with_assignee)
{
	const struct record old = *r;
	struct known_people known = {old.contacts, record_assignee(&old)};
	int result = take_assignee(r, ed, &known, with_assignee);
	if (result == PORTROLL_OK)
		result = take_contacts(r, ed, &known);
	if (result < 0)
		return result;
	take_texts(r, ed);
	if (!record_equal(&old, r))
		r->modified = ed->effect->today;
	return PORTROLL_OK;
}

static int check_range(struct editing *ed, struct range ports)
{
	char digits[RANGE_TEXT_MAX];
	range_format(digits, ports);
	if (ports.first > ports.last || port_class_of(ports.first) != port_class_of(ports.last))
		return error_set(ed->err, PORTROLL_ERULE,
				 "%s is no range within one class of ports", digits);
	if (port_class_of(ports.last) == &port_classes[PORT_CLASS_COUNT - 1])
		return error_set(ed->err, PORTROLL_ERULE,
				 "%s is Dynamic, which is never assigned (RFC 6335 section 8.1.2)",
				 digits);
	return PORTROLL_OK;
}

static bool covers(struct range outer, struct range inner)
{
	return outer.first <= inner.first && inner.last <= outer.last;
}

/* Does what was granted lie in what was asked for? */
static bool fits(const struct editing *ed, struct range granted)
{
	const struct request *q = ed->request;
	if (q->wanted == WANTED_SYSTEM)
		return covers(port_classes[0].range, granted);
	if (q->wanted == WANTED_USER)
		return covers(port_classes[1].range, granted);
	for (size_t i = 0; q->wanted == WANTED_NUMBER && i < q->port_count; i++)
		if (covers(q->ports[i], granted))
			return true;
	if (q->wanted != WANTED_POOL)
		return false;
	const struct pool *pool = policy_pool(ed->effect->policy, q->pool);
	for (size_t i = 0; pool && i < pool->port_count; i++)
		if (covers(pool->ports[i], granted))
			return true;
	return false;
}

static int granted_port(struct port_list *ret, struct editing *ed)
{
	char digits[RANGE_TEXT_MAX];
	range_format(digits, ed->effect->granted);
	if (!fits(ed, ed->effect->granted))
		return error_set(ed->err, PORTROLL_ERULE, "%s is not what was asked for", digits);
	ret->ports[0] = ed->effect->granted;
	ret->count = 1;
	return PORTROLL_OK;
}

int record_ports(struct port_list *ret, struct editing *ed)
{
	const struct request *q = ed->request;
	*ret = (struct port_list){.count = 0};
	int result = PORTROLL_OK;
	if (ed->effect->has_granted)
		result = granted_port(ret, ed);
	else if (q->wanted == WANTED_NUMBER)
		for (size_t i = 0; i < q->port_count && i < REQUEST_PORT_MAX; i++)
			ret->ports[ret->count++] = q->ports[i];
	else if (q->wanted != WANTED_NONE)
		return error_set(ed->err, PORTROLL_ERULE, "no port was granted");
	for (size_t i = 0; i < ret->count && result == PORTROLL_OK; i++)
		result = check_range(ed, ret->ports[i]);
	return result;
}

int record_of_new(struct record *ret, struct port_list *ret_ports, struct editing *ed)
{
	int result = record_check_name(ed, ed->request->name, STR(""));
	if (result == PORTROLL_OK)
		result = record_ports(ret_ports, ed);
	return result < 0 ? result : record_of_request(ret, ed, ret_ports->count > 0);
}
