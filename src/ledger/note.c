/* SPDX-License-Identifier: MIT */
#include "ledger/note.h"

#include <sodium.h>

#include "base/place.h"
#include "base/utf8.h"
#include "ledger/base64.h"
#include "ledger/lines.h"

#define DASH    "\xe2\x80\x94 " /* U+2014, blank */
#define ID_SIZE 4

/* Offset of the first byte that no note has, or SIZE_MAX. */
static size_t find_foreign(struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < 0x20 && text.ptr[i] != '\n')
			return i;
	return utf8_find_invalid(text);
}

static int check_characters(struct portroll_str bytes, struct portroll_error *err)
{
	size_t foreign = find_foreign(bytes);
	if (foreign == SIZE_MAX)
		return PORTROLL_OK;
	struct place place = place_of(bytes, foreign);
	return error_at(err, PORTROLL_ESYNTAX, place.line, place.column,
			"byte 0x%02x, expected UTF-8 without control characters",
			(unsigned char)bytes.ptr[foreign]);
}

/* Offset of the blank line before the signatures, which is the last one; SIZE_MAX: there is none.
 */
static size_t find_blank_line(struct portroll_str bytes)
{
	for (size_t i = bytes.len; i-- > 1;)
		if (bytes.ptr[i] == '\n' && bytes.ptr[i - 1] == '\n')
			return i;
	return SIZE_MAX;
}

static int take_signature(struct note_signature *ret, struct lines *l)
{
	struct portroll_str line = lines_next(l, "a signature");
	if (l->failed < 0)
		return l->failed;
	struct portroll_str rest = str_part(line, sizeof(DASH) - 1, line.len);
	struct note_signature signature = {0};
	if (!str_starts(line, STR(DASH)) || !str_cut(&rest, ' ', &signature.name) ||
	    !note_name_ok(signature.name))
		return lines_expected(l, line, "a signature: EM DASH, blank, name, blank, base64");
	uint8_t id[ID_SIZE];
	size_t size = base64_size(rest);
	if (size == SIZE_MAX || size <= ID_SIZE)
		return lines_expected(l, rest, "the base64 of a key's id and a signature");
	base64_take(id, sizeof(id), rest);
	for (size_t i = 0; i < sizeof(id); i++)
		signature.key_id = signature.key_id << 8 | id[i];
	signature.base64 = rest;
	*ret = signature;
	return PORTROLL_OK;
}

int note_parse(struct signed_note *ret, struct portroll_str bytes, struct portroll_error *err)
{
	if (bytes.len > NOTE_SIZE_MAX)
		return error_set(err, PORTROLL_ELIMIT, "%zu bytes, expected a note of at most %d",
				 bytes.len, NOTE_SIZE_MAX);
	int r = check_characters(bytes, err);
	if (r < 0)
		return r;
	size_t blank = find_blank_line(bytes);
	if (blank == SIZE_MAX)
		return error_at(err, PORTROLL_ESYNTAX, 1, 1,
				"no blank line, expected one between text and signatures");
	ret->text = str_part(bytes, 0, blank);
	ret->count = 0;
	uint32_t before = place_of(bytes, blank).line;
	struct lines l = lines_init(str_part(bytes, blank + 1, bytes.len), before, err);
	do {
		if (ret->count == NOTE_SIGNATURES_MAX)
			return error_at(err, PORTROLL_ELIMIT, l.number, 1,
					"more than %d signatures", NOTE_SIGNATURES_MAX);
		r = take_signature(&ret->signatures[ret->count], &l);
		if (r < 0)
			return r;
		ret->count++;
	} while (l.rest.len);
	return PORTROLL_OK;
}

static bool is_claimed(const struct note_signature *signature, const struct note_key *key)
{
	return signature->key_id == key->id && str_equal(signature->name, key->name);
}

static bool is_signed(struct portroll_str text, const struct note_signature *signature,
		      const struct note_key *key)
{
	uint8_t bytes[ID_SIZE + NOTE_SIGNATURE_SIZE];
	return base64_read(bytes, sizeof(bytes), signature->base64) &&
	       crypto_sign_verify_detached(bytes + ID_SIZE, (const uint8_t *)text.ptr, text.len,
					   key->public_key) == 0;
}

bool note_claims(const struct signed_note *note, const struct note_key *key)
{
	for (size_t i = 0; i < note->count; i++)
		if (is_claimed(&note->signatures[i], key))
			return true;
	return false;
}

int note_verify(const struct signed_note *note, struct note_keys keys, struct portroll_error *err)
{
	bool any = false;
	for (size_t i = 0; i < note->count; i++) {
		const struct note_signature *signature = &note->signatures[i];
		for (size_t k = 0; k < keys.count; k++) {
			if (!is_claimed(signature, &keys.items[k]))
				continue;
			if (!is_signed(note->text, signature, &keys.items[k]))
				return error_set(err, PORTROLL_ECORRUPT,
						 "the signature of '%.*s' is false: the text was "
						 "altered, or another key signed",
						 PORTROLL_STR_ARG(signature->name));
			any = true;
		}
	}
	return any ? PORTROLL_OK
		   : error_set(err, PORTROLL_ECORRUPT,
			       "not signed by any of the %zu keys that were given", keys.count);
}

static void put_signature(struct buf *out, struct portroll_str text,
			  const struct note_signer *signer)
{
	uint8_t bytes[ID_SIZE + NOTE_SIGNATURE_SIZE];
	for (size_t i = 0; i < ID_SIZE; i++)
		bytes[i] = (uint8_t)(signer->key.id >> (24 - 8 * i));
	(void)crypto_sign_detached(bytes + ID_SIZE, NULL, (const uint8_t *)text.ptr, text.len,
				   signer->secret);
	buf_puts(out, DASH);
	buf_put(out, signer->key.name);
	buf_putc(out, ' ');
	base64_put(out, bytes, sizeof(bytes));
	buf_putc(out, '\n');
}

int note_sign(struct buf *out, struct portroll_str text, const struct note_signer *signers,
	      size_t count, struct portroll_error *err)
{
	if (count == 0 || count > NOTE_SIGNATURES_MAX)
		return error_set(err, PORTROLL_EINVAL, "%zu keys to sign with, expected 1 to %d",
				 count, NOTE_SIGNATURES_MAX);
	if (!str_ends(text, STR("\n")) || find_foreign(text) != SIZE_MAX)
		return error_set(
			err, PORTROLL_EINVAL,
			"the text to sign is not UTF-8 in lines without control characters");
	buf_put(out, text);
	buf_putc(out, '\n');
	for (size_t i = 0; i < count; i++)
		put_signature(out, text, &signers[i]);
	return PORTROLL_OK;
}
