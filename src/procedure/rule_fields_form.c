/* SPDX-License-Identifier: MIT */
#include "procedure/rule_fields.h"

#include "base/utf8.h"
#include "procedure/effect_ids.h"

static bool was_called(const struct rule_world *w, struct portroll_str name)
{
	for (size_t i = 0; i < w->past_name_count; i++)
		if (str_equal_fold(w->past_names[i], name))
			return true;
	return false;
}

void test_name_is_there(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	const uint16_t of_assignments =
		(uint16_t) ~(KIND_BIT(REQUEST_ASSIGN) | KIND_BIT(REQUEST_NAME) |
			     KIND_BIT(REQUEST_EARLY) | KIND_BIT(REQUEST_RESERVE));
	const uint16_t nameless =
		KIND_BIT(REQUEST_RESERVE) | KIND_BIT(REQUEST_REVOKE) | KIND_BIT(REQUEST_DEASSIGN);
	uint16_t kind = q->kind < REQUEST_KIND_COUNT ? KIND_BIT(q->kind) : 0;
	size_t at = 0;
	if (q->name.len == 0) {
		if (!(kind & nameless))
			want_field(found, s, DOC_SERVICE_NAME);
		return;
	}
	if (kind & of_assignments && !next_of_name(s->world->registry, q->name, &at))
		finding_add(found, DOC_SERVICE_NAME, NO_RECORD, "no assignment is called '%.*s'%s",
			    PORTROLL_STR_ARG(shown(q->name)),
			    was_called(s->world, q->name)
				    ? " any more: portroll log tells what became of the name"
				    : "");
	if (q->kind == REQUEST_RENAME || q->kind == REQUEST_REUSE)
		want_field(found, s, DOC_PROPOSED_NAME);
}

void test_transports(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	bool is_new = q->kind < REQUEST_KIND_COUNT && KINDS_NEW & KIND_BIT(q->kind);
	if (q->bad_transport.len)
		finding_add(found, DOC_TRANSPORTS, NO_RECORD,
			    "'%.*s' is none of tcp, udp, sctp and dccp",
			    PORTROLL_STR_ARG(shown(q->bad_transport)));
	else if (q->transports == 0 && is_new)
		want_field(found, s, DOC_TRANSPORTS);
}

static bool is_known(const struct request_check *s, struct portroll_str id)
{
	const struct registry *reg = s->world->registry;
	for (size_t i = 0; i < reg->person_count; i++)
		if (str_equal(reg->people[i]->id, id))
			return true;
	return false;
}

/* One that the registry has is named by the id alone; a new one may be given an id besides. */
static void test_party(struct finding_list *found, const struct request_check *s,
		       const struct party *p, bool is_assignee)
{
	uint8_t field = is_assignee ? DOC_ASSIGNEE : DOC_CONTACT;
	uint8_t id_field = is_assignee ? DOC_ASSIGNEE_ID : DOC_CONTACT_ID;
	if (p->bad_mail)
		finding_add(found, field, NO_RECORD, "'%.*s' is no mail address",
			    PORTROLL_STR_ARG(shown(p->mail)));
	if (p->id.len && is_known(s, p->id))
		return;
	if (p->id.len && (p->name.len == 0 || !id_is_well_formed(p->id)))
		finding_add(found, id_field, NO_RECORD,
			    "the registry has nobody with the id '%.*s'",
			    PORTROLL_STR_ARG(shown(p->id)));
	if (p->name.len == 0)
		finding_add(found, field, NO_RECORD, "a name is missing: Name <mail>");
	if (p->mail.len == 0 && !p->bad_mail)
		finding_add(found, field, NO_RECORD, "a mail address is missing: %s",
			    p->id.len == 0 && is_known(s, p->name)
				    ? is_assignee ? "the registry has that id, write it in "
						    "Assignee ID alone"
						  : "the registry has that id, write it in "
						    "Contact ID alone"
				    : "Name <mail>");
}

/* Of each line of the field, where a line is one party. */
static void test_types(struct finding_list *found, const struct request_check *s, uint8_t field)
{
	static const struct portroll_str types[] = {STR_INIT("person"), STR_INIT("organization"),
						    STR_INIT("organisation")};
	struct portroll_str rest = s->request->document->values[field], line;
	while (rest.len && str_cut(&rest, '\n', &line)) {
		struct portroll_str type = str_trim(line);
		bool is_known_type = type.len == 0;
		for (size_t i = 0; i < ARRAY_LEN(types); i++)
			is_known_type = is_known_type || str_equal_fold(type, types[i]);
		if (!is_known_type)
			finding_add(found, field, NO_RECORD,
				    "'%.*s' is neither person nor organization",
				    PORTROLL_STR_ARG(shown(type)));
	}
}

/* What is asked for a further transport has all that is not said from the assignment. */
static void want_or_take_over(struct finding_list *found, const struct request_check *s,
			      enum document_field field)
{
	size_t at = 0;
	bool is_further = s->request->kind == REQUEST_TRANSPORT;
	if (!is_further || !next_of_name(s->world->registry, s->request->name, &at))
		want_field(found, s, field);
}

void test_assignee(struct finding_list *found, const struct request_check *s)
{
	const struct party *p = &s->request->assignee;
	if (p->name.len || p->mail.len || p->id.len || p->bad_mail)
		test_party(found, s, p, true);
	else
		want_or_take_over(found, s, DOC_ASSIGNEE);
	test_types(found, s, DOC_ASSIGNEE_TYPE);
}

void test_contacts(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	for (size_t i = 0; i < q->contact_count; i++)
		test_party(found, s, &q->contacts[i], false);
	if (q->contact_count == 0 && q->kind != REQUEST_MODIFY)
		want_or_take_over(found, s, DOC_CONTACT);
	test_types(found, s, DOC_CONTACT_TYPE);
}

void test_description(struct finding_list *found, const struct request_check *s)
{
	const struct policy *policy = s->world->policy;
	struct portroll_str text = field_of(s, DOC_DESCRIPTION);
	size_t length = utf8_count(text);
	if (text.len == 0 && s->request->kind != REQUEST_MODIFY)
		want_or_take_over(found, s, DOC_DESCRIPTION);
	if (utf8_find_control(text) != SIZE_MAX)
		finding_add(found, DOC_DESCRIPTION, NO_RECORD, "it has control characters");
	if (length > policy->description_limit)
		finding_add(found, DOC_DESCRIPTION, NO_RECORD,
			    "it has %zu characters, which is above %u", length,
			    (unsigned)policy->description_limit);
	else if (length > policy->description_max)
		finding_warn(found, DOC_DESCRIPTION, NO_RECORD,
			     "it has %zu characters; more than %u are seldom needed", length,
			     (unsigned)policy->description_max);
}

void test_reference(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	if (q->bad_reference.len)
		finding_add(found, DOC_REFERENCE, NO_RECORD, "'%.*s' is no reference",
			    PORTROLL_STR_ARG(shown(q->bad_reference)));
	else if (is_blank(s, DOC_SPECIFICATION) && is_blank(s, DOC_IETF_DOCUMENT))
		want_or_take_over(found, s, DOC_REFERENCE);
}
