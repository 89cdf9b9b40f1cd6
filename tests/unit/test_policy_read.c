/* SPDX-License-Identifier: MIT */
#include "procedure/policy.h"

#include "random.h"
#include "test.h"

#define TEXT_MAX ((size_t)1 << 20)

static const char whole[] = "# Ports of an organisation.\n"
			    "Policy: example\n"
			    "Title: Ports of the Example Organisation\n"
			    "answer-days: 30\n"
			    "Description Limit: 80\n"
			    "Reuse Released: yes\n"
			    "\n"
			    "Pool: web\n"
			    "Range: 20000-20099, 20200-20249\n"
			    "Transports: tcp, UDP\n"
			    "Owner: web-team\n"
			    "Reviewers: one, two,\n"
			    " three\n"
			    "Approvals: 2\n"
			    "Lease: 365\n"
			    "Reserved: 20000, 20090-20099\n"
			    "\n"
			    "Pool: low\n"
			    "Range: 600-609\n"
			    "Reviewers: ops\n"
			    "Lease: none\n"
			    "\n"
			    "Pool: data\n"
			    "Range: 20100-20199\n"
			    "Owner: ops\n";

static void all_that_is_written_is_read(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct portroll_error err = {0};
	struct policy p;
	if (policy_read(&p, str_from(whole), &a, &err) < 0)
		fail_msg("%u: %s", err.line, err.text);
	assert_true(str_equal(p.source, STR("example")));
	assert_true(str_equal(p.title, STR("Ports of the Example Organisation")));
	assert_false(p.is_rfc6335);
	assert_true(p.reuse_released);
	assert_int_equal(p.deadlines.answer, 30);
	assert_int_equal(p.deadlines.call, 28);
	assert_int_equal(p.description_max, 40);
	assert_int_equal(p.description_limit, 80);
	assert_int_equal(p.pool_count, 3);
	const struct pool *web = policy_pool(&p, STR("WEB"));
	assert_non_null(web);
	assert_int_equal(web->line, 8);
	assert_int_equal(web->port_count, 2);
	assert_int_equal(web->ports[1].last, 20249);
	assert_int_equal(web->transports,
			 TRANSPORT_BIT(PORTROLL_TCP) | TRANSPORT_BIT(PORTROLL_UDP));
	assert_int_equal(web->reviewer_count, 3);
	assert_true(str_equal(web->reviewers[2], STR("three")));
	assert_int_equal(web->approvals, 2);
	assert_int_equal(web->lease_days, 365);
	assert_int_equal(web->reserved_count, 2);
	const struct pool *low = policy_pool(&p, STR("low"));
	assert_int_equal(low->approvals, 1);
	assert_int_equal(low->lease_days, 0);
	assert_int_equal(low->transports, TRANSPORTS_ALL);
	assert_int_equal(policy_pool(&p, STR("data"))->approvals, 0);
	assert_true(policy_has_pool(&p, STR("data")));
	assert_false(policy_has_pool(&p, STR("date")));
	assert_ptr_equal(policy_pool_of(&p, 20249, PORTROLL_TCP), web);
	assert_null(policy_pool_of(&p, 20249, PORTROLL_SCTP));
	assert_null(policy_pool_of(&p, 20250, PORTROLL_TCP));
}

#define HEAD "Policy: example\n\n"
#define POOL HEAD "Pool: web\nRange: 20000-20099\nOwner: ops\n"

/* Each with the line and the words of the sentence that tell what is wrong. */
/* clang-format off */
static const struct error_case {
	const char *text;
	int code;
	uint32_t line;
	const char *words;
} errors[] = {
	{"", PORTROLL_ESYNTAX, 1, "begins with 'Policy: NAME'"},
	{"Title: x\n", PORTROLL_ESYNTAX, 1, "lacks 'Policy'"},
	{"Policy: a b\n", PORTROLL_ESYNTAX, 1, "expected the name of a source"},
	{"Policy: example\nTitle: x\n y\n", PORTROLL_ESYNTAX, 2, "expected one line"},
	{"Policy: example\nTitel: x\n", PORTROLL_ESYNTAX, 2, "'Titel' is no field of this paragraph; 'Title' is"},
	{"Policy: example\nCall Days: 30\n", PORTROLL_ESYNTAX, 2, "no field"},
	{"Policy: example\nAnswer Day: 30\n", PORTROLL_ESYNTAX, 2, "'Answer Days' is"},
	{"Policy: example\nColour: red\n", PORTROLL_ESYNTAX, 2, "see portroll-policy(5)"},
	{"Policy: example\nAnswer Days: soon\n", PORTROLL_ESYNTAX, 2, "'soon', expected a number from 1 to 3650"},
	{"Policy: example\nAnswer Days: 0\n", PORTROLL_ESYNTAX, 2, "from 1 to"},
	{"Policy: example\nProcedures: none\n", PORTROLL_ESYNTAX, 2, "expected RFC 6335 or pools"},
	{"Policy: example\nReuse Released: perhaps\n", PORTROLL_ESYNTAX, 2, "expected yes or no"},
	{"Policy: example\nTitle: x\nTitle: y\n", PORTROLL_ESYNTAX, 3, "Title"},
	{"Policy: example\nDescription Limit: 30\n", PORTROLL_ERULE, 2, "below Description Length, 40"},
	{"Policy: example\nDescription Length: 401\n", PORTROLL_ERULE, 2, "400 is below Description Length, 401"},
	{"Policy: example\n", PORTROLL_ERULE, 1, "without a pool"},
	{"Policy: iana\nProcedures: RFC 6335\nCommunity Call Days: 27\n", PORTROLL_ERULE, 3, "RFC 6335 section 8.4 has at least 28"},
	{"Policy: iana\nProcedures: RFC 6335\nAppeal Months: 1\n", PORTROLL_ERULE, 3, "at least 2"},
	{"Policy: iana\nProcedures: RFC 6335\nTemporary Days: 367\n", PORTROLL_ERULE, 3, "at most 366"},
	{"Policy: iana\nProcedures: RFC 6335\n\nPool: web\nRange: 2000\nOwner: ops\n", PORTROLL_ERULE, 4, "RFC 6335, which has none"},
	{HEAD "Range: 2000\n", PORTROLL_ESYNTAX, 3, "lacks 'Pool'"},
	{HEAD "Pool: web\nOwner: ops\n", PORTROLL_ESYNTAX, 3, "lacks 'Range'"},
	{HEAD "Pool: user\nRange: 2000\n", PORTROLL_ESYNTAX, 3, "neither User nor System"},
	{HEAD "Pool: 2000\nRange: 2000\n", PORTROLL_ESYNTAX, 3, "with a letter"},
	{HEAD "Pool: web\nRange: many\n", PORTROLL_ESYNTAX, 4, "'many', expected a number from 0"},
	{HEAD "Pool: web\nRange: 2010-2000\n", PORTROLL_ESYNTAX, 4, "lower port"},
	{HEAD "Pool: web\nRange: ,\n", PORTROLL_ESYNTAX, 4, "such as 20000-20099"},
	{HEAD "Pool: web\nRange: 1,2,3,4,5\n", PORTROLL_ESYNTAX, 4, "at most four ranges"},
	{HEAD "Pool: web\nRange: 49000-50000\n", PORTROLL_ERULE, 4, "Dynamic Ports, which are never assigned"},
	{HEAD "Pool: web\nRange: 1000-1100\n", PORTROLL_ERULE, 4, "of System Ports and of User Ports"},
	{HEAD "Pool: web\nRange: 2000\nTransports: tcp, tpc\n", PORTROLL_ESYNTAX, 5, "'tpc', expected tcp, udp, sctp or dccp"},
	{HEAD "Pool: web\nRange: 2000\nTransports: ,\n", PORTROLL_ESYNTAX, 5, "expected tcp, udp, sctp or dccp"},
	{HEAD "Pool: web\nRange: 2000\nOwner: The Team\n", PORTROLL_ESYNTAX, 5, "name of an account"},
	{HEAD "Pool: web\nRange: 2000\nReviewers: one, Two\n", PORTROLL_ESYNTAX, 5, "'Two', expected the name of an account"},
	{HEAD "Pool: web\nRange: 2000\nReviewers: one, one\n", PORTROLL_ESYNTAX, 5, "each account once"},
	{HEAD "Pool: web\nRange: 2000\nLease: long\n", PORTROLL_ESYNTAX, 5, "from 1 to 36500"},
	{HEAD "Pool: web\nRange: 2000\nLeese: 30\n", PORTROLL_ESYNTAX, 5, "'Lease' is"},
	{HEAD "Pool: web\nRange: 2000\n", PORTROLL_ERULE, 3, "no one who could decide"},
	{HEAD "Pool: web\nRange: 2000\nReviewers: one\nApprovals: 0\n", PORTROLL_ERULE, 3, "no one who could decide"},
	{HEAD "Pool: web\nRange: 2000\nReviewers: one\nApprovals: 2\n", PORTROLL_ERULE, 3, "wants 2 approvals of 1 reviewers"},
	{HEAD "Pool: web\nRange: 2000-2009\nOwner: ops\nReserved: 2009-2010\n", PORTROLL_ERULE, 3, "reserves 2009-2010, which is not in its Range"},
	{HEAD "Pool: web\nRange: 2000-2009, 2009\nOwner: ops\n", PORTROLL_ERULE, 3, "has 2009 twice"},
	{POOL "\nPool: data\nRange: 20090-20110\nOwner: ops\n", PORTROLL_ERULE, 7, "pool data and pool web (line 3) both have 20090-20099"},
	{POOL "\nPool: Web\nRange: 30000\nOwner: ops\n", PORTROLL_ERULE, 7, "a second pool Web: the first is in line 3"},
};
/* clang-format on */

static void what_is_wrong_is_told_with_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct portroll_error err = {0};
		struct policy p;
		int r = policy_read(&p, str_from(errors[i].text), &a, &err);
		if (r != errors[i].code || err.line != errors[i].line ||
		    str_find(str_from(err.text), str_from(errors[i].words)) == SIZE_MAX)
			fail_msg("case %zu: %d, line %u: %s", i, r, err.line, err.text);
	}
}

static void too_many_pools_are_refused(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	CLEANUP(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	struct portroll_error err = {0};
	struct policy p;
	buf_puts(&text, HEAD);
	for (unsigned i = 0; i < 257; i++)
		buf_printf(&text, "Pool: p%u\nRange: %u\nOwner: ops\n\n", i, 2000 + i);
	assert_int_equal(policy_read(&p, buf_str(&text), &a, &err), PORTROLL_ELIMIT);
	assert_int_equal(err.line, 3 + 4 * 256);
}

static struct portroll_str written(const struct policy *p, struct arena *a)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	policy_put(&text, p);
	assert_int_equal(text.failed, PORTROLL_OK);
	return buf_keep(&text, a);
}

static bool ranges_equal(const struct range *a, const struct range *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (a[i].first != b[i].first || a[i].last != b[i].last)
			return false;
	return true;
}

static void assert_same_pool(const struct pool *a, const struct pool *b)
{
	assert_true(str_equal(a->name, b->name));
	assert_int_equal(a->port_count, b->port_count);
	assert_true(ranges_equal(a->ports, b->ports, a->port_count));
	assert_int_equal(a->transports, b->transports);
	assert_true(str_equal(a->owner, b->owner));
	assert_int_equal(a->reviewer_count, b->reviewer_count);
	for (size_t i = 0; i < a->reviewer_count; i++)
		assert_true(str_equal(a->reviewers[i], b->reviewers[i]));
	assert_int_equal(a->approvals, b->approvals);
	assert_int_equal(a->lease_days, b->lease_days);
	assert_int_equal(a->reserved_count, b->reserved_count);
	assert_true(ranges_equal(a->reserved, b->reserved, a->reserved_count));
}

static void assert_same(const struct policy *a, const struct policy *b)
{
	assert_true(str_equal(a->source, b->source));
	assert_true(str_equal(a->title, b->title));
	assert_int_equal(a->is_rfc6335, b->is_rfc6335);
	assert_memory_equal(&a->deadlines, &b->deadlines, sizeof(a->deadlines));
	assert_int_equal(a->description_max, b->description_max);
	assert_int_equal(a->description_limit, b->description_limit);
	assert_int_equal(a->reuse_released, b->reuse_released);
	assert_int_equal(a->pool_count, b->pool_count);
	for (size_t i = 0; i < a->pool_count; i++)
		assert_same_pool(&a->pools[i], &b->pools[i]);
}

static const struct portroll_str accounts[] = {STR_INIT("one"), STR_INIT("two"), STR_INIT("three")};
static const struct portroll_str pool_names[] = {STR_INIT("web"), STR_INIT("Data-2"),
						 STR_INIT("p")};

/* Pools beside one another, each of some of what it may have. */
static struct pool random_pool(struct random *random, struct arena *a, uint16_t from)
{
	struct pool pool = {.port_count = 1 + random_below(random, 4)};
	uint16_t port = from;
	for (size_t i = 0; i < pool.port_count; i++) {
		uint16_t last = (uint16_t)(port + random_below(random, 50));
		pool.ports[i] = (struct range){port, last};
		port = (uint16_t)(last + 1 + random_below(random, 3));
	}
	struct range *reserved = arena_alloc(a, sizeof(*reserved));
	assert_non_null(reserved);
	*reserved = pool.ports[random_below(random, (uint32_t)pool.port_count)];
	pool.reserved = reserved;
	pool.reserved_count = random_below(random, 2);
	pool.transports = (transport_set)((1 + random_below(random, 15)) << 1);
	pool.reviewers = accounts;
	pool.reviewer_count = random_below(random, 4);
	pool.approvals = random_below(random, (uint32_t)pool.reviewer_count + 1);
	bool has_owner = !pool.approvals || random_below(random, 2);
	pool.owner = has_owner ? STR("owner-1") : STR("");
	pool.lease_days = random_below(random, 2) ? 1 + random_below(random, 36500) : 0;
	return pool;
}

static void what_is_written_is_read_as_the_same(void **state)
{
	(void)state;
	struct random random = {.state = 6335};
	for (int i = 0; i < 500; i++) {
		CLEANUP(arena_done) struct arena a = ARENA_INIT;
		struct portroll_error err = {0};
		struct pool pools[3];
		struct policy p = policy_rfc6335, again;
		p.source = STR("example");
		p.title = STR("A title: with a colon");
		p.is_rfc6335 = random_below(&random, 4) == 0;
		p.pool_count = p.is_rfc6335 ? 0 : 1 + random_below(&random, 3);
		p.reuse_released = random_below(&random, 2);
		p.deadlines.answer = 1 + random_below(&random, 3650);
		p.deadlines.call = 28 + random_below(&random, 100);
		p.description_limit = 40 + random_below(&random, 100);
		for (size_t k = 0; k < p.pool_count; k++) {
			pools[k] = random_pool(&random, &a, (uint16_t)(2000 + 1000 * k));
			pools[k].name = pool_names[k];
		}
		p.pools = pools;
		struct portroll_str text = written(&p, &a);
		if (policy_read(&again, text, &a, &err) < 0)
			fail_msg("%s\n%.*s", err.text, PORTROLL_STR_ARG(text));
		assert_same(&p, &again);
		assert_true(str_equal(text, written(&again, &a)));
	}
}

static void the_policy_of_the_rfc_has_its_figures(void **state)
{
	(void)state;
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct policy again;
	assert_int_equal(policy_read(&again, written(&policy_rfc6335, &a), &a, NULL), PORTROLL_OK);
	assert_same(&policy_rfc6335, &again);
	assert_int_equal(again.deadlines.call, 28);       /* RFC 6335 section 8.4: four weeks */
	assert_int_equal(again.deadlines.appeal, 2);      /* RFC 2026 section 6.5.4: two months */
	assert_int_equal(again.deadlines.temporary, 365); /* RFC 7120 section 3.1: one year */
	assert_int_equal(again.deadlines.expert, 7);      /* RFC 8126 section 5.3: a week */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_is_written_is_read),
		cmocka_unit_test(what_is_wrong_is_told_with_its_line),
		cmocka_unit_test(too_many_pools_are_refused),
		cmocka_unit_test(what_is_written_is_read_as_the_same),
		cmocka_unit_test(the_policy_of_the_rfc_has_its_figures),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
