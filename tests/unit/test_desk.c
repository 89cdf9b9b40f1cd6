/* SPDX-License-Identifier: MIT */
/* The papers of a registry: requests in order of arrival, their numbers and what they hold. */
#include "desk/erased.h"

#include "oom.h"
#include "test.h"

#define START INT64_C(1800000000) /* 2027-01-15T08:00:00Z */

struct fixture {
	struct arena arena;
	struct store *store;
	struct desk desk;
	struct portroll_error err;
};

static void begin(struct fixture *f)
{
	*f = (struct fixture){.arena = ARENA_INIT};
	assert_int_equal(store_memory.open(&f->store, STR("memory:"), true, NULL), PORTROLL_OK);
	f->desk = (struct desk){&store_memory, f->store, &f->arena};
}

static void end(struct fixture *f)
{
	store_memory.close(f->store);
	arena_done(&f->arena);
}

static void put(struct fixture *f, struct portroll_str kind, const char *id,
		struct portroll_str body)
{
	const struct stored_paper paper = {kind, str_from(id), 0, body};
	if (desk_put(&f->desk, &paper, 1, &f->err) < 0)
		fail_msg("%s", f->err.text);
}

/* A draft, or one that was submitted, for that name and port. */
static void put_case(struct fixture *f, uint64_t number, bool is_submitted, const char *name,
		     const char *port)
{
	const struct rule_world world = {.policy = &policy_rfc6335};
	struct revision first = {.time = START, .by = STR("user:carol")};
	struct desk_case c = {0};
	struct stored_paper paper;
	first.document.values[DOC_SOURCE] = STR("iana");
	first.document.values[DOC_SERVICE_NAME] = str_from(name);
	first.document.values[DOC_PORT_NUMBER] = str_from(port);
	first.document.values[DOC_TRANSPORTS] = STR("tcp");
	int r = case_begin(&c.request, number, &first, &f->arena, &f->err);
	const struct case_step submit = {
		.actor = {.account = STR("user:carol"), .roles = ROLE_BIT(ROLE_APPLICANT)},
		.event = {.kind = EVENT_SUBMIT},
		.now = START};
	if (r == PORTROLL_OK && is_submitted)
		r = case_apply(c.request, &submit, &world, &f->arena, &f->err);
	if (r == PORTROLL_OK)
		r = desk_case_paper(&paper, &f->desk, &c, &f->err);
	if (r == PORTROLL_OK)
		r = desk_put(&f->desk, &paper, 1, &f->err);
	if (r < 0)
		fail_msg("%s", f->err.text);
}

static int take_number(void *context, const struct desk_case *c, struct portroll_error *err)
{
	buf_printf(context, "%zu@%zu ", (size_t)c->request->number, (size_t)c->version);
	return c->request->number == 99 ? error_set(err, PORTROLL_ERULE, "enough") : PORTROLL_OK;
}

static void requests_come_in_order_of_arrival(void **state)
{
	(void)state;
	static const uint64_t numbers[] = {10, 2, 1, 100, 9};
	struct fixture f;
	struct buf seen = BUF_INIT(1000);
	begin(&f);
	assert_int_equal(desk_each_case(&f.desk, take_number, &seen, &f.err), PORTROLL_OK);
	assert_int_equal(seen.len, 0);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		put_case(&f, numbers[i], true, "press", "5000");
	assert_int_equal(desk_each_case(&f.desk, take_number, &seen, &f.err), PORTROLL_OK);
	assert_text(buf_str(&seen), "1@1 2@1 9@1 10@1 100@1 ");
	put_case(&f, 99, true, "press", "5000");
	buf_clear(&seen);
	assert_int_equal(desk_each_case(&f.desk, take_number, &seen, &f.err), PORTROLL_ERULE);
	assert_text(buf_str(&seen), "1@1 2@1 9@1 10@1 99@1 ");
	buf_done(&seen);
	end(&f);
}

static void a_request_is_found_by_its_number(void **state)
{
	(void)state;
	struct fixture f;
	struct desk_case c;
	struct stored_paper paper;
	begin(&f);
	put_case(&f, 42, true, "press", "5000");
	assert_int_equal(desk_case(&c, &f.desk, 42, &f.err), PORTROLL_OK);
	assert_int_equal(c.request->number, 42);
	assert_int_equal(c.version, 1);
	assert_int_equal(desk_case_paper(&paper, &f.desk, &c, &f.err), PORTROLL_OK);
	assert_text(paper.id, "R-42");
	assert_int_equal(desk_put(&f.desk, &paper, 1, &f.err), PORTROLL_OK);
	/* Who has the old one is told. */
	assert_int_equal(desk_put(&f.desk, &paper, 1, &f.err), PORTROLL_ECONFLICT);
	assert_string_equal(f.err.text,
			    "somebody else changed request R-42 first: it is version 2 "
			    "by now, and this was made upon 1; look at it and try again");
	f.err = (struct portroll_error){0};
	assert_int_equal(desk_case(&c, &f.desk, 4, &f.err), PORTROLL_EINVAL);
	assert_string_equal(f.err.text,
			    "there is no request R-4; portroll request list names them");
	end(&f);
}

static void a_damaged_request_is_named(void **state)
{
	(void)state;
	static const char *const bodies[] = {"x", "{}", "[]", "{\"v\":1}"};
	for (size_t i = 0; i <= ARRAY_LEN(bodies); i++) {
		struct fixture f;
		struct desk_case c;
		begin(&f);
		if (i < ARRAY_LEN(bodies)) {
			put(&f, PAPER_REQUEST, "R-7", str_from(bodies[i]));
		} else {
			/* One under the number of another. */
			struct stored_paper paper;
			put_case(&f, 8, true, "press", "5000");
			assert_int_equal(desk_case(&c, &f.desk, 8, &f.err), PORTROLL_OK);
			assert_int_equal(desk_case_paper(&paper, &f.desk, &c, &f.err), PORTROLL_OK);
			put(&f, PAPER_REQUEST, "R-7", paper.body);
		}
		assert_int_equal(desk_case(&c, &f.desk, 7, &f.err), PORTROLL_ECORRUPT);
		assert_non_null(strstr(f.err.text, "the request R-7 in the store is damaged ("));
		assert_int_equal(desk_each_case(&f.desk, take_number, NULL, NULL),
				 PORTROLL_ECORRUPT);
		end(&f);
	}
}

static void numbers_are_given_once(void **state)
{
	(void)state;
	struct fixture f;
	struct stored_paper first, second;
	uint64_t number = 0;
	begin(&f);
	assert_int_equal(desk_next_number(&number, &first, &f.desk, &f.err), PORTROLL_OK);
	assert_int_equal(number, 1);
	assert_int_equal(desk_next_number(&number, &second, &f.desk, &f.err), PORTROLL_OK);
	assert_int_equal(number, 1);
	assert_int_equal(desk_put(&f.desk, &first, 1, &f.err), PORTROLL_OK);
	assert_int_equal(desk_put(&f.desk, &second, 1, NULL), PORTROLL_ECONFLICT);
	for (uint64_t expected = 2; expected < 20; expected++) {
		assert_int_equal(desk_next_number(&number, &first, &f.desk, &f.err), PORTROLL_OK);
		assert_int_equal(number, expected);
		assert_int_equal(desk_put(&f.desk, &first, 1, &f.err), PORTROLL_OK);
	}
	end(&f);
}

static void a_counter_that_is_none_is_refused(void **state)
{
	(void)state;
	static const char *const bodies[] = {"x", "-1", "1 ", "9223372036854775807",
					     "99999999999999999999"};
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		struct fixture f;
		struct stored_paper paper;
		uint64_t number;
		begin(&f);
		put(&f, PAPER_COUNTER, "request", str_from(bodies[i]));
		assert_int_equal(desk_next_number(&number, &paper, &f.desk, &f.err),
				 PORTROLL_ECORRUPT);
		assert_non_null(strstr(f.err.text, "the counter request in the store is damaged"));
		end(&f);
	}
}

/* More than one page of the array, and all but the one that asks. */
static void open_requests_hold_what_they_want(void **state)
{
	(void)state;
	struct fixture f;
	const struct hold *holds;
	size_t count;
	begin(&f);
	assert_int_equal(desk_holds(&holds, &count, &f.desk, 0, &f.err), PORTROLL_OK);
	assert_int_equal(count, 0);
	put_case(&f, 10, true, "later", "5010");
	put_case(&f, 9, true, "earlier", "5009");
	put_case(&f, 3, false, "draft", "5003");
	put_case(&f, 4, true, "asks", "5004");
	assert_int_equal(desk_holds(&holds, &count, &f.desk, 4, &f.err), PORTROLL_OK);
	assert_int_equal(count, 2);
	assert_text(holds[0].request, "R-9");
	assert_text(holds[1].request, "R-10");
	assert_int_equal(holds[1].ports.first, 5010);
	for (uint64_t i = 100; i < 140; i++)
		put_case(&f, i, true, "many", "5020");
	assert_int_equal(desk_holds(&holds, &count, &f.desk, 4, &f.err), PORTROLL_OK);
	assert_int_equal(count, 42);
	assert_text(holds[41].request, "R-139");
	end(&f);
}

static void a_source_without_a_policy_has_the_usual_one(void **state)
{
	(void)state;
	struct fixture f;
	struct policy policy;
	begin(&f);
	assert_int_equal(desk_policy(&policy, &f.desk, STR("acme"), &f.err), PORTROLL_OK);
	assert_true(policy.is_rfc6335);
	assert_text(policy.source, "acme");
	assert_int_equal(policy.deadlines.call, policy_rfc6335.deadlines.call);
	put(&f, PAPER_POLICY, "other", STR("x"));
	assert_int_equal(desk_policy(&policy, &f.desk, STR("other"), &f.err), PORTROLL_ECORRUPT);
	assert_non_null(strstr(f.err.text, "the policy other in the store is damaged"));
	end(&f);
}

static uint8_t next_byte;

static void count_up(void *bytes, size_t len)
{
	memset(bytes, ++next_byte, len);
}

static void the_key_of_confirmations_is_made_once(void **state)
{
	(void)state;
	struct fixture f;
	uint8_t one[CONFIRMATION_KEY_SIZE], other[CONFIRMATION_KEY_SIZE];
	begin(&f);
	next_byte = 0;
	assert_int_equal(desk_confirmation_key(one, &f.desk, count_up, &f.err), PORTROLL_OK);
	assert_int_equal(desk_confirmation_key(other, &f.desk, count_up, &f.err), PORTROLL_OK);
	assert_memory_equal(one, other, sizeof(one));
	assert_int_equal(next_byte, 1);
	end(&f);
	begin(&f);
	put(&f, PAPER_SECRET, "confirmation", STR("short"));
	assert_int_equal(desk_confirmation_key(one, &f.desk, count_up, &f.err), PORTROLL_ECORRUPT);
	assert_null(strstr(f.err.text, "short"));
	end(&f);
}

/* Another put theirs down in between: that is the key. */
static struct fixture *raced;

static void race(void *bytes, size_t len)
{
	memset(bytes, 1, len);
	put(raced, PAPER_SECRET, "confirmation", STR("0123456789abcdef0123456789abcdef"));
}

static void of_two_keys_the_first_counts(void **state)
{
	(void)state;
	struct fixture f;
	uint8_t key[CONFIRMATION_KEY_SIZE];
	begin(&f);
	raced = &f;
	assert_int_equal(desk_confirmation_key(key, &f.desk, race, &f.err), PORTROLL_OK);
	assert_memory_equal(key, "0123456789abcdef0123456789abcdef", sizeof(key));
	end(&f);
}

static int read_desk(void *context)
{
	struct fixture *f = context;
	struct arena a = ARENA_INIT;
	const struct desk desk = {&store_memory, f->store, &a};
	const struct hold *holds;
	struct desk_case c;
	struct stored_paper paper;
	struct policy policy;
	size_t count;
	uint64_t number;
	int r = desk_holds(&holds, &count, &desk, 1, NULL);
	if (r == PORTROLL_OK)
		r = desk_case(&c, &desk, 1, NULL);
	if (r == PORTROLL_OK)
		r = desk_case_paper(&paper, &desk, &c, NULL);
	if (r == PORTROLL_OK)
		r = desk_next_number(&number, &paper, &desk, NULL);
	if (r == PORTROLL_OK)
		r = desk_policy(&policy, &desk, STR("iana"), NULL);
	arena_done(&a);
	return r;
}

static void of_an_erased_request_it_is_known_who_erased_it(void **state)
{
	(void)state;
	static const struct {
		struct erased_case erased;
		const char *told;
	} rows[] = {
		{{1, STATE_PUBLISHED, 49, START, STR_INIT("kim")},
		 "R-1 was erased on 2027-01-15 by kim; it was published, and what it changed is "
		 "there: portroll log @49"},
		{{2, STATE_WITHDRAWN, 0, START, STR_INIT("user:root")},
		 "R-2 was erased on 2027-01-15 by user:root; it was withdrawn"},
	};
	struct fixture f;
	begin(&f);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct stored_paper paper;
		struct desk_case c;
		assert_int_equal(erased_paper(&paper, &rows[i].erased, &f.arena, &f.err),
				 PORTROLL_OK);
		assert_int_equal(desk_put(&f.desk, &paper, 1, &f.err), PORTROLL_OK);
		assert_int_equal(desk_case(&c, &f.desk, i + 1, &f.err), PORTROLL_EINVAL);
		assert_string_equal(f.err.text, rows[i].told);
		f.err = (struct portroll_error){0};
	}
	end(&f);
}

static void a_damaged_trace_is_named(void **state)
{
	(void)state;
	static const char *const bodies[] = {
		"{}", "{\"by\":\"kim\",\"state\":\"gone\",\"time\":\"2027-01-15T08:00:00Z\"}",
		"{\"by\":\"kim\",\"state\":\"withdrawn\",\"time\":\"today\"}",
		/* clang-format off */
		"{\"by\":\"kim\",\"change\":0,\"state\":\"withdrawn\",\"time\":\"2027-01-15T08:00:00Z\"}",
		/* clang-format on */
	};
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		struct fixture f;
		struct desk_case c;
		begin(&f);
		put(&f, PAPER_ERASED, "R-1", str_from(bodies[i]));
		assert_int_equal(desk_case(&c, &f.desk, 1, &f.err), PORTROLL_ECORRUPT);
		assert_non_null(strstr(f.err.text, "the erased request R-1 is damaged ("));
		end(&f);
	}
}

static void any_allocation_may_fail(void **state)
{
	(void)state;
	struct fixture f;
	begin(&f);
	put_case(&f, 1, true, "press", "5000");
	put_case(&f, 2, true, "print", "5001");
	(void)oom_sweep(read_desk, &f);
	end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_come_in_order_of_arrival),
		cmocka_unit_test(a_request_is_found_by_its_number),
		cmocka_unit_test(a_damaged_request_is_named),
		cmocka_unit_test(numbers_are_given_once),
		cmocka_unit_test(a_counter_that_is_none_is_refused),
		cmocka_unit_test(open_requests_hold_what_they_want),
		cmocka_unit_test(a_source_without_a_policy_has_the_usual_one),
		cmocka_unit_test(the_key_of_confirmations_is_made_once),
		cmocka_unit_test(of_two_keys_the_first_counts),
		cmocka_unit_test(of_an_erased_request_it_is_known_who_erased_it),
		cmocka_unit_test(a_damaged_trace_is_named),
		cmocka_unit_test(any_allocation_may_fail),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
