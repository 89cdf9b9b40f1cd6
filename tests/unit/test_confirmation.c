/* SPDX-License-Identifier: MIT */
#include "procedure/request_case.h"

#include "case_world.h"

#define APPLICANT ROLE_BIT(ROLE_APPLICANT)
#define ASSIGNEE  ROLE_BIT(ROLE_ASSIGNEE)
#define CONTACT   ROLE_BIT(ROLE_CONTACT)
#define REGISTRAR ROLE_BIT(ROLE_REGISTRAR)
#define CLOCK     ROLE_BIT(ROLE_CLOCK)

static const uint8_t key[CONFIRMATION_KEY_SIZE] = {1, 2, 3};

/* Who is asked about a succession: those who are there, then those who are to come. */
enum {
	ALICE = 1, /* the assignee */
	BOB,       /* the contact */
	CAROL,     /* the new assignee */
	DAVE,      /* the new contact */
};

static void must_refuse(const struct case_world *w, int r, const char *part)
{
	must_say(w, r, PORTROLL_ERULE, part);
}

static void ask_all(struct case_world *w)
{
	case_world_begin(w, REQUEST_SUCCESSION);
	case_told.choice =
		(struct procedure_choice){.procedures = PROCEDURE_REGISTRAR, .needs_all = true};
	case_must(w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	case_must(w, EVENT_VALIDATE, CLOCK, STATE_AWAIT_CONFIRM);
}

static int say(struct case_world *w, enum case_event_kind kind, uint32_t party)
{
	bool is_assignee = party == ALICE || party == CAROL;
	const struct case_step step = {
		.actor = {STR("code"), STR_NONE, is_assignee ? ASSIGNEE : CONTACT, 0},
		.event = {.kind = (uint8_t)kind, .party = party, .reason = STR("a reason")},
		.now = w->now,
	};
	return case_do_step(w, &step);
}

static int check_code(struct case_world *w, const char *code)
{
	w->err = (struct portroll_error){0};
	return confirmation_check(w->request, str_from(code), key, w->now, &w->err);
}

static void all_who_are_there_and_all_who_come_are_asked(void **state)
{
	(void)state;
	static const struct {
		const char *person, *name, *mail;
		bool is_new, is_assignee;
	} asked[] = {
		{"Alice", "Alice", "alice@example.com", false, true},
		{"Bob", "Bob", "bob@example.com", false, false},
		{"", "Carol", "carol@example.com", true, true},
		{"", "Dave", "dave@example.com", true, false},
	};
	struct case_world w;
	ask_all(&w);
	assert_int_equal(w.request->confirmation_count, ARRAY_LEN(asked));
	for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
		const struct confirmation *k = &w.request->confirmations[i];
		assert_text(k->person, asked[i].person);
		assert_text(k->name, asked[i].name);
		assert_text(k->mail, asked[i].mail);
		assert_int_equal(k->is_new, asked[i].is_new);
		assert_int_equal(k->is_assignee, asked[i].is_assignee);
		assert_int_equal(k->revision, 1);
		assert_int_equal(k->expires, CASE_START + 30 * CASE_DAY);
	}
	case_world_end(&w);
}

static void only_the_assignee_is_asked_where_the_word_of_one_is_wanted(void **state)
{
	(void)state;
	static const enum request_kind kinds[] = {REQUEST_TRANSPORT, REQUEST_NAME, REQUEST_DEASSIGN,
						  REQUEST_REUSE};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct case_world w;
		case_world_begin(&w, kinds[i]);
		case_told.choice = (struct procedure_choice){.procedures = PROCEDURE_REGISTRAR,
							     .needs_assignee = true};
		case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
		case_must(&w, EVENT_VALIDATE, CLOCK, STATE_AWAIT_CONFIRM);
		assert_int_equal(w.request->confirmation_count, 1);
		assert_text(w.request->confirmations[0].person, "Alice");
		assert_int_equal(say(&w, EVENT_CONFIRM, ALICE), PORTROLL_OK);
		assert_int_equal(w.request->state, STATE_VALIDATING);
		assert_true(w.request->evidence.items & EVIDENCE_ASSIGNEE_AGREES);
		case_must(&w, EVENT_VALIDATE, CLOCK, STATE_VALIDATING);
		case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
		case_world_end(&w);
	}
}

static void the_last_word_lets_it_go_on(void **state)
{
	(void)state;
	struct case_world w;
	ask_all(&w);
	for (uint32_t party = ALICE; party < DAVE; party++) {
		assert_int_equal(say(&w, EVENT_CONFIRM, party), PORTROLL_OK);
		assert_int_equal(w.request->state, STATE_AWAIT_CONFIRM);
		assert_false(w.request->evidence.items & EVIDENCE_ALL_CONFIRMED);
	}
	assert_int_equal(say(&w, EVENT_CONFIRM, DAVE), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_VALIDATING);
	assert_true(w.request->evidence.items & EVIDENCE_ALL_CONFIRMED);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_VALIDATING);
	case_world_end(&w);
}

static void the_assignees_word_wins_over_a_contacts(void **state)
{
	(void)state;
	struct case_world w;
	ask_all(&w);
	assert_int_equal(say(&w, EVENT_REFUSE, BOB), PORTROLL_OK);
	assert_int_equal(say(&w, EVENT_CONFIRM, ALICE), PORTROLL_OK);
	assert_int_equal(say(&w, EVENT_CONFIRM, CAROL), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_AWAIT_CONFIRM);
	assert_int_equal(say(&w, EVENT_CONFIRM, DAVE), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_VALIDATING);
	case_world_end(&w);
}

static void a_contacts_word_does_not_win_over_the_assignees(void **state)
{
	(void)state;
	struct case_world w;
	ask_all(&w);
	assert_int_equal(say(&w, EVENT_REFUSE, ALICE), PORTROLL_OK);
	for (uint32_t party = BOB; party <= DAVE; party++)
		assert_int_equal(say(&w, EVENT_CONFIRM, party), PORTROLL_OK);
	assert_int_equal(w.request->state, STATE_AWAIT_CONFIRM);
	must_refuse(&w, say(&w, EVENT_CONFIRM, ALICE), "answered already");
	/* The registrar rejects, or overrides with a reason. */
	struct case_step step = {
		.actor = {STR("iana"), STR_NONE, REGISTRAR, 0},
		.event = {.kind = EVENT_OVERRIDE, .reference = STR("L16"), .reason = STR("why")},
		.now = w.now,
	};
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	case_must(&w, EVENT_VALIDATE, REGISTRAR, STATE_VALIDATING);
	case_must(&w, EVENT_APPROVE, REGISTRAR, STATE_APPROVED);
	case_world_end(&w);
}

static void nobody_speaks_for_others(void **state)
{
	(void)state;
	struct case_world w;
	ask_all(&w);
	struct case_step step = {
		.actor = {STR("bob"), STR_NONE, CONTACT, 0},
		.event = {.kind = EVENT_CONFIRM, .party = ALICE},
		.now = w.now,
	};
	must_refuse(&w, case_do_step(&w, &step), "the assignee's");
	step.actor.roles = ASSIGNEE;
	step.event.party = BOB;
	must_refuse(&w, case_do_step(&w, &step), "a contact's");
	step.event.party = 0;
	must_refuse(&w, case_do_step(&w, &step), "whose word");
	step.event.party = 5;
	must_refuse(&w, case_do_step(&w, &step), "whose word");
	case_world_end(&w);
}

static void a_new_revision_asks_again(void **state)
{
	(void)state;
	struct case_world w;
	char code[CONFIRMATION_CODE_MAX];
	ask_all(&w);
	confirmation_code(code, w.request, ALICE, key);
	assert_int_equal(say(&w, EVENT_CONFIRM, BOB), PORTROLL_OK);
	struct case_step step = {
		.actor = {STR("user:carol"), STR_NONE, APPLICANT, 0},
		.event = {.kind = EVENT_EDIT},
		.revision = &w.document,
		.now = w.now,
	};
	w.document.values[DOC_DESCRIPTION] = STR("Print spooler");
	assert_int_equal(case_do_step(&w, &step), PORTROLL_OK);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_AWAIT_CONFIRM);
	assert_int_equal(w.request->confirmation_count, 8);
	must_refuse(&w, check_code(&w, code), "older revision");
	must_refuse(&w, say(&w, EVENT_CONFIRM, ALICE), "older revision");
	assert_int_equal(w.request->confirmations[4].revision, 2);
	case_world_end(&w);
}

static void a_code_is_good_once_and_in_either_case(void **state)
{
	(void)state;
	struct case_world w;
	char code[CONFIRMATION_CODE_MAX], small[CONFIRMATION_CODE_MAX];
	uint64_t number;
	size_t party;
	ask_all(&w);
	confirmation_code(code, w.request, BOB, key);
	assert_int_equal(confirmation_parse(&number, &party, str_from(code)), PORTROLL_OK);
	assert_int_equal(number, 42);
	assert_int_equal(party, BOB);
	for (size_t i = 0; i < sizeof(small); i++)
		small[i] = fold_char(code[i]);
	assert_int_equal(check_code(&w, code), PORTROLL_OK);
	assert_int_equal(check_code(&w, small), PORTROLL_OK);
	assert_int_equal(say(&w, EVENT_CONFIRM, BOB), PORTROLL_OK);
	must_refuse(&w, check_code(&w, code), "used already");
	case_world_end(&w);
}

static void a_code_is_late_from_its_end_on(void **state)
{
	(void)state;
	struct case_world w;
	char code[CONFIRMATION_CODE_MAX];
	ask_all(&w);
	confirmation_code(code, w.request, BOB, key);
	w.now = CASE_START + 30 * CASE_DAY - 1;
	assert_int_equal(check_code(&w, code), PORTROLL_OK);
	w.now++;
	must_refuse(&w, check_code(&w, code), "too late");
	must_refuse(&w, say(&w, EVENT_CONFIRM, BOB), "has passed");
	/* It can be asked again: new codes, old ones stay late. */
	case_must(&w, EVENT_VALIDATE, REGISTRAR, STATE_AWAIT_CONFIRM);
	assert_int_equal(w.request->confirmation_count, 8);
	must_refuse(&w, check_code(&w, code), "too late");
	confirmation_code(code, w.request, 6, key);
	assert_int_equal(check_code(&w, code), PORTROLL_OK);
	case_world_end(&w);
}

static void a_code_that_is_guessed_five_times_is_void(void **state)
{
	(void)state;
	struct case_world w;
	char code[CONFIRMATION_CODE_MAX], guess[CONFIRMATION_CODE_MAX];
	struct request_case *again;
	ask_all(&w);
	confirmation_code(code, w.request, BOB, key);
	memcpy(guess, code, sizeof(code));
	guess[strlen(guess) - 1] = guess[strlen(guess) - 1] == 'A' ? 'B' : 'A';
	guess[strlen(guess) - 4] = guess[strlen(guess) - 4] == 'A' ? 'B' : 'A';
	for (int i = 1; i < CONFIRMATION_WRONG_MAX; i++)
		must_refuse(&w, check_code(&w, guess), "the code is wrong; with");
	assert_int_equal(check_code(&w, code), PORTROLL_OK);
	must_refuse(&w, check_code(&w, guess), "void now");
	must_refuse(&w, check_code(&w, code), "void after five");
	/* That stays, when it is kept. */
	assert_int_equal(case_again(&w, &again), PORTROLL_OK);
	w.request = again;
	must_refuse(&w, check_code(&w, code), "void after five");
	/* The others are not touched. */
	confirmation_code(code, w.request, ALICE, key);
	assert_int_equal(check_code(&w, code), PORTROLL_OK);
	case_world_end(&w);
}

static void a_code_is_of_its_case_party_and_key(void **state)
{
	(void)state;
	struct case_world w;
	char code[CONFIRMATION_CODE_MAX], other[CONFIRMATION_CODE_MAX];
	static const uint8_t other_key[CONFIRMATION_KEY_SIZE] = {3, 2, 1};
	ask_all(&w);
	confirmation_code(code, w.request, ALICE, key);
	confirmation_code(other, w.request, ALICE, other_key);
	assert_string_not_equal(code, other);
	must_refuse(&w, check_code(&w, other), "wrong");
	confirmation_code(other, w.request, BOB, key);
	assert_string_not_equal(code + 6, other + 6);
	w.request->number = 43;
	must_refuse(&w, check_code(&w, code), "no such confirmation");
	case_world_end(&w);
}

static void what_is_no_code_is_told_apart(void **state)
{
	(void)state;
	static const char *const none[] = {
		"",
		"R-42",
		"R-42.1",
		"R-42.1.ABC",
		"R-42.0.ABCDEFGHIJKLMNOPQRSTUVWXYZ",
		"R-42.100.ABCDEFGHIJKLMNOPQRSTUVWXYZ",
		"R-42.1.ABCDEFGHIJKLMNOPQRSTUVWXYZ.",
		"42.1.ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	};
	uint64_t number;
	size_t party;
	struct case_world w;
	ask_all(&w);
	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		assert_int_equal(confirmation_parse(&number, &party, str_from(none[i])),
				 PORTROLL_ESYNTAX);
		must_refuse(&w, check_code(&w, none[i]), "no such confirmation");
	}
	must_refuse(&w, check_code(&w, "R-42.9.ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "no such");
	assert_int_equal(w.request->confirmations[0].wrong, 0);
	case_world_end(&w);
}

static void a_rename_is_accepted_with_the_assignees_word(void **state)
{
	(void)state;
	struct case_world w;
	case_world_begin(&w, REQUEST_RENAME);
	case_told.choice =
		(struct procedure_choice){.procedures = PROCEDURE_REGISTRAR, .needs_all = true};
	case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	case_must(&w, EVENT_VALIDATE, CLOCK, STATE_AWAIT_CONFIRM);
	assert_int_equal(say(&w, EVENT_CONFIRM, BOB), PORTROLL_OK);
	assert_false(w.request->evidence.items & EVIDENCE_IMPACT_ACCEPTED);
	assert_int_equal(say(&w, EVENT_CONFIRM, ALICE), PORTROLL_OK);
	assert_true(w.request->evidence.items & EVIDENCE_IMPACT_ACCEPTED);
	case_world_end(&w);
}

struct work {
	const struct case_world *world;
	struct case_step step;
};

static int do_it(void *context)
{
	const struct work *work = context;
	struct arena a = ARENA_INIT;
	struct request_case c = *work->world->request;
	int r = case_apply(&c, &work->step, &work->world->world, &a, NULL);
	if (r < 0)
		assert_memory_equal(&c, work->world->request, sizeof(c));
	arena_done(&a);
	return r;
}

static void asking_and_answering_survive_any_failing_allocation(void **state)
{
	(void)state;
	static const struct {
		enum case_event_kind kind;
		enum role role;
	} steps[] = {
		{EVENT_VALIDATE, ROLE_CLOCK},     {EVENT_CONFIRM, ROLE_ASSIGNEE},
		{EVENT_OVERRIDE, ROLE_REGISTRAR}, {EVENT_REPLY, ROLE_REGISTRAR},
		{EVENT_EDIT, ROLE_APPLICANT},
	};
	struct case_world w;
	case_world_begin(&w, REQUEST_SUCCESSION);
	case_told.choice =
		(struct procedure_choice){.procedures = PROCEDURE_EXPERT, .needs_all = true};
	case_must(&w, EVENT_SUBMIT, APPLICANT, STATE_SUBMITTED);
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct work work = {&w,
				    {.actor = {STR("account"), STR_NONE, ROLE_BIT(steps[i].role),
					       TRANSPORTS_ALL},
				     .event = {.kind = (uint8_t)steps[i].kind,
					       .reason = STR("a reason"),
					       .reference = STR("P12"),
					       .party = ALICE},
				     .now = w.now}};
		if (steps[i].kind == EVENT_EDIT)
			work.step.revision = &w.document;
		oom_sweep(do_it, &work);
		assert_int_equal(case_do_step(&w, &work.step), PORTROLL_OK);
	}
	case_world_end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_who_are_there_and_all_who_come_are_asked),
		cmocka_unit_test(only_the_assignee_is_asked_where_the_word_of_one_is_wanted),
		cmocka_unit_test(the_last_word_lets_it_go_on),
		cmocka_unit_test(the_assignees_word_wins_over_a_contacts),
		cmocka_unit_test(a_contacts_word_does_not_win_over_the_assignees),
		cmocka_unit_test(nobody_speaks_for_others),
		cmocka_unit_test(a_new_revision_asks_again),
		cmocka_unit_test(a_code_is_good_once_and_in_either_case),
		cmocka_unit_test(a_code_is_late_from_its_end_on),
		cmocka_unit_test(a_code_that_is_guessed_five_times_is_void),
		cmocka_unit_test(a_code_is_of_its_case_party_and_key),
		cmocka_unit_test(what_is_no_code_is_told_apart),
		cmocka_unit_test(a_rename_is_accepted_with_the_assignees_word),
		cmocka_unit_test(asking_and_answering_survive_any_failing_allocation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
