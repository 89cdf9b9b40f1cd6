/* SPDX-License-Identifier: MIT */
#include "procedure/request_case.h"

#include <nettle/hmac.h>
#include <nettle/memops.h>

#include "base/num.h"
#include "ledger/canonical.h"
#include "ledger/instant.h"

#define SECRET_BYTES  16
#define SECRET_DIGITS 26 /* of five bits each, the last with two zeros */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; /* RFC 4648 section 6 */

static void add_number(struct hmac_sha256_ctx *state, uint64_t value)
{
	uint8_t bytes[8];
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(value >> (56 - 8 * i));
	hmac_sha256_update(state, sizeof(bytes), bytes);
}

static void secret_of(char ret[static SECRET_DIGITS], const struct request_case *c, size_t party,
		      const uint8_t key[static CONFIRMATION_KEY_SIZE])
{
	static const uint8_t purpose[] = "portroll confirmation";
	struct hmac_sha256_ctx state;
	uint8_t bytes[SECRET_BYTES + 1] = {0};
	const struct confirmation *k = &c->confirmations[party - 1];
	hmac_sha256_set_key(&state, CONFIRMATION_KEY_SIZE, key);
	hmac_sha256_update(&state, sizeof(purpose), purpose);
	add_number(&state, c->number);
	add_number(&state, party);
	add_number(&state, k->revision);
	add_number(&state, (uint64_t)k->expires);
	hmac_sha256_digest(&state, SECRET_BYTES, bytes);
	for (size_t i = 0; i < SECRET_DIGITS; i++) {
		unsigned two =
			(unsigned)bytes[i * 5 / 8] << 8 | bytes[i * 5 / 8 + (i * 5 / 8 < 16)];
		ret[i] = digits[two >> (11 - i * 5 % 8) & 31];
	}
}

void confirmation_code(char ret_code[static CONFIRMATION_CODE_MAX], const struct request_case *c,
		       size_t party, const uint8_t key[static CONFIRMATION_KEY_SIZE])
{
	char id[CASE_ID_MAX], number[NUM_TEXT_MAX];
	size_t len = case_id(id, c->number), count = num_format(number, party), at = 0;
	for (size_t i = 0; i < len; i++)
		ret_code[at++] = id[i];
	ret_code[at++] = '.';
	for (size_t i = 0; i < count; i++)
		ret_code[at++] = number[i];
	ret_code[at++] = '.';
	secret_of(ret_code + at, c, party, key);
	ret_code[at + SECRET_DIGITS] = '\0';
}

static bool split(struct portroll_str *ret_id, struct portroll_str *ret_party,
		  struct portroll_str *ret_secret, struct portroll_str code)
{
	struct portroll_str rest = str_trim(code);
	return str_cut(&rest, '.', ret_id) && str_cut(&rest, '.', ret_party) &&
	       str_cut(&rest, '.', ret_secret) && !rest.ptr && ret_secret->len == SECRET_DIGITS;
}

int confirmation_parse(uint64_t *ret_case, size_t *ret_party, struct portroll_str code)
{
	struct portroll_str id, party, secret;
	uint64_t number, which;
	if (!split(&id, &party, &secret, code) || case_id_parse(&number, id) < 0 ||
	    num_parse(&which, party, CONFIRMATION_MAX) < 0 || which == 0)
		return PORTROLL_ESYNTAX;
	*ret_case = number;
	*ret_party = (size_t)which;
	return PORTROLL_OK;
}

/* Why the code of an honest person would not do; NULL: it may. */
static const char *refusal(const struct request_case *c, const struct confirmation *k, int64_t now)
{
	if (k->wrong >= CONFIRMATION_WRONG_MAX)
		return "the code is void after five wrong ones: the registrar can ask again";
	if (k->answer)
		return "the code was used already: the answer stands";
	if (k->revision != c->revision_count)
		return "the code is of an older revision: the request was changed since, wait for "
		       "the new code";
	if (c->state != STATE_AWAIT_CONFIRM)
		return "no confirmation is waited for any more";
	return now >= k->expires ? "the code is too late: the registrar can ask again" : NULL;
}

int confirmation_check(struct request_case *c, struct portroll_str code,
		       const uint8_t key[static CONFIRMATION_KEY_SIZE], int64_t now,
		       struct portroll_error *err)
{
	char id[CASE_ID_MAX], expected[SECRET_DIGITS], given[SECRET_DIGITS];
	struct portroll_str head, which, secret;
	uint64_t number;
	size_t party;
	(void)case_id(id, c->number);
	if (confirmation_parse(&number, &party, code) < 0 || number != c->number ||
	    party > c->confirmation_count || !split(&head, &which, &secret, code))
		return error_set(err, PORTROLL_ERULE, "%s: no such confirmation was asked for", id);
	struct confirmation *k = &c->confirmations[party - 1];
	const char *why = refusal(c, k, now);
	if (why)
		return error_set(err, PORTROLL_ERULE, "%s: %s", id, why);
	for (size_t i = 0; i < SECRET_DIGITS; i++) {
		char small = secret.ptr[i];
		given[i] = small >= 'a' && small <= 'z' ? (char)(small - 'a' + 'A') : small;
	}
	secret_of(expected, c, party, key);
	if (memeql_sec(expected, given, SECRET_DIGITS))
		return PORTROLL_OK;
	k->wrong++;
	if (k->wrong == CONFIRMATION_WRONG_MAX)
		return error_set(err, PORTROLL_ERULE,
				 "%s: the code is wrong for the fifth time and void now: the "
				 "registrar can ask again",
				 id);
	return error_set(err, PORTROLL_ERULE,
			 "%s: the code is wrong; with %d more wrong ones it is void", id,
			 CONFIRMATION_WRONG_MAX - k->wrong);
}
