/* SPDX-License-Identifier: MIT */
#include "procedure/request_case.h"

#include "ledger/canonical.h"
#include "ledger/instant.h"

static void put_number(struct canonical *c, struct portroll_str name, uint64_t value)
{
	if (value == 0)
		return;
	canonical_name(c, name);
	canonical_integer(c, value > CANONICAL_INTEGER_MAX ? -1 : (int64_t)value);
}

static void put_time(struct canonical *c, struct portroll_str name, int64_t time)
{
	char text[INSTANT_TEXT_MAX];
	if (time > 0)
		canonical_member(c, name, (struct portroll_str){text, instant_format(text, time)});
}

static void put_flag(struct canonical *c, struct portroll_str name, bool value)
{
	if (!value)
		return;
	canonical_name(c, name);
	canonical_bool(c, true);
}

static void put_confirmation(struct canonical *c, const struct confirmation *k)
{
	canonical_object(c);
	put_flag(c, STR("assignee"), k->is_assignee);
	put_time(c, STR("expires"), k->expires);
	canonical_member(c, STR("mail"), k->mail);
	canonical_member(c, STR("name"), k->name);
	put_flag(c, STR("new"), k->is_new);
	canonical_member(c, STR("person"), k->person);
	put_number(c, STR("revision"), k->revision);
	put_number(c, STR("wrong"), k->wrong);
	canonical_end(c);
}

static void put_evidence(struct canonical *c, uint32_t items)
{
	if (items == 0)
		return;
	canonical_name(c, STR("evidence"));
	canonical_array(c);
	for (unsigned i = 0; i < EVIDENCE_COUNT; i++)
		if (items & (1U << i))
			canonical_text(c, str_from(evidence_key(i)));
	canonical_end(c);
}

static void put_transports(struct canonical *c, transport_set set)
{
	if (set == 0)
		return;
	canonical_name(c, STR("transports"));
	canonical_array(c);
	for (uint8_t t = 1; t <= TRANSPORT_COUNT; t++)
		if (set & TRANSPORT_BIT(t))
			canonical_text(c, transport_name(t));
	canonical_end(c);
}

static void put_event(struct canonical *c, const struct case_event *e)
{
	char range[RANGE_TEXT_MAX];
	canonical_object(c);
	canonical_member(c, STR("as"), e->as);
	canonical_member(c, STR("by"), e->by);
	put_number(c, STR("change"), e->change);
	put_time(c, STR("due"), e->due);
	put_time(c, STR("ends"), e->ends);
	put_evidence(c, e->evidence);
	if (e->has_granted)
		canonical_member(c, STR("granted"),
				 (struct portroll_str){range, range_format(range, e->granted)});
	canonical_member(c, STR("kind"), str_from(event_key(e->kind)));
	put_number(c, STR("party"), e->party);
	canonical_member(c, STR("reason"), e->reason);
	canonical_member(c, STR("reference"), e->reference);
	put_number(c, STR("revision"), e->revision);
	canonical_member(c, STR("role"), str_from(role_name(e->role)));
	put_time(c, STR("time"), e->time);
	canonical_member(c, STR("to"), str_from(state_key(e->to)));
	put_transports(c, e->transports);
	canonical_end(c);
}

static void put_revision(struct canonical *c, const struct revision *r)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(CASE_SIZE_MAX);
	document_put(&text, &r->document);
	canonical_object(c);
	canonical_member(c, STR("by"), r->by);
	canonical_member(c, STR("document"), buf_str(&text));
	put_time(c, STR("time"), r->time);
	canonical_end(c);
	if (text.failed && !c->out->failed)
		c->out->failed = text.failed;
}

void case_put(struct buf *out, const struct request_case *r)
{
	struct canonical c = canonical_init(out);
	canonical_object(&c);
	if (r->confirmation_count > 0) {
		canonical_name(&c, STR("confirmations"));
		canonical_array(&c);
		for (size_t i = 0; i < r->confirmation_count; i++)
			put_confirmation(&c, &r->confirmations[i]);
		canonical_end(&c);
	}
	if (r->event_count > 0) {
		canonical_name(&c, STR("events"));
		canonical_array(&c);
		for (size_t i = 0; i < r->event_count; i++)
			put_event(&c, &r->events[i]);
		canonical_end(&c);
	}
	put_number(&c, STR("number"), r->number);
	canonical_name(&c, STR("revisions"));
	canonical_array(&c);
	for (size_t i = 0; i < r->revision_count; i++)
		put_revision(&c, &r->revisions[i]);
	canonical_end(&c);
	canonical_member(&c, STR("source"), r->source);
	put_number(&c, STR("v"), 1);
	canonical_end(&c);
}
