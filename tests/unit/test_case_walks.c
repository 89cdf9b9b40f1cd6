/* SPDX-License-Identifier: MIT */
#include "case_world.h"
#include "life_matrix.h"
#include "random.h"

#define WALKS 1000
#define STEPS 60

/* Random walks through the life of a request by random roles, whatever the procedure and the
 * findings: what the matrix forbids never succeeds, and each case can be kept and read again. */

static uint32_t bits(struct random *r, uint32_t count)
{
	return random_below(r, 1U << count) & random_below(r, 1U << count);
}

static struct portroll_str words(struct random *r)
{
	return random_below(r, 5) ? STR("a reason") : STR_NONE;
}

/* What is chosen is the world's; half of the time it is one procedure alone. */
static void tell(struct random *r, struct pool *pool)
{
	uint16_t procedures = (uint16_t)(1U << random_below(r, 9));
	*pool = (struct pool){.approvals = random_below(r, 3), .lease_days = random_below(r, 90)};
	case_told.choice = (struct procedure_choice){
		.procedures = procedures,
		.needs_assignee = !random_below(r, 8),
		.needs_all = !random_below(r, 8),
		.needs_call = !random_below(r, 8),
		.experts = random_below(r, 2) ? TRANSPORT_BIT(PORTROLL_TCP) : TRANSPORTS_ALL,
		.pool = pool,
	};
	case_told.findings[0] =
		(struct finding){.rule = rule_find(STR("N08")), .detail = STR("taken")};
	case_told.lacking[0] = case_told.findings[0];
	case_told.finding_count = !random_below(r, 10);
	case_told.lacking_count = !random_below(r, 10);
}

/* Mostly something that the matrix allows, by who may. */
static void choose(struct random *r, const struct request_case *c, struct case_step *step)
{
	for (int i = 0; i < 400; i++) {
		step->event.kind = (uint8_t)random_below(r, CASE_EVENT_COUNT);
		step->actor.roles = ROLE_BIT(random_below(r, ROLE_COUNT));
		if (!random_below(r, 6))
			step->actor.roles |= ROLE_BIT(random_below(r, ROLE_COUNT));
		for (unsigned role = 0; role < ROLE_COUNT; role++) {
			bool is_end = step->event.kind == EVENT_WITHDRAW && random_below(r, 20);
			if (step->actor.roles & ROLE_BIT(role) && !is_end &&
			    life_cell((enum case_state)c->state,
				      (enum case_event_kind)step->event.kind, (enum role)role)
				    .may)
				return;
		}
		if (!random_below(r, 200))
			return;
	}
}

static struct case_step random_step(struct random *r, struct case_world *w)
{
	static const char *const accounts[] = {"ann", "ben", "cem", "dag"};
	struct case_step step = {
		.actor = {.account = str_from(accounts[random_below(r, 4)]),
			  .transports = (transport_set)(bits(r, 4) << 1 | 2)},
		.event = {.reason = words(r),
			  .reference = random_below(r, 3) ? STR("P12") : STR_NONE,
			  .party = random_below(r, 6),
			  .revision = random_below(r, 10) ? 0 : random_below(r, 3),
			  .change = random_below(r, 3)},
		.now = w->now,
	};
	w->document.values[DOC_IETF_DOCUMENT] =
		random_below(r, 2) ? STR("draft-example-press-03") : STR_NONE;
	choose(r, w->request, &step);
	if (step.event.kind == EVENT_ATTEST || step.event.kind == EVENT_EXTEND)
		step.event.evidence = bits(r, EVIDENCE_COUNT) & bits(r, EVIDENCE_COUNT);
	if (step.event.kind == EVENT_APPROVE && random_below(r, 2)) {
		step.event.has_granted = true;
		step.event.granted = (struct range){5000, 5000};
	}
	if (step.event.kind == EVENT_EDIT ||
	    (step.event.kind == EVENT_ANSWER && random_below(r, 2)))
		step.revision = &w->document;
	return step;
}

static int64_t later(struct random *r)
{
	static const int64_t days[] = {0, 0, 0, 1, 8, 29, 61, 400};
	return days[random_below(r, ARRAY_LEN(days))] * CASE_DAY;
}

/* What has succeeded the matrix allows to the role that did it. */
static void check_step(struct random *r, const struct request_case *c, const struct case_step *step)
{
	const struct case_event *e = &c->events[c->event_count - 1];
	const struct life_cell cell = life_cell((enum case_state)e->from,
						(enum case_event_kind)e->kind, (enum role)e->role);
	check(r, step->actor.roles & ROLE_BIT(e->role));
	check(r, cell.may && cell.leads[e->to]);
	check(r, c->state == e->to);
}

static void walk(struct random *r, size_t reached[CASE_STATE_COUNT])
{
	static const enum request_kind kinds[] = {REQUEST_ASSIGN, REQUEST_EARLY, REQUEST_REVOKE,
						  REQUEST_SUCCESSION, REQUEST_RENAME};
	struct case_world w;
	struct pool pool;
	case_world_begin(&w, kinds[random_below(r, ARRAY_LEN(kinds))]);
	for (size_t i = 0; i < STEPS && !state_is_end((enum case_state)w.request->state); i++) {
		tell(r, &pool);
		w.now += later(r);
		enum case_event_kind due = case_due(w.request, &w.policy, w.now);
		struct case_step step = random_step(r, &w);
		if (due != CASE_EVENT_COUNT && random_below(r, 2)) {
			step.event = (struct case_event){.kind = (uint8_t)due};
			step.actor.roles = ROLE_BIT(ROLE_CLOCK);
			step.actor.account = STR("portroll");
			step.revision = NULL;
		}
		if (case_do_step(&w, &step) == PORTROLL_OK)
			check_step(r, w.request, &step);
		reached[w.request->state]++;
	}
	case_world_end(&w);
}

static void nothing_that_is_forbidden_happens_on_any_way(void **state)
{
	(void)state;
	struct random r;
	size_t reached[CASE_STATE_COUNT] = {[STATE_DRAFT] = 1};
	for_rounds(&r, WALKS) walk(&r, reached);
	for (unsigned s = 0; s < CASE_STATE_COUNT; s++)
		if (reached[s] == 0)
			fail_msg("no walk came to %s", state_key((enum case_state)s));
}

/* What is due can be done: the clock is never refused. */
static void the_clock_may_do_what_is_due(void **state)
{
	(void)state;
	struct random r;
	size_t done = 0;
	for_rounds(&r, WALKS / 4)
	{
		struct case_world w;
		struct pool pool;
		case_world_begin(&w, random_below(&r, 2) ? REQUEST_ASSIGN : REQUEST_EARLY);
		for (size_t i = 0; i < STEPS; i++) {
			tell(&r, &pool);
			struct case_step step = random_step(&r, &w);
			w.now += later(&r);
			step.now = w.now;
			enum case_event_kind due = case_due(w.request, &w.policy, w.now);
			if (due == CASE_EVENT_COUNT) {
				(void)!case_do_step(&w, &step);
				continue;
			}
			check(&r,
			      case_do(&w, due, ROLE_BIT(ROLE_CLOCK), "portroll") == PORTROLL_OK);
			done++;
		}
		case_world_end(&w);
	}
	assert_true(done > WALKS / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_that_is_forbidden_happens_on_any_way),
		cmocka_unit_test(the_clock_may_do_what_is_due),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
