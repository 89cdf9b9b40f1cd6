/* SPDX-License-Identifier: MIT */
#include "procedure/request_case.h"

#include "case_world.h"

#define APPLICANT ROLE_BIT(ROLE_APPLICANT)
#define ASSIGNEE  ROLE_BIT(ROLE_ASSIGNEE)
#define EXPERT    ROLE_BIT(ROLE_EXPERT)
#define REVIEWER  ROLE_BIT(ROLE_REVIEWER)
#define OWNER     ROLE_BIT(ROLE_OWNER)
#define CHAIRS    ROLE_BIT(ROLE_CHAIRS)
#define DIRECTOR  ROLE_BIT(ROLE_DIRECTOR)
#define IESG      ROLE_BIT(ROLE_IESG)
#define IAB       ROLE_BIT(ROLE_IAB)
#define REGISTRAR ROLE_BIT(ROLE_REGISTRAR)
#define CLOCK     ROLE_BIT(ROLE_CLOCK)
#define ANYBODY   ROLE_BIT(ROLE_ANYBODY)

static void submit(struct case_world *w, enum request_kind kind, uint16_t procedures)
{
	case_world_begin(w, kind);
	case_told.choice = (struct procedure_choice){.procedures = procedures,
						     .experts = TRANSPORT_BIT(PORTROLL_TCP)};
	case_must(w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
}

static struct case_step step_of(const struct case_world *w, enum case_event_kind kind,
				role_set roles)
{
	return (struct case_step){
		.actor = {STR("account"), STR_NONE, roles, TRANSPORTS_ALL},
		.event = {.kind = (uint8_t)kind, .reason = STR("a reason")},
		.now = w->now,
	};
}

static int attest(struct case_world *w, role_set roles, uint32_t items)
{
	struct case_step step = step_of(w, EVENT_ATTEST, roles);
	step.event.evidence = items;
	step.event.reference = STR("[RFC6335]");
	return case_do_step(w, &step);
}

static void implement(struct case_world *w, enum case_state to)
{
	struct case_step step = step_of(w, EVENT_IMPLEMENT, REGISTRAR);
	step.event.change = 7;
	assert_int_equal(case_do_step(w, &step), PORTROLL_OK);
	assert_int_equal(w->request->state, to);
	assert_int_equal(w->request->change, 7);
}

static void a_user_port_goes_from_draft_to_published(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_ASSIGN, PROCEDURE_EXPERT);
	assert_int_equal(case_due(w.request, &w.policy, w.now), EVENT_VALIDATE);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	assert_int_equal(case_due(w.request, &w.policy, w.now), CASE_EVENT_COUNT);
	case_must(&w, EVENT_RECOMMEND, EXPERT, STATE_RECOMMENDED);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	implement(&w, STATE_IMPLEMENTED);
	case_must(&w, EVENT_PUBLISH, CLOCK, STATE_PUBLISHED);
	case_world_end(&w);
}

static void a_name_alone_needs_nobody_but_the_registrar(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_ASSIGN, PROCEDURE_FCFS);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_VALIDATING);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	assert_true(w.request->evidence.items & EVIDENCE_REGISTRAR_DECIDED);
	case_world_end(&w);
}

static void what_is_to_be_permanent_waits_for_the_approval_of_its_document(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_PERMANENT, PROCEDURE_IETF);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_IETF_DOCUMENT);
	case_world_end(&w);
}

static void a_document_of_the_ietf_waits_for_its_approval(void **state)
{
	(void)state;
	struct case_world w;
	case_world_begin(&w, REQUEST_ASSIGN);
	case_told.choice = (struct procedure_choice){.procedures = PROCEDURE_IETF | PROCEDURE_IESG};
	w.document.values[DOC_IETF_DOCUMENT] = STR("draft-example-press-03");
	struct case_step step = step_of(&w, EVENT_EDIT, APPLICANT);
	step.revision = &w.document;
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_IETF_DOCUMENT);
	case_must(&w, EVENT_OPINE, EXPERT, STATE_IETF_DOCUMENT);
	assert_true(w.request->evidence.items & EVIDENCE_STREAM_REVIEWED);
	must_say(&w, case_do(&w, EVENT_APPROVE, REGISTRAR, "iana"), PORTROLL_ERULE, "IETF Review");
	must_say(&w, case_do(&w, EVENT_APPROVE, IESG, "iesg"), PORTROLL_ERULE, "reference");
	step = step_of(&w, EVENT_APPROVE, IESG);
	step.event.reference = STR("[RFC6335]");
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_APPROVED);
	assert_true(w.request->evidence.items & EVIDENCE_IETF_REVIEW);
	assert_text(w.request->evidence.reference, "[RFC6335]");
	case_world_end(&w);
}

static void the_iesg_decides_what_is_escalated(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_ASSIGN, PROCEDURE_EXPERT);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	case_must(&w, EVENT_ESCALATE, EXPERT, STATE_IESG);
	must_say(&w, case_do(&w, EVENT_APPROVE, REGISTRAR, "iana"), PORTROLL_ERULE, "IESG");
	/* What it asks comes back to it. */
	case_must(&w, EVENT_ASK, IESG, STATE_NEED_INFO);
	case_must(&w, EVENT_ANSWER, APPLICANT, STATE_VALIDATING);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_IESG);
	assert_int_equal(attest(&w, REGISTRAR, EVIDENCE_IESG_APPROVAL), PORTROLL_OK);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	/* Nor is it decided anew where it could not be done at once. */
	case_must(&w, EVENT_CONFLICT, REGISTRAR, STATE_VALIDATING);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_IESG);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	case_world_end(&w);
}

static void a_revocation_waits_for_its_community_call(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_REVOKE, PROCEDURE_IESG);
	case_told.choice.needs_call = true;
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	must_say(&w, case_do(&w, EVENT_REQUEST_CALL, REGISTRAR, "iana"), PORTROLL_ERULE,
		 "expert must be heard");
	case_must(&w, EVENT_OPINE, EXPERT, STATE_EXPERT_REVIEW);
	case_must(&w, EVENT_REQUEST_CALL, REGISTRAR, STATE_CALL_REQUESTED);
	case_must(&w, EVENT_ISSUE_CALL, IESG, STATE_COMMUNITY_CALL);
	assert_int_equal(w.request->ends, CASE_START + 28 * CASE_DAY);
	w.now = CASE_START + 28 * CASE_DAY - 1;
	assert_int_equal(case_due(w.request, &w.policy, w.now), CASE_EVENT_COUNT);
	must_say(&w, case_do(&w, EVENT_END_CALL, REGISTRAR, "iana"), PORTROLL_ERULE, "whole time");
	w.now++;
	assert_int_equal(case_due(w.request, &w.policy, w.now), EVENT_END_CALL);
	case_must(&w, EVENT_END_CALL, CLOCK, STATE_CALL_ENDED);
	must_say(&w, case_do(&w, EVENT_APPROVE, REGISTRAR, "iana"), PORTROLL_ERULE, "IESG");
	assert_int_equal(attest(&w, IESG, EVIDENCE_IESG_APPROVAL), PORTROLL_OK);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	case_world_end(&w);
}

static void a_call_is_never_shorter_than_four_weeks(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_REVOKE, PROCEDURE_IESG);
	w.policy.deadlines.call = 1;
	case_told.choice.needs_call = true;
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	case_must(&w, EVENT_OPINE, EXPERT, STATE_EXPERT_REVIEW);
	case_must(&w, EVENT_REQUEST_CALL, REGISTRAR, STATE_CALL_REQUESTED);
	case_must(&w, EVENT_ISSUE_CALL, IESG, STATE_COMMUNITY_CALL);
	assert_int_equal(w.request->ends, CASE_START + 28 * CASE_DAY);
	case_world_end(&w);
}

static void what_is_clearly_unused_is_revoked_without_a_call(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_REVOKE, PROCEDURE_REGISTRAR);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_VALIDATING);
	assert_int_equal(attest(&w, REGISTRAR, EVIDENCE_NOT_IN_USE), PORTROLL_OK);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	implement(&w, STATE_IMPLEMENTED);
	case_world_end(&w);
}

static void allocate_early(struct case_world *w)
{
	submit(w, REQUEST_EARLY, PROCEDURE_EARLY);
	case_must(w, EVENT_VALIDATE, CLOCK, STATE_EARLY_CHAIRS);
	case_must(w, EVENT_RECOMMEND, CHAIRS, STATE_EARLY_DIRECTOR);
	case_must(w, EVENT_RECOMMEND, DIRECTOR, STATE_RECOMMENDED);
	case_must(w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	implement(w, STATE_TEMPORARY);
	assert_int_equal(w->request->ends, CASE_START + 365 * CASE_DAY);
}

static void an_early_allocation_ends_after_a_year(void **state)
{
	(void)state;
	struct case_world w;
	allocate_early(&w);
	case_must(&w, EVENT_PUBLISH, CLOCK, STATE_TEMPORARY);
	/* Who has it is told a month before, once. */
	w.now = w.request->ends - 30 * CASE_DAY - 1;
	assert_int_equal(case_due(w.request, &w.policy, w.now), CASE_EVENT_COUNT);
	must_say(&w, case_do(&w, EVENT_REMIND, CLOCK, "portroll"), PORTROLL_ERULE, "yet");
	w.now++;
	assert_int_equal(case_due(w.request, &w.policy, w.now), EVENT_REMIND);
	case_must(&w, EVENT_REMIND, CLOCK, STATE_TEMPORARY);
	w.now = w.request->ends - 1;
	assert_int_equal(case_due(w.request, &w.policy, w.now), CASE_EVENT_COUNT);
	must_say(&w, case_do(&w, EVENT_EXPIRE, CLOCK, "portroll"), PORTROLL_ERULE, "day");
	w.now++;
	assert_int_equal(case_due(w.request, &w.policy, w.now), EVENT_EXPIRE);
	case_must(&w, EVENT_EXPIRE, CLOCK, STATE_EXPIRED);
	must_say(&w, case_do(&w, EVENT_DEALLOCATE, REGISTRAR, "iana"), PORTROLL_ERULE,
		 "deprecated first");
	case_must(&w, EVENT_DEPRECATE, CHAIRS, STATE_DEPRECATED);
	case_must(&w, EVENT_DEALLOCATE, REGISTRAR, STATE_DEALLOCATED);
	case_world_end(&w);
}

static void an_early_allocation_does_not_expire_while_it_is_suspended(void **state)
{
	(void)state;
	struct case_world w;
	allocate_early(&w);
	case_must(&w, EVENT_SUSPEND, CHAIRS, STATE_TEMPORARY);
	must_say(&w, case_do(&w, EVENT_SUSPEND, CHAIRS, "chairs"), PORTROLL_ERULE, "already");
	w.now = w.request->ends + CASE_DAY;
	assert_int_equal(case_due(w.request, &w.policy, w.now), CASE_EVENT_COUNT);
	must_say(&w, case_do(&w, EVENT_EXPIRE, CLOCK, "portroll"), PORTROLL_ERULE, "RFC Editor");
	case_must(&w, EVENT_RESUME, REGISTRAR, STATE_TEMPORARY);
	must_say(&w, case_do(&w, EVENT_RESUME, REGISTRAR, "iana"), PORTROLL_ERULE, "not suspended");
	assert_int_equal(case_due(w.request, &w.policy, w.now), EVENT_EXPIRE);
	case_world_end(&w);
}

static void an_early_allocation_is_renewed_once_and_then_by_the_iesg(void **state)
{
	(void)state;
	struct case_world w;
	allocate_early(&w);
	case_must(&w, EVENT_EXTEND, REGISTRAR, STATE_TEMPORARY);
	assert_int_equal(w.request->ends, CASE_START + 2 * 365 * CASE_DAY);
	assert_int_equal(w.request->evidence.renewals, 1);
	must_say(&w, case_do(&w, EVENT_EXTEND, REGISTRAR, "iana"), PORTROLL_ERULE, "L21");
	struct case_step step = step_of(&w, EVENT_EXTEND, REGISTRAR);
	step.event.evidence = EVIDENCE_IESG_APPROVAL;
	step.event.reference = STR("minutes of the IESG");
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	assert_int_equal(w.request->ends, CASE_START + 3 * 365 * CASE_DAY);
	/* And not for the next one. */
	must_say(&w, case_do(&w, EVENT_EXTEND, REGISTRAR, "iana"), PORTROLL_ERULE, "L21");
	case_world_end(&w);
}

static void an_early_allocation_becomes_permanent_with_its_document(void **state)
{
	(void)state;
	struct case_world w;
	allocate_early(&w);
	must_say(&w, case_do(&w, EVENT_SETTLE, REGISTRAR, "iana"), PORTROLL_ERULE, "document");
	struct case_step step = step_of(&w, EVENT_SETTLE, REGISTRAR);
	step.event.reference = STR("[RFC6335]");
	step.event.change = 9;
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_IMPLEMENTED);
	assert_int_equal(w.request->change, 9);
	assert_int_equal(w.request->ends, 0);
	case_world_end(&w);
}

static const struct pool two_of_three = {.name = STR_INIT("web"), .approvals = 2, .lease_days = 30};
static const struct pool owned = {.name = STR_INIT("lab")};

static void a_pool_wants_as_many_reviewers_as_it_says(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_ASSIGN, PROCEDURE_POOL);
	case_told.choice.pool = &two_of_three;
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_POOL_REVIEW);
	must_say(&w, case_do(&w, EVENT_RECOMMEND, OWNER, "olga"), PORTROLL_ERULE, "reviewers");
	assert_int_equal(case_do(&w, EVENT_RECOMMEND, REVIEWER, "rita"), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_POOL_REVIEW);
	must_say(&w, case_do(&w, EVENT_RECOMMEND, REVIEWER, "rita"), PORTROLL_ERULE, "already");
	assert_int_equal(case_do(&w, EVENT_RECOMMEND, REVIEWER, "ruth"), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_RECOMMENDED);
	assert_true(w.request->evidence.items & EVIDENCE_REVIEWS_AGREE);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	implement(&w, STATE_TEMPORARY);
	assert_int_equal(w.request->ends, CASE_START + 30 * CASE_DAY);
	must_say(&w, case_do(&w, EVENT_SUSPEND, REGISTRAR, "iana"), PORTROLL_ERULE, "lease");
	must_say(&w, case_do(&w, EVENT_SETTLE, REGISTRAR, "iana"), PORTROLL_ERULE, "lease");
	case_must(&w, EVENT_EXTEND, REGISTRAR, STATE_TEMPORARY);
	case_must(&w, EVENT_EXTEND, REGISTRAR, STATE_TEMPORARY);
	assert_int_equal(w.request->ends, CASE_START + 90 * CASE_DAY);
	w.now = w.request->ends;
	case_must(&w, EVENT_EXPIRE, CLOCK, STATE_EXPIRED);
	must_say(&w, case_do(&w, EVENT_DEPRECATE, REGISTRAR, "iana"), PORTROLL_ERULE, "deallocate");
	case_must(&w, EVENT_DEALLOCATE, REGISTRAR, STATE_DEALLOCATED);
	case_world_end(&w);
}

static void a_recommendation_of_who_recuses_later_does_not_count(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_ASSIGN, PROCEDURE_POOL);
	case_told.choice.pool = &two_of_three;
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_POOL_REVIEW);
	assert_int_equal(case_do(&w, EVENT_RECOMMEND, REVIEWER, "rita"), PORTROLL_OK);
	assert_int_equal(case_do(&w, EVENT_RECUSE, REVIEWER, "rita"), PORTROLL_OK);
	assert_int_equal(case_do(&w, EVENT_RECOMMEND, REVIEWER, "ruth"), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_POOL_REVIEW);
	must_say(&w, case_do(&w, EVENT_RECOMMEND, REVIEWER | EXPERT, "rita"), PORTROLL_ERULE,
		 "rita has recused themselves");
	must_say(&w, case_do(&w, EVENT_ATTEST, REGISTRAR, "rita"), PORTROLL_ERULE, "recused");
	assert_int_equal(case_do(&w, EVENT_WITHDRAW, APPLICANT, "rita"), PORTROLL_OK);
	case_world_end(&w);
}

static void an_owner_decides_alone_where_a_pool_has_no_reviews(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_ASSIGN, PROCEDURE_POOL);
	case_told.choice.pool = &owned;
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_POOL_REVIEW);
	must_say(&w, case_do(&w, EVENT_RECOMMEND, REVIEWER, "rita"), PORTROLL_ERULE, "owner");
	case_must(&w, EVENT_RECOMMEND, OWNER, STATE_RECOMMENDED);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	implement(&w, STATE_IMPLEMENTED);
	case_world_end(&w);
}

static void experts_of_every_transport_are_heard(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_ASSIGN, PROCEDURE_EXPERT);
	case_told.choice.experts = TRANSPORT_BIT(PORTROLL_TCP) | TRANSPORT_BIT(PORTROLL_SCTP);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	struct case_step step = step_of(&w, EVENT_RECOMMEND, EXPERT);
	step.actor.transports = TRANSPORT_BIT(PORTROLL_TCP);
	must_say(&w, case_do_step(&w, &step), PORTROLL_ERULE, "expert of sctp");
	struct case_step other = step_of(&w, EVENT_OPINE, EXPERT);
	other.actor.account = STR("stella");
	other.actor.transports = TRANSPORT_BIT(PORTROLL_SCTP);
	assert_int_equal(case_do_step(&w, &other), PORTROLL_OK);
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_RECOMMENDED);
	case_world_end(&w);
}

static void an_opinion_of_who_recuses_later_does_not_count(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_ASSIGN, PROCEDURE_EXPERT);
	case_told.choice.experts = TRANSPORT_BIT(PORTROLL_TCP) | TRANSPORT_BIT(PORTROLL_SCTP);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	assert_int_equal(case_do(&w, EVENT_OPINE, EXPERT, "stella"), PORTROLL_OK);
	assert_int_equal(case_do(&w, EVENT_RECUSE, EXPERT, "stella"), PORTROLL_OK);
	struct case_step step = step_of(&w, EVENT_RECOMMEND, EXPERT);
	step.actor.transports = TRANSPORT_BIT(PORTROLL_TCP);
	must_say(&w, case_do_step(&w, &step), PORTROLL_ERULE, "expert of sctp");
	case_world_end(&w);
}

static void what_is_not_recommended_is_declined(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_ASSIGN, PROCEDURE_EXPERT);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	case_must(&w, EVENT_DISADVISE, EXPERT, STATE_NOT_RECOMMENDED);
	must_say(&w, case_do(&w, EVENT_APPROVE, REGISTRAR, "iana"), PORTROLL_ERULE,
		 "not recommended");
	case_must(&w, EVENT_DECLINE, REGISTRAR, STATE_REJECTED);
	case_world_end(&w);
}

static void what_was_attested_beforehand_is_not_asked_for_again(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_SUCCESSION, PROCEDURE_EXPERT);
	case_told.choice.needs_all = true;
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_AWAIT_CONFIRM);
	assert_int_equal(
		attest(&w, REGISTRAR,
		       EVIDENCE_ALL_CONFIRMED | EVIDENCE_EXPERT_YES | EVIDENCE_GOOD_REASON),
		PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_VALIDATING);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_RECOMMENDED);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	case_world_end(&w);
}

static void the_registrar_records_what_came_by_mail(void **state)
{
	(void)state;
	struct case_world w;
	submit(&w, REQUEST_EARLY, PROCEDURE_EARLY);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EARLY_CHAIRS);
	assert_int_equal(attest(&w, REGISTRAR, EVIDENCE_CHAIRS_AGREE), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_EARLY_DIRECTOR);
	assert_int_equal(attest(&w, REGISTRAR, EVIDENCE_DIRECTOR_AGREES), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_RECOMMENDED);
	case_world_end(&w);
	submit(&w, REQUEST_ASSIGN, PROCEDURE_EXPERT);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	assert_int_equal(attest(&w, REGISTRAR, EVIDENCE_NOT_IN_USE), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_EXPERT_REVIEW);
	assert_int_equal(attest(&w, REGISTRAR, EVIDENCE_EXPERT_YES), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_RECOMMENDED);
	case_world_end(&w);
}

static void who_made_the_request_is_on_file(void **state)
{
	(void)state;
	struct case_world w;
	case_world_begin(&w, REQUEST_DEASSIGN);
	case_must(&w, EVENT_SUBMIT, APPLICANT | ASSIGNEE | REGISTRAR, STATE_SUBMITTED);
	assert_int_equal(w.request->evidence.items, EVIDENCE_BY_ASSIGNEE | EVIDENCE_BY_REGISTRAR);
	case_world_end(&w);
}

static void ids_are_read_as_they_are_written(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int code;
		uint64_t number;
	} cases[] = {
		{"R-1", PORTROLL_OK, 1},
		{"r-42", PORTROLL_OK, 42},
		{"R-0", PORTROLL_ESYNTAX, 0},
		{"R-", PORTROLL_ESYNTAX, 0},
		{"R-07", PORTROLL_ESYNTAX, 0},
		{"42", PORTROLL_ESYNTAX, 0},
		{"R-4 2", PORTROLL_ESYNTAX, 0},
		{"", PORTROLL_ESYNTAX, 0},
		{"R-99999999999999999999", PORTROLL_ESYNTAX, 0},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint64_t number = 0;
		assert_int_equal(case_id_parse(&number, str_from(cases[i].text)), cases[i].code);
		assert_int_equal(number, cases[i].number);
	}
	char id[CASE_ID_MAX];
	assert_int_equal(case_id(id, UINT64_MAX), CASE_ID_MAX - 1);
	assert_string_equal(id, "R-18446744073709551615");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_user_port_goes_from_draft_to_published),
		cmocka_unit_test(a_name_alone_needs_nobody_but_the_registrar),
		cmocka_unit_test(what_is_to_be_permanent_waits_for_the_approval_of_its_document),
		cmocka_unit_test(a_document_of_the_ietf_waits_for_its_approval),
		cmocka_unit_test(the_iesg_decides_what_is_escalated),
		cmocka_unit_test(a_revocation_waits_for_its_community_call),
		cmocka_unit_test(a_call_is_never_shorter_than_four_weeks),
		cmocka_unit_test(what_is_clearly_unused_is_revoked_without_a_call),
		cmocka_unit_test(an_early_allocation_ends_after_a_year),
		cmocka_unit_test(an_early_allocation_does_not_expire_while_it_is_suspended),
		cmocka_unit_test(an_early_allocation_is_renewed_once_and_then_by_the_iesg),
		cmocka_unit_test(an_early_allocation_becomes_permanent_with_its_document),
		cmocka_unit_test(a_pool_wants_as_many_reviewers_as_it_says),
		cmocka_unit_test(a_recommendation_of_who_recuses_later_does_not_count),
		cmocka_unit_test(an_owner_decides_alone_where_a_pool_has_no_reviews),
		cmocka_unit_test(experts_of_every_transport_are_heard),
		cmocka_unit_test(an_opinion_of_who_recuses_later_does_not_count),
		cmocka_unit_test(what_is_not_recommended_is_declined),
		cmocka_unit_test(what_was_attested_beforehand_is_not_asked_for_again),
		cmocka_unit_test(the_registrar_records_what_came_by_mail),
		cmocka_unit_test(who_made_the_request_is_on_file),
		cmocka_unit_test(ids_are_read_as_they_are_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
