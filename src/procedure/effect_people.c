/* SPDX-License-Identifier: MIT */
#include "procedure/effect_people.h"

#include "procedure/effect_ids.h"
#include "procedure/effect_text.h"
#include "registry/idset.h"
#include "registry/refer.h"

static const struct person *person_of_id(const struct registry *reg, struct portroll_str id,
					 size_t *ret_index)
{
	for (size_t i = 0; i < reg->person_count; i++) {
		if (!str_equal(reg->people[i]->id, id))
			continue;
		*ret_index = i;
		return reg->people[i];
	}
	return NULL;
}

struct portroll_str people_new_id(struct editing *ed, struct portroll_str name)
{
	size_t unused;
	struct portroll_str base = id_of_name(ed->arena, name), id = base;
	for (uint64_t n = 2; id.len && person_of_id(ed->registry, id, &unused); n++) {
		struct buf text = BUF_INIT(base.len + 32);
		buf_put(&text, base);
		buf_putc(&text, '_');
		buf_put_num(&text, n);
		id = text_keep(&text, ed->arena);
	}
	return id;
}

/* As IANA's file has it: & for @, and what the address is of. */
static struct portroll_str mail_uri(struct arena *a, struct portroll_str mail)
{
	struct buf text = BUF_INIT(mail.len + sizeof("mailto:"));
	buf_puts(&text, "mailto:");
	for (size_t i = 0; i < mail.len; i++)
		buf_putc(&text, mail.ptr[i] == '@' ? '&' : mail.ptr[i]);
	struct portroll_str uri = text_keep(&text, a);
	return uri;
}

static bool has_mail(const struct person *p, struct portroll_str uri)
{
	for (size_t i = 0; i < p->uri_count; i++)
		if (str_equal_fold(p->uris[i], uri))
			return true;
	return false;
}

/* An organisation may stand in either field (data.md section 8). */
static bool has_name(const struct person *p, const struct party *party)
{
	if (str_equal(str_trim(p->name), party->name))
		return true;
	bool may_be_org = party->is_organization || p->name.len == 0;
	return may_be_org && str_equal(str_trim(p->org), party->name);
}

static const struct person *same_person(const struct registry *reg, const struct party *party,
					struct portroll_str uri)
{
	for (size_t i = 0; i < reg->person_count; i++)
		if (has_name(reg->people[i], party) && has_mail(reg->people[i], uri))
			return reg->people[i];
	return NULL;
}

static bool is_among(struct xref_list list, struct portroll_str id)
{
	for (size_t i = 0; i < list.count; i++)
		if (str_equal(list.items[i].data, id))
			return true;
	return false;
}

static bool is_known(const struct known_people *known, const struct person *p)
{
	return known && (is_among(known->contacts, p->id) || is_among(known->assignee, p->id));
}

/* Does it say anything else of the person than the registry? */
static bool is_news(const struct person *p, const struct party *party, struct portroll_str uri)
{
	return (party->name.len && !has_name(p, party)) || (party->mail.len && !has_mail(p, uri)) ||
	       (party->organization.len && !str_equal(p->org, party->organization));
}

static struct portroll_str *one_uri(struct arena *a, struct portroll_str uri)
{
	struct portroll_str *list = arena_alloc(a, sizeof(*list));
	if (list)
		*list = uri;
	return list;
}

static void take_news(struct editing *ed, size_t index, const struct party *party,
		      struct portroll_str uri)
{
	struct person p = *ed->registry->people[index];
	if (party->name.len && !has_name(&p, party))
		*(p.name.len ? &p.name : &p.org) = party->name;
	if (party->organization.len)
		p.org = party->organization;
	if (party->mail.len && !has_mail(&p, uri)) {
		p.uris = one_uri(ed->arena, uri);
		p.uri_count = p.uris ? 1 : 0;
	}
	p.updated = ed->effect->today;
	edit_replace_person(ed, index, &p);
	edit_say_person(ed, "updates", &p);
}

static const struct person *add_person(struct editing *ed, const struct party *party,
				       struct portroll_str uri)
{
	struct person p = {
		.id = party->id.len ? party->id : people_new_id(ed, party->name),
		.name = party->is_organization ? STR("") : party->name,
		.org = party->is_organization ? party->name : party->organization,
		.updated = ed->effect->today,
	};
	if (party->mail.len) {
		p.uris = one_uri(ed->arena, uri);
		p.uri_count = p.uris ? 1 : 0;
	}
	edit_add_person(ed, &p);
	size_t unused;
	return person_of_id(ed->registry, p.id, &unused);
}

/* One whom the registry does not have, under an id that was chosen for them. */
static int add_with_id(const struct person **ret, struct editing *ed, const struct party *party,
		       struct portroll_str uri)
{
	if (party->name.len == 0 || !id_is_well_formed(party->id))
		return error_set(ed->err, PORTROLL_ECONFLICT, "no person has the id '%.*s'",
				 PORTROLL_STR_ARG(str_part(party->id, 0, 80)));
	const struct person *same = same_person(ed->registry, party, uri);
	if (same)
		return error_set(ed->err, PORTROLL_ECONFLICT,
				 "no person has the id '%.*s'; that name and mail are of '%.*s'",
				 PORTROLL_STR_ARG(str_part(party->id, 0, 80)),
				 PORTROLL_STR_ARG(same->id));
	*ret = add_person(ed, party, uri);
	return PORTROLL_OK;
}

static int refer_by_id(const struct person **ret, struct editing *ed, const struct party *party,
		       const struct known_people *known)
{
	size_t index;
	struct portroll_str uri = mail_uri(ed->arena, party->mail);
	const struct person *p = person_of_id(ed->registry, party->id, &index);
	if (!p)
		return add_with_id(ret, ed, party, uri);
	if (is_news(p, party, uri)) {
		if (!is_known(known, p))
			return error_set(ed->err, PORTROLL_ECONFLICT,
					 "person '%.*s' has other data, and is no party to this",
					 PORTROLL_STR_ARG(party->id));
		take_news(ed, index, party, uri);
		p = ed->registry->people[index];
	}
	*ret = p;
	return PORTROLL_OK;
}

/* The same person, by name and mail; else one of the assignment, by name. */
static const struct person *refer_by_name(struct editing *ed, const struct party *party,
					  const struct known_people *known)
{
	const struct registry *reg = ed->registry;
	struct portroll_str uri = mail_uri(ed->arena, party->mail);
	const struct person *same = same_person(reg, party, uri);
	if (same)
		return same;
	for (size_t i = 0; i < reg->person_count; i++) {
		if (!is_known(known, reg->people[i]) || !has_name(reg->people[i], party))
			continue;
		if (is_news(reg->people[i], party, uri))
			take_news(ed, i, party, uri);
		return reg->people[i];
	}
	return add_person(ed, party, uri);
}

int people_refer(struct xref_list *ret, struct editing *ed, const struct party *party,
		 const struct known_people *known)
{
	const struct person *p = NULL;
	*ret = (struct xref_list){NULL, 0};
	if (party->name.len == 0 && party->id.len == 0)
		return PORTROLL_OK;
	if (party->id.len) {
		int r = refer_by_id(&p, ed, party, known);
		if (r < 0)
			return r;
	} else {
		p = refer_by_name(ed, party, known);
	}
	struct xref *x = arena_alloc(ed->arena, sizeof(*x));
	if (!x || !p)
		return error_memory(ed->err);
	*x = (struct xref){.type = XREF_PERSON, .data = p->id};
	*ret = (struct xref_list){x, 1};
	return PORTROLL_OK;
}

int people_refer_contacts(struct xref_list *ret, struct editing *ed,
			  const struct known_people *known)
{
	struct xref *items = arena_array(ed->arena, REQUEST_CONTACT_MAX, sizeof(*items));
	if (!items)
		return error_memory(ed->err);
	size_t count = 0;
	for (size_t i = 0; i < ed->request->contact_count && i < REQUEST_CONTACT_MAX; i++) {
		struct xref_list one;
		int r = people_refer(&one, ed, &ed->request->contacts[i], known);
		if (r < 0)
			return r;
		if (one.count && !is_among((struct xref_list){items, count}, one.items[0].data))
			items[count++] = one.items[0];
	}
	*ret = (struct xref_list){items, count};
	return PORTROLL_OK;
}

static int note_use(void *context, const struct xref *x)
{
	struct idset *used = context;
	if (x->type == XREF_PERSON)
		(void)idset_add(used, x->data, 0);
	return PORTROLL_OK;
}

static struct idset people_used(const struct registry *reg, struct arena *a)
{
	struct idset used = IDSET_INIT(a);
	(void)refer_each_of_header(&reg->header, note_use, &used);
	for (size_t i = 0; i < reg->record_count; i++)
		(void)refer_each_of_record(reg->records[i], note_use, &used);
	for (size_t i = 0; i < reg->footnote_count; i++)
		(void)refer_each_of_text(reg->footnotes[i].text, note_use, &used);
	return used;
}

void people_let_go(struct editing *ed)
{
	struct arena scratch = ARENA_INIT;
	struct registry *reg = ed->registry;
	struct idset before = people_used(ed->effect->registry, &scratch);
	struct idset after = people_used(reg, &scratch);
	size_t kept = 0;
	for (size_t i = 0; i < reg->person_count; i++) {
		struct portroll_str id = reg->people[i]->id;
		bool is_gone = idset_find(&before, id) != IDSET_NONE &&
			       idset_find(&after, id) == IDSET_NONE;
		if (!is_gone)
			reg->people[kept++] = reg->people[i];
	}
	reg->person_count = kept;
	ed->arena->failed = ed->arena->failed || scratch.failed;
	arena_done(&scratch);
}
