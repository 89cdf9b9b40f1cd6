/* SPDX-License-Identifier: MIT */
#include "procedure/request_case.h"

#include <jansson.h>

#include "ledger/canonical.h"
#include "ledger/instant.h"
#include "procedure/case_parts.h"

/* What is there is taken leniently, and then written again: what was not taken is missed there. */

struct reading {
	struct request_case *c;
	struct revision *revisions;
	struct case_event *events;
	size_t revision_count, event_count;
	struct arena *arena;
	const char *wrong; /* the first thing that is; NULL: nothing */
};

static void refuse(struct reading *r, const char *wrong)
{
	if (!r->wrong)
		r->wrong = wrong;
}

static struct portroll_str take_text(struct reading *r, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return arena_str(r->arena, (struct portroll_str){json_string_value(value),
							 json_string_length(value)});
}

static uint64_t take_number(struct reading *r, const json_t *object, const char *name, uint64_t max)
{
	json_int_t value = json_integer_value(json_object_get(object, name));
	if (value >= 0 && (uint64_t)value <= max)
		return (uint64_t)value;
	refuse(r, "a number is out of its bounds");
	return 0;
}

static int64_t take_time(struct reading *r, const json_t *object, const char *name)
{
	int64_t time = 0;
	const json_t *value = json_object_get(object, name);
	struct portroll_str text = {json_string_value(value), json_string_length(value)};
	if (value && instant_parse(&time, text) < 0)
		refuse(r, "a time is none");
	return time;
}

static void take_revision(struct reading *r, const json_t *object, struct revision *ret)
{
	struct portroll_str text = take_text(r, object, "document");
	struct portroll_error err = {0};
	ret->by = take_text(r, object, "by");
	ret->time = take_time(r, object, "time");
	if (text.len > 0 && document_read(&ret->document, text, r->arena, &err) < 0)
		refuse(r, "a document cannot be read");
}

static void take_confirmation(struct reading *r, const json_t *object, struct confirmation *ret)
{
	ret->is_assignee = json_is_true(json_object_get(object, "assignee"));
	ret->is_new = json_is_true(json_object_get(object, "new"));
	ret->expires = take_time(r, object, "expires");
	ret->mail = take_text(r, object, "mail");
	ret->name = take_text(r, object, "name");
	ret->person = take_text(r, object, "person");
	ret->revision = (uint32_t)take_number(r, object, "revision", r->revision_count);
	ret->wrong = (uint8_t)take_number(r, object, "wrong", CONFIRMATION_WRONG_MAX);
	if (ret->revision == 0)
		refuse(r, "a confirmation is of no revision");
}

static uint32_t take_evidence(struct reading *r, const json_t *object)
{
	const json_t *list = json_object_get(object, "evidence");
	uint32_t items = 0, item = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *key = json_array_get(list, i);
		struct portroll_str text = {json_string_value(key), json_string_length(key)};
		if (!evidence_parse(&item, text))
			refuse(r, "there is no such evidence");
		items |= item;
	}
	return items;
}

static transport_set take_transports(struct reading *r, const json_t *object)
{
	const json_t *list = json_object_get(object, "transports");
	transport_set set = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *name = json_array_get(list, i);
		uint8_t transport = PORTROLL_ANY;
		struct portroll_str text = {json_string_value(name), json_string_length(name)};
		if (transport_parse(&transport, text) < 0)
			refuse(r, "there is no such transport");
		set |= TRANSPORT_BIT(transport);
	}
	return set & TRANSPORTS_ALL;
}

static void take_names(struct reading *r, const json_t *object, struct case_event *ret)
{
	enum case_event_kind kind = CASE_EVENT_COUNT;
	enum case_state to = CASE_STATE_COUNT;
	enum role role = ROLE_COUNT;
	if (!event_parse(&kind, take_text(r, object, "kind")) ||
	    !state_parse(&to, take_text(r, object, "to")) ||
	    !role_parse(&role, take_text(r, object, "role")))
		refuse(r, "an event has no kind, no role or leads nowhere");
	ret->kind = (uint8_t)kind;
	ret->to = (uint8_t)to;
	ret->role = (uint8_t)role;
}

static void take_event(struct reading *r, const json_t *object, struct case_event *ret)
{
	struct portroll_str granted = take_text(r, object, "granted");
	take_names(r, object, ret);
	ret->by = take_text(r, object, "by");
	ret->as = take_text(r, object, "as");
	ret->reason = take_text(r, object, "reason");
	ret->reference = take_text(r, object, "reference");
	ret->time = take_time(r, object, "time");
	ret->due = take_time(r, object, "due");
	ret->ends = take_time(r, object, "ends");
	ret->change = take_number(r, object, "change", CANONICAL_INTEGER_MAX);
	ret->party = (uint32_t)take_number(r, object, "party", CONFIRMATION_MAX);
	ret->revision = (uint32_t)take_number(r, object, "revision", CASE_REVISION_MAX);
	ret->evidence = take_evidence(r, object);
	ret->transports = take_transports(r, object);
	ret->has_granted = granted.len > 0;
	if (ret->has_granted && range_parse(&ret->granted, granted) < 0)
		refuse(r, "a granted port is none");
	if (ret->by.len == 0)
		refuse(r, "an event is by nobody");
}

static void take_all(struct reading *r, const json_t *value)
{
	const json_t *revisions = json_object_get(value, "revisions");
	const json_t *events = json_object_get(value, "events");
	const json_t *confirmations = json_object_get(value, "confirmations");
	r->revision_count = json_array_size(revisions);
	r->event_count = json_array_size(events);
	r->c->confirmation_count = json_array_size(confirmations);
	r->revisions = arena_array(r->arena, r->revision_count, sizeof(*r->revisions));
	r->events = arena_array(r->arena, r->event_count, sizeof(*r->events));
	r->c->confirmations =
		arena_array(r->arena, r->c->confirmation_count, sizeof(*r->c->confirmations));
	r->c->number = take_number(r, value, "number", CANONICAL_INTEGER_MAX);
	r->c->source = take_text(r, value, "source");
	if (r->arena->failed)
		return;
	if (r->c->number == 0 || r->revision_count == 0 || r->revision_count > CASE_REVISION_MAX ||
	    r->event_count > CASE_EVENT_MAX || r->c->confirmation_count > CONFIRMATION_MAX)
		refuse(r, "it has no number, no revision, or too much of something");
	if (json_integer_value(json_object_get(value, "v")) != 1)
		refuse(r, "it was written by another version of portroll");
	for (size_t i = 0; !r->wrong && i < r->revision_count; i++)
		take_revision(r, json_array_get(revisions, i), &r->revisions[i]);
	for (size_t i = 0; !r->wrong && i < r->c->confirmation_count; i++)
		take_confirmation(r, json_array_get(confirmations, i), &r->c->confirmations[i]);
	for (size_t i = 0; !r->wrong && i < r->event_count; i++)
		take_event(r, json_array_get(events, i), &r->events[i]);
}

static int parse(struct reading *r, struct portroll_str text, struct portroll_error *err)
{
	json_error_t e;
	CLEANUP(json_decrefp)
	json_t *value = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &e);
	if (!value && json_error_code(&e) == json_error_out_of_memory)
		return error_memory(err);
	if (!value)
		return error_set(err, PORTROLL_ECORRUPT, "the request that is kept is no JSON: %s",
				 e.text);
	take_all(r, value);
	if (r->arena->failed)
		return error_memory(err);
	if (r->wrong)
		return error_set(err, PORTROLL_ECORRUPT, "the request that is kept is damaged: %s",
				 r->wrong);
	return PORTROLL_OK;
}

/* Written again it is the same, byte for byte: there is nothing else in it. */
static int compare(const struct request_case *c, struct portroll_str text,
		   struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf again = BUF_INIT(CASE_SIZE_MAX);
	case_put(&again, c);
	if (again.failed == PORTROLL_ENOMEM)
		return error_memory(err);
	if (again.failed || !str_equal(buf_str(&again), text))
		return error_set(err, PORTROLL_ECORRUPT,
				 "the request that is kept is damaged: it is not as it would be "
				 "written");
	return PORTROLL_OK;
}

int case_read(struct request_case **ret, struct portroll_str text, struct arena *a,
	      struct portroll_error *err)
{
	struct request_case *c = arena_alloc(a, sizeof(*c));
	struct reading r = {.c = c, .arena = a};
	if (text.len > CASE_SIZE_MAX)
		return error_set(err, PORTROLL_ECORRUPT, "%zu bytes, a request has at most 1 MiB",
				 text.len);
	if (!c)
		return error_memory(err);
	int code = parse(&r, text, err);
	if (code < 0)
		return code;
	c->revisions = r.revisions;
	const struct case_history history = {r.events, r.event_count, r.revision_count};
	code = case_replay(c, &history, a, err);
	if (code == PORTROLL_OK)
		code = compare(c, text, err);
	if (code == PORTROLL_OK)
		*ret = c;
	return code;
}
