/* SPDX-License-Identifier: MIT */
#include "procedure/policy_facts.h"

#include "policy_case.h"

enum asked {           /* what else a row says */
	IETF = 1,      /* of a document of the IETF stream */
	CODES = 2,     /* six service codes */
	STANDARD = 4,  /* a service code of the part for standards */
	OWNER = 8,     /* names the assignee of the port */
	UNUSED = 16,   /* clearly unused */
	NAME_TOO = 32, /* the name is released, too */
	NOTES = 64,    /* nothing but notes */
	SAME = 128,    /* the description of spool */
};

enum needs {
	ASSIGNEE = 1,
	ALL = 2,
	CALL = 4
};

struct choice_case {
	const char *fact;
	struct policy_request request;
	uint16_t asked;
	uint32_t by;
	uint16_t procedures, advice;
	uint8_t needs;
	const char *section, *decides;
};

#define BY_ASSIGNEE  EVIDENCE_BY_ASSIGNEE
#define BY_CONTACT   EVIDENCE_BY_CONTACT
#define BY_REGISTRAR EVIDENCE_BY_REGISTRAR
#define IETF_IESG    (PROCEDURE_IETF | PROCEDURE_IESG)
#define EXPERT       PROCEDURE_EXPERT
#define REFUSE       PROCEDURE_REFUSE
#define REGISTRAR    PROCEDURE_REGISTRAR
#define ADVISED      "IANA, on the experts' advice"

/* clang-format off */
static const struct choice_case cases[] = {
	/* The table of the procedures, line by line. */
	{"a new name only", {REQUEST_ASSIGN, "new", NULL, TCP}, 0, 0, PROCEDURE_FCFS, 0, 0, "RFC 6335 section 8.1.1", "IANA, which may ask the experts"},
	{"a new name only of DCCP", {REQUEST_ASSIGN, "new", NULL, DCCP}, 0, 0, PROCEDURE_FCFS, 0, 0, "RFC 6335 section 8.1.1", "IANA, which may ask the experts"},
	{"... with a code for standards", {REQUEST_ASSIGN, "new", NULL, DCCP}, STANDARD, 0, PROCEDURE_SPECIFICATION, 0, 0, "RFC 4340 section 8.1.2", ADVISED},
	{"... with more than five codes", {REQUEST_ASSIGN, "new", NULL, DCCP}, CODES, 0, EXPERT, 0, 0, "RFC 6335 section 10.3.1", ADVISED},
	{"a User Port", {REQUEST_ASSIGN, "new", "5000", TCP}, 0, 0, EXPERT, 0, 0, "RFC 6335 section 8.1.2", ADVISED},
	{"any User Port", {REQUEST_ASSIGN, "new", "User", TCP | UDP}, 0, 0, EXPERT, 0, 0, "RFC 6335 section 8.1.2", ADVISED},
	{"a User Port of an IETF document", {REQUEST_ASSIGN, "new", "5000", TCP}, IETF, 0, IETF_IESG, EXPERT, 0, "RFC 6335 section 8.1.2", "the IESG"},
	{"a System Port", {REQUEST_ASSIGN, "new", "5", TCP}, 0, 0, IETF_IESG, EXPERT, 0, "RFC 6335 section 8.1.2", "the IESG"},
	{"any System Port of an IETF document", {REQUEST_ASSIGN, "new", "System", TCP}, IETF, 0, IETF_IESG, EXPERT, 0, "RFC 6335 section 8.1.2", "the IESG"},
	{"a System Port of DCCP", {REQUEST_ASSIGN, "new", "5", DCCP}, IETF, 0, PROCEDURE_IETF, EXPERT, 0, "RFC 6335 section 10.3.2, RFC 8126 section 3.3", "the IETF through the IESG"},
	{"a companion, by its assignee", {REQUEST_TRANSPORT, "spool", "5001", UDP}, 0, BY_ASSIGNEE, EXPERT, 0, 0, "RFC 6335 section 8.1", ADVISED},
	{"... by a contact", {REQUEST_TRANSPORT, "spool", "5001", UDP}, 0, BY_CONTACT, EXPERT, 0, 0, "RFC 6335 section 8.1", ADVISED},
	{"... that no row says, by its assignee", {REQUEST_TRANSPORT, "spool", "5001", SCTP}, 0, BY_ASSIGNEE, EXPERT, 0, 0, "RFC 6335 section 8.1", ADVISED},
	{"... the port not said", {REQUEST_TRANSPORT, "spool", NULL, UDP}, 0, BY_ASSIGNEE, EXPERT, 0, 0, "RFC 6335 section 8.1", ADVISED},
	{"... by who says that they are", {REQUEST_TRANSPORT, "spool", "5001", UDP}, OWNER, 0, EXPERT, 0, ASSIGNEE, "RFC 6335 section 8.1", ADVISED},
	{"a companion System Port, by its assignee", {REQUEST_TRANSPORT, "echo", "7", UDP}, 0, BY_ASSIGNEE, EXPERT, 0, 0, "RFC 6335 section 8.1", ADVISED},
	{"... of DCCP", {REQUEST_TRANSPORT, "echo", "7", DCCP}, 0, BY_ASSIGNEE, PROCEDURE_IETF, EXPERT, 0, "RFC 6335 section 10.3.2, RFC 8126 section 3.3", "the IETF through the IESG"},
	{"a companion for others", {REQUEST_ASSIGN, "new", "5001", UDP}, 0, 0, PROCEDURE_STANDARDS | PROCEDURE_IESG, EXPERT, 0, "RFC 6335 section 8.1", "the IESG"},
	{"a port at the edge", {REQUEST_ASSIGN, "new", "1024", TCP}, 0, 0, PROCEDURE_STANDARDS | PROCEDURE_IESG, EXPERT, 0, "RFC 6335 section 8.1", "the IESG"},
	{"a released port", {REQUEST_ASSIGN, "new", "5002", TCP}, IETF, BY_ASSIGNEE, PROCEDURE_STANDARDS | PROCEDURE_IESG, EXPERT, 0, "RFC 6335 section 8.1", "the IESG"},
	{"a Dynamic Port", {REQUEST_ASSIGN, "new", "50000", TCP}, IETF, BY_REGISTRAR, REFUSE, 0, 0, "RFC 6335 section 8.1.2", "nobody"},
	{"a name on a port of others", {REQUEST_NAME, "new", "5001", TCP}, 0, 0, EXPERT, 0, ASSIGNEE, "RFC 6335 section 8.1.1", ADVISED},
	{"... that is asked for as a new assignment", {REQUEST_ASSIGN, "new", "5001", TCP}, 0, 0, EXPERT, 0, ASSIGNEE, "RFC 6335 section 8.1.1", ADVISED},
	{"a name on a port of one's own", {REQUEST_NAME, "new", "5001", TCP}, 0, BY_ASSIGNEE, EXPERT, 0, 0, "RFC 6335 section 8.1.1", ADVISED},
	{"a further name for a registered service", {REQUEST_NAME, "new", "5001", TCP}, SAME, BY_ASSIGNEE, REFUSE, 0, 0, "RFC 6335 section 5", "nobody"},
	{"a new transport for a name of others", {REQUEST_TRANSPORT, "texts", NULL, UDP}, 0, 0, PROCEDURE_FCFS, 0, ASSIGNEE, "RFC 6335 section 8.1.1", "IANA, which may ask the experts"},
	{"... on a port", {REQUEST_TRANSPORT, "texts", "5000", UDP}, 0, 0, EXPERT, 0, ASSIGNEE, "RFC 6335 section 8.1.2", ADVISED},
	{"... by its contact", {REQUEST_TRANSPORT, "texts", NULL, UDP}, 0, BY_CONTACT, PROCEDURE_FCFS, 0, 0, "RFC 6335 section 8.1.1", "IANA, which may ask the experts"},
	{"an early allocation", {REQUEST_EARLY, "new", "5000", TCP}, IETF, 0, PROCEDURE_EARLY, EXPERT, 0, "RFC 7120 section 3.1", "the area director, on the chairs' request"},
	/* The other procedures. */
	{"an early allocation of a name only", {REQUEST_EARLY, "new", NULL, TCP}, IETF, 0, REFUSE, 0, 0, "RFC 7120 section 2", "nobody"},
	{"an early allocation of an assigned port", {REQUEST_EARLY, "new", "5001", TCP}, IETF, 0, REFUSE, 0, 0, "RFC 7120 section 2", "nobody"},
	{"a renewal", {REQUEST_RENEW, "spool", NULL, TCP}, IETF, 0, PROCEDURE_EARLY, 0, 0, "RFC 7120 section 3.3", "the area director; from the second time on the IESG"},
	{"what was published", {REQUEST_PERMANENT, "spool", NULL, TCP}, IETF, 0, PROCEDURE_IETF, 0, 0, "RFC 7120 section 3.2", "the IETF through the IESG"},
	{"another contact", {REQUEST_MODIFY, "spool", NULL, TCP}, 0, BY_ASSIGNEE, REGISTRAR, 0, ALL, "RFC 6335 section 8.6", "the registry"},
	{"another description, by the registry", {REQUEST_MODIFY, "spool", NULL, TCP}, 0, BY_REGISTRAR, REGISTRAR, 0, ALL, "RFC 6335 section 8.6", "the registry"},
	{"a note, by the registry", {REQUEST_MODIFY, "spool", NULL, TCP}, NOTES, BY_REGISTRAR, REGISTRAR, 0, 0, "RFC 6335 section 8.6", "the registry"},
	{"a note, by another", {REQUEST_MODIFY, "spool", NULL, TCP}, NOTES, 0, REGISTRAR, 0, ALL, "RFC 6335 section 8.6", "the registry"},
	{"another name", {REQUEST_RENAME, "spool", NULL, TCP}, 0, BY_ASSIGNEE, REGISTRAR, 0, ALL, "RFC 7605 section 7.9", "the registry"},
	{"a release", {REQUEST_DEASSIGN, "spool", NULL, TCP}, 0, BY_ASSIGNEE, REGISTRAR, 0, 0, "RFC 6335 section 8.2", "the registry"},
	{"a release by a contact", {REQUEST_DEASSIGN, "spool", NULL, TCP}, 0, BY_CONTACT, REGISTRAR, 0, 0, "RFC 6335 section 8.2", "the registry"},
	{"a release by the registry", {REQUEST_DEASSIGN, "spool", NULL, TCP}, 0, BY_REGISTRAR, REGISTRAR, 0, ASSIGNEE, "RFC 6335 section 8.2", "the registry"},
	{"a release of the name, too", {REQUEST_DEASSIGN, "spool", NULL, TCP}, NAME_TOO, BY_ASSIGNEE, EXPERT, 0, 0, "RFC 6335 section 8.2", ADVISED},
	{"a reuse", {REQUEST_REUSE, "spool", "5001", TCP}, 0, BY_ASSIGNEE, EXPERT, 0, 0, "RFC 6335 section 8.3", ADVISED},
	{"a reuse by another", {REQUEST_REUSE, "spool", NULL, TCP}, 0, BY_CONTACT, EXPERT, 0, ASSIGNEE, "RFC 6335 section 8.3", ADVISED},
	{"a reuse of a System Port", {REQUEST_REUSE, "echo", NULL, TCP}, 0, BY_ASSIGNEE, IETF_IESG, EXPERT, 0, "RFC 6335 sections 8.3 and 8.1.2", "the IESG"},
	{"a reuse by an IETF document", {REQUEST_REUSE, "spool", NULL, TCP}, IETF, BY_ASSIGNEE, IETF_IESG, EXPERT, 0, "RFC 6335 sections 8.3 and 8.1.2", "the IESG"},
	{"a reuse of a name only", {REQUEST_REUSE, "texts", NULL, TCP}, 0, BY_ASSIGNEE, REFUSE, 0, 0, "RFC 6335 section 8.3", "nobody"},
	{"a revocation by others", {REQUEST_REVOKE, "spool", NULL, TCP}, UNUSED, 0, REFUSE, 0, 0, "RFC 6335 section 8.4", "nobody"},
	{"a revocation, clearly unused", {REQUEST_REVOKE, "spool", NULL, TCP}, UNUSED, BY_REGISTRAR, REGISTRAR, 0, 0, "RFC 6335 section 8.4", "IANA"},
	{"a revocation, perhaps in use", {REQUEST_REVOKE, "spool", NULL, TCP}, 0, BY_REGISTRAR, PROCEDURE_IESG, EXPERT, CALL, "RFC 6335 section 8.4", "the IESG and IANA, after a community call"},
	{"a succession", {REQUEST_SUCCESSION, "spool", NULL, TCP}, 0, BY_ASSIGNEE, EXPERT, 0, ALL, "RFC 6335 section 8.5", ADVISED},
	{"a reservation", {REQUEST_RESERVE, NULL, "5000", TCP}, 0, BY_REGISTRAR, REGISTRAR, 0, 0, "RFC 6335 section 6", "the registry"},
	{"a reservation by others", {REQUEST_RESERVE, NULL, "5000", TCP}, 0, BY_ASSIGNEE, REFUSE, 0, 0, "RFC 6335 section 6", "nobody"},
	{"a reservation of an assigned port", {REQUEST_RESERVE, NULL, "5001", TCP}, 0, BY_REGISTRAR, REFUSE, 0, 0, "RFC 6335 section 8.2", "nobody"},
	{"a reservation of nothing", {REQUEST_RESERVE, NULL, NULL, TCP}, 0, BY_REGISTRAR, REFUSE, 0, 0, "RFC 6335 section 6", "nobody"},
	{"a kind that is none", {REQUEST_KIND_COUNT, "new", "5000", TCP}, 0, 0, REFUSE, 0, 0, "RFC 6335 section 8", "nobody"},
};

static const struct pool pools[] = {
	{.name = STR_INIT("web"), .ports = {{5000, 5004}}, .port_count = 1, .transports = TCP | UDP,
	 .reserved = &(const struct range){5004, 5004}, .reserved_count = 1},
	{.name = STR_INIT("data"), .ports = {{5005, 5006}, {5008, 5008}}, .port_count = 2, .transports = TCP | UDP | SCTP | DCCP},
};

static const struct choice_case pool_cases[] = {
	{"a port of a pool", {REQUEST_ASSIGN, "new", "5000", TCP}, 0, 0, PROCEDURE_POOL, 0, 0, "portroll-policy(5)", NULL},
	{"any port of a pool", {REQUEST_ASSIGN, "new", "data", SCTP}, IETF, 0, PROCEDURE_POOL, 0, 0, "portroll-policy(5)", NULL},
	{"a released port of a pool", {REQUEST_ASSIGN, "new", "5002", TCP}, 0, 0, PROCEDURE_POOL, 0, 0, "portroll-policy(5)", NULL},
	{"a name on a port of others", {REQUEST_NAME, "new", "5001", TCP}, 0, 0, PROCEDURE_POOL, 0, ASSIGNEE, "portroll-policy(5)", NULL},
	{"a further name for a service", {REQUEST_NAME, "new", "5001", TCP}, SAME, BY_ASSIGNEE, REFUSE, 0, 0, "RFC 6335 section 5", "nobody"},
	{"a further transport", {REQUEST_TRANSPORT, "spool", NULL, UDP}, 0, BY_ASSIGNEE, PROCEDURE_POOL, 0, 0, "portroll-policy(5)", NULL},
	{"a name only", {REQUEST_ASSIGN, "new", NULL, TCP}, 0, 0, PROCEDURE_FCFS, 0, 0, "RFC 6335 section 8.1.1", "the registry"},
	{"no pool's port", {REQUEST_ASSIGN, "new", "5007", TCP}, 0, 0, REFUSE, 0, 0, "portroll-policy(5)", "nobody"},
	{"no pool's range", {REQUEST_ASSIGN, "new", "User", TCP}, 0, 0, REFUSE, 0, 0, "portroll-policy(5)", "nobody"},
	{"no pool's transport", {REQUEST_ASSIGN, "new", "5000", TCP | SCTP}, 0, 0, REFUSE, 0, 0, "portroll-policy(5)", "nobody"},
	{"no transport of the pool", {REQUEST_ASSIGN, "new", "web", SCTP}, 0, 0, REFUSE, 0, 0, "portroll-policy(5)", "nobody"},
	{"ports of two pools", {REQUEST_ASSIGN, "new", "5003-5005", TCP}, 0, 0, REFUSE, 0, 0, "portroll-policy(5)", "nobody"},
	{"a port that its pool holds back", {REQUEST_ASSIGN, "new", "5004", TCP}, 0, 0, REFUSE, 0, 0, "portroll-policy(5)", "nobody"},
	{"a Dynamic Port", {REQUEST_ASSIGN, "new", "50000", TCP}, 0, 0, REFUSE, 0, 0, "RFC 6335 section 8.1.2", "nobody"},
	{"a release", {REQUEST_DEASSIGN, "spool", NULL, TCP}, NAME_TOO, BY_ASSIGNEE, REGISTRAR, 0, 0, "RFC 6335 section 8.2", "the registry"},
	{"a reuse", {REQUEST_REUSE, "spool", NULL, TCP}, IETF, BY_ASSIGNEE, PROCEDURE_POOL, 0, 0, "portroll-policy(5)", NULL},
	{"a revocation", {REQUEST_REVOKE, "spool", NULL, TCP}, 0, 0, PROCEDURE_POOL, 0, 0, "portroll-policy(5)", NULL},
	{"a revocation outside the pools", {REQUEST_REVOKE, "echo", NULL, TCP}, 0, 0, REGISTRAR, 0, 0, "RFC 6335 section 8.2", "the registry"},
	{"a renewal of a lease", {REQUEST_RENEW, "spool", NULL, TCP}, 0, BY_CONTACT, PROCEDURE_POOL, 0, 0, "portroll-policy(5)", NULL},
	{"... by others", {REQUEST_RENEW, "spool", NULL, TCP}, 0, 0, PROCEDURE_POOL, 0, ASSIGNEE, "portroll-policy(5)", NULL},
	{"a succession", {REQUEST_SUCCESSION, "spool", NULL, TCP}, 0, 0, PROCEDURE_POOL, 0, ALL, "portroll-policy(5)", NULL},
	{"an early allocation", {REQUEST_EARLY, "new", "5000", TCP}, IETF, 0, REFUSE, 0, 0, "RFC 7120 section 2", "nobody"},
	{"another description", {REQUEST_MODIFY, "spool", NULL, TCP}, 0, BY_ASSIGNEE, REGISTRAR, 0, ALL, "RFC 6335 section 8.6", "the registry"},
	{"a reservation", {REQUEST_RESERVE, NULL, "5000", TCP}, 0, BY_REGISTRAR, REGISTRAR, 0, 0, "RFC 6335 section 6", "the registry"},
	{"a reservation outside the pools", {REQUEST_RESERVE, NULL, "6000", TCP}, 0, BY_REGISTRAR, REFUSE, 0, 0, "portroll-policy(5)", "nobody"},
};
/* clang-format on */

static const struct policy with_pools = {
	.source = STR_INIT("example"),
	.pools = pools,
	.pool_count = ARRAY_LEN(pools),
};

static struct request request_of(const struct choice_case *c, struct document *d)
{
	*d = (struct document){0};
	struct request q = policy_request(&c->request, d);
	q.is_ietf = c->asked & IETF;
	if (c->asked & CODES)
		q.code_count = 6;
	if (c->asked & STANDARD) {
		q.codes[0] = 1145656131; /* DISC */
		q.code_count = 1;
	}
	if (c->asked & OWNER)
		q.assignee.mail = STR("Ports@example.com");
	if (c->asked & UNUSED)
		d->values[DOC_CLEARLY_UNUSED] = STR("yes");
	if (c->asked & NAME_TOO)
		d->values[DOC_RELEASE_NAME] = STR("yes");
	if (c->asked & NOTES)
		d->values[DOC_NOTES] = STR("A note");
	else if (c->request.kind == REQUEST_MODIFY)
		d->values[DOC_DESCRIPTION] = STR("Another description");
	if (c->asked & SAME)
		d->values[DOC_DESCRIPTION] = STR("Spooling");
	return q;
}

static void check(const struct policy *policy, const struct choice_case *rows, size_t count)
{
	struct policy_world w;
	policy_world_begin(&w, policy);
	for (size_t i = 0; i < count; i++) {
		const struct choice_case *c = &rows[i];
		struct request q = request_of(c, &w.document);
		struct procedure_choice choice = policy_choose(&w.world, &q, c->by);
		unsigned needs = (choice.needs_assignee ? ASSIGNEE : 0U) |
				 (choice.needs_all ? ALL : 0U) | (choice.needs_call ? CALL : 0U);
		bool is_reviewed =
			(choice.procedures | choice.advice) & (EXPERT | PROCEDURE_SPECIFICATION);
		if (choice.procedures != c->procedures || choice.advice != c->advice ||
		    needs != c->needs || choice.experts != (is_reviewed ? q.transports : 0))
			fail_msg("%s: %x %x %u %u: %s", c->fact, choice.procedures, choice.advice,
				 needs, choice.experts, choice.why);
		assert_string_equal(choice.section, c->section);
		if (c->decides)
			assert_string_equal(choice.decides, c->decides);
		assert_true(str_from(choice.why).len > 0);
		if (choice.procedures & PROCEDURE_POOL)
			assert_non_null(choice.pool);
	}
	policy_world_end(&w);
}

static void each_request_has_the_procedure_of_the_rfc(void **state)
{
	(void)state;
	check(&policy_rfc6335, cases, ARRAY_LEN(cases));
}

static void pools_decide_for_their_ports(void **state)
{
	(void)state;
	check(&with_pools, pool_cases, ARRAY_LEN(pool_cases));
}

static void a_port_in_a_pool_of_another_source_is_refused(void **state)
{
	(void)state;
	struct policy_world w;
	policy_world_begin(&w, &with_pools);
	static const struct small_row rows[] = {{NULL, "6000-6009", NULL, "Unassigned", NULL}};
	struct registry *other = small_registry(&w.arena, rows, 1);
	assert_non_null(other);
	other->header.id = STR("other");
	struct roll roll = {
		.sources = {{.name = STR("other"), .kind = SOURCE_MANAGED, .registry = other}},
		.source_count = 1};
	w.world.roll = &roll;
	static const struct policy_request row = {REQUEST_ASSIGN, "new", "6000", TCP};
	struct request q = policy_request(&row, &w.document);
	struct procedure_choice choice = policy_choose(&w.world, &q, 0);
	assert_int_equal(choice.procedures, REFUSE);
	assert_string_equal(choice.why, "a port in a pool of others");
	roll.sources[0].kind = SOURCE_MIRRORED;
	choice = policy_choose(&w.world, &q, 0);
	assert_int_equal(choice.procedures, REFUSE);
	assert_string_not_equal(choice.why, "a port in a pool of others");
	policy_world_end(&w);
}

/* The next subset of a set of bits, from 0 on; 0 again after the last. */
static uint32_t next_subset(uint32_t subset, uint32_t set)
{
	return (subset - set) & set;
}

static void no_combination_of_facts_is_without_a_row(void **state)
{
	(void)state;
	bool used[128] = {false};
	assert_true(choice_row_count <= ARRAY_LEN(used));
	for (unsigned kind = 0; kind <= REQUEST_KIND_COUNT; kind++) {
		uint32_t looked_at = 0, facts = 0;
		for (size_t i = 0; i < choice_row_count; i++)
			if (choice_rows[i].kinds >> kind & 1U)
				looked_at |= choice_rows[i].has | choice_rows[i].lacks;
		do {
			const struct choice_row *row = choice_find(kind, facts);
			if (!row)
				fail_msg("kind %u, facts %x", kind, facts);
			used[row - choice_rows] = true;
			facts = next_subset(facts, looked_at);
		} while (facts);
	}
	for (size_t i = 0; i < choice_row_count; i++)
		if (!used[i])
			fail_msg("row %zu is never taken: %s", i, choice_rows[i].why);
}

static void every_procedure_has_a_name(void **state)
{
	(void)state;
	for (uint16_t bit = 1; bit <= PROCEDURE_REFUSE; bit = (uint16_t)(bit << 1))
		assert_true(str_from(procedure_name(bit)).len > 0);
	assert_string_equal(procedure_name(PROCEDURE_EXPERT), "Expert Review");
	assert_string_equal(procedure_name(PROCEDURE_EXPERT | PROCEDURE_IETF), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_request_has_the_procedure_of_the_rfc),
		cmocka_unit_test(pools_decide_for_their_ports),
		cmocka_unit_test(a_port_in_a_pool_of_another_source_is_refused),
		cmocka_unit_test(no_combination_of_facts_is_without_a_row),
		cmocka_unit_test(every_procedure_has_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
