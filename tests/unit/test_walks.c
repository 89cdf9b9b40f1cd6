/* SPDX-License-Identifier: MIT */

/*
 * Offices at random: several requests at once, by random roles with random evidence, through the
 * procedures as they are chosen and the rules as they are, each effect on the registry that the one
 * before it left. Nothing happens that the matrix forbids, and the rules on records find nothing
 * that they did not find before.
 */

#include "formats/read.h"
#include "life_matrix.h"
#include "life_onward.h"
#include "procedure/effect.h"
#include "procedure/request_case.h"
#include "random.h"

#define OFFICES  250
#define REQUESTS 4
#define STEPS    120
#define START    INT64_C(1800000000) /* 2027-01-15 */
#define DAY      INT64_C(86400)

/* The system range is not whole here, nor need it be. */
static const char *const start =
	"Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration "
	"Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment "
	"Notes\n"
	"old,9000,tcp,An old one,[Alice],[Bob],2020-01-02,,,,,\n,9000,udp,Reserved,,,,,,,,\n"
	"pair,9001,tcp,A pair,[Alice],[Alice],2020-01-02,,,,,\n"
	"pair,9001,udp,A pair,[Alice],[Alice],2020-01-02,,,,,\n,9002-9011,,Unassigned,,,,,,,,\n"
	"soon,9012,tcp,An early one,[IESG],[IETF_Chair],2026-12-01,,,,,\"TEMPORARY - registered "
	"2026-12-01, expires 2027-12-01\"\n,9012,udp,Reserved,,,,,,,,\n"
	",9013-9023,,Unassigned,,,,,,,,\nalone,,tcp,A name,[Bob],[Bob],2020-01-02,,,,,\n";

static const struct date today = {2027, 1, 15};

static const struct portroll_str reviewers[] = {STR_INIT("ann"), STR_INIT("ben")};
static const struct pool halves[] = {
	{.name = STR_INIT("low"),
	 .ports = {{9000, 9011}},
	 .port_count = 1,
	 .transports = TRANSPORTS_ALL,
	 .owner = STR_INIT("cem"),
	 .lease_days = 30},
	{.name = STR_INIT("high"),
	 .ports = {{9012, 9023}},
	 .port_count = 1,
	 .transports = TRANSPORTS_ALL,
	 .owner = STR_INIT("cem"),
	 .reviewers = reviewers,
	 .reviewer_count = 2,
	 .approvals = 2},
};

struct office {
	struct arena arena;
	struct policy policy;
	struct registry *registry;
	struct port_index index;
	struct rule_world world;
	struct hold holds[REQUESTS * REQUEST_PORT_MAX];
	struct request_case *cases[REQUESTS];
	size_t findings[RULE_COUNT];
	int64_t now;
	uint64_t number;
	struct random *random;
	size_t *implemented; /* by kind */
	size_t *reached;     /* by state */
};

static const struct {
	uint8_t field;
	struct portroll_str text;
} answers[] = {
	{DOC_SOURCE, STR_INIT("iana")},
	{DOC_DESCRIPTION, STR_INIT("Things of an example")},
	{DOC_REFERENCE, STR_INIT("requests and answers are JSON over HTTP, one object a line")},
	{DOC_BROADCAST, STR_INIT("none")},
	{DOC_WHY_NOT_DYNAMIC, STR_INIT("programs on other hosts look for it there")},
	{DOC_TXT_KEYS, STR_INIT("none")},
	{DOC_DEVELOPMENT, STR_INIT("in use on tcp and udp")},
	{DOC_VERSIONING, STR_INIT("the path of a request tells it")},
	{DOC_SECURITY, STR_INIT("TLS")},
	{DOC_UDP_CONGESTION, STR_INIT("one datagram a second")},
	{DOC_UDP_DISCOVERY, STR_INIT("no")},
	{DOC_TRANSPORT_DIFFERENCES, STR_INIT("none but the limit of a datagram")},
	{DOC_REASON, STR_INIT("it is not in use any more")},
	{DOC_IMPACT, STR_INIT("none: nobody uses it")},
	{DOC_EVIDENCE, STR_INIT("acquisition")},
	{DOC_NOT_IN_USE, STR_INIT("no traffic was seen for a year")},
};

static struct portroll_str pick(struct random *r, const char *const *items, size_t count)
{
	return str_from(items[random_below(r, (uint32_t)count)]);
}

#define PICK(r, ...)                                                                               \
	pick((r), (const char *const[]){__VA_ARGS__},                                              \
	     ARRAY_LEN(((const char *const[]){__VA_ARGS__})))

/* An assignment that the registry has. */
static void name_subject(struct office *o, struct document *d)
{
	struct random *r = o->random;
	struct portroll_str *v = d->values;
	const struct record *subject;
	char port[RANGE_TEXT_MAX];
	do
		subject =
			o->registry->records[random_below(r, (uint32_t)o->registry->record_count)];
	while (subject->name.len == 0);
	v[DOC_SERVICE_NAME] = subject->name;
	v[DOC_PORT_NUMBER] = STR_NONE;
	if (subject->has_port)
		v[DOC_PORT_NUMBER] = arena_str(
			&o->arena, (struct portroll_str){port, range_format(port, subject->port)});
	v[DOC_TRANSPORTS] = transport_name(subject->transport);
}

/* A request with nothing missing; what it is about is there or not. */
static void random_document(struct office *o, struct document *d, enum request_kind kind)
{
	struct random *r = o->random;
	struct portroll_str *v = d->values;
	bool is_new = kind == REQUEST_ASSIGN || kind == REQUEST_EARLY || kind == REQUEST_NAME;
	*d = (struct document){0};
	v[DOC_REQUEST] = str_from(request_kinds[kind].name);
	v[DOC_SERVICE_NAME] = is_new ? PICK(r, "new-a", "new-b", "new-c", "pair", "-bad")
				     : PICK(r, "old", "pair", "alone", "new-a");
	v[DOC_PROPOSED_NAME] = kind == REQUEST_RENAME || kind == REQUEST_REUSE
				       ? PICK(r, "other-a", "other-b", "pair")
				       : STR_NONE;
	v[DOC_TRANSPORTS] = PICK(r, "tcp", "udp", "tcp, udp");
	v[DOC_PORT_NUMBER] =
		is_new ? PICK(r, "9003", "9005", "9013", "9020", "User", "low", "high", "9000")
		       : PICK(r, "9000", "9001", "9003", "9013");
	if (random_below(r, 8) == 0)
		v[DOC_PORT_NUMBER] = STR_NONE;
	if ((!is_new || kind == REQUEST_NAME) && random_below(r, 8))
		name_subject(o, d);
	if ((kind == REQUEST_RENEW || kind == REQUEST_PERMANENT) && random_below(r, 4)) {
		v[DOC_SERVICE_NAME] = STR("soon");
		v[DOC_PORT_NUMBER] = STR("9012");
		v[DOC_TRANSPORTS] = STR("tcp");
	}
	if (kind == REQUEST_NAME)
		v[DOC_SERVICE_NAME] = PICK(r, "new-a", "new-b", "new-c");
	if (kind == REQUEST_TRANSPORT)
		v[DOC_TRANSPORTS] = STR("udp");
	if (kind != REQUEST_MODIFY && kind != REQUEST_RENAME && kind != REQUEST_PERMANENT)
		v[DOC_ASSIGNEE] =
			PICK(r, "Example <ports@example.com>", "Other <other@example.com>");
	v[DOC_CONTACT] = PICK(r, "Example <ports@example.com>", "Third <third@example.com>");
	v[DOC_CLEARLY_UNUSED] = kind == REQUEST_REVOKE ? PICK(r, "yes", "no") : STR_NONE;
	if (kind == REQUEST_EARLY || random_below(r, 6) == 0)
		v[DOC_IETF_DOCUMENT] = STR("draft-example-things-03");
	for (size_t i = 0; i < ARRAY_LEN(answers); i++)
		if (document_rows[answers[i].field].need(d) != NEED_NOT || random_below(r, 40) == 0)
			v[answers[i].field] = answers[i].text;
}

static void count_findings(size_t ret_counts[RULE_COUNT], const struct port_index *index)
{
	struct arena a = ARENA_INIT;
	struct finding_list found;
	assert_int_equal(rules_check_records(&found, index->registry, index, today, &a),
			 PORTROLL_OK);
	for (size_t rule = 0; rule < RULE_COUNT; rule++)
		ret_counts[rule] = 0;
	for (size_t i = 0; i < found.count; i++)
		for (size_t rule = 0; rule < RULE_COUNT; rule++)
			ret_counts[rule] += rule_at(rule) == found.items[i].rule;
	arena_done(&a);
}

/* A rename leaves no trace of the old name, not even where the note of a released port has it. */
static bool is_meant(const struct rule *rule, enum request_kind kind)
{
	return kind == REQUEST_RENAME && str_equal(str_from(rule->id), STR("L04"));
}

static void take_registry(struct office *o, struct registry *reg, enum request_kind kind)
{
	struct portroll_str at_fault;
	size_t before[RULE_COUNT];
	bool is_first = o->registry == NULL;
	memcpy(before, o->findings, sizeof(before));
	o->registry = reg;
	assert_int_equal(registry_check(reg, &at_fault, NULL), PORTROLL_OK);
	assert_int_equal(port_index_build(&o->index, reg, &o->arena), PORTROLL_OK);
	o->world.registry = reg;
	o->world.index = &o->index;
	count_findings(o->findings, &o->index);
	for (size_t i = 0; !is_first && i < RULE_COUNT; i++)
		if (o->findings[i] > before[i] && !is_meant(rule_at(i), kind))
			fail_msg("PORTROLL_SEED=%llu: %s is broken %zu times, was %zu",
				 (unsigned long long)o->random->seed, rule_at(i)->id,
				 o->findings[i], before[i]);
}

/* What the others hold, in the order in which they came. */
static void gather_holds(struct office *o, size_t but)
{
	size_t count = 0;
	for (size_t i = 0; i < REQUESTS; i++)
		if (i != but)
			count += case_holds(o->holds + count, REQUEST_PORT_MAX, o->cases[i],
					    &o->arena);
	o->world.holds = o->holds;
	o->world.hold_count = count;
	o->world.today = today;
}

static const struct document *present(const struct request_case *c)
{
	return &c->revisions[c->revision_count - 1].document;
}

/* A rule that stands in the way, to be overridden or answered; else any. */
static struct portroll_str rule_in_the_way(struct office *o, const struct request_case *c)
{
	struct request q;
	struct arena *a = &o->arena;
	struct finding_list found = {.arena = a};
	assert_int_equal(request_read(&q, present(c), policy_has_pool, &o->policy, a), 0);
	const struct request_check check = {&q, &o->world, &c->evidence};
	assert_int_equal(rules_check_request(&found, &check), PORTROLL_OK);
	for (size_t i = 0; i < found.count; i++)
		if (finding_blocks(&found.items[i], &c->evidence) && !found.items[i].rule->is_form)
			return str_from(found.items[i].rule->id);
	return str_from(rule_at(random_below(o->random, RULE_COUNT))->id);
}

static bool any_role_may(const struct request_case *c, const struct case_step *step)
{
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		if (step->actor.roles & ROLE_BIT(role) &&
		    life_cell((enum case_state)c->state, (enum case_event_kind)step->event.kind,
			      (enum role)role)
			    .may)
			return true;
	return false;
}

/* Steps that lead on are tried more often than those that end it. */
static bool is_rare(enum case_state state, enum case_event_kind kind)
{
	if (kind == EVENT_EDIT)
		return state != STATE_NEED_INFO;
	return kind == EVENT_WITHDRAW || kind == EVENT_DECLINE || kind == EVENT_CLOSE ||
	       kind == EVENT_DROP || kind == EVENT_DISADVISE || kind == EVENT_CONFLICT ||
	       kind == EVENT_RECUSE || kind == EVENT_ESCALATE || kind == EVENT_ASK ||
	       kind == EVENT_REFUSE;
}

static void choose(struct office *o, const struct request_case *c, struct case_step *step)
{
	struct random *r = o->random;
	for (int i = 0; i < 400; i++) {
		step->event.kind = (uint8_t)random_below(r, CASE_EVENT_COUNT);
		step->actor.roles = ROLE_BIT(random_below(r, ROLE_COUNT));
		if (!random_below(r, 4))
			step->actor.roles |= ROLE_BIT(random_below(r, ROLE_COUNT));
		bool skip = is_rare((enum case_state)c->state,
				    (enum case_event_kind)step->event.kind) &&
			    random_below(r, 12);
		if (!skip && (any_role_may(c, step) || !random_below(r, 300)))
			return;
	}
}

static bool lead_on(struct office *o, const struct request_case *c, struct case_step *step)
{
	size_t fitting = 0;
	for (size_t i = 0; i < ARRAY_LEN(life_onward); i++) {
		if (life_onward[i].state != c->state ||
		    random_below(o->random, (uint32_t)++fitting))
			continue;
		step->event.kind = life_onward[i].event;
		step->actor.roles = ROLE_BIT(life_onward[i].role);
	}
	return fitting > 0;
}

#define ATTESTABLE                                                                                 \
	(EVIDENCE_EXPERT_YES | EVIDENCE_EXPERT_OPINION | EVIDENCE_IETF_REVIEW |                    \
	 EVIDENCE_STANDARDS_ACTION | EVIDENCE_IESG_APPROVAL | EVIDENCE_SPECIFICATION |             \
	 EVIDENCE_ASSIGNEE_AGREES | EVIDENCE_ALL_CONFIRMED | EVIDENCE_NOT_IN_USE |                 \
	 EVIDENCE_GOOD_REASON | EVIDENCE_IMPACT_ACCEPTED | EVIDENCE_CHAIRS_AGREE |                 \
	 EVIDENCE_DIRECTOR_AGREES | EVIDENCE_REVIEWS_AGREE | EVIDENCE_STREAM_REVIEWED)

static struct case_step random_step(struct office *o, const struct request_case *c,
				    struct document *revision)
{
	static const char *const accounts[] = {"ann", "ben", "cem", "dag"};
	struct random *r = o->random;
	struct case_step step = {
		.actor = {.account = str_from(accounts[random_below(r, 4)]),
			  .transports = TRANSPORTS_ALL},
		.event = {.reason = STR("a reason"),
			  .reference = STR("[RFC6335]"),
			  .party = random_below(r, 5)},
		.now = o->now,
	};
	if (random_below(r, 4) == 0 || !lead_on(o, c, &step))
		choose(o, c, &step);
	if (step.event.kind == EVENT_OVERRIDE || step.event.kind == EVENT_REPLY)
		step.event.reference = rule_in_the_way(o, c);
	enum request_kind kind = document_kind(present(c));
	bool is_registrars = kind == REQUEST_REVOKE || kind == REQUEST_RESERVE;
	if (step.event.kind == EVENT_SUBMIT && is_registrars)
		step.actor.roles |= ROLE_BIT(ROLE_REGISTRAR);
	if (step.event.kind == EVENT_SUBMIT && random_below(r, 2))
		step.actor.roles |= ROLE_BIT(random_below(r, 2) ? ROLE_REGISTRAR : ROLE_ASSIGNEE);
	if (step.event.kind == EVENT_ATTEST)
		step.event.evidence =
			random_below(r, 2) ? ATTESTABLE : ATTESTABLE & (uint32_t)random_next(r);
	if (step.event.kind == EVENT_EDIT) {
		random_document(o, revision, kind);
		step.revision = revision;
	}
	return step;
}

/* The port that the registry chooses, where none is named. */
static void grant(struct office *o, const struct request *q, struct case_event *e)
{
	uint16_t port;
	if (q->wanted != WANTED_USER && q->wanted != WANTED_POOL)
		return;
	e->has_granted = policy_next_free(&port, &o->world, q, NULL) == PORTROLL_OK;
	if (e->has_granted)
		e->granted = (struct range){port, port};
}

static void check_step(struct office *o, const struct request_case *c)
{
	struct request_case *again = NULL;
	struct buf text = BUF_INIT(CASE_SIZE_MAX);
	const struct case_event *e = &c->events[c->event_count - 1];
	const struct life_cell cell = life_cell((enum case_state)e->from,
						(enum case_event_kind)e->kind, (enum role)e->role);
	check(o->random, cell.may && cell.leads[e->to]);
	case_put(&text, c);
	check(o->random, case_read(&again, buf_str(&text), &o->arena, NULL) == PORTROLL_OK);
	check(o->random, again->state == c->state && again->evidence.items == c->evidence.items);
	buf_done(&text);
	o->reached[c->state]++;
}

/* What is approved is written, or the conflict is told. */
static int implement(struct office *o, struct request_case *c, const struct case_step *step)
{
	struct request q;
	struct arena *a = &o->arena;
	struct request_case trial = *c;
	struct effect_result result;
	assert_int_equal(request_read(&q, present(c), policy_has_pool, &o->policy, a), 0);
	int r = case_apply(&trial, step, &o->world, a, NULL);
	if (r < 0)
		return r;
	const struct effect e = {.registry = o->registry,
				 .index = &o->index,
				 .request = &q,
				 .evidence = &trial.evidence,
				 .policy = &o->policy,
				 .granted = trial.evidence.granted,
				 .has_granted = trial.evidence.has_granted,
				 .today = today,
				 .case_id = STR("R-1")};
	if (effect_apply(&result, &e, a, NULL) < 0) {
		struct case_step conflict = *step;
		conflict.event.kind = EVENT_CONFLICT;
		return case_apply(c, &conflict, &o->world, a, NULL);
	}
	*c = trial;
	o->implemented[q.kind]++;
	take_registry(o, result.registry, (enum request_kind)q.kind);
	return PORTROLL_OK;
}

static void step_case(struct office *o, size_t which)
{
	struct request_case *c = o->cases[which];
	struct arena *a = &o->arena;
	struct document *revision = arena_alloc(a, sizeof(*revision));
	struct request q;
	int r;
	gather_holds(o, which);
	struct case_step step = random_step(o, c, revision);
	enum case_event_kind due = case_due(c, &o->policy, o->now);
	if (due != CASE_EVENT_COUNT && random_below(o->random, 4)) {
		step = (struct case_step){
			.actor = {.account = STR("portroll"), .roles = ROLE_BIT(ROLE_CLOCK)},
			.event = {.kind = (uint8_t)due},
			.now = o->now};
	}
	assert_int_equal(request_read(&q, present(c), policy_has_pool, &o->policy, a), 0);
	if (step.event.kind == EVENT_APPROVE)
		grant(o, &q, &step.event);
	r = step.event.kind == EVENT_IMPLEMENT ? implement(o, c, &step)
					       : case_apply(c, &step, &o->world, a, NULL);
	check(o->random, r != PORTROLL_ENOMEM && r != PORTROLL_ECORRUPT);
	if (r == PORTROLL_OK)
		check_step(o, c);
}

static void begin_case(struct office *o, size_t which)
{
	struct document d;
	random_document(o, &d, (enum request_kind)random_below(o->random, REQUEST_KIND_COUNT));
	const struct revision first = {d, o->now, STR("ann")};
	assert_int_equal(case_begin(&o->cases[which], ++o->number, &first, &o->arena, NULL),
			 PORTROLL_OK);
}

static void open_office(struct office *o)
{
	bool has_pools = random_below(o->random, 3) == 0;
	struct registry *reg = registry_new(&o->arena);
	struct read_result result;
	assert_non_null(reg);
	assert_int_equal(format_read(&result, reg, str_from(start), STR("csv"), NULL), PORTROLL_OK);
	assert_int_equal(registry_add_missing_people(reg), PORTROLL_OK);
	o->policy = policy_rfc6335;
	if (has_pools) {
		o->policy.is_rfc6335 = false;
		o->policy.pools = halves;
		o->policy.pool_count = ARRAY_LEN(halves);
	}
	o->world = (struct rule_world){.policy = &o->policy};
	o->now = START;
	take_registry(o, reg, REQUEST_KIND_COUNT);
	for (size_t i = 0; i < REQUESTS; i++)
		begin_case(o, i);
}

static void requests_at_random_leave_the_registry_clean(void **state)
{
	(void)state;
	struct random r;
	size_t implemented[REQUEST_KIND_COUNT] = {0}, reached[CASE_STATE_COUNT] = {0};
	for_rounds(&r, OFFICES)
	{
		struct office o = {.random = &r, .implemented = implemented, .reached = reached};
		open_office(&o);
		for (size_t i = 0; i < STEPS; i++) {
			static const int64_t days[] = {1, 1, 1, 8, 29, 61, 400};
			if (!random_below(&r, 12))
				o.now += days[random_below(&r, ARRAY_LEN(days))] * DAY;
			size_t which = random_below(&r, REQUESTS);
			step_case(&o, which);
			if (state_is_end((enum case_state)o.cases[which]->state))
				begin_case(&o, which);
		}
		arena_done(&o.arena);
	}
	for (size_t i = 0; i < REQUEST_KIND_COUNT; i++)
		if (implemented[i] == 0)
			fail_msg("no office did %s", request_kinds[i].name);
	for (unsigned s = 0; s < CASE_STATE_COUNT; s++)
		if (state_is_end((enum case_state)s) && reached[s] == 0)
			fail_msg("no office came to %s", state_key((enum case_state)s));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_at_random_leave_the_registry_clean),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
