/* SPDX-License-Identifier: MIT */
#include "case_world.h"

#define APPLICANT ROLE_BIT(ROLE_APPLICANT)
#define EXPERT    ROLE_BIT(ROLE_EXPERT)
#define REGISTRAR ROLE_BIT(ROLE_REGISTRAR)
#define CLOCK     ROLE_BIT(ROLE_CLOCK)

static void a_user_port_goes_from_draft_to_published(void **state)
{
	(void)state;
	struct case_world w;
	case_world_begin(&w, REQUEST_ASSIGN);
	case_told.choice = (struct procedure_choice){.procedures = PROCEDURE_EXPERT,
						     .experts = TRANSPORT_BIT(PORTROLL_TCP)};
	case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	assert_int_equal(case_due(w.request, &w.policy, w.now), EVENT_VALIDATE);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	assert_int_equal(case_due(w.request, &w.policy, w.now), CASE_EVENT_COUNT);
	case_must(&w, EVENT_RECOMMEND, EXPERT, STATE_RECOMMENDED);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	case_must(&w, EVENT_IMPLEMENT, REGISTRAR, STATE_IMPLEMENTED);
	case_must(&w, EVENT_PUBLISH, CLOCK, STATE_PUBLISHED);
	case_world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_user_port_goes_from_draft_to_published),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
