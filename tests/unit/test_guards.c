/* SPDX-License-Identifier: MIT */
#include "procedure/guards.h"

#include "case_world.h"

/* Each guard has a step that it holds back, and says why. */

enum lacks {
	NOTHING = 0,
	FILE_EMPTY = 1 << 0, /* no evidence, on file or with the step */
	NO_REFERENCE = 1 << 1,
	TOO_EARLY = 1 << 2, /* a second before the day */
	TOO_LATE = 1 << 3,
	NO_PARTY = 1 << 4,
	NO_REVISION = 1 << 5,
	NO_WORDS = 1 << 6,
	OTHER_POOL = 1 << 7, /* the owner decides where reviewers do, and the other way round */
	NO_TRANSPORTS = 1 << 8,
	IS_SUSPENDED = 1 << 9,
	RENEWED = 1 << 10,
	FORM = 1 << 11, /* the rule is one of form */
	UNKNOWN_RULE = 1 << 12,
};

struct held {
	enum case_state state;
	enum case_event_kind event;
	enum role role;
	enum request_kind kind;
	unsigned lacks;
	const char *says; /* NULL: goes on another way */
};

/* clang-format off */
static const struct held rows[] = {
	{STATE_SUBMITTED, EVENT_VALIDATE, ROLE_CLOCK, REQUEST_ASSIGN, FILE_EMPTY, NULL},
	{STATE_DRAFT, EVENT_EDIT, ROLE_APPLICANT, REQUEST_ASSIGN, NO_REVISION, "new revision is missing"},
	{STATE_NEED_INFO, EVENT_ANSWER, ROLE_APPLICANT, REQUEST_ASSIGN, NO_REVISION | NO_WORDS, "answer is missing"},
	{STATE_VALIDATING, EVENT_ATTEST, ROLE_REGISTRAR, REQUEST_ASSIGN, FILE_EMPTY, "nothing is attested"},
	{STATE_VALIDATING, EVENT_ATTEST, ROLE_REGISTRAR, REQUEST_ASSIGN, NO_REFERENCE | NO_WORDS, "needs its source"},
	{STATE_AWAIT_CONFIRM, EVENT_ATTEST, ROLE_REGISTRAR, REQUEST_ASSIGN, FILE_EMPTY, "nothing is attested"},
	{STATE_EXPERT_REVIEW, EVENT_ATTEST, ROLE_REGISTRAR, REQUEST_ASSIGN, FILE_EMPTY, "nothing is attested"},
	{STATE_EARLY_CHAIRS, EVENT_ATTEST, ROLE_REGISTRAR, REQUEST_EARLY, FILE_EMPTY, "nothing is attested"},
	{STATE_VALIDATING, EVENT_REFER, ROLE_REGISTRAR, REQUEST_ASSIGN, NOTHING, "only a name alone"},
	{STATE_VALIDATING, EVENT_OVERRIDE, ROLE_REGISTRAR, REQUEST_ASSIGN, FORM, "nobody can override"},
	{STATE_VALIDATING, EVENT_OVERRIDE, ROLE_REGISTRAR, REQUEST_ASSIGN, UNKNOWN_RULE, "no such rule"},
	{STATE_VALIDATING, EVENT_REPLY, ROLE_EXPERT, REQUEST_ASSIGN, UNKNOWN_RULE, "no such rule"},
	{STATE_AWAIT_CONFIRM, EVENT_CONFIRM, ROLE_ASSIGNEE, REQUEST_ASSIGN, NO_PARTY, "whose word"},
	{STATE_AWAIT_CONFIRM, EVENT_REFUSE, ROLE_CONTACT, REQUEST_ASSIGN, NO_PARTY, "whose word"},
	{STATE_NEED_INFO, EVENT_CLOSE, ROLE_REGISTRAR, REQUEST_ASSIGN, TOO_EARLY, "still time"},
	{STATE_EXPERT_REVIEW, EVENT_RECOMMEND, ROLE_EXPERT, REQUEST_ASSIGN, NO_TRANSPORTS, "no expert of tcp"},
	{STATE_EXPERT_REVIEW, EVENT_REMIND, ROLE_CLOCK, REQUEST_ASSIGN, TOO_EARLY, "nobody is to be reminded"},
	{STATE_EXPERT_REVIEW, EVENT_ESCALATE, ROLE_CLOCK, REQUEST_ASSIGN, TOO_EARLY, "still have time"},
	{STATE_EXPERT_REVIEW, EVENT_REQUEST_CALL, ROLE_REGISTRAR, REQUEST_REVOKE, FILE_EMPTY, "expert must be heard"},
	{STATE_EXPERT_REVIEW, EVENT_REQUEST_CALL, ROLE_REGISTRAR, REQUEST_ASSIGN, NOTHING, "only a revocation"},
	{STATE_POOL_REVIEW, EVENT_RECOMMEND, ROLE_REVIEWER, REQUEST_ASSIGN, OTHER_POOL, "its owner alone"},
	{STATE_POOL_REVIEW, EVENT_RECOMMEND, ROLE_OWNER, REQUEST_ASSIGN, OTHER_POOL, "its reviewers"},
	{STATE_RECOMMENDED, EVENT_APPROVE, ROLE_REGISTRAR, REQUEST_ASSIGN, FILE_EMPTY, "experts' recommendation is missing"},
	{STATE_IETF_DOCUMENT, EVENT_APPROVE, ROLE_IESG, REQUEST_ASSIGN, NO_REFERENCE, "needs its reference"},
	{STATE_IESG, EVENT_APPROVE, ROLE_REGISTRAR, REQUEST_ASSIGN, FILE_EMPTY, "decision of the IESG is missing"},
	{STATE_COMMUNITY_CALL, EVENT_END_CALL, ROLE_CLOCK, REQUEST_REVOKE, TOO_EARLY, "whole time"},
	{STATE_APPROVED, EVENT_IMPLEMENT, ROLE_REGISTRAR, REQUEST_EARLY, FILE_EMPTY, "recommendation is missing"},
	{STATE_APPROVED, EVENT_IMPLEMENT, ROLE_REGISTRAR, REQUEST_ASSIGN, FILE_EMPTY, "recommendation is missing"},
	{STATE_TEMPORARY, EVENT_EXTEND, ROLE_REGISTRAR, REQUEST_EARLY, FILE_EMPTY | RENEWED, "L21"},
	{STATE_TEMPORARY, EVENT_SUSPEND, ROLE_CHAIRS, REQUEST_EARLY, IS_SUSPENDED, "suspended already"},
	{STATE_TEMPORARY, EVENT_RESUME, ROLE_CHAIRS, REQUEST_EARLY, NOTHING, "not suspended"},
	{STATE_TEMPORARY, EVENT_SETTLE, ROLE_REGISTRAR, REQUEST_EARLY, NO_REFERENCE, "published is missing"},
	{STATE_TEMPORARY, EVENT_EXPIRE, ROLE_CLOCK, REQUEST_EARLY, TOO_EARLY, "has not come"},
	{STATE_EXPIRED, EVENT_DEPRECATE, ROLE_CHAIRS, REQUEST_ASSIGN, NOTHING, "deallocate it"},
	{STATE_EXPIRED, EVENT_DEALLOCATE, ROLE_REGISTRAR, REQUEST_EARLY, NOTHING, "deprecated first"},
	{STATE_REJECTED, EVENT_APPEAL, ROLE_ANYBODY, REQUEST_ASSIGN, TOO_LATE, "two months"},
	{STATE_REJECTED, EVENT_CLOSE, ROLE_CLOCK, REQUEST_ASSIGN, TOO_EARLY, "still possible"},
};
/* clang-format on */

/* The guards that held something back. */
struct seen {
	guard_fn *guards[100];
	size_t count;
};

static bool has_seen(const struct seen *seen, guard_fn *guard)
{
	for (size_t i = 0; i < seen->count; i++)
		if (seen->guards[i] == guard)
			return true;
	return false;
}

/* All rows before the one that was taken; all, if none was. */
static void see(struct seen *seen, const struct held *row, const struct request_case *c, int r)
{
	for (const struct transition *t = transitions; t->from != CASE_STATE_COUNT; t++) {
		if (t->from != row->state || t->event != row->event ||
		    !(t->roles & ROLE_BIT(row->role)))
			continue;
		if (r == PORTROLL_OK && t->to == c->state)
			return;
		if (t->guard && !has_seen(seen, t->guard))
			seen->guards[seen->count++] = t->guard;
	}
}

static struct case_step step_of(const struct case_world *w, const struct held *row)
{
	const char *rule = row->lacks & FORM ? "N01" : row->lacks & UNKNOWN_RULE ? "N99" : "P12";
	bool may_revise = row->event == EVENT_EDIT || row->event == EVENT_ANSWER;
	struct case_step step = {
		.actor = {STR("account"), STR_NONE, ROLE_BIT(row->role), TRANSPORTS_ALL},
		.event = {.kind = (uint8_t)row->event,
			  .reason = row->lacks & NO_WORDS ? STR_NONE : STR("a reason"),
			  .reference = row->lacks & NO_REFERENCE ? STR_NONE : str_from(rule),
			  .party = row->lacks & NO_PARTY ? 0 : 1},
		.now = CASE_START,
	};
	if (row->lacks & NO_TRANSPORTS)
		step.actor.transports = 0;
	if (may_revise && !(row->lacks & NO_REVISION))
		step.revision = &w->document;
	if (row->event == EVENT_ATTEST && !(row->lacks & FILE_EMPTY))
		step.event.evidence = EVIDENCE_NOT_IN_USE;
	return step;
}

static int try_row(struct case_world *w, struct request_case *c, const struct held *row)
{
	bool owner_decides = (row->role == ROLE_OWNER) != ((row->lacks & OTHER_POOL) != 0);
	const struct pool pool = {.approvals = owner_decides ? 0 : 1};
	int64_t day = CASE_START + (row->lacks & TOO_EARLY ? 1 : 0);
	case_told.choice = (struct procedure_choice){
		.procedures = row->event == EVENT_VALIDATE ? PROCEDURE_FCFS : PROCEDURE_EXPERT,
		.experts = TRANSPORT_BIT(PORTROLL_TCP),
		.pool = &pool};
	w->policy.deadlines.reminders = 0;
	c->state = (uint8_t)row->state;
	c->due = c->ends = day;
	c->is_suspended = row->lacks & IS_SUSPENDED;
	c->evidence.renewals = row->lacks & RENEWED ? 1 : 0;
	c->evidence.items = row->lacks & FILE_EMPTY ? 0 : EVIDENCE_IESG_APPROVAL;
	c->evidence.items |= row->lacks & FILE_EMPTY ? 0 : EVIDENCE_EXPERT_OPINION;
	const struct case_step step = step_of(w, row);
	return case_apply(c, &step, &w->world, &w->arena, &w->err);
}

static void each_guard_holds_something_back_and_says_why(void **state)
{
	(void)state;
	static struct seen seen;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct case_world w;
		case_world_begin(&w, rows[i].kind);
		int r = try_row(&w, w.request, &rows[i]);
		assert_int_equal(r, rows[i].says ? PORTROLL_ERULE : PORTROLL_OK);
		if (rows[i].says &&
		    str_find(str_from(w.err.text), str_from(rows[i].says)) == SIZE_MAX)
			fail_msg("row %zu: '%s' does not say '%s'", i, w.err.text, rows[i].says);
		see(&seen, &rows[i], w.request, r);
		case_world_end(&w);
	}
	for (const struct transition *t = transitions; t->from != CASE_STATE_COUNT; t++)
		if (t->guard && !has_seen(&seen, t->guard))
			fail_msg("the guard of %s in %s holds nothing back", event_key(t->event),
				 state_key(t->from));
}

static void each_procedure_wants_its_own_evidence(void **state)
{
	(void)state;
	static const struct {
		uint16_t procedure;
		uint32_t items, too_little;
		const char *says;
	} cases[] = {
		{PROCEDURE_EXPERT, EVIDENCE_EXPERT_YES, EVIDENCE_EXPERT_OPINION, "Expert Review"},
		{PROCEDURE_SPECIFICATION, EVIDENCE_EXPERT_YES | EVIDENCE_SPECIFICATION,
		 EVIDENCE_EXPERT_YES, "Specification Required"},
		{PROCEDURE_IETF, EVIDENCE_IETF_REVIEW, EVIDENCE_EXPERT_YES, "IETF Review"},
		{PROCEDURE_IETF, EVIDENCE_STANDARDS_ACTION, 0, "IETF Review"},
		{PROCEDURE_STANDARDS, EVIDENCE_STANDARDS_ACTION, EVIDENCE_IETF_REVIEW,
		 "Standards Action"},
		{PROCEDURE_IESG, EVIDENCE_IESG_APPROVAL, EVIDENCE_IETF_REVIEW, "IESG"},
		{PROCEDURE_EARLY, EVIDENCE_CHAIRS_AGREE | EVIDENCE_DIRECTOR_AGREES,
		 EVIDENCE_CHAIRS_AGREE, "chairs and the area director"},
		{PROCEDURE_POOL, EVIDENCE_REVIEWS_AGREE, 0, "owner or reviewers"},
		{PROCEDURE_POOL, EVIDENCE_OWNER_AGREES, 0, "owner or reviewers"},
		{PROCEDURE_STANDARDS | PROCEDURE_IESG, EVIDENCE_IESG_APPROVAL, EVIDENCE_IETF_REVIEW,
		 "Standards Action"},
		{PROCEDURE_EXPERT, EVIDENCE_IESG_APPROVAL, 0, "Expert Review"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct case_world w;
		const struct held row = {STATE_RECOMMENDED, EVENT_APPROVE, ROLE_REGISTRAR,
					 REQUEST_ASSIGN,    NOTHING,       NULL};
		case_world_begin(&w, REQUEST_ASSIGN);
		case_told.choice = (struct procedure_choice){.procedures = cases[i].procedure};
		w.request->state = STATE_RECOMMENDED;
		w.request->evidence.items = cases[i].too_little;
		const struct case_step step = step_of(&w, &row);
		assert_int_equal(case_apply(w.request, &step, &w.world, &w.arena, &w.err),
				 PORTROLL_ERULE);
		assert_true(str_find(str_from(w.err.text), str_from(cases[i].says)) != SIZE_MAX);
		w.request->evidence.items = cases[i].items;
		assert_int_equal(case_apply(w.request, &step, &w.world, &w.arena, NULL),
				 PORTROLL_OK);
		case_world_end(&w);
	}
}

static void what_is_refused_nobody_approves(void **state)
{
	(void)state;
	struct case_world w;
	const struct held row = {STATE_VALIDATING, EVENT_APPROVE, ROLE_REGISTRAR,
				 REQUEST_ASSIGN,   NOTHING,       NULL};
	case_world_begin(&w, REQUEST_ASSIGN);
	case_told.choice = (struct procedure_choice){.procedures = PROCEDURE_REFUSE};
	w.request->state = STATE_VALIDATING;
	w.request->evidence.items = (1U << EVIDENCE_COUNT) - 1;
	const struct case_step step = step_of(&w, &row);
	assert_int_equal(case_apply(w.request, &step, &w.world, &w.arena, &w.err), PORTROLL_ERULE);
	assert_true(str_find(str_from(w.err.text), STR("decline it")) != SIZE_MAX);
	case_world_end(&w);
}

static void words_and_calls_are_waited_for(void **state)
{
	(void)state;
	static const struct {
		bool needs_all, needs_assignee, needs_call;
		uint32_t items;
		const char *says;
	} cases[] = {
		{true, false, false, EVIDENCE_ASSIGNEE_AGREES, "not all assignees and contacts"},
		{false, true, false, EVIDENCE_BY_CONTACT, "assignee's word is missing"},
		{false, false, true, EVIDENCE_EXPERT_YES, "community call"},
		{true, false, false, EVIDENCE_ALL_CONFIRMED, NULL},
		{false, true, false, EVIDENCE_ASSIGNEE_AGREES, NULL},
		{false, true, false, EVIDENCE_BY_ASSIGNEE, NULL},
		{false, false, true, EVIDENCE_CALL_ENDED, NULL},
		/* RFC 8126 section 9.3: the IESG may do without the assignee. */
		{true, true, false, EVIDENCE_IESG_APPROVAL, NULL},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct case_world w;
		const struct held row = {STATE_VALIDATING, EVENT_APPROVE, ROLE_REGISTRAR,
					 REQUEST_ASSIGN,   NOTHING,       NULL};
		case_world_begin(&w, REQUEST_ASSIGN);
		case_told.choice =
			(struct procedure_choice){.procedures = PROCEDURE_FCFS,
						  .needs_all = cases[i].needs_all,
						  .needs_assignee = cases[i].needs_assignee,
						  .needs_call = cases[i].needs_call};
		w.request->state = STATE_VALIDATING;
		w.request->evidence.items = cases[i].items;
		const struct case_step step = step_of(&w, &row);
		int r = case_apply(w.request, &step, &w.world, &w.arena, &w.err);
		assert_int_equal(r, cases[i].says ? PORTROLL_ERULE : PORTROLL_OK);
		if (cases[i].says)
			assert_true(str_find(str_from(w.err.text), str_from(cases[i].says)) !=
				    SIZE_MAX);
		case_world_end(&w);
	}
}

static void nobody_attests_what_the_machine_says_itself(void **state)
{
	(void)state;
	static const struct {
		enum role role;
		uint32_t items;
		bool may;
	} cases[] = {
		{ROLE_REGISTRAR, EVIDENCE_CALL_ENDED, false},
		{ROLE_REGISTRAR, EVIDENCE_BY_ASSIGNEE, false},
		{ROLE_REGISTRAR, EVIDENCE_REGISTRAR_DECIDED, false},
		{ROLE_REGISTRAR, 1U << EVIDENCE_COUNT, false},
		{ROLE_REGISTRAR, EVIDENCE_EXPERT_YES | EVIDENCE_IESG_APPROVAL, true},
		{ROLE_EXPERT, EVIDENCE_GOOD_REASON, true},
		{ROLE_EXPERT, EVIDENCE_EXPERT_YES, false},
		{ROLE_EXPERT, EVIDENCE_IETF_REVIEW, false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct case_world w;
		const struct held row = {STATE_EXPERT_REVIEW, EVENT_ATTEST, cases[i].role,
					 REQUEST_ASSIGN,      NOTHING,      NULL};
		case_world_begin(&w, REQUEST_ASSIGN);
		w.request->state = STATE_EXPERT_REVIEW;
		struct case_step step = step_of(&w, &row);
		step.event.evidence = cases[i].items;
		assert_int_equal(case_apply(w.request, &step, &w.world, &w.arena, NULL),
				 cases[i].may ? PORTROLL_OK : PORTROLL_ERULE);
		case_world_end(&w);
	}
}

static void what_cannot_be_carried_out_is_the_applicants_to_mend(void **state)
{
	(void)state;
	struct case_world w;
	case_world_begin(&w, REQUEST_ASSIGN);
	case_told.choice = (struct procedure_choice){.procedures = PROCEDURE_EXPERT};
	case_told.impossible = "data: no port is free";
	case_must(&w, EVENT_SUBMIT, ROLE_BIT(ROLE_APPLICANT), STATE_SUBMITTED);
	const struct case_step step = {
		.actor = {STR("portroll"), STR_NONE, ROLE_BIT(ROLE_CLOCK), 0},
		.event = {.kind = EVENT_VALIDATE},
		.now = w.now,
	};
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_NEED_INFO);
	const struct case_event *last = &w.request->events[w.request->event_count - 1];
	assert_true(str_equal(last->reason, STR("data: no port is free")));
	case_told.impossible = NULL;
	case_must(&w, EVENT_VALIDATE, ROLE_BIT(ROLE_REGISTRAR), STATE_EXPERT_REVIEW);
	case_world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_guard_holds_something_back_and_says_why),
		cmocka_unit_test(each_procedure_wants_its_own_evidence),
		cmocka_unit_test(what_is_refused_nobody_approves),
		cmocka_unit_test(words_and_calls_are_waited_for),
		cmocka_unit_test(nobody_attests_what_the_machine_says_itself),
		cmocka_unit_test(what_cannot_be_carried_out_is_the_applicants_to_mend),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
