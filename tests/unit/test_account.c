/* SPDX-License-Identifier: MIT */
/* Accounts as papers: what they must be, how they are read, and that nobody is locked out. */
#include "desk/account.h"

#include "desk/desk.h"
#include "oom.h"
#include "test.h"

#define CREATED INT64_C(1795418400) /* 2026-11-23T07:20:00Z */

static const struct grant administrator = {ROLE_ADMINISTRATOR, STR_INIT("")};

static const struct account kelly = {.name = STR_INIT("kelly"),
				     .login = STR_INIT("kelly"),
				     .grants = &administrator,
				     .grant_count = 1,
				     .created = CREATED};

static void grants_are_read_and_written(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum role role;
		const char *scope, *written;
	} rows[] = {
		{"expert:tcp", ROLE_EXPERT, "tcp", "expert:tcp"},
		{"EXPERT", ROLE_EXPERT, "", "expert"},
		{"expert:UDPLite", ROLE_EXPERT, "udp", "expert:udp"},
		{"reviewer:web-1", ROLE_REVIEWER, "web-1", "reviewer:web-1"},
		{"owner:a.b_c", ROLE_OWNER, "a.b_c", "owner:a.b_c"},
		{"chairs:tsvwg", ROLE_CHAIRS, "tsvwg", "chairs:tsvwg"},
		{"director", ROLE_DIRECTOR, "", "director"},
		{"iesg", ROLE_IESG, "", "iesg"},
		{"iab", ROLE_IAB, "", "iab"},
		{"registrar:iana", ROLE_REGISTRAR, "iana", "registrar:iana"},
		{"administrator", ROLE_ADMINISTRATOR, "", "administrator"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct grant g;
		struct buf text = BUF_INIT(100);
		assert_int_equal(grant_parse(&g, str_from(rows[i].text), NULL), PORTROLL_OK);
		assert_int_equal(g.role, rows[i].role);
		assert_text(g.scope, rows[i].scope);
		grant_put(&text, &g);
		assert_text(buf_str(&text), rows[i].written);
		buf_done(&text);
	}
}

static void what_is_no_grant_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *says;
	} rows[] = {
		{"", "'' is no role that is granted: take expert, reviewer, owner, chairs, "
		     "director, iesg, iab, registrar or administrator"},
		{"applicant", "is no role that is granted"},
		{"assignee:x", "is no role that is granted"},
		{"clock", "is no role that is granted"},
		{"anybody", "is no role that is granted"},
		{":tcp", "is no role that is granted"},
		{"expert:", "'' is no place where a role could hold: write expert:NAME"},
		{"expert:xns", "tcp, udp, sctp or dccp, not of 'xns'"},
		{"registrar:a:b", "'a:b' is no place"},
		{"registrar:a b", "'a b' is no place"},
		{"registrar:\x1b[31m", "is no place"},
		{"administrator:iana", "an administrator is one everywhere"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct grant g;
		struct portroll_error err = {0};
		assert_int_equal(grant_parse(&g, str_from(rows[i].text), &err), PORTROLL_ESYNTAX);
		if (!strstr(err.text, rows[i].says))
			fail_msg("%s: %s", rows[i].text, err.text);
		assert_null(strchr(err.text, '\x1b'));
	}
}

/* A store with these accounts. */
struct at_store {
	struct arena arena;
	struct store *store;
	struct account_list all;
	struct portroll_error err;
};

static void read_all(struct at_store *d)
{
	int r = accounts_read(&d->all, &store_memory, d->store, &d->arena, &d->err);
	if (r < 0)
		fail_msg("%s", d->err.text);
}

static void begin(struct at_store *d)
{
	*d = (struct at_store){.arena = ARENA_INIT};
	assert_int_equal(store_memory.open(&d->store, STR("memory:"), true, NULL), PORTROLL_OK);
	read_all(d);
}

static void end(struct at_store *d)
{
	store_memory.close(d->store);
	arena_done(&d->arena);
}

/* Puts it down; where that goes the list is read again. */
static int put(struct at_store *d, const struct account *account)
{
	struct stored_paper papers[ACCOUNT_PAPERS];
	d->err = (struct portroll_error){0};
	int r = account_put(papers, &d->all, account, &d->arena, &d->err);
	if (r == PORTROLL_OK)
		r = store_memory.put_papers(d->store, papers, ACCOUNT_PAPERS, &d->err);
	if (r == PORTROLL_OK)
		read_all(d);
	return r;
}

static int take_away(struct at_store *d, const char *name)
{
	struct stored_paper papers[ACCOUNT_PAPERS];
	const struct account *account = account_find(&d->all, str_from(name));
	d->err = (struct portroll_error){0};
	assert_non_null(account);
	int r = account_remove(papers, &d->all, account, &d->arena, &d->err);
	if (r == PORTROLL_OK)
		r = store_memory.put_papers(d->store, papers, ACCOUNT_PAPERS, &d->err);
	if (r == PORTROLL_OK)
		read_all(d);
	return r;
}

static void an_account_comes_back_as_it_was(void **state)
{
	(void)state;
	static const struct grant grants[] = {{ROLE_EXPERT, STR_INIT("tcp")},
					      {ROLE_REGISTRAR, STR_INIT("")},
					      {ROLE_ADMINISTRATOR, STR_INIT("")}};
	static const struct portroll_str persons[] = {STR_INIT("Jo_Example"), STR_INIT("Jo_2")};
	const struct account whole = {
		.name = STR("jo-1"),
		.display = STR("Jo \"the\" Example\xc3\xbc"),
		.mail = STR("jo@example.com"),
		.login = STR("EXAMPLE\\jo"),
		.persons = persons,
		.person_count = 2,
		.grants = grants,
		.grant_count = 3,
		.is_disabled = true,
		.created = CREATED,
	};
	struct at_store d;
	begin(&d);
	assert_int_equal(put(&d, &kelly), PORTROLL_OK);
	assert_int_equal(put(&d, &whole), PORTROLL_OK);
	assert_int_equal(d.all.count, 2);
	assert_int_equal(d.all.version, 2);
	const struct account *jo = account_find(&d.all, STR("jo-1"));
	assert_ptr_equal(jo, &d.all.items[0]);
	assert_ptr_equal(account_of_login(&d.all, whole.login), jo);
	assert_null(account_of_login(&d.all, STR("")));
	assert_null(account_of_login(&d.all, STR("jo")));
	assert_true(str_equal(jo->display, whole.display) && str_equal(jo->mail, whole.mail));
	assert_int_equal(jo->person_count, 2);
	assert_true(str_equal(jo->persons[1], persons[1]));
	assert_int_equal(jo->grant_count, 3);
	assert_int_equal(jo->grants[0].role, ROLE_EXPERT);
	assert_text(jo->grants[0].scope, "tcp");
	assert_true(jo->is_disabled && jo->created == CREATED && jo->version == 1);
	assert_false(d.all.items[1].is_disabled);
	end(&d);
}

/* The bytes that are kept: others read them too. */
static void the_paper_is_canonical(void **state)
{
	(void)state;
	struct at_store d;
	struct stored_paper paper;
	begin(&d);
	assert_int_equal(account_paper(&paper, &kelly, &d.arena, NULL), PORTROLL_OK);
	assert_text(paper.kind, "account");
	assert_text(paper.id, "kelly");
	assert_text(paper.body,
		    "{\"created\":\"2026-11-23T07:20:00Z\",\"grants\":[\"administrator\"],"
		    "\"login\":\"kelly\",\"name\":\"kelly\",\"v\":1}");
	end(&d);
}

#define HEAD "{\"created\":\"2026-11-23T07:20:00Z\","

static void a_damaged_paper_is_named(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"x",
		"[]",
		"{}",
		HEAD "\"name\":\"jo\"}",
		HEAD "\"name\":\"jo\",\"v\":2}",
		HEAD "\"name\":\"jo\",\"v\":1,\"w\":1}",
		HEAD "\"name\":\"jo\", \"v\":1}",
		HEAD "\"name\":\"kelly\",\"v\":1}",
		HEAD "\"name\":\"Jo\",\"v\":1}",
		HEAD "\"name\":7,\"v\":1}",
		HEAD "\"mail\":\"jo\",\"name\":\"jo\",\"v\":1}",
		HEAD "\"grants\":[\"king\"],\"name\":\"jo\",\"v\":1}",
		HEAD "\"grants\":[\"iab\",\"iab\"],\"name\":\"jo\",\"v\":1}",
		HEAD "\"grants\":[\"IAB\"],\"name\":\"jo\",\"v\":1}",
		HEAD "\"grants\":[\"expert:TCP\"],\"name\":\"jo\",\"v\":1}",
		HEAD "\"grants\":[1],\"name\":\"jo\",\"v\":1}",
		HEAD "\"disabled\":false,\"name\":\"jo\",\"v\":1}",
		HEAD "\"display\":\"a\\nb\",\"name\":\"jo\",\"v\":1}",
		"{\"created\":\"yesterday\",\"name\":\"jo\",\"v\":1}",
		"{\"name\":\"jo\",\"v\":1}",
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct at_store d;
		begin(&d);
		const struct stored_paper paper = {PAPER_ACCOUNT, STR("jo"), 0, str_from(rows[i])};
		assert_int_equal(store_memory.put_papers(d.store, &paper, 1, NULL), PORTROLL_OK);
		int r = accounts_read(&d.all, &store_memory, d.store, &d.arena, &d.err);
		if (r != PORTROLL_ECORRUPT)
			fail_msg("%s: %d", rows[i], r);
		assert_non_null(strstr(d.err.text, "the account jo in the store is damaged ("));
		assert_non_null(strstr(d.err.text, "bring back the last backup"));
		end(&d);
	}
}

static void what_is_no_account_is_refused(void **state)
{
	(void)state;
	static const struct portroll_str names[] = {
		STR_INIT(""),
		STR_INIT("Jo"),
		STR_INIT("-jo"),
		STR_INIT("jo-"),
		STR_INIT("jo."),
		STR_INIT("a b"),
		STR_INIT("user:jo"),
		STR_INIT("portroll"),
		STR_INIT("j\0o"),
		STR_INIT("\xc3\xbc"),
		STR_INIT("../etc/passwd"),
		STR_INIT("123456789012345678901234567890123"),
	};
	struct at_store d;
	begin(&d);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct account account = kelly;
		account.name = names[i];
		assert_int_equal(put(&d, &account), PORTROLL_EINVAL);
		assert_non_null(strstr(d.err.text, "is no name of an account: write 1 to 32"));
	}
	static const struct {
		const char *display, *mail, *login, *says;
	} texts[] = {
		{"a\nb", "", "kelly", "'a?b' is no name to be shown"},
		{"\x1b[2J", "", "kelly", "is no name to be shown"},
		{"\xff", "", "kelly", "is no name to be shown"},
		{"", "kelly", "kelly", "'kelly' is no mail address"},
		{"", "k@example.com\r\nBcc: x@example.com", "kelly", "is no mail address"},
		{"", "k\xff@example.com", "kelly", "is no mail address"},
		{"", "k@example.com,l@example.com", "kelly", "is no mail address"},
		{"", "", "a b", "'a b' is no user of a system"},
		{"", "", "a,b", "'a,b' is no user of a system"},
		{"", "", "a\tb", "is no user of a system"},
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct account account = kelly;
		account.display = str_from(texts[i].display);
		account.mail = str_from(texts[i].mail);
		account.login = str_from(texts[i].login);
		assert_int_equal(put(&d, &account), PORTROLL_EINVAL);
		if (!strstr(d.err.text, texts[i].says))
			fail_msg("row %zu: %s", i, d.err.text);
	}
	assert_int_equal(d.all.count, 0);
	end(&d);
}

static void lists_have_an_end(void **state)
{
	(void)state;
	static struct grant grants[10000];
	static struct portroll_str persons[ACCOUNT_PERSONS_MAX + 1];
	static char ids[ARRAY_LEN(persons)][16];
	struct at_store d;
	begin(&d);
	for (size_t i = 0; i < ARRAY_LEN(persons); i++)
		persons[i] = (struct portroll_str){
			ids[i], (size_t)snprintf(ids[i], sizeof(ids[i]), "Person_%zu", i)};
	struct account account = kelly;
	for (size_t i = 0; i < ARRAY_LEN(grants); i++)
		grants[i] = administrator;
	account.grants = grants;
	account.grant_count = ARRAY_LEN(grants);
	assert_int_equal(put(&d, &account), PORTROLL_ELIMIT);
	assert_string_equal(d.err.text, "an account has at most 256 roles, not 10000");
	account = kelly;
	account.persons = persons;
	account.person_count = ARRAY_LEN(persons);
	assert_int_equal(put(&d, &account), PORTROLL_ELIMIT);
	account.person_count--;
	assert_int_equal(put(&d, &account), PORTROLL_OK);
	persons[1] = persons[0];
	account.version = 1;
	assert_int_equal(put(&d, &account), PORTROLL_EINVAL);
	assert_string_equal(d.err.text, "Person_0 is named twice");
	persons[1] = STR("");
	assert_int_equal(put(&d, &account), PORTROLL_EINVAL);
	end(&d);
}

static void a_user_of_the_system_has_one_account(void **state)
{
	(void)state;
	struct at_store d;
	begin(&d);
	assert_int_equal(put(&d, &kelly), PORTROLL_OK);
	struct account jo = {.name = STR("jo"), .login = STR("kelly"), .created = CREATED};
	assert_int_equal(put(&d, &jo), PORTROLL_ECONFLICT);
	assert_string_equal(d.err.text,
			    "kelly of this system acts as kelly already: one user has one account");
	jo.login = STR("");
	assert_int_equal(put(&d, &jo), PORTROLL_OK);
	end(&d);
}

#define LAST                                                                                       \
	"kelly is the last administrator who can act: make another one first (portroll account "   \
	"grant NAME administrator)"

static void the_last_administrator_stays(void **state)
{
	(void)state;
	struct at_store d;
	begin(&d);
	struct account jo = {.name = STR("jo"), .login = STR("jo"), .created = CREATED};
	struct account first[] = {kelly, kelly, kelly};
	first[0].grant_count = 0;
	first[1].login = STR("");
	first[2].is_disabled = true;
	for (size_t i = 0; i < ARRAY_LEN(first); i++) {
		assert_int_equal(put(&d, &first[i]), PORTROLL_ERULE);
		assert_non_null(strstr(d.err.text, "the first account must be an administrator"));
	}
	assert_int_equal(put(&d, &kelly), PORTROLL_OK);
	assert_int_equal(put(&d, &jo), PORTROLL_OK);
	for (size_t i = 0; i < ARRAY_LEN(first); i++) {
		first[i].version = 1;
		assert_int_equal(put(&d, &first[i]), PORTROLL_ERULE);
		assert_string_equal(d.err.text, LAST);
	}
	assert_int_equal(take_away(&d, "kelly"), PORTROLL_ERULE);
	assert_string_equal(d.err.text, LAST);
	jo.version = 1;
	jo.grants = &administrator;
	jo.grant_count = 1;
	assert_int_equal(put(&d, &jo), PORTROLL_OK);
	assert_int_equal(take_away(&d, "kelly"), PORTROLL_OK);
	assert_int_equal(take_away(&d, "jo"), PORTROLL_ERULE);
	assert_int_equal(d.all.count, 1);
	end(&d);
}

/* Each takes the role from the other, upon the same list. */
static void of_two_who_change_accounts_one_is_told(void **state)
{
	(void)state;
	struct at_store d;
	begin(&d);
	struct account jo = kelly;
	jo.name = jo.login = STR("jo");
	assert_int_equal(put(&d, &kelly), PORTROLL_OK);
	assert_int_equal(put(&d, &jo), PORTROLL_OK);
	const struct account_list seen = d.all;
	assert_int_equal(take_away(&d, "kelly"), PORTROLL_OK);
	d.all = seen;
	assert_int_equal(take_away(&d, "jo"), PORTROLL_ECONFLICT);
	read_all(&d);
	assert_int_equal(d.all.count, 1);
	assert_text(d.all.items[0].name, "jo");
	end(&d);
}

static void who_was_removed_may_come_again(void **state)
{
	(void)state;
	struct at_store d;
	begin(&d);
	const struct account jo = {.name = STR("jo"), .created = CREATED};
	assert_int_equal(put(&d, &kelly), PORTROLL_OK);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(put(&d, &jo), PORTROLL_OK);
		assert_int_equal(put(&d, &jo), PORTROLL_ECONFLICT);
		assert_int_equal(take_away(&d, "jo"), PORTROLL_OK);
		assert_null(account_find(&d.all, STR("jo")));
	}
	end(&d);
}

static int keep_and_read(void *context)
{
	(void)context;
	struct arena a = ARENA_INIT;
	struct store *store = NULL;
	struct account_list all = {0};
	struct stored_paper papers[ACCOUNT_PAPERS];
	int r = store_memory.open(&store, STR("memory:"), true, NULL);
	if (r == PORTROLL_OK)
		r = account_put(papers, &all, &kelly, &a, NULL);
	if (r == PORTROLL_OK)
		r = store_memory.put_papers(store, papers, ACCOUNT_PAPERS, NULL);
	if (r == PORTROLL_OK)
		r = accounts_read(&all, &store_memory, store, &a, NULL);
	store_memory.close(store);
	arena_done(&a);
	return r;
}

static void any_allocation_may_fail(void **state)
{
	(void)state;
	(void)oom_sweep(keep_and_read, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grants_are_read_and_written),
		cmocka_unit_test(what_is_no_grant_is_refused),
		cmocka_unit_test(an_account_comes_back_as_it_was),
		cmocka_unit_test(the_paper_is_canonical),
		cmocka_unit_test(a_damaged_paper_is_named),
		cmocka_unit_test(what_is_no_account_is_refused),
		cmocka_unit_test(lists_have_an_end),
		cmocka_unit_test(a_user_of_the_system_has_one_account),
		cmocka_unit_test(the_last_administrator_stays),
		cmocka_unit_test(of_two_who_change_accounts_one_is_told),
		cmocka_unit_test(who_was_removed_may_come_again),
		cmocka_unit_test(any_allocation_may_fail),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
