/* SPDX-License-Identifier: MIT */
#include "desk/account.h"

#include "desk/desk.h"
#include "ledger/canonical.h"

#define TEXT_MAX  200
#define SHOWN_MAX 40 /* bytes of a text in a sentence */

/* `portroll` is who the clock acts as. */
static bool is_name(struct portroll_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool is_hyphen = c == '-' && i > 0 && i + 1 < name.len;
		if (!(c >= 'a' && c <= 'z') && !is_digit(c) && !is_hyphen)
			return false;
	}
	return name.len > 0 && name.len <= ACCOUNT_NAME_MAX && !str_equal(name, STR("portroll"));
}

/* On one line, without control characters. */
static bool is_line(struct portroll_str text)
{
	return text.len <= TEXT_MAX && canonical_text_ok(text) &&
	       str_find_char(text, '\n') == SIZE_MAX && str_find_char(text, '\t') == SIZE_MAX;
}

static bool is_word(struct portroll_str text)
{
	return is_line(text) && str_find_char(text, ' ') == SIZE_MAX &&
	       str_find_char(text, ',') == SIZE_MAX;
}

static int check_texts(const struct account *account, struct portroll_error *err)
{
	if (!is_line(account->display))
		return error_set(err, PORTROLL_EINVAL,
				 "'%.*s' is no name to be shown: write one line of at most %d "
				 "bytes, without control characters",
				 PORTROLL_STR_ARG(str_part(account->display, 0, SHOWN_MAX)),
				 TEXT_MAX);
	if (account->mail.len && !(mail_is_well_formed(account->mail) && is_word(account->mail)))
		return error_set(err, PORTROLL_EINVAL,
				 "'%.*s' is no mail address: write one like kelly@example.com",
				 PORTROLL_STR_ARG(str_part(account->mail, 0, SHOWN_MAX)));
	if (!is_word(account->login))
		return error_set(err, PORTROLL_EINVAL,
				 "'%.*s' is no user of a system: write the name without blanks and "
				 "commas",
				 PORTROLL_STR_ARG(str_part(account->login, 0, SHOWN_MAX)));
	return PORTROLL_OK;
}

static int check_persons(const struct account *account, struct portroll_error *err)
{
	if (account->person_count > ACCOUNT_PERSONS_MAX)
		return error_set(err, PORTROLL_ELIMIT,
				 "an account speaks for at most %d persons, not for %zu",
				 ACCOUNT_PERSONS_MAX, account->person_count);
	for (size_t i = 0; i < account->person_count; i++) {
		struct portroll_str id = account->persons[i];
		if (!id.len || !is_word(id))
			return error_set(err, PORTROLL_EINVAL,
					 "'%.*s' is no person of a registry: write the id, as "
					 "portroll person has it",
					 PORTROLL_STR_ARG(str_part(id, 0, SHOWN_MAX)));
		for (size_t k = 0; k < i; k++)
			if (str_equal(account->persons[k], id))
				return error_set(err, PORTROLL_EINVAL, "%.*s is named twice",
						 PORTROLL_STR_ARG(str_part(id, 0, SHOWN_MAX)));
	}
	return PORTROLL_OK;
}

static int check_grants(const struct account *account, struct portroll_error *err)
{
	if (account->grant_count > ACCOUNT_GRANTS_MAX)
		return error_set(err, PORTROLL_ELIMIT, "an account has at most %d roles, not %zu",
				 ACCOUNT_GRANTS_MAX, account->grant_count);
	for (size_t i = 0; i < account->grant_count; i++) {
		const struct grant *g = &account->grants[i];
		for (size_t k = 0; k < i; k++)
			if (account->grants[k].role == g->role &&
			    str_equal(account->grants[k].scope, g->scope))
				return error_set(err, PORTROLL_EINVAL, "%s%s%.*s is granted twice",
						 role_name(g->role), g->scope.len ? ":" : "",
						 PORTROLL_STR_ARG(g->scope));
	}
	return PORTROLL_OK;
}

int account_check(const struct account *account, struct portroll_error *err)
{
	if (!is_name(account->name))
		return error_set(err, PORTROLL_EINVAL,
				 "'%.*s' is no name of an account: write 1 to %d of a-z, 0-9 and "
				 "hyphens within, and not portroll",
				 PORTROLL_STR_ARG(str_part(account->name, 0, SHOWN_MAX)),
				 ACCOUNT_NAME_MAX);
	int r = check_texts(account, err);
	if (r == PORTROLL_OK)
		r = check_persons(account, err);
	return r == PORTROLL_OK ? check_grants(account, err) : r;
}

/* Of who can log in and do it. */
static bool is_administrator(const struct account *account)
{
	return !account->is_disabled && account->login.len &&
	       account_has(account, ROLE_ADMINISTRATOR);
}

/* `changed` NULL: it is gone. */
static int check_administrator(const struct account_list *all, struct portroll_str name,
			       const struct account *changed, struct portroll_error *err)
{
	if (changed && is_administrator(changed))
		return PORTROLL_OK;
	for (size_t i = 0; i < all->count; i++)
		if (!str_equal(all->items[i].name, name) && is_administrator(&all->items[i]))
			return PORTROLL_OK;
	if (all->count == 0)
		return error_set(
			err, PORTROLL_ERULE,
			"the first account must be an administrator with a login (portroll "
			"account add NAME --admin)");
	return error_set(err, PORTROLL_ERULE,
			 "%.*s is the last administrator who can act: make another one first "
			 "(portroll account grant NAME administrator)",
			 PORTROLL_STR_ARG(name));
}

/* The paper that all who change an account change: its version tells what they have seen. */
static int list_paper(struct stored_paper *ret, const struct account_list *all, struct arena *a,
		      struct portroll_error *err)
{
	struct buf body CLEANUP(buf_done) = BUF_INIT(64);
	buf_put_num(&body, all->version + 1);
	*ret = (struct stored_paper){.kind = PAPER_COUNTER,
				     .id = STR("accounts"),
				     .version = all->version,
				     .body = buf_keep(&body, a)};
	return ret->body.len ? PORTROLL_OK : error_memory(err);
}

int account_put(struct stored_paper ret[static ACCOUNT_PAPERS], const struct account_list *all,
		const struct account *account, struct arena *a, struct portroll_error *err)
{
	int r = account_check(account, err);
	if (r < 0)
		return r;
	const struct account *other = account_of_login(all, account->login);
	if (other && !str_equal(other->name, account->name))
		return error_set(err, PORTROLL_ECONFLICT,
				 "%.*s of this system acts as %.*s already: one user has one "
				 "account",
				 PORTROLL_STR_ARG(account->login), PORTROLL_STR_ARG(other->name));
	r = check_administrator(all, account->name, account, err);
	if (r == PORTROLL_OK)
		r = account_paper(&ret[0], account, a, err);
	return r == PORTROLL_OK ? list_paper(&ret[1], all, a, err) : r;
}

int account_remove(struct stored_paper ret[static ACCOUNT_PAPERS], const struct account_list *all,
		   const struct account *account, struct arena *a, struct portroll_error *err)
{
	int r = check_administrator(all, account->name, NULL, err);
	if (r < 0)
		return r;
	ret[0] = (struct stored_paper){
		.kind = PAPER_ACCOUNT, .id = account->name, .version = account->version};
	return list_paper(&ret[1], all, a, err);
}
