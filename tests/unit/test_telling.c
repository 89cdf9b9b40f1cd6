/* SPDX-License-Identifier: MIT */
#include "desk/telling.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/macros.h"

#define NOW 1795418400

/* A desk with a request for exp-test, which three people may decide, and what is told of a step. */
struct fixture {
	struct arena arena;
	struct revision revision;
	struct confirmation confirmations[2];
	struct request_case request;
	struct registry *registry;
	struct port_index index;
	struct rule_world world;
	struct notify_settings settings;
	uint8_t key[CONFIRMATION_KEY_SIZE];
	struct delivery told[16];
	size_t count;
	bool is_passing;
};

static const struct grant expert = {ROLE_EXPERT, STR_INIT("tcp")};
static const struct grant sctp_expert = {ROLE_EXPERT, STR_INIT("sctp")};
static const struct grant registrar = {ROLE_REGISTRAR, {NULL, 0}};

static const struct account accounts[] = {
	{.name = STR_INIT("applicant"), .mail = STR_INIT("applicant@example.com")},
	{.name = STR_INIT("expert"),
	 .mail = STR_INIT("expert@example.com"),
	 .grants = &expert,
	 .grant_count = 1},
	{.name = STR_INIT("other-expert"),
	 .mail = STR_INIT("other@example.com"),
	 .grants = &sctp_expert,
	 .grant_count = 1},
	{.name = STR_INIT("registrar"),
	 .mail = STR_INIT("registrar@example.com"),
	 .grants = &registrar,
	 .grant_count = 1},
	{.name = STR_INIT("gone"),
	 .mail = STR_INIT("gone@example.com"),
	 .grants = &registrar,
	 .grant_count = 1,
	 .is_disabled = true},
};
static const struct account_list all = {.items = accounts, .count = ARRAY_LEN(accounts)};
static const struct webhook hook = {STR_INIT("log"), STR_INIT("https://example.com/hook"),
				    STR_INIT("0123456789abcdef")};

/* Other bytes each time, so that ids differ. */
static void count_up(void *bytes, size_t len)
{
	static uint8_t next;
	memset(bytes, next++, len);
}

static int set_up(void **state)
{
	static struct fixture f;
	memset(&f, 0, sizeof(f));
	f.revision.by = STR("applicant");
	f.revision.document.values[DOC_REQUEST] = STR("assign");
	f.revision.document.values[DOC_SERVICE_NAME] = STR("exp-test");
	f.revision.document.values[DOC_TRANSPORTS] = STR("tcp");
	f.revision.document.values[DOC_CONTACT] = STR("Example <contact@example.com>");
	f.request = (struct request_case){.number = 42,
					  .source = STR("iana"),
					  .revisions = &f.revision,
					  .revision_count = 1,
					  .confirmations = f.confirmations};
	f.registry = registry_new(&f.arena);
	assert_int_equal(port_index_build(&f.index, f.registry, &f.arena), PORTROLL_OK);
	f.world = (struct rule_world){
		.registry = f.registry, .index = &f.index, .policy = &policy_rfc6335};
	f.settings = (struct notify_settings){.mail = STR("sendmail"),
					      .from = STR("ports@example.com"),
					      .link = STR("https://ports.example.com"),
					      .webhooks = &hook,
					      .webhook_count = 1};
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	arena_done(&f->arena);
	return 0;
}

static void tell(struct fixture *f, struct case_event event)
{
	struct stored_paper *papers;
	const struct paragraph_list none = {0};
	event.time = NOW;
	const struct telling t = {.request = &f->request,
				  .event = &event,
				  .is_passing = f->is_passing,
				  .accounts = &all,
				  .world = &f->world,
				  .settings = &f->settings,
				  .templates = &none,
				  .confirmation_key = f->key,
				  .now = NOW,
				  .random = count_up};
	assert_int_equal(telling_papers(&papers, &f->count, &t, &f->arena, NULL), PORTROLL_OK);
	assert_true(f->count <= ARRAY_LEN(f->told));
	for (size_t i = 0; i < f->count; i++)
		assert_int_equal(delivery_read(&f->told[i], &papers[i], &f->arena, NULL),
				 PORTROLL_OK);
}

static void assert_told(const struct fixture *f, const char *const *to)
{
	size_t count = 0;
	for (; to[count]; count++) {
		assert_true(count < f->count);
		if (!str_equal(f->told[count].to, str_from(to[count])))
			fail_msg("%.*s is told, not %s", PORTROLL_STR_ARG(f->told[count].to),
				 to[count]);
	}
	assert_int_equal(f->count, count);
}

static void each_step_has_those_who_are_told_of_it(void **state)
{
	struct fixture *f = *state;
	static const struct {
		uint8_t kind, from, to;
		const char *by, *told[4];
	} cases[] = {
		{EVENT_SUBMIT, STATE_DRAFT, STATE_SUBMITTED, "applicant", {"log"}},
		{EVENT_VALIDATE,
		 STATE_SUBMITTED,
		 STATE_EXPERT_REVIEW,
		 "portroll",
		 {"applicant@example.com", "expert@example.com", "log"}},
		{EVENT_REMIND,
		 STATE_EXPERT_REVIEW,
		 STATE_EXPERT_REVIEW,
		 "portroll",
		 {"expert@example.com", "log"}},
		{EVENT_OPINE, STATE_EXPERT_REVIEW, STATE_EXPERT_REVIEW, "expert", {"log"}},
		{EVENT_RECOMMEND,
		 STATE_EXPERT_REVIEW,
		 STATE_RECOMMENDED,
		 "expert",
		 {"applicant@example.com", "registrar@example.com", "log"}},
		{EVENT_APPROVE,
		 STATE_RECOMMENDED,
		 STATE_APPROVED,
		 "registrar",
		 {"applicant@example.com", "log"}},
		{EVENT_WITHDRAW, STATE_APPROVED, STATE_WITHDRAWN, "applicant", {"log"}},
		{EVENT_DEALLOCATE,
		 STATE_EXPIRED,
		 STATE_DEALLOCATED,
		 "portroll",
		 {"applicant@example.com", "contact@example.com", "log"}},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		tell(f, (struct case_event){.kind = cases[i].kind,
					    .from = cases[i].from,
					    .to = cases[i].to,
					    .by = str_from(cases[i].by)});
		assert_told(f, cases[i].told);
	}
}

static void a_state_that_passes_is_nobodys_turn(void **state)
{
	struct fixture *f = *state;
	f->is_passing = true;
	f->settings.webhook_count = 0;
	tell(f, (struct case_event){.kind = EVENT_VALIDATE,
				    .from = STATE_SUBMITTED,
				    .to = STATE_EXPERT_REVIEW,
				    .by = STR("applicant")});
	assert_int_equal(f->count, 0);
	tell(f, (struct case_event){.kind = EVENT_EXPIRE,
				    .from = STATE_TEMPORARY,
				    .to = STATE_EXPIRED,
				    .by = STR("portroll")});
	assert_int_equal(f->count, 0);
}

static void who_was_meant_is_told_before_who_did_it(void **state)
{
	struct fixture *f = *state;
	f->settings.webhook_count = 0;
	tell(f, (struct case_event){.kind = EVENT_APPROVE,
				    .from = STATE_RECOMMENDED,
				    .to = STATE_APPROVED,
				    .by = STR("boss"),
				    .as = STR("registrar")});
	assert_true(f->count > 0);
	assert_true(str_find(f->told[0].text, STR("approve by registrar (boss).")) != SIZE_MAX);
}

static void an_applicant_without_an_account_is_told_as_contact(void **state)
{
	struct fixture *f = *state;
	f->revision.by = STR("user:somebody");
	f->settings.webhook_count = 0;
	tell(f, (struct case_event){.kind = EVENT_DECLINE,
				    .from = STATE_NOT_RECOMMENDED,
				    .to = STATE_REJECTED});
	assert_told(f, (const char *[]){"contact@example.com", NULL});
	assert_true(str_equal(f->told[0].subject, STR("R-42: declined")));
}

static void those_who_must_confirm_get_their_own_code(void **state)
{
	struct fixture *f = *state;
	char code[CONFIRMATION_CODE_MAX];
	f->settings.webhook_count = 0;
	f->request.confirmation_count = 2;
	f->confirmations[0] = (struct confirmation){.mail = STR("a@example.com"),
						    .name = STR("Example A"),
						    .revision = 1,
						    .expires = NOW + 1};
	f->confirmations[1] = f->confirmations[0];
	f->confirmations[1].answer = 1;
	tell(f, (struct case_event){.kind = EVENT_VALIDATE,
				    .from = STATE_VALIDATING,
				    .to = STATE_AWAIT_CONFIRM,
				    .by = STR("applicant")});
	assert_told(f, (const char *[]){"a@example.com", NULL});
	confirmation_code(code, &f->request, 1, f->key);
	assert_true(str_find(f->told[0].text, str_from(code)) != SIZE_MAX);
	assert_true(str_find(f->told[0].text, STR("Example A,")) != SIZE_MAX);
	assert_true(str_find(f->told[0].text, STR("Service Name: exp-test")) != SIZE_MAX);
	assert_true(str_find(f->told[0].text, STR("https://ports.example.com/requests/R-42")) !=
		    SIZE_MAX);
}

static void a_webhook_is_told_nothing_personal(void **state)
{
	struct fixture *f = *state;
	f->settings.mail = STR_NONE;
	tell(f, (struct case_event){.kind = EVENT_IMPLEMENT,
				    .from = STATE_APPROVED,
				    .to = STATE_IMPLEMENTED,
				    .change = 7,
				    .by = STR("registrar"),
				    .reason = STR("told by a@example.com")});
	assert_told(f, (const char *[]){"log", NULL});
	assert_true(
		str_equal(f->told[0].text,
			  STR("{\"event\":\"implement\",\"request\":\"R-42\",\"kind\":\"assign\","
			      "\"source\":\"iana\",\"name\":\"exp-test\",\"state\":\"implemented\","
			      "\"time\":\"2026-11-23T07:20:00Z\",\"change\":7}")));
}

static void ids_differ_and_begin_with_the_time(void **state)
{
	struct fixture *f = *state;
	tell(f, (struct case_event){
			.kind = EVENT_VALIDATE, .to = STATE_EXPERT_REVIEW, .by = STR("portroll")});
	for (size_t i = 0; i < f->count; i++) {
		assert_true(str_starts(f->told[i].id, STR("006b03")));
		assert_false(i && str_equal(f->told[i].id, f->told[i - 1].id));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_step_has_those_who_are_told_of_it, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_state_that_passes_is_nobodys_turn, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(who_was_meant_is_told_before_who_did_it, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(an_applicant_without_an_account_is_told_as_contact,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(those_who_must_confirm_get_their_own_code, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_webhook_is_told_nothing_personal, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(ids_differ_and_begin_with_the_time, set_up,
						tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
