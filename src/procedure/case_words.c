/* SPDX-License-Identifier: MIT */
#include "procedure/case_parts.h"

#include "procedure/rule_subject.h"

/* Whose word is asked for: assignees and contacts of what is touched, and those that are to come.
 */

struct asking {
	const struct case_context *context;
	struct arena *arena;
	struct confirmation *items; /* of the case and what was added */
	size_t count;
	uint32_t revision;
	bool is_failed;
};

static bool is_live(const struct asking *w, const struct confirmation *k)
{
	return k->revision == w->revision && (k->answer || (k->wrong < CONFIRMATION_WRONG_MAX &&
							    w->context->event->time < k->expires));
}

static void add(struct asking *w, struct confirmation k)
{
	for (size_t i = 0; i < w->count; i++) {
		const struct confirmation *other = &w->items[i];
		/* Who is both assignee and contact speaks once, as assignee. */
		bool covers = other->is_assignee || !k.is_assignee;
		if (is_live(w, other) && other->is_new == k.is_new && covers &&
		    str_equal(other->person, k.person) && str_equal_fold(other->mail, k.mail) &&
		    str_equal(other->name, k.name))
			return;
	}
	if (w->count == CONFIRMATION_MAX)
		return;
	struct confirmation *items =
		arena_grow(w->arena, w->items, w->count, w->count + 1, sizeof(*items));
	w->is_failed = w->is_failed || !items;
	if (!items)
		return;
	k.revision = w->revision;
	k.expires = w->context->event->due;
	items[w->count++] = k;
	w->items = items;
}

/* The first address, with @ for IANA's &. */
static struct portroll_str mail_of(const struct person *p, struct arena *a)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(1U << 16);
	for (size_t i = 0; i < p->uri_count; i++) {
		if (!str_starts_fold(p->uris[i], STR("mailto:")))
			continue;
		struct portroll_str mail =
			str_part(p->uris[i], sizeof("mailto:") - 1, p->uris[i].len);
		for (size_t k = 0; k < mail.len; k++)
			buf_putc(&text, mail.ptr[k] == '&' ? '@' : mail.ptr[k]);
		if (text.failed)
			a->failed = true;
		return buf_keep(&text, a);
	}
	return STR_NONE;
}

static void add_person(struct asking *w, struct portroll_str id, bool is_assignee)
{
	const struct registry *reg = w->context->world->registry;
	for (size_t i = 0; i < reg->person_count; i++) {
		const struct person *p = reg->people[i];
		if (!str_equal(p->id, id))
			continue;
		add(w, (struct confirmation){.person = arena_str(w->arena, id),
					     .name = arena_str(w->arena, p->name),
					     .mail = mail_of(p, w->arena),
					     .is_assignee = is_assignee});
	}
}

static void add_record(struct asking *w, const struct record *r)
{
	struct xref_list assignee = record_assignee(r);
	for (size_t i = 0; i < assignee.count; i++)
		add_person(w, assignee.items[i].data, true);
	for (size_t i = 0; w->context->choice->needs_all && i < r->contacts.count; i++)
		add_person(w, r->contacts.items[i].data, false);
}

static void add_party(struct asking *w, const struct party *p, bool is_assignee)
{
	if (p->name.len == 0 && p->id.len == 0)
		return;
	add(w, (struct confirmation){.person = arena_str(w->arena, p->id),
				     .name = arena_str(w->arena, p->name),
				     .mail = arena_str(w->arena, p->mail),
				     .is_new = true,
				     .is_assignee = is_assignee});
}

static bool is_meant(const struct request *q, const struct record *r)
{
	bool in_ports = q->wanted != WANTED_NUMBER;
	for (size_t i = 0; r->has_port && i < q->port_count; i++)
		in_ports = in_ports ||
			   (q->ports[i].first <= r->port.last && r->port.first <= q->ports[i].last);
	bool in_transports = q->transports == 0 || r->transport == PORTROLL_ANY ||
			     (q->transports & TRANSPORT_BIT(r->transport));
	return in_ports && in_transports;
}

/* A request for something new touches what has its name or its ports already. */
static void add_touched(struct asking *w)
{
	const struct request *q = w->context->asked;
	const struct rule_world *world = w->context->world;
	bool is_new = KINDS_NEW & KIND_BIT(q->kind) && q->kind != REQUEST_REUSE;
	size_t at = 0;
	const struct record *r;
	while (q->name.len > 0 && (r = next_of_name(world->registry, q->name, &at)))
		if (is_new || is_meant(q, r))
			add_record(w, r);
	for (size_t i = 0; is_new && q->wanted == WANTED_NUMBER && i < q->port_count; i++)
		for (uint8_t t = 1; t <= TRANSPORT_COUNT; t++) {
			if (!(q->transports & TRANSPORT_BIT(t)))
				continue;
			r = assigned_at(world->index, q->ports[i].first, t, NULL);
			if (!r)
				r = companion_at(world->index, q->ports[i].first, t, NULL);
			if (r)
				add_record(w, r);
		}
}

int case_ask_words(struct request_case *c, const struct case_context *context, struct arena *a)
{
	struct asking w = {.context = context,
			   .arena = a,
			   .items = c->confirmations,
			   .count = c->confirmation_count,
			   .revision = (uint32_t)c->revision_count};
	const struct request *q = context->asked;
	if (!context->world->registry || q->kind >= REQUEST_KIND_COUNT)
		return PORTROLL_OK;
	add_touched(&w);
	if (context->choice->needs_all) {
		add_party(&w, &q->assignee, true);
		for (size_t i = 0; i < q->contact_count; i++)
			add_party(&w, &q->contacts[i], false);
	}
	if (w.is_failed || a->failed)
		return PORTROLL_ENOMEM;
	c->confirmations = w.items;
	c->confirmation_count = w.count;
	return PORTROLL_OK;
}
