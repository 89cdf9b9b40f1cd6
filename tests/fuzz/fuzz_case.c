/* SPDX-License-Identifier: MIT */
#include "procedure/request_case.h"

#include <stdlib.h>

/* A case that is read is written again the same, byte for byte, and its history can be gone on
 * with: the clock asks what is due, it says what it holds. What is refused says why. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_codes(struct request_case *c)
{
	static const uint8_t key[CONFIRMATION_KEY_SIZE] = {1};
	char code[CONFIRMATION_CODE_MAX];
	uint64_t number;
	size_t party;
	for (size_t i = 1; i <= c->confirmation_count; i++) {
		confirmation_code(code, c, i, key);
		must(confirmation_parse(&number, &party, str_from(code)) == PORTROLL_OK);
		must(number == c->number && party == i);
	}
}

static void check_case(struct request_case *c, struct portroll_str text, struct arena *a)
{
	struct hold holds[REQUEST_PORT_MAX];
	CLEANUP(buf_done) struct buf again = BUF_INIT(CASE_SIZE_MAX);
	case_put(&again, c);
	must(!again.failed && str_equal(buf_str(&again), text));
	must(c->state < CASE_STATE_COUNT && c->revision_count > 0);
	must(case_holds(holds, REQUEST_PORT_MAX, c, a) <= REQUEST_PORT_MAX);
	must(case_due(c, &policy_rfc6335, c->since) <= CASE_EVENT_COUNT);
	check_codes(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct portroll_str text = {(const char *)bytes, size};
	struct arena a = ARENA_INIT;
	struct request_case *c;
	struct portroll_error err = {0};
	int r = case_read(&c, text, &a, &err);
	if (r == PORTROLL_OK)
		check_case(c, text, &a);
	else
		must(r == PORTROLL_ECORRUPT && err.code == r && err.text[0]);
	arena_done(&a);
	return 0;
}
