/* SPDX-License-Identifier: MIT */
#include "case_world.h"

#include "procedure/case_parts.h"
#include "procedure/effect.h"

struct case_told case_told;

struct procedure_choice __wrap_policy_choose(const struct rule_world *w, const struct request *q,
					     uint32_t by);
int __wrap_rules_check_request(struct finding_list *ret, const struct request_check *s);
int __wrap_effect_try(struct effect_result *ret, const struct request_check *s, struct arena *a,
		      struct portroll_error *err);

struct procedure_choice __wrap_policy_choose(const struct rule_world *w, const struct request *q,
					     uint32_t by)
{
	(void)w, (void)q, (void)by;
	return case_told.choice;
}

int __wrap_rules_check_request(struct finding_list *ret, const struct request_check *s)
{
	ret->items = s->evidence ? case_told.lacking : case_told.findings;
	ret->count = s->evidence ? case_told.lacking_count : case_told.finding_count;
	return PORTROLL_OK;
}

int __wrap_effect_try(struct effect_result *ret, const struct request_check *s, struct arena *a,
		      struct portroll_error *err)
{
	(void)ret, (void)s, (void)a;
	if (!case_told.impossible)
		return PORTROLL_OK;
	return error_set(err, PORTROLL_ECONFLICT, "%s", case_told.impossible);
}

static void add_records(struct case_world *w)
{
	static const struct portroll_str alice[] = {STR_INIT("mailto:alice&example.com")};
	static const struct portroll_str bob[] = {STR_INIT("mailto:bob&example.com")};
	static const struct xref contacts[] = {{.type = XREF_PERSON, .data = STR_INIT("Bob")}};
	static const struct xref assignee[] = {{.type = XREF_PERSON, .data = STR_INIT("Alice")}};
	const struct person people[] = {
		{.id = STR("Alice"), .name = STR("Alice"), .uris = alice, .uri_count = 1},
		{.id = STR("Bob"), .name = STR("Bob"), .uris = bob, .uri_count = 1},
	};
	const struct record spool = {.name = STR("spool"),
				     .port = {5001, 5001},
				     .has_port = true,
				     .transport = PORTROLL_TCP,
				     .has_assignee = true,
				     .contacts = {contacts, 1},
				     .assignee = {assignee, 1}};
	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		assert_int_equal(registry_add_person(w->registry, &people[i]), PORTROLL_OK);
	assert_int_equal(registry_add(w->registry, &spool), PORTROLL_OK);
}

static bool is_for_something_new(enum request_kind kind)
{
	return kind == REQUEST_ASSIGN || kind == REQUEST_EARLY || kind == REQUEST_RESERVE;
}

void case_world_begin(struct case_world *w, enum request_kind kind)
{
	bool is_new = is_for_something_new(kind);
	*w = (struct case_world){.arena = ARENA_INIT, .now = CASE_START};
	case_told = (struct case_told){.choice = {.procedures = PROCEDURE_FCFS}};
	w->registry = registry_new(&w->arena);
	assert_non_null(w->registry);
	add_records(w);
	assert_int_equal(port_index_build(&w->index, w->registry, &w->arena), PORTROLL_OK);
	w->policy = policy_rfc6335;
	w->world = (struct rule_world){.registry = w->registry,
				       .index = &w->index,
				       .policy = &w->policy,
				       .today = {2027, 1, 15}};
	struct portroll_str *v = w->document.values;
	v[DOC_REQUEST] = str_from(request_kinds[kind].name);
	v[DOC_SOURCE] = STR("iana");
	v[DOC_SERVICE_NAME] = is_new ? STR("press") : STR("spool");
	v[DOC_TRANSPORTS] = STR("tcp");
	v[DOC_PORT_NUMBER] = is_new ? STR("5000") : STR("5001");
	v[DOC_ASSIGNEE] = STR("Carol <carol@example.com>");
	v[DOC_CONTACT] = STR("Dave <dave@example.com>");
	const struct revision first = {w->document, CASE_START, STR("user:carol")};
	assert_int_equal(case_begin(&w->request, 42, &first, &w->arena, &w->err), PORTROLL_OK);
}

void case_world_end(struct case_world *w)
{
	arena_done(&w->arena);
}

int case_again(struct case_world *w, struct request_case **ret)
{
	struct buf text = BUF_INIT(CASE_SIZE_MAX);
	case_put(&text, w->request);
	assert_int_equal(text.failed, PORTROLL_OK);
	struct portroll_str kept = buf_keep(&text, &w->arena);
	return case_read(ret, kept, &w->arena, &w->err);
}

static bool is_same(const struct request_case *a, const struct request_case *b)
{
	return a->number == b->number && a->state == b->state && a->since == b->since &&
	       a->due == b->due && a->ends == b->ends && a->is_suspended == b->is_suspended &&
	       a->evidence.items == b->evidence.items &&
	       a->evidence.renewals == b->evidence.renewals &&
	       a->evidence.override_count == b->evidence.override_count &&
	       a->evidence.answer_count == b->evidence.answer_count &&
	       str_equal(a->evidence.reference, b->evidence.reference) &&
	       a->evidence.has_granted == b->evidence.has_granted &&
	       a->recused_count == b->recused_count && a->event_count == b->event_count &&
	       a->revision_count == b->revision_count && a->change == b->change &&
	       a->confirmation_count == b->confirmation_count;
}

int case_do_step(struct case_world *w, const struct case_step *step)
{
	struct request_case before = *w->request, *again = NULL;
	w->err = (struct portroll_error){0};
	int r = case_apply(w->request, step, &w->world, &w->arena, &w->err);
	if (r < 0) {
		assert_int_equal(w->err.code, r);
		assert_true(w->err.text[0] != '\0');
		assert_memory_equal(&before, w->request, sizeof(before));
		return r;
	}
	if (case_again(w, &again) < 0)
		fail_msg("%s: %s", event_key(step->event.kind), w->err.text);
	assert_true(is_same(w->request, again));
	for (size_t i = 0; i < again->confirmation_count; i++)
		assert_int_equal(again->confirmations[i].answer,
				 w->request->confirmations[i].answer);
	return r;
}

int case_do(struct case_world *w, enum case_event_kind kind, role_set roles, const char *account)
{
	const struct case_step step = {
		.actor = {str_from(account), STR_NONE, roles, TRANSPORTS_ALL},
		.event = {.kind = (uint8_t)kind, .reason = STR("a reason")},
		.now = w->now,
	};
	return case_do_step(w, &step);
}

void must_say(const struct case_world *w, int r, int code, const char *part)
{
	assert_int_equal(r, code);
	if (str_find(str_from(w->err.text), str_from(part)) == SIZE_MAX)
		fail_msg("'%s' does not say '%s'", w->err.text, part);
}

void case_must(struct case_world *w, enum case_event_kind kind, role_set roles, enum case_state to)
{
	if (case_do(w, kind, roles, "account") < 0)
		fail_msg("%s: %s", event_key(kind), w->err.text);
	assert_string_equal(state_key(w->request->state), state_key(to));
}
