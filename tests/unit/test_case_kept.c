/* SPDX-License-Identifier: MIT */
#include "procedure/request_case.h"

#include "case_world.h"

#define APPLICANT ROLE_BIT(ROLE_APPLICANT)
#define EXPERT    ROLE_BIT(ROLE_EXPERT)
#define REGISTRAR ROLE_BIT(ROLE_REGISTRAR)
#define IESG      ROLE_BIT(ROLE_IESG)
#define CLOCK     ROLE_BIT(ROLE_CLOCK)

/* What goes wrong between people, and what is kept of a case. */

static void review(struct case_world *w)
{
	case_world_begin(w, REQUEST_ASSIGN);
	case_told.choice = (struct procedure_choice){.procedures = PROCEDURE_EXPERT};
	case_must(w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	case_must(w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
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

static int edit(struct case_world *w, const char *description)
{
	struct case_step step = step_of(w, EVENT_EDIT, APPLICANT);
	w->document.values[DOC_DESCRIPTION] = str_from(description);
	step.revision = &w->document;
	return case_do_step(w, &step);
}

static void of_two_who_decide_at_once_the_second_is_told(void **state)
{
	(void)state;
	struct case_world w;
	review(&w);
	case_must(&w, EVENT_RECOMMEND, EXPERT, STATE_RECOMMENDED);
	assert_int_equal(case_do(&w, EVENT_APPROVE, REGISTRAR, "rosa"), PORTROLL_OK);
	must_say(&w, case_do(&w, EVENT_APPROVE, REGISTRAR, "otto"), PORTROLL_ECONFLICT,
		 "rosa was first");
	must_say(&w, case_do(&w, EVENT_APPROVE, REGISTRAR, "rosa"), PORTROLL_ECONFLICT,
		 "you did that already (approve");
	must_say(&w, case_do(&w, EVENT_DECLINE, REGISTRAR, "otto"), PORTROLL_ERULE, "approved");
	case_world_end(&w);
}

static void a_decision_on_an_older_revision_is_refused(void **state)
{
	(void)state;
	struct case_world w;
	review(&w);
	assert_int_equal(edit(&w, "Press control"), PORTROLL_OK);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	struct case_step step = step_of(&w, EVENT_RECOMMEND, EXPERT);
	step.event.revision = 1;
	must_say(&w, case_do_step(&w, &step), PORTROLL_ECONFLICT, "revision 2, not 1");
	step.event.revision = 2;
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	case_world_end(&w);
}

static void what_people_said_falls_with_its_revision(void **state)
{
	(void)state;
	struct case_world w;
	review(&w);
	struct case_step step = step_of(&w, EVENT_ATTEST, REGISTRAR);
	step.event.evidence = EVIDENCE_SPECIFICATION | EVIDENCE_IMPACT_ACCEPTED;
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	step = step_of(&w, EVENT_OVERRIDE, REGISTRAR);
	step.event.reference = STR("P12");
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	step = step_of(&w, EVENT_REPLY, EXPERT);
	step.event.reference = STR("P14");
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	assert_int_equal(w.request->evidence.override_count, 1);
	assert_text(w.request->evidence.overrides[0].rule, "P12");
	assert_int_equal(w.request->evidence.answer_count, 1);
	case_must(&w, EVENT_RECOMMEND, EXPERT, STATE_RECOMMENDED);
	assert_int_equal(edit(&w, "Press control"), PORTROLL_OK);
	assert_int_equal(w.request->evidence.items, EVIDENCE_SPECIFICATION);
	assert_int_equal(w.request->evidence.override_count, 0);
	assert_int_equal(w.request->evidence.answer_count, 0);
	case_world_end(&w);
}

static void a_request_stays_what_it_is(void **state)
{
	(void)state;
	struct case_world w;
	review(&w);
	w.document.values[DOC_REQUEST] = STR("reserve");
	must_say(&w, edit(&w, "x"), PORTROLL_ERULE, "keeps its kind");
	w.document.values[DOC_REQUEST] = STR("assign");
	w.document.values[DOC_SOURCE] = STR("acme");
	must_say(&w, edit(&w, "x"), PORTROLL_ERULE, "stays with its source");
	must_say(&w, case_do(&w, EVENT_EDIT, APPLICANT, "carol"), PORTROLL_ERULE, "revision");
	case_world_end(&w);
}

static void an_answer_is_words_or_a_revision(void **state)
{
	(void)state;
	struct case_world w;
	review(&w);
	case_must(&w, EVENT_ASK, EXPERT, STATE_NEED_INFO);
	struct case_step step = step_of(&w, EVENT_ANSWER, APPLICANT);
	step.event.reason = STR("  ");
	must_say(&w, case_do_step(&w, &step), PORTROLL_ERULE, "answer is missing");
	w.document.values[DOC_DESCRIPTION] = STR("Press control");
	step.revision = &w.document;
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	assert_int_equal(w.request->revision_count, 2);
	case_world_end(&w);
}

static void a_clock_that_goes_back_is_told_with_both_times(void **state)
{
	(void)state;
	struct case_world w;
	review(&w);
	w.now = CASE_START - 60;
	must_say(&w, case_do(&w, EVENT_RECOMMEND, EXPERT, "eve"), PORTROLL_EINVAL,
		 "the clock says 2027-01-15T07:59:00Z, but the last step was at "
		 "2027-01-15T08:00:00Z");
	w.now = -1;
	must_say(&w, case_do(&w, EVENT_RECOMMEND, EXPERT, "eve"), PORTROLL_EINVAL, "1970");
	case_world_end(&w);
}

static void reasons_are_wanted_and_are_text(void **state)
{
	(void)state;
	struct case_world w;
	review(&w);
	struct case_step step = step_of(&w, EVENT_DISADVISE, EXPERT);
	step.event.reason = STR(" \n ");
	must_say(&w, case_do_step(&w, &step), PORTROLL_EINVAL, "disadvise needs a reason");
	step.event.reason = STR("no\x07");
	must_say(&w, case_do_step(&w, &step), PORTROLL_EINVAL, "control characters");
	step = step_of(&w, EVENT_RECOMMEND, EXPERT);
	step.revision = &w.document;
	must_say(&w, case_do_step(&w, &step), PORTROLL_EINVAL, "no such step");
	case_world_end(&w);
}

static void a_case_does_not_grow_without_end(void **state)
{
	(void)state;
	struct case_world w;
	review(&w);
	size_t size = (size_t)10 << 20;
	char *text = malloc(size);
	assert_non_null(text);
	memset(text, 'x', size);
	struct case_step step = step_of(&w, EVENT_OPINE, EXPERT);
	step.event.reason = (struct portroll_str){text, size};
	must_say(&w, case_do_step(&w, &step), PORTROLL_ELIMIT, "1 MiB");
	w.document.values[DOC_DESCRIPTION] = (struct portroll_str){text, size};
	step = step_of(&w, EVENT_EDIT, APPLICANT);
	step.revision = &w.document;
	must_say(&w, case_do_step(&w, &step), PORTROLL_ELIMIT, "document is too long");
	w.document.values[DOC_DESCRIPTION] = STR("a\x1b[31m");
	must_say(&w, case_do_step(&w, &step), PORTROLL_EINVAL, "no text");
	step = step_of(&w, EVENT_OPINE, EXPERT);
	step.event.reason = (struct portroll_str){text, CASE_SIZE_MAX - (20U << 10)};
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	step.event.reason.len = 12U << 10;
	must_say(&w, case_do_step(&w, &step), PORTROLL_ELIMIT, "withdraw it and make another");
	case_must(&w, EVENT_WITHDRAW, APPLICANT, STATE_WITHDRAWN);
	case_world_end(&w);
	free(text);
}

/* A finding about the form, one that may be overridden, and a question. */
static struct finding finding_of(const char *rule)
{
	struct finding f = {.rule = rule_find(str_from(rule)), .detail = STR("what was found")};
	assert_non_null(f.rule);
	return f;
}

static void what_is_wrong_is_asked_of_the_applicant(void **state)
{
	(void)state;
	struct case_world w;
	case_world_begin(&w, REQUEST_ASSIGN);
	case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	case_told.findings[0] = finding_of("N01");
	case_told.findings[1] = finding_of("N08");
	case_told.finding_count = 2;
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_NEED_INFO);
	/* The clock gives no words of its own. */
	struct case_step step = step_of(&w, EVENT_VALIDATE, REGISTRAR);
	step.event.reason = STR_NONE;
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	assert_text(w.request->events[w.request->event_count - 1].reason,
		    "N01: what was found\nN08: what was found");
	case_told.finding_count = 0;
	case_must(&w, EVENT_ANSWER, APPLICANT, STATE_VALIDATING);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_VALIDATING);
	case_world_end(&w);
}

static void what_a_decision_lacks_is_named_by_its_rule(void **state)
{
	(void)state;
	struct case_world w;
	case_world_begin(&w, REQUEST_ASSIGN);
	case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_VALIDATING);
	case_told.lacking[0] = finding_of("N08");
	case_told.lacking_count = 1;
	must_say(&w, case_do(&w, EVENT_APPROVE, REGISTRAR, "iana"), PORTROLL_ERULE,
		 "N08: what was found");
	case_told.lacking_count = 0;
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	/* What was free may be taken when it is written. */
	case_told.lacking_count = 1;
	must_say(&w, case_do(&w, EVENT_IMPLEMENT, REGISTRAR, "iana"), PORTROLL_ERULE, "N08");
	case_must(&w, EVENT_CONFLICT, REGISTRAR, STATE_VALIDATING);
	assert_false(w.request->evidence.items & EVIDENCE_REGISTRAR_DECIDED);
	assert_int_equal(case_due(w.request, &w.policy, w.now), EVENT_VALIDATE);
	case_world_end(&w);
}

static void a_rule_of_form_is_never_overridden(void **state)
{
	(void)state;
	struct case_world w;
	review(&w);
	struct case_step step = step_of(&w, EVENT_OVERRIDE, REGISTRAR);
	step.event.reference = STR("N01");
	must_say(&w, case_do_step(&w, &step), PORTROLL_ERULE, "N01 is a rule of form");
	step.event.reference = STR("N99");
	must_say(&w, case_do_step(&w, &step), PORTROLL_ERULE, "no such rule");
	step.event.kind = EVENT_REPLY;
	must_say(&w, case_do_step(&w, &step), PORTROLL_ERULE, "no such rule");
	case_world_end(&w);
}

static void who_came_first_is_served_first(void **state)
{
	(void)state;
	static const struct {
		const char *request, *name;
		struct range ports;
		transport_set transports;
		bool is_held;
	} cases[] = {
		{"R-41", "", {5000, 5000}, TRANSPORT_BIT(PORTROLL_TCP), true},
		{"R-41", "", {4990, 5010}, TRANSPORTS_ALL, true},
		{"R-41", "PRESS", {0, 0}, 0, true},
		{"R-43", "press", {5000, 5000}, TRANSPORTS_ALL, false},
		{"R-41", "other", {5000, 5000}, TRANSPORT_BIT(PORTROLL_UDP), true},
		{"R-41", "other", {5001, 5009}, TRANSPORTS_ALL, false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct case_world w;
		const struct hold hold = {.request = str_from(cases[i].request),
					  .name = str_from(cases[i].name),
					  .ports = cases[i].ports,
					  .transports = cases[i].transports};
		case_world_begin(&w, REQUEST_ASSIGN);
		w.world.holds = &hold;
		w.world.hold_count = 1;
		case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
		case_must(&w, EVENT_VALIDATE, CLOCK, STATE_VALIDATING);
		if (cases[i].is_held) {
			must_say(&w, case_do(&w, EVENT_APPROVE, REGISTRAR, "iana"), PORTROLL_ERULE,
				 "R-41 wants the same and came first");
			struct case_step step = step_of(&w, EVENT_OVERRIDE, REGISTRAR);
			step.event.reference = STR("Q24");
			assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
		}
		case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
		case_world_end(&w);
	}
}

static void an_open_request_holds_what_it_wants(void **state)
{
	(void)state;
	struct case_world w;
	struct hold holds[REQUEST_PORT_MAX];
	case_world_begin(&w, REQUEST_ASSIGN);
	assert_int_equal(case_holds(holds, REQUEST_PORT_MAX, w.request, &w.arena), 0);
	w.document.values[DOC_PORT_NUMBER] = STR("5000, 5002");
	assert_int_equal(edit(&w, "x"), PORTROLL_OK);
	case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	assert_int_equal(case_holds(holds, REQUEST_PORT_MAX, w.request, &w.arena), 2);
	assert_text(holds[1].request, "R-42");
	assert_text(holds[1].name, "press");
	assert_int_equal(holds[1].ports.first, 5002);
	assert_int_equal(holds[1].transports, TRANSPORTS_ALL);
	assert_int_equal(case_holds(holds, 1, w.request, &w.arena), 1);
	case_must(&w, EVENT_WITHDRAW, APPLICANT, STATE_WITHDRAWN);
	assert_int_equal(case_holds(holds, REQUEST_PORT_MAX, w.request, &w.arena), 0);
	case_world_end(&w);
}

static void a_granted_port_is_held(void **state)
{
	(void)state;
	struct case_world w;
	struct hold hold;
	case_world_begin(&w, REQUEST_ASSIGN);
	w.document.values[DOC_PORT_NUMBER] = STR("User");
	assert_int_equal(edit(&w, "x"), PORTROLL_OK);
	case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	assert_int_equal(case_holds(&hold, 1, w.request, &w.arena), 1);
	assert_int_equal(hold.transports, 0);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_VALIDATING);
	struct case_step step = step_of(&w, EVENT_APPROVE, REGISTRAR);
	step.event.has_granted = true;
	step.event.granted = (struct range){5005, 5005};
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	assert_true(w.request->evidence.has_granted);
	assert_int_equal(case_holds(&hold, 1, w.request, &w.arena), 1);
	assert_int_equal(hold.ports.first, 5005);
	case_world_end(&w);
}

/* A case that has a bit of everything. */
static struct portroll_str kept_case(struct case_world *w)
{
	review(w);
	struct case_step step = step_of(w, EVENT_RECOMMEND, EXPERT);
	step.actor.as = STR("eve");
	w->now += CASE_DAY;
	assert_int_equal(edit(w, "Press control"), PORTROLL_OK);
	case_told.choice.needs_all = true;
	case_must(w, EVENT_VALIDATE, CLOCK, STATE_AWAIT_CONFIRM);
	struct case_step word = step_of(w, EVENT_CONFIRM, ROLE_BIT(ROLE_ASSIGNEE));
	word.event.party = 1;
	assert_int_equal(case_do_step(w, &word), PORTROLL_OK);
	struct case_step words = step_of(w, EVENT_ATTEST, REGISTRAR);
	words.event.evidence = EVIDENCE_ALL_CONFIRMED;
	assert_int_equal(case_do_step(w, &words), PORTROLL_OK);
	case_must(w, EVENT_VALIDATE, CLOCK, STATE_EXPERT_REVIEW);
	step.now = w->now;
	assert_int_equal(case_do_step(w, &step), PORTROLL_OK);
	step = step_of(w, EVENT_APPROVE, REGISTRAR);
	step.event.has_granted = true;
	step.event.granted = (struct range){5000, 5000};
	assert_int_equal(case_do_step(w, &step), PORTROLL_OK);
	struct buf text = BUF_INIT(CASE_SIZE_MAX);
	case_put(&text, w->request);
	return buf_keep(&text, &w->arena);
}

static void a_history_that_could_not_have_happened_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to;
	} cases[] = {
		/* Another state, another role, another kind. */
		{"\"to\":\"recommended\"", "\"to\":\"approved\""},
		{"\"role\":\"registrar\"", "\"role\":\"applicant\""},
		{"\"kind\":\"recommend\"", "\"kind\":\"disadvise\""},
		{"\"kind\":\"submit\"", "\"kind\":\"shout\""},
		{"\"role\":\"expert\"", "\"role\":\"king\""},
		{"\"to\":\"submitted\"", "\"to\":\"lost\""},
		/* Times, revisions, parties. */
		{"\"time\":\"2027-01-16T08:00:00Z\",\"to\":\"approved\"",
		 "\"time\":\"2027-01-15T07:00:00Z\",\"to\":\"approved\""},
		{"\"time\":\"2027-01-16T08:00:00Z\",\"to\":\"approved\"",
		 "\"time\":\"2027-02-30T08:00:00Z\",\"to\":\"approved\""},
		{"\"revision\":2,\"role\":\"expert\"", "\"revision\":1,\"role\":\"expert\""},
		{"\"revision\":2,\"role\":\"expert\"", "\"revision\":3,\"role\":\"expert\""},
		{"\"party\":1", "\"party\":9"},
		{"\"party\":1", "\"party\":2"},
		/* Evidence that the step does not give. */
		{"\"evidence\":[\"registrar-decided\"]", "\"evidence\":[\"iesg-approval\"]"},
		{"\"evidence\":[\"registrar-decided\"]", "\"evidence\":[\"rumour\"]"},
		{"\"evidence\":[\"all-confirmed\"]", "\"evidence\":[\"call-ended\"]"},
		/* What is no form of it. */
		{"\"v\":1}", "\"v\":2}"},
		{"\"v\":1}", "\"v\":1,\"w\":1}"},
		{"\"v\":1}", "\"v\":1} "},
		{"\"number\":42", "\"number\":0"},
		{"\"number\":42", "\"number\":42,\"number\":42"},
		{"\"source\":\"iana\"", "\"source\":\"acme\""},
		{"\"granted\":\"5000\"", "\"granted\":\"5000-4000\""},
		{"\"by\":\"user:carol\"", "\"by\":\"user:mallory\",\"x\":1"},
		{"\"time\":\"2027-01-16T08:00:00Z\"}],\"source\"",
		 "\"time\":\"2027-01-17T08:00:00Z\"}],\"source\""},
		{"Request: assign", "Requested: assign"},
		{"{\"confirmations\"", "[\"confirmations\""},
	};
	struct case_world w;
	struct request_case *c;
	struct portroll_str text = kept_case(&w);
	assert_int_equal(case_read(&c, text, &w.arena, &w.err), PORTROLL_OK);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf changed = BUF_INIT(CASE_SIZE_MAX);
		struct portroll_error err = {0};
		size_t at = str_find(text, str_from(cases[i].from));
		if (at == SIZE_MAX)
			fail_msg("%s is not in %.*s", cases[i].from, PORTROLL_STR_ARG(text));
		buf_put(&changed, str_part(text, 0, at));
		buf_puts(&changed, cases[i].to);
		buf_put(&changed, str_part(text, at + strlen(cases[i].from), text.len));
		if (case_read(&c, buf_str(&changed), &w.arena, &err) != PORTROLL_ECORRUPT)
			fail_msg("%s was let through (%s)", cases[i].to, err.text);
		assert_true(err.text[0] != '\0');
		buf_done(&changed);
	}
	case_world_end(&w);
}

static void every_byte_counts(void **state)
{
	(void)state;
	struct case_world w;
	struct request_case *c;
	struct portroll_str text = kept_case(&w);
	for (size_t len = 0; len < text.len; len += 7) {
		struct arena a = ARENA_INIT;
		assert_int_equal(case_read(&c, str_part(text, 0, len), &a, NULL),
				 PORTROLL_ECORRUPT);
		arena_done(&a);
	}
	case_world_end(&w);
}

struct input {
	struct portroll_str text;
	struct case_world *world;
};

static int read_it(void *context)
{
	const struct input *in = context;
	struct arena a = ARENA_INIT;
	struct request_case *c;
	int r = case_read(&c, in->text, &a, NULL);
	arena_done(&a);
	return r;
}

static int implement_it(void *context)
{
	const struct input *in = context;
	struct arena a = ARENA_INIT;
	struct request_case c = *in->world->request;
	const struct case_step step = step_of(in->world, EVENT_IMPLEMENT, REGISTRAR);
	int r = case_apply(&c, &step, &in->world->world, &a, NULL);
	if (r < 0)
		assert_memory_equal(&c, in->world->request, sizeof(c));
	arena_done(&a);
	return r;
}

static void reading_and_applying_survive_any_failing_allocation(void **state)
{
	(void)state;
	struct case_world w;
	struct input in = {kept_case(&w), &w};
	oom_sweep(read_it, &in);
	oom_sweep(implement_it, &in);
	case_world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_two_who_decide_at_once_the_second_is_told),
		cmocka_unit_test(a_decision_on_an_older_revision_is_refused),
		cmocka_unit_test(what_people_said_falls_with_its_revision),
		cmocka_unit_test(a_request_stays_what_it_is),
		cmocka_unit_test(an_answer_is_words_or_a_revision),
		cmocka_unit_test(a_clock_that_goes_back_is_told_with_both_times),
		cmocka_unit_test(reasons_are_wanted_and_are_text),
		cmocka_unit_test(a_case_does_not_grow_without_end),
		cmocka_unit_test(what_is_wrong_is_asked_of_the_applicant),
		cmocka_unit_test(what_a_decision_lacks_is_named_by_its_rule),
		cmocka_unit_test(a_rule_of_form_is_never_overridden),
		cmocka_unit_test(who_came_first_is_served_first),
		cmocka_unit_test(an_open_request_holds_what_it_wants),
		cmocka_unit_test(a_granted_port_is_held),
		cmocka_unit_test(a_history_that_could_not_have_happened_is_refused),
		cmocka_unit_test(every_byte_counts),
		cmocka_unit_test(reading_and_applying_survive_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
