/* SPDX-License-Identifier: MIT */
#include "procedure/machine.h"

#include "case_world.h"
#include "life_matrix.h"
#include "procedure/guards.h"

/* A cell of the matrix, with everything on file that a guard could want. */
struct cell {
	enum case_state state;
	enum case_event_kind event;
	enum role role;
};

static enum request_kind kind_for(const struct cell *cell)
{
	switch ((unsigned)cell->event) {
	case EVENT_REQUEST_CALL:
		return REQUEST_REVOKE;
	case EVENT_EXTEND:
	case EVENT_SUSPEND:
	case EVENT_RESUME:
	case EVENT_SETTLE:
	case EVENT_EXPIRE:
	case EVENT_DEPRECATE:
		return REQUEST_EARLY;
	default:
		return REQUEST_ASSIGN;
	}
}

static struct case_event event_for(const struct cell *cell)
{
	struct case_event e = {.kind = (uint8_t)cell->event,
			       .reason = STR("a reason"),
			       .reference = STR("P12"),
			       .party = cell->role == ROLE_ASSIGNEE ? 1 : 2};
	if (cell->event == EVENT_ATTEST)
		e.evidence = cell->role == ROLE_IESG ? EVIDENCE_IETF_REVIEW : EVIDENCE_NOT_IN_USE;
	return e;
}

/* The other party has said yes already. */
static void prepare(struct request_case *c, struct confirmation said[2], const struct cell *cell)
{
	uint32_t mine = cell->role == ROLE_ASSIGNEE ? 0 : 1;
	for (uint32_t i = 0; i < 2; i++)
		said[i] = (struct confirmation){.name = i ? STR("Bob") : STR("Alice"),
						.is_assignee = i == 0,
						.revision = 1,
						.expires = CASE_START + CASE_DAY,
						.answer = i == mine ? 0 : 1};
	c->confirmations = said;
	c->confirmation_count = 2;
	c->state = (uint8_t)cell->state;
	c->ends = CASE_START;
	c->due = cell->event == EVENT_APPEAL ? CASE_START + 1 : CASE_START;
	c->is_suspended = cell->event == EVENT_RESUME;
	c->evidence.items = EVIDENCE_EXPERT_OPINION;
	if (cell->event != EVENT_VALIDATE)
		c->evidence.items |= EVIDENCE_IESG_APPROVAL;
}

static int try_cell(const struct case_world *w, struct request_case *c, const struct cell *cell,
		    struct arena *a, struct portroll_error *err)
{
	static struct pool pool;
	bool is_revised = cell->event == EVENT_EDIT || cell->event == EVENT_ANSWER;
	const struct case_step step = {
		.actor = {STR("account"), STR_NONE, ROLE_BIT(cell->role), TRANSPORTS_ALL},
		.event = event_for(cell),
		.revision = is_revised ? &c->revisions[0].document : NULL,
		.now = CASE_START,
	};
	pool.approvals = cell->role == ROLE_OWNER ? 0 : 1;
	case_told.choice = (struct procedure_choice){.procedures = PROCEDURE_FCFS, .pool = &pool};
	return case_apply(c, &step, &w->world, a, err);
}

static void check_cell(const struct case_world *w, const struct request_case *drafted,
		       const struct cell *cell)
{
	struct arena a = ARENA_INIT;
	struct portroll_error err = {0};
	struct confirmation said[2];
	struct request_case c = *drafted;
	prepare(&c, said, cell);
	const struct request_case before = c;
	const struct life_cell expected = life_cell(cell->state, cell->event, cell->role);
	int r = try_cell(w, &c, cell, &a, &err);
	if (expected.may != (r == PORTROLL_OK))
		fail_msg("%s by %s in %s: %s", event_key(cell->event), role_name(cell->role),
			 state_key(cell->state), r < 0 ? err.text : "was let through");
	if (expected.may && c.state != expected.first)
		fail_msg("%s by %s in %s leads to %s", event_key(cell->event),
			 role_name(cell->role), state_key(cell->state), state_key(c.state));
	assert_int_equal(expected.may, role_may(ROLE_BIT(cell->role), cell->event, cell->state));
	if (r < 0) {
		assert_int_equal(r, PORTROLL_ERULE);
		assert_memory_equal(&before, &c, sizeof(c));
	}
	arena_done(&a);
}

static void every_role_may_do_what_the_matrix_says_and_nothing_else(void **state)
{
	(void)state;
	struct case_world w;
	const enum request_kind kinds[] = {REQUEST_ASSIGN, REQUEST_EARLY, REQUEST_REVOKE};
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		case_world_begin(&w, kinds[k]);
		w.policy.deadlines.reminders = 0;
		struct cell cell;
		for (unsigned s = 0; s < CASE_STATE_COUNT; s++)
			for (unsigned e = 0; e < CASE_EVENT_COUNT; e++)
				for (unsigned r = 0; r < ROLE_COUNT; r++) {
					cell = (struct cell){(enum case_state)s,
							     (enum case_event_kind)e, (enum role)r};
					if (kind_for(&cell) == kinds[k])
						check_cell(&w, w.request, &cell);
				}
		case_world_end(&w);
	}
}

static void the_matrix_names_states_events_and_roles_that_are_there(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(life_matrix); i++) {
		enum case_state from;
		enum case_event_kind event;
		enum role role;
		struct portroll_str words = str_from(life_matrix[i].words), word, name, roles, one;
		assert_true(state_parse(&from, str_from(life_matrix[i].state)));
		while (str_word(&words, &word)) {
			assert_true(str_cut(&word, ':', &name) && event_parse(&event, name));
			assert_true(str_cut(&word, '>', &roles));
			while (str_cut(&roles, ',', &one))
				assert_true(role_parse(&role, one));
		}
	}
}

static void the_table_leads_only_where_the_matrix_does(void **state)
{
	(void)state;
	for (const struct transition *t = transitions; t->from != CASE_STATE_COUNT; t++)
		for (unsigned r = 0; r < ROLE_COUNT; r++) {
			if (!(t->roles & ROLE_BIT(r)))
				continue;
			struct life_cell cell =
				life_cell((enum case_state)t->from, (enum case_event_kind)t->event,
					  (enum role)r);
			if (!cell.may || !cell.leads[t->to])
				fail_msg("%s %s leads to %s", state_key(t->from),
					 event_key(t->event), state_key(t->to));
		}
}

static void every_state_can_be_reached_and_left_unless_it_is_an_end(void **state)
{
	(void)state;
	bool reached[CASE_STATE_COUNT] = {[STATE_DRAFT] = true}, left[CASE_STATE_COUNT] = {0};
	for (size_t round = 0; round < CASE_STATE_COUNT; round++)
		for (const struct transition *t = transitions; t->from != CASE_STATE_COUNT; t++) {
			reached[t->to] = reached[t->to] || reached[t->from];
			left[t->from] = true;
		}
	for (unsigned s = 0; s < CASE_STATE_COUNT; s++) {
		assert_true(reached[s]);
		assert_int_equal(left[s], !state_is_end((enum case_state)s));
	}
}

static void names_can_be_read_and_are_told_apart(void **state)
{
	(void)state;
	enum case_state s;
	enum case_event_kind e;
	enum role r;
	uint32_t item;
	for (unsigned i = 0; i < CASE_STATE_COUNT; i++) {
		assert_true(state_parse(&s, str_from(state_key((enum case_state)i))));
		assert_int_equal(s, i);
		assert_true(state_sentence((enum case_state)i)[0] != '\0');
		assert_non_null(state_ticket((enum case_state)i));
	}
	for (unsigned i = 0; i < CASE_EVENT_COUNT; i++) {
		assert_true(event_parse(&e, str_from(event_key((enum case_event_kind)i))));
		assert_int_equal(e, i);
	}
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		assert_true(role_parse(&r, str_from(role_name((enum role)i))));
		assert_int_equal(r, i);
	}
	for (unsigned i = 0; i < EVIDENCE_COUNT; i++) {
		assert_true(evidence_parse(&item, str_from(evidence_key(i))));
		assert_int_equal(item, 1U << i);
	}
	assert_false(state_parse(&s, STR("lost")) || event_parse(&e, STR("shout")) ||
		     role_parse(&r, STR("king")) || evidence_parse(&item, STR("rumour")));
}

static void sets_of_roles_are_written_for_people(void **state)
{
	(void)state;
	struct buf out = BUF_INIT(100);
	role_put_set(&out, ROLE_BIT(ROLE_EXPERT));
	assert_text(buf_str(&out), "expert");
	buf_clear(&out);
	role_put_set(&out, ROLE_BIT(ROLE_EXPERT) | ROLE_BIT(ROLE_IESG) | ROLE_BIT(ROLE_REGISTRAR));
	assert_text(buf_str(&out), "expert, iesg or registrar");
	buf_done(&out);
}

static void what_is_held_is_held_while_it_is_open(void **state)
{
	(void)state;
	assert_false(state_holds(STATE_DRAFT));
	assert_true(state_holds(STATE_SUBMITTED) && state_holds(STATE_APPROVED));
	assert_false(state_holds(STATE_REJECTED) || state_holds(STATE_IMPLEMENTED));
	for (unsigned s = 0; s < CASE_STATE_COUNT; s++)
		assert_false(state_is_end((enum case_state)s) && state_holds((enum case_state)s));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_may_do_what_the_matrix_says_and_nothing_else),
		cmocka_unit_test(the_matrix_names_states_events_and_roles_that_are_there),
		cmocka_unit_test(the_table_leads_only_where_the_matrix_does),
		cmocka_unit_test(every_state_can_be_reached_and_left_unless_it_is_an_end),
		cmocka_unit_test(names_can_be_read_and_are_told_apart),
		cmocka_unit_test(sets_of_roles_are_written_for_people),
		cmocka_unit_test(what_is_held_is_held_while_it_is_open),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
