/* SPDX-License-Identifier: MIT */
/* As what an account may act in a case. */
#include "desk/account.h"

#include "test.h"

/* A registry with spool 5001/tcp (assignee Alice, contact Bob), a policy with a pool, a request. */
struct fixture {
	struct arena arena;
	struct registry *registry;
	struct port_index index;
	struct policy policy;
	struct revision revision;
	struct request_case request;
	struct rule_world world;
};

static const struct portroll_str reviewers[] = {STR_INIT("rita"), STR_INIT("rob")};
static const struct pool pools[] = {{.name = STR_INIT("web"),
				     .ports = {{6000, 6099}},
				     .port_count = 1,
				     .transports = TRANSPORTS_ALL,
				     .owner = STR_INIT("olga"),
				     .reviewers = reviewers,
				     .reviewer_count = 2}};

static void add_records(struct registry *reg)
{
	static const struct portroll_str alice[] = {STR_INIT("http://example.com"),
						    STR_INIT("mailto:Alice&example.com")};
	static const struct portroll_str bob[] = {STR_INIT("mailto:bob&example.com")};
	static const struct xref contacts[] = {{.type = XREF_PERSON, .data = STR_INIT("Bob")}};
	static const struct xref assignee[] = {{.type = XREF_PERSON, .data = STR_INIT("Alice")}};
	const struct person people[] = {
		{.id = STR("Alice"), .name = STR("Alice"), .uris = alice, .uri_count = 2},
		{.id = STR("Bob"), .name = STR("Bob"), .uris = bob, .uri_count = 1},
	};
	const struct record spool = {.name = STR("spool"),
				     .port = {5001, 5001},
				     .has_port = true,
				     .transport = PORTROLL_TCP,
				     .has_assignee = true,
				     .contacts = {contacts, 1},
				     .assignee = {assignee, 1}};
	for (size_t i = 0; i < ARRAY_LEN(people); i++)
		assert_int_equal(registry_add_person(reg, &people[i]), PORTROLL_OK);
	assert_int_equal(registry_add(reg, &spool), PORTROLL_OK);
}

/* What is asked for. */
struct asked {
	const char *kind, *name, *port, *transports, *draft;
};

static const struct asked new_port = {"assign", "press", "5000", "tcp, udp", NULL};
static const struct asked only_name = {"assign", "press", NULL, NULL, NULL};
static const struct asked in_pool = {"assign", "press", "6001", "tcp", NULL};
static const struct asked of_pool = {"assign", "press", "web", "tcp", NULL};
static const struct asked change = {"modify", "spool", "5001", "tcp", NULL};
static const struct asked change_by_name = {"modify", "SPOOL", NULL, NULL, NULL};
static const struct asked change_other = {"modify", "spool", "5002", "tcp", NULL};
static const struct asked further = {"transport", "spool", "5001", "udp", NULL};
static const struct asked second_name = {"name", "spool2", "5001", "tcp", NULL};
static const struct asked early = {"early", "press", "5000", "tcp", "draft-ietf-tsvwg-press-00"};
static const struct asked same_name = {"assign", "spool", "5001", "tcp", NULL};

static void begin(struct fixture *f, const struct asked *asked)
{
	struct portroll_str *v = f->revision.document.values;
	*f = (struct fixture){.arena = ARENA_INIT};
	f->registry = registry_new(&f->arena);
	assert_non_null(f->registry);
	add_records(f->registry);
	assert_int_equal(port_index_build(&f->index, f->registry, &f->arena), PORTROLL_OK);
	f->policy = (struct policy){.source = STR("acme"), .pools = pools, .pool_count = 1};
	v[DOC_REQUEST] = str_from(asked->kind);
	v[DOC_SERVICE_NAME] = str_from(asked->name);
	v[DOC_PORT_NUMBER] = str_from(asked->port);
	v[DOC_TRANSPORTS] = str_from(asked->transports);
	v[DOC_IETF_DOCUMENT] = str_from(asked->draft);
	f->revision.by = STR("user:carol");
	f->request = (struct request_case){.number = 42,
					   .source = STR("acme"),
					   .revisions = &f->revision,
					   .revision_count = 1};
	bool has_pool = asked == &in_pool || asked == &of_pool;
	f->world = (struct rule_world){.registry = f->registry,
				       .index = &f->index,
				       .policy = has_pool ? &f->policy : &policy_rfc6335};
}

static void assert_roles(const struct fixture *f, const struct account *account,
			 const char *expected)
{
	struct buf text = BUF_INIT(1000);
	role_put_set(&text, account_roles(account, &f->request, &f->world));
	if (!str_equal(buf_str(&text), str_from(expected)))
		fail_msg("%.*s for %.*s: '%.*s', not '%s'", PORTROLL_STR_ARG(account->name),
			 PORTROLL_STR_ARG(f->revision.document.values[DOC_SERVICE_NAME]),
			 PORTROLL_STR_ARG(buf_str(&text)), expected);
	buf_done(&text);
}

static void a_grant_holds_where_its_scope_fits(void **state)
{
	(void)state;
	static const struct {
		const struct asked *asked;
		struct grant grant;
		const char *expected;
	} rows[] = {
		{&new_port, {ROLE_EXPERT, STR_INIT("tcp")}, "expert or anybody"},
		{&new_port, {ROLE_EXPERT, STR_INIT("UDP")}, "expert or anybody"},
		{&new_port, {ROLE_EXPERT, STR_INIT("sctp")}, "anybody"},
		{&new_port, {ROLE_EXPERT, STR_INIT("")}, "expert or anybody"},
		{&only_name, {ROLE_EXPERT, STR_INIT("sctp")}, "expert or anybody"},
		{&new_port, {ROLE_REGISTRAR, STR_INIT("acme")}, "registrar or anybody"},
		{&new_port, {ROLE_REGISTRAR, STR_INIT("iana")}, "anybody"},
		{&new_port, {ROLE_REGISTRAR, STR_INIT("")}, "registrar or anybody"},
		{&new_port, {ROLE_IESG, STR_INIT("iana")}, "anybody"},
		{&new_port, {ROLE_IAB, STR_INIT("")}, "iab or anybody"},
		{&new_port, {ROLE_ADMINISTRATOR, STR_INIT("")}, "administrator or anybody"},
		{&new_port, {ROLE_REVIEWER, STR_INIT("web")}, "anybody"},
		{&in_pool, {ROLE_REVIEWER, STR_INIT("web")}, "reviewer or anybody"},
		{&of_pool, {ROLE_OWNER, STR_INIT("Web")}, "owner or anybody"},
		{&in_pool, {ROLE_OWNER, STR_INIT("mail")}, "anybody"},
		{&early, {ROLE_CHAIRS, STR_INIT("tsvwg")}, "chairs or anybody"},
		{&early, {ROLE_CHAIRS, STR_INIT("tsv")}, "anybody"},
		{&early, {ROLE_CHAIRS, STR_INIT("acme")}, "chairs or anybody"},
		{&early, {ROLE_DIRECTOR, STR_INIT("tsvwg")}, "anybody"},
		{&new_port, {ROLE_CHAIRS, STR_INIT("tsvwg")}, "anybody"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct fixture f;
		begin(&f, rows[i].asked);
		const struct account account = {
			.name = STR("jo"), .grants = &rows[i].grant, .grant_count = 1};
		assert_roles(&f, &account, rows[i].expected);
		arena_done(&f.arena);
	}
}

static void a_policy_names_the_people_of_its_pools(void **state)
{
	(void)state;
	static const struct {
		const struct asked *asked;
		const char *account, *expected;
	} rows[] = {
		{&in_pool, "olga", "owner or anybody"},   {&of_pool, "rita", "reviewer or anybody"},
		{&in_pool, "rob", "reviewer or anybody"}, {&in_pool, "jo", "anybody"},
		{&new_port, "olga", "anybody"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct fixture f;
		begin(&f, rows[i].asked);
		const struct account account = {.name = str_from(rows[i].account)};
		assert_roles(&f, &account, rows[i].expected);
		arena_done(&f.arena);
	}
}

static void who_speaks_for_the_assignment_is_found(void **state)
{
	(void)state;
	static const struct portroll_str alice = STR_INIT("Alice"), bob = STR_INIT("Bob"),
					 bobby = STR_INIT("Bobby");
	static const struct {
		const struct asked *asked;
		const struct portroll_str *person; /* NULL: the mail */
		const char *mail, *expected;
	} rows[] = {
		{&change, &alice, NULL, "assignee or anybody"},
		{&change, &bob, NULL, "contact or anybody"},
		{&change, &bobby, NULL, "anybody"},
		{&change, NULL, "alice@EXAMPLE.com", "assignee or anybody"},
		{&change, NULL, "bob@example.com", "contact or anybody"},
		{&change, NULL, "bob@example.co", "anybody"},
		{&change, NULL, NULL, "anybody"},
		{&change, &alice, "bob@example.com", "assignee, contact or anybody"},
		{&change_by_name, &alice, NULL, "assignee or anybody"},
		{&change_other, &alice, NULL, "anybody"},
		{&further, &alice, NULL, "assignee or anybody"},
		{&second_name, &alice, NULL, "assignee or anybody"},
		{&new_port, &alice, NULL, "anybody"},
		{&same_name, &alice, NULL, "anybody"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct fixture f;
		begin(&f, rows[i].asked);
		const struct account account = {.name = STR("jo"),
						.mail = str_from(rows[i].mail),
						.persons = rows[i].person,
						.person_count = rows[i].person ? 1 : 0};
		assert_roles(&f, &account, rows[i].expected);
		arena_done(&f.arena);
	}
}

static void the_applicant_is_who_submitted(void **state)
{
	(void)state;
	static const struct {
		const char *by, *name, *login, *expected;
	} rows[] = {
		{"user:carol", "user:carol", NULL, "applicant or anybody"},
		{"user:carol", "carol", "carol", "applicant or anybody"},
		{"user:carol", "carol", NULL, "anybody"},
		{"user:carol", "caro", "caro", "anybody"},
		{"carol", "carol", NULL, "applicant or anybody"},
		{"carol", "jo", "carol", "anybody"},
		{"", "jo", NULL, "anybody"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct fixture f;
		begin(&f, &new_port);
		f.revision.by = str_from(rows[i].by);
		const struct account account = {.name = str_from(rows[i].name),
						.login = str_from(rows[i].login)};
		assert_roles(&f, &account, rows[i].expected);
		arena_done(&f.arena);
	}
}

static const struct grant all_grants[] = {{ROLE_EXPERT, STR_INIT("")},
					  {ROLE_REVIEWER, STR_INIT("web")},
					  {ROLE_REGISTRAR, STR_INIT("")}};

static void who_is_recused_reviews_nothing(void **state)
{
	(void)state;
	static const struct portroll_str recused[] = {STR_INIT("rob"), STR_INIT("jo")};
	struct fixture f;
	begin(&f, &in_pool);
	struct account jo = {.name = STR("jo"), .grants = all_grants, .grant_count = 3};
	assert_roles(&f, &jo, "expert, reviewer, registrar or anybody");
	f.request.recused = recused;
	f.request.recused_count = 2;
	assert_roles(&f, &jo, "registrar or anybody");
	jo.name = STR("rita");
	assert_roles(&f, &jo, "expert, reviewer, registrar or anybody");
	arena_done(&f.arena);
}

static void who_is_disabled_is_nobody(void **state)
{
	(void)state;
	struct fixture f;
	begin(&f, &in_pool);
	f.revision.by = STR("jo");
	const struct account jo = {
		.name = STR("jo"), .grants = all_grants, .grant_count = 3, .is_disabled = true};
	assert_int_equal(account_roles(&jo, &f.request, &f.world), 0);
	assert_int_equal(account_roles(NULL, &f.request, &f.world), 0);
	arena_done(&f.arena);
}

/* Where there is not even a registry yet only the grants count. */
static void a_world_may_be_empty(void **state)
{
	(void)state;
	const struct rule_world empty = {0};
	struct fixture f;
	begin(&f, &change);
	const struct account jo = {.name = STR("jo"), .grants = all_grants, .grant_count = 3};
	assert_int_equal(account_roles(&jo, &f.request, &empty),
			 ROLE_BIT(ROLE_EXPERT) | ROLE_BIT(ROLE_REGISTRAR) | ROLE_BIT(ROLE_ANYBODY));
	arena_done(&f.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_grant_holds_where_its_scope_fits),
		cmocka_unit_test(a_policy_names_the_people_of_its_pools),
		cmocka_unit_test(who_speaks_for_the_assignment_is_found),
		cmocka_unit_test(the_applicant_is_who_submitted),
		cmocka_unit_test(who_is_recused_reviews_nothing),
		cmocka_unit_test(who_is_disabled_is_nobody),
		cmocka_unit_test(a_world_may_be_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
