/* SPDX-License-Identifier: MIT */
#include "keeper/request_json.h"

#include "keeper/check_tell.h"
#include "ledger/instant.h"

static void put_instant(struct json *j, const char *key, int64_t time)
{
	char text[INSTANT_TEXT_MAX];
	if (time)
		json_member(j, key, (struct portroll_str){text, instant_format(text, time)});
}

void put_case_summary_json(struct json *j, const struct request_case *c)
{
	char id[CASE_ID_MAX];
	const struct document *d = &c->revisions[c->revision_count - 1].document;
	enum request_kind kind = document_kind(d);
	json_member(j, "request", (struct portroll_str){id, case_id(id, c->number)});
	json_member(j, "state", str_from(state_key(c->state)));
	json_member(j, "ticket", str_from(state_ticket(c->state)));
	json_member(j, "source", c->source);
	json_member(j, "kind",
		    kind == REQUEST_KIND_COUNT ? STR_NONE : str_from(request_kinds[kind].name));
	json_member(j, "name", d->values[DOC_SERVICE_NAME]);
	json_member(j, "proposed_name", d->values[DOC_PROPOSED_NAME]);
	json_member(j, "port", d->values[DOC_PORT_NUMBER]);
	json_member(j, "transports", d->values[DOC_TRANSPORTS]);
	put_instant(j, "since", c->since);
	put_instant(j, "due", c->due);
	put_instant(j, "ends", c->ends);
	if (c->change) {
		json_key(j, "change");
		json_num(j, c->change);
	}
}

void put_findings_json(struct json *j, const struct finding_list *found,
		       const struct evidence *evidence, const struct registry *reg)
{
	static const struct evidence none;
	json_array(j);
	for (size_t i = 0; i < found->count; i++) {
		const struct finding *f = &found->items[i];
		json_object(j);
		finding_put_json(j, f, reg, 0);
		json_key(j, "blocks");
		json_bool(j, finding_blocks(f, evidence ? evidence : &none));
		json_object_end(j);
	}
	json_array_end(j);
}

static void put_revisions(struct json *j, const struct request_case *c)
{
	json_key(j, "revisions");
	json_array(j);
	for (size_t i = 0; i < c->revision_count; i++) {
		const struct revision *revision = &c->revisions[i];
		json_object(j);
		put_instant(j, "time", revision->time);
		json_member(j, "by", revision->by);
		json_key(j, "document");
		json_object(j);
		for (unsigned field = 0; field < DOC_FIELD_COUNT; field++) {
			char key[DOCUMENT_KEY_MAX];
			(void)document_key(key, (enum document_field)field);
			json_member(j, key, revision->document.values[field]);
		}
		json_object_end(j);
		json_object_end(j);
	}
	json_array_end(j);
}

static void put_evidence(struct json *j, uint32_t items)
{
	if (!items)
		return;
	json_key(j, "evidence");
	json_array(j);
	for (unsigned bit = 0; bit < EVIDENCE_COUNT; bit++)
		if (items & (UINT32_C(1) << bit))
			json_str(j, str_from(evidence_key(bit)));
	json_array_end(j);
}

static void put_event(struct json *j, const struct case_event *e)
{
	char ports[RANGE_TEXT_MAX];
	json_object(j);
	put_instant(j, "time", e->time);
	json_member(j, "event", str_from(event_key(e->kind)));
	json_member(j, "from", str_from(state_key(e->from)));
	json_member(j, "to", str_from(state_key(e->to)));
	json_member(j, "by", e->by);
	json_member(j, "as", e->as);
	json_member(j, "role", str_from(role_name(e->role)));
	json_key(j, "revision");
	json_num(j, e->revision);
	json_member(j, "reason", e->reason);
	json_member(j, "reference", e->reference);
	put_evidence(j, e->evidence);
	if (e->has_granted)
		json_member(j, "granted",
			    (struct portroll_str){ports, range_format(ports, e->granted)});
	if (e->change) {
		json_key(j, "change");
		json_num(j, e->change);
	}
	json_object_end(j);
}

static void put_confirmations(struct json *j, const struct request_case *c)
{
	static const char *const answers[] = {"", "yes", "no"};
	json_key(j, "confirmations");
	json_array(j);
	for (size_t i = 0; i < c->confirmation_count; i++) {
		const struct confirmation *asked = &c->confirmations[i];
		json_object(j);
		json_member(j, "person", asked->person);
		json_member(j, "name", asked->name);
		json_member(j, "role", asked->is_assignee ? STR("assignee") : STR("contact"));
		json_key(j, "new");
		json_bool(j, asked->is_new);
		put_instant(j, "expires", asked->expires);
		json_member(j, "answer", str_from(answers[asked->answer % ARRAY_LEN(answers)]));
		json_object_end(j);
	}
	json_array_end(j);
}

static void put_next(struct json *j, const struct next_step *s)
{
	json_object(j);
	json_member(j, "event", str_from(event_key(s->event)));
	json_member(j, "to", str_from(state_key(s->to)));
	json_key(j, "roles");
	json_array(j);
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		if (s->roles & ROLE_BIT(role))
			json_str(j, str_from(role_name((enum role)role)));
	json_array_end(j);
	json_member(j, "missing", s->missing);
	json_object_end(j);
}

void put_case_json(struct json *j, const struct request_case *c, const struct case_view *v,
		   const struct rule_world *world, int64_t now)
{
	struct next_step steps[NEXT_STEP_MAX];
	size_t count = case_next_steps(steps, c, v, world, now);
	put_revisions(j, c);
	json_key(j, "events");
	json_array(j);
	for (size_t i = 0; i < c->event_count; i++)
		put_event(j, &c->events[i]);
	json_array_end(j);
	put_confirmations(j, c);
	json_key(j, "findings");
	put_findings_json(j, &v->findings, &c->evidence, world->registry);
	if (state_holds(c->state))
		json_member(j, "refused", v->impossible);
	json_key(j, "next");
	json_array(j);
	for (size_t i = 0; i < count; i++)
		put_next(j, &steps[i]);
	json_array_end(j);
}

void put_choice_json(struct json *j, const struct procedure_choice *choice)
{
	json_key(j, "procedures");
	json_array(j);
	for (uint16_t bit = 1; bit <= PROCEDURE_REFUSE; bit = (uint16_t)(bit << 1))
		if (choice->procedures & bit)
			json_str(j, str_from(procedure_name(bit)));
	json_array_end(j);
	json_member(j, "why", str_from(choice->why));
	json_member(j, "section", str_from(choice->section));
	json_member(j, "decides", str_from(choice->decides));
}
