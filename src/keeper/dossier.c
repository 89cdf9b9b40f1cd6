/* SPDX-License-Identifier: MIT */
#include "keeper/dossier.h"

#include "base/num.h"
#include "desk/desk.h"

static struct portroll_str name_of(const struct request_case *c, uint64_t later, struct arena *a)
{
	char id[CASE_ID_MAX];
	CLEANUP(buf_done) struct buf name = BUF_INIT(PAPER_NAME_MAX);
	buf_put(&name, (struct portroll_str){id, case_id(id, c->number)});
	if (later) {
		buf_putc(&name, '@');
		buf_put_num(&name, later);
	}
	return buf_keep(&name, a);
}

int dossier_of_text(struct stored_paper *ret, struct tree_hash *ret_commitment,
		    struct portroll_str id, struct portroll_str text, struct keeper *k)
{
	uint8_t salt[SALT_SIZE];
	char digits[SALT_DIGITS];
	CLEANUP(buf_done) struct buf body = BUF_INIT(PAPER_SIZE_MAX);
	k->random(salt, sizeof(salt));
	num_format_hex(digits, salt, sizeof(salt));
	buf_put(&body, (struct portroll_str){digits, sizeof(digits)});
	buf_putc(&body, '\n');
	buf_put(&body, text);
	if (body.failed)
		return error_set(&k->err, body.failed,
				 "%.*s is too large for a dossier: at most %zu bytes",
				 PORTROLL_STR_ARG(id), PAPER_SIZE_MAX);
	*ret = (struct stored_paper){.kind = PAPER_DOSSIER, .id = id};
	ret->body = buf_keep(&body, &k->arena);
	if (k->arena.failed)
		return error_memory(&k->err);
	*ret_commitment = commitment_of(salt, str_part(ret->body, SALT_DIGITS + 1, ret->body.len));
	return PORTROLL_OK;
}

int dossier_paper(struct stored_paper *ret, struct tree_hash *ret_commitment,
		  const struct request_case *c, uint64_t later, struct keeper *k)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(PAPER_SIZE_MAX);
	struct portroll_str id = name_of(c, later, &k->arena);
	case_put(&text, c);
	if (text.failed)
		return error_set(&k->err, text.failed,
				 "the case is too large for a dossier: at most %zu bytes",
				 PAPER_SIZE_MAX);
	return dossier_of_text(ret, ret_commitment, id, buf_str(&text), k);
}

static int digit_of(char c)
{
	if (is_digit(c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int dossier_read(struct dossier *ret, struct portroll_str body, struct portroll_error *err)
{
	uint8_t salt[SALT_SIZE];
	bool is_whole = body.len > SALT_DIGITS && body.ptr[SALT_DIGITS] == '\n';
	for (size_t i = 0; is_whole && i < SALT_SIZE; i++) {
		int high = digit_of(body.ptr[2 * i]), low = digit_of(body.ptr[2 * i + 1]);
		is_whole = high >= 0 && low >= 0;
		salt[i] = is_whole ? (uint8_t)(high * 16 + low) : 0;
	}
	if (!is_whole)
		return error_set(err, PORTROLL_ECORRUPT,
				 "the dossier is damaged: it does not begin with a salt");
	struct portroll_str text = str_part(body, SALT_DIGITS + 1, body.len);
	*ret = (struct dossier){commitment_of(salt, text), str_part(body, 0, SALT_DIGITS), text};
	return PORTROLL_OK;
}
