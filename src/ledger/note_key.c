/* SPDX-License-Identifier: MIT */
#include "ledger/note_key.h"

#include <assert.h>
#include <nettle/sha2.h>
#include <sodium.h>
#include <string.h>

#include "base/utf8.h"
#include "ledger/base64.h"

static_assert(NOTE_SEED_SIZE == crypto_sign_SEEDBYTES, "Ed25519");
static_assert(NOTE_PUBLIC_SIZE == crypto_sign_PUBLICKEYBYTES, "Ed25519");
static_assert(NOTE_SECRET_SIZE == crypto_sign_SECRETKEYBYTES, "Ed25519");
static_assert(NOTE_SIGNATURE_SIZE == crypto_sign_BYTES, "Ed25519");

#define ID_DIGITS 8
#define PRIVATE   "PRIVATE+KEY+"

/* Names are shown on terminals, which obey these. */
static bool is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* The property White_Space of Unicode, without control characters. */
static bool is_blank(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} blanks[] = {
		{0x20, 0x20},     {0xa0, 0xa0},     {0x1680, 0x1680}, {0x2000, 0x200a},
		{0x2028, 0x2029}, {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000},
	};
	for (size_t i = 0; i < ARRAY_LEN(blanks); i++)
		if (c >= blanks[i].first && c <= blanks[i].last)
			return true;
	return false;
}

bool note_name_ok(struct portroll_str name)
{
	if (name.len == 0)
		return false;
	for (struct portroll_str rest = name; rest.len;) {
		uint32_t c = utf8_next(&rest);
		if (c == UTF8_INVALID || is_control(c) || c == '+' || is_blank(c))
			return false;
	}
	return true;
}

/* The first four bytes of SHA-256(name, LF, type, public key). */
static uint32_t compute_id(const struct note_key *key)
{
	static const uint8_t middle[] = {'\n', NOTE_ED25519};
	struct sha256_ctx state;
	uint8_t id[4];
	sha256_init(&state);
	sha256_update(&state, key->name.len, (const uint8_t *)key->name.ptr);
	sha256_update(&state, sizeof(middle), middle);
	sha256_update(&state, NOTE_PUBLIC_SIZE, key->public_key);
	sha256_digest(&state, sizeof(id), id);
	return (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3];
}

static void put_id(struct buf *out, uint32_t id)
{
	for (unsigned i = 0; i < ID_DIGITS; i++)
		buf_putc(out, "0123456789abcdef"[id >> (28 - 4 * i) & 15]);
}

static bool parse_id(uint32_t *ret, struct portroll_str digits)
{
	uint32_t id = 0;
	for (size_t i = 0; i < digits.len; i++) {
		char c = digits.ptr[i];
		bool is_letter = c >= 'a' && c <= 'f';
		if (!is_letter && !is_digit(c))
			return false;
		id = id << 4 | (uint32_t)(is_letter ? c - 'a' + 10 : c - '0');
	}
	*ret = id;
	return digits.len == ID_DIGITS;
}

/* What both forms have: a name, an id, and the type of the key before its bytes. */
struct key_text {
	struct portroll_str name;
	uint32_t id;
	uint8_t type_and_key[1 + NOTE_SEED_SIZE];
};

static_assert(NOTE_SEED_SIZE == NOTE_PUBLIC_SIZE, "one form for both");

/* base64 has "+" too, so that the parts are cut from the left. NULL, or what was expected. */
static const char *take_key_text(struct key_text *ret, struct portroll_str text)
{
	struct portroll_str id;
	if (!str_cut(&text, '+', &ret->name) || !note_name_ok(ret->name))
		return "a name without blanks, then '+'";
	if (!str_cut(&text, '+', &id) || !parse_id(&ret->id, id))
		return "an id of eight digits of hexadecimal in small letters between two '+'";
	if (!base64_read(ret->type_and_key, sizeof(ret->type_and_key), text))
		return "the base64 of 33 bytes after the second '+'";
	if (ret->type_and_key[0] != NOTE_ED25519)
		return "a key for Ed25519, whose type is 1";
	return NULL;
}

static const char not_its_id[] = "the id that name and key have";

int note_key_parse(struct note_key *ret, struct portroll_str text, struct portroll_error *err)
{
	struct key_text parts;
	struct note_key key;
	const char *expected = take_key_text(&parts, text);
	if (!expected) {
		key = (struct note_key){.name = parts.name, .id = parts.id};
		memcpy(key.public_key, parts.type_and_key + 1, NOTE_PUBLIC_SIZE);
		expected = compute_id(&key) == key.id ? NULL : not_its_id;
	}
	if (expected) {
		struct portroll_str shown = str_part(text, 0, 80);
		return error_set(err, PORTROLL_ESYNTAX, "verifier key '%.*s': expected %s",
				 PORTROLL_STR_ARG(shown), expected);
	}
	*ret = key;
	return PORTROLL_OK;
}

static void put_key_text(struct buf *out, const struct note_key *key, const uint8_t *bytes)
{
	uint8_t type_and_key[1 + NOTE_SEED_SIZE] = {NOTE_ED25519};
	memcpy(type_and_key + 1, bytes, NOTE_SEED_SIZE);
	buf_put(out, key->name);
	buf_putc(out, '+');
	put_id(out, key->id);
	buf_putc(out, '+');
	base64_put(out, type_and_key, sizeof(type_and_key));
	note_wipe(type_and_key, sizeof(type_and_key));
}

void note_key_put(struct buf *out, const struct note_key *key)
{
	put_key_text(out, key, key->public_key);
}

int note_signer_from_seed(struct note_signer *ret, struct portroll_str name,
			  const uint8_t seed[static NOTE_SEED_SIZE], struct portroll_error *err)
{
	if (!note_name_ok(name))
		return error_set(err, PORTROLL_EINVAL,
				 "'%.*s' cannot name a key: expected a name without blanks and '+'",
				 PORTROLL_STR_ARG(str_part(name, 0, 80)));
	struct note_signer signer = {.key.name = name};
	(void)crypto_sign_seed_keypair(signer.key.public_key, signer.secret, seed);
	signer.key.id = compute_id(&signer.key);
	*ret = signer;
	note_wipe(&signer, sizeof(signer));
	return PORTROLL_OK;
}

int note_signer_parse(struct note_signer *ret, struct portroll_str text, struct portroll_error *err)
{
	struct key_text parts = {0};
	struct note_signer signer = {0};
	const char *expected = "'" PRIVATE "' at its beginning";
	if (str_starts(text, STR(PRIVATE)))
		expected = take_key_text(&parts, str_part(text, sizeof(PRIVATE) - 1, text.len));
	int r = PORTROLL_OK;
	if (!expected) {
		r = note_signer_from_seed(&signer, parts.name, parts.type_and_key + 1, err);
		expected = signer.key.id == parts.id ? NULL : not_its_id;
	}
	if (r == PORTROLL_OK && expected)
		r = error_set(err, PORTROLL_ESYNTAX, "private key: expected %s", expected);
	if (r == PORTROLL_OK)
		*ret = signer;
	note_wipe(&parts, sizeof(parts));
	note_wipe(&signer, sizeof(signer));
	return r;
}

void note_signer_put(struct buf *out, const struct note_signer *signer)
{
	buf_puts(out, PRIVATE);
	put_key_text(out, &signer->key, signer->secret);
}

void note_wipe(void *bytes, size_t len)
{
	sodium_memzero(bytes, len);
}
