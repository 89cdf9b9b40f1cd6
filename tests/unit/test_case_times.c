/* SPDX-License-Identifier: MIT */
#include "procedure/request_case.h"

#include "case_world.h"

#define APPLICANT ROLE_BIT(ROLE_APPLICANT)
#define EXPERT    ROLE_BIT(ROLE_EXPERT)
#define REVIEWER  ROLE_BIT(ROLE_REVIEWER)
#define IESG      ROLE_BIT(ROLE_IESG)
#define IAB       ROLE_BIT(ROLE_IAB)
#define REGISTRAR ROLE_BIT(ROLE_REGISTRAR)
#define CLOCK     ROLE_BIT(ROLE_CLOCK)
#define ANYBODY   ROLE_BIT(ROLE_ANYBODY)

static void must_refuse(const struct case_world *w, int r, const char *part)
{
	must_say(w, r, PORTROLL_ERULE, part);
}

static void review(struct case_world *w, uint16_t procedure, enum case_state to)
{
	case_world_begin(w, REQUEST_ASSIGN);
	case_told.choice = (struct procedure_choice){.procedures = procedure};
	case_must(w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	case_must(w, EVENT_VALIDATE, CLOCK, to);
}

/* Nothing is due a second before the day, and the clock does it on the day. */
static void must_be_due(struct case_world *w, int64_t after, enum case_event_kind kind,
			enum case_state to)
{
	w->now = CASE_START + after - 1;
	assert_int_equal(case_due(w->request, &w->policy, w->now), CASE_EVENT_COUNT);
	assert_int_equal(case_do(w, kind, CLOCK, "portroll"), PORTROLL_ERULE);
	w->now++;
	assert_int_equal(case_due(w->request, &w->policy, w->now), kind);
	case_must(w, kind, CLOCK, to);
}

static void a_question_that_is_not_answered_closes_the_request(void **state)
{
	(void)state;
	struct case_world w;
	review(&w, PROCEDURE_EXPERT, STATE_EXPERT_REVIEW);
	case_must(&w, EVENT_ASK, EXPERT, STATE_NEED_INFO);
	must_be_due(&w, 60 * CASE_DAY, EVENT_CLOSE, STATE_CLOSED);
	assert_int_equal(case_due(w.request, &w.policy, w.now + CASE_DAY), CASE_EVENT_COUNT);
	case_world_end(&w);
}

static void another_question_gives_time_again(void **state)
{
	(void)state;
	struct case_world w;
	review(&w, PROCEDURE_EXPERT, STATE_EXPERT_REVIEW);
	case_must(&w, EVENT_ASK, EXPERT, STATE_NEED_INFO);
	w.now += 10 * CASE_DAY;
	case_must(&w, EVENT_REMIND, REGISTRAR, STATE_NEED_INFO);
	assert_int_equal(w.request->due, CASE_START + 60 * CASE_DAY);
	case_must(&w, EVENT_ASK, REGISTRAR, STATE_NEED_INFO);
	must_be_due(&w, 70 * CASE_DAY, EVENT_CLOSE, STATE_CLOSED);
	case_world_end(&w);
}

static void silence_of_who_must_confirm_closes_the_request(void **state)
{
	(void)state;
	struct case_world w;
	case_world_begin(&w, REQUEST_MODIFY);
	case_told.choice =
		(struct procedure_choice){.procedures = PROCEDURE_REGISTRAR, .needs_all = true};
	case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_AWAIT_CONFIRM);
	must_be_due(&w, 30 * CASE_DAY, EVENT_CLOSE, STATE_CLOSED);
	case_world_end(&w);
}

static void experts_are_reminded_twice_and_then_the_iesg_is_told(void **state)
{
	(void)state;
	struct case_world w;
	review(&w, PROCEDURE_EXPERT, STATE_EXPERT_REVIEW);
	must_be_due(&w, 7 * CASE_DAY, EVENT_REMIND, STATE_EXPERT_REVIEW);
	must_be_due(&w, 14 * CASE_DAY, EVENT_REMIND, STATE_EXPERT_REVIEW);
	must_be_due(&w, 21 * CASE_DAY, EVENT_ESCALATE, STATE_IESG);
	case_world_end(&w);
}

static void an_opinion_ends_the_silence(void **state)
{
	(void)state;
	struct case_world w;
	review(&w, PROCEDURE_EXPERT, STATE_EXPERT_REVIEW);
	must_be_due(&w, 7 * CASE_DAY, EVENT_REMIND, STATE_EXPERT_REVIEW);
	w.now += CASE_DAY;
	case_must(&w, EVENT_OPINE, EXPERT, STATE_EXPERT_REVIEW);
	must_be_due(&w, 15 * CASE_DAY, EVENT_REMIND, STATE_EXPERT_REVIEW);
	must_be_due(&w, 22 * CASE_DAY, EVENT_REMIND, STATE_EXPERT_REVIEW);
	must_refuse(&w, case_do(&w, EVENT_ESCALATE, CLOCK, "portroll"), "still have time");
	must_be_due(&w, 29 * CASE_DAY, EVENT_ESCALATE, STATE_IESG);
	case_world_end(&w);
}

static void experts_are_reminded_before_the_iesg_is_told(void **state)
{
	(void)state;
	struct case_world w;
	review(&w, PROCEDURE_EXPERT, STATE_EXPERT_REVIEW);
	w.now += 7 * CASE_DAY;
	must_refuse(&w, case_do(&w, EVENT_ESCALATE, CLOCK, "portroll"), "reminded first");
	case_world_end(&w);
}

static void reviewers_of_a_pool_are_reminded_and_nobody_is_above_them(void **state)
{
	(void)state;
	struct case_world w;
	review(&w, PROCEDURE_POOL, STATE_POOL_REVIEW);
	must_be_due(&w, 7 * CASE_DAY, EVENT_REMIND, STATE_POOL_REVIEW);
	must_be_due(&w, 14 * CASE_DAY, EVENT_REMIND, STATE_POOL_REVIEW);
	assert_int_equal(case_due(w.request, &w.policy, w.now + 365 * CASE_DAY), CASE_EVENT_COUNT);
	case_world_end(&w);
}

static void decline(struct case_world *w)
{
	review(w, PROCEDURE_FCFS, STATE_VALIDATING);
	case_must(w, EVENT_DECLINE, REGISTRAR, STATE_REJECTED);
}

/* From 2027-01-15 to the end of 2027-03-15, whatever the hour of the decision. */
#define TWO_MONTHS (60 * CASE_DAY - 8 * INT64_C(3600))

static void an_appeal_comes_within_two_months(void **state)
{
	(void)state;
	struct case_world w;
	decline(&w);
	w.now = CASE_START + TWO_MONTHS - 1;
	assert_int_equal(case_due(w.request, &w.policy, w.now), CASE_EVENT_COUNT);
	case_must(&w, EVENT_APPEAL, ANYBODY, STATE_APPEAL_IESG);
	case_world_end(&w);
}

static void an_appeal_a_day_too_late_is_refused(void **state)
{
	(void)state;
	struct case_world w;
	decline(&w);
	w.now = CASE_START + TWO_MONTHS;
	must_refuse(&w, case_do(&w, EVENT_APPEAL, ANYBODY, "user:mallory"), "L22");
	must_be_due(&w, TWO_MONTHS, EVENT_CLOSE, STATE_REJECTED_FINAL);
	case_world_end(&w);
}

static void an_appeal_needs_a_statement_of_facts(void **state)
{
	(void)state;
	struct case_world w;
	decline(&w);
	const struct case_step step = {
		.actor = {STR("user:carol"), STR_NONE, ANYBODY, 0},
		.event = {.kind = EVENT_APPEAL},
		.now = w.now,
	};
	assert_int_equal(case_do_step(&w, &step), PORTROLL_EINVAL);
	case_world_end(&w);
}

static void an_appeal_goes_to_the_iesg_and_then_to_the_iab(void **state)
{
	(void)state;
	struct case_world w;
	decline(&w);
	case_must(&w, EVENT_APPEAL, APPLICANT, STATE_APPEAL_IESG);
	w.now += 30 * CASE_DAY;
	case_must(&w, EVENT_UPHOLD, IESG, STATE_REJECTED);
	w.now += 50 * CASE_DAY;
	case_must(&w, EVENT_APPEAL, APPLICANT, STATE_APPEAL_IAB);
	must_refuse(&w, case_do(&w, EVENT_UPHOLD, IESG, "iesg"), "only iab");
	case_must(&w, EVENT_UPHOLD, IAB, STATE_REJECTED_FINAL);
	case_world_end(&w);
	decline(&w);
	case_must(&w, EVENT_APPEAL, APPLICANT, STATE_APPEAL_IESG);
	case_must(&w, EVENT_OVERTURN, IESG, STATE_APPROVED);
	case_must(&w, EVENT_IMPLEMENT, REGISTRAR, STATE_IMPLEMENTED);
	case_world_end(&w);
}

static void an_appeal_to_the_iab_has_two_months_of_its_own(void **state)
{
	(void)state;
	struct case_world w;
	decline(&w);
	case_must(&w, EVENT_APPEAL, APPLICANT, STATE_APPEAL_IESG);
	w.now += 100 * CASE_DAY;
	case_must(&w, EVENT_UPHOLD, IESG, STATE_REJECTED);
	w.now += 70 * CASE_DAY;
	must_refuse(&w, case_do(&w, EVENT_APPEAL, APPLICANT, "user:carol"), "L22");
	case_world_end(&w);
}

static void two_months_end_with_the_last_day_of_a_short_month(void **state)
{
	(void)state;
	struct case_world w;
	static const struct {
		int64_t decided, end; /* days from 2027-01-15; the first one that is too late */
	} cases[] = {
		{350, 411}, /* 2027-12-31 to 2028-02-29 */
		{715, 776}, /* 2028-12-30 to 2029-02-28 */
		{0, 60},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		review(&w, PROCEDURE_FCFS, STATE_VALIDATING);
		w.now += cases[i].decided * CASE_DAY;
		case_must(&w, EVENT_DECLINE, REGISTRAR, STATE_REJECTED);
		assert_int_equal(w.request->due, CASE_START - 8 * 3600 + cases[i].end * CASE_DAY);
		case_world_end(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_that_is_not_answered_closes_the_request),
		cmocka_unit_test(another_question_gives_time_again),
		cmocka_unit_test(silence_of_who_must_confirm_closes_the_request),
		cmocka_unit_test(experts_are_reminded_twice_and_then_the_iesg_is_told),
		cmocka_unit_test(an_opinion_ends_the_silence),
		cmocka_unit_test(experts_are_reminded_before_the_iesg_is_told),
		cmocka_unit_test(reviewers_of_a_pool_are_reminded_and_nobody_is_above_them),
		cmocka_unit_test(an_appeal_comes_within_two_months),
		cmocka_unit_test(an_appeal_a_day_too_late_is_refused),
		cmocka_unit_test(an_appeal_needs_a_statement_of_facts),
		cmocka_unit_test(an_appeal_goes_to_the_iesg_and_then_to_the_iab),
		cmocka_unit_test(an_appeal_to_the_iab_has_two_months_of_its_own),
		cmocka_unit_test(two_months_end_with_the_last_day_of_a_short_month),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
