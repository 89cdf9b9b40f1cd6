/* SPDX-License-Identifier: MIT */
/* An account as it is kept: canonical JSON, never believed. */

#include "desk/account.h"

#include "desk/desk.h"
#include "ledger/bundle.h"
#include "ledger/canonical_read.h"
#include "ledger/instant.h"
#include "ledger/line_take.h"
#include "ledger/line_text.h"

#define VERSION 1

/* Grants as texts, and persons, on their way into an account or out of it. */
struct kept_account {
	struct account account;
	struct line_texts grants, persons;
};

static const struct portroll_str *grant_texts(const struct account *account, struct arena *a)
{
	struct portroll_str *texts = arena_array(a, account->grant_count, sizeof(*texts));
	for (size_t i = 0; texts && i < account->grant_count; i++) {
		struct buf text CLEANUP(buf_done) = BUF_INIT(256);
		grant_put(&text, &account->grants[i]);
		texts[i] = buf_keep(&text, a);
		if (!texts[i].len)
			return NULL;
	}
	return texts;
}

static void put_account(struct buf *out, const struct account *account,
			const struct portroll_str *grants)
{
	char created[INSTANT_TEXT_MAX];
	size_t len = instant_format(created, account->created);
	struct canonical c = canonical_init(out);
	canonical_object(&c);
	canonical_member(&c, STR("created"), (struct portroll_str){created, len});
	if (account->is_disabled) {
		canonical_name(&c, STR("disabled"));
		canonical_bool(&c, true);
	}
	canonical_member(&c, STR("display"), account->display);
	line_put_texts(&c, STR("grants"), grants, account->grant_count);
	canonical_member(&c, STR("login"), account->login);
	canonical_member(&c, STR("mail"), account->mail);
	canonical_member(&c, STR("name"), account->name);
	line_put_texts(&c, STR("persons"), account->persons, account->person_count);
	canonical_name(&c, STR("v"));
	canonical_integer(&c, VERSION);
	canonical_end(&c);
}

int account_paper(struct stored_paper *ret, const struct account *account, struct arena *a,
		  struct portroll_error *err)
{
	struct buf body CLEANUP(buf_done) = BUF_INIT(ENTRY_SIZE_MAX);
	const struct portroll_str *grants = grant_texts(account, a);
	if (!grants)
		return error_memory(err);
	if (account->created < 0 || account->created > INSTANT_MAX)
		return error_set(err, PORTROLL_EINVAL, "the clock is not of this time: set it");
	put_account(&body, account, grants);
	if (body.failed)
		return error_set(err, body.failed, "the account %.*s cannot be kept",
				 PORTROLL_STR_ARG(account->name));
	*ret = (struct stored_paper){.kind = PAPER_ACCOUNT,
				     .id = account->name,
				     .version = account->version,
				     .body = buf_keep(&body, a)};
	return ret->body.len ? PORTROLL_OK : error_memory(err);
}

static int take_created(struct line_reader *x, json_t *value, void *place)
{
	if (instant_parse(place, line_text_of(value)) < 0)
		return line_expected(x, "a moment in UTC: 2026-11-23T07:20:00Z");
	return PORTROLL_OK;
}

static int take_version(struct line_reader *x, json_t *value, void *place)
{
	(void)place;
	bool is_ours = json_is_integer(value) && json_integer_value(value) == VERSION;
	return is_ours ? PORTROLL_OK : line_expected(x, "the version of this form, 1");
}

#define AT(member) offsetof(struct kept_account, member)

static const struct line_member members[] = {
	{STR_INIT("created"), take_created, AT(account.created), true},
	{STR_INIT("disabled"), line_take_true, AT(account.is_disabled), false},
	{STR_INIT("display"), line_take_text, AT(account.display), false},
	{STR_INIT("grants"), line_take_texts, AT(grants), false},
	{STR_INIT("login"), line_take_text, AT(account.login), false},
	{STR_INIT("mail"), line_take_text, AT(account.mail), false},
	{STR_INIT("name"), line_take_text, AT(account.name), true},
	{STR_INIT("persons"), line_take_texts, AT(persons), false},
	{STR_INIT("v"), take_version, 0, true},
};

/* Who types one may do it in capitals; what is kept has one form. */
static int take_grant(struct grant *ret, struct portroll_str text, struct portroll_error *err)
{
	struct buf again CLEANUP(buf_done) = BUF_INIT(256);
	int r = grant_parse(ret, text, err);
	if (r < 0)
		return r;
	grant_put(&again, ret);
	if (again.failed)
		return error_memory(err);
	if (str_equal(buf_str(&again), text))
		return PORTROLL_OK;
	return error_set(err, PORTROLL_ESYNTAX, "expected the grant as %.*s",
			 PORTROLL_STR_ARG(buf_str(&again)));
}

static int take_grants(struct kept_account *kept, struct arena *a, struct portroll_error *err)
{
	struct grant *grants = arena_array(a, kept->grants.count, sizeof(*grants));
	if (!grants)
		return error_memory(err);
	for (size_t i = 0; i < kept->grants.count; i++) {
		int r = take_grant(&grants[i], kept->grants.items[i], err);
		if (r < 0)
			return r;
	}
	kept->account.grants = grants;
	kept->account.grant_count = kept->grants.count;
	kept->account.persons = kept->persons.items;
	kept->account.person_count = kept->persons.count;
	return PORTROLL_OK;
}

static int read_account(struct account *ret, const struct stored_paper *paper, struct arena *a,
			struct portroll_error *err)
{
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	struct kept_account kept = {.account.version = paper->version};
	struct line_reader x = {.arena = a, .err = err};
	int r = canonical_read(&value, paper->body, err);
	if (r == PORTROLL_OK)
		r = line_take_object(&x, value, (struct line_members){members, ARRAY_LEN(members)},
				     &kept);
	if (r == PORTROLL_OK)
		r = take_grants(&kept, a, err);
	if (r == PORTROLL_OK)
		r = account_check(&kept.account, err);
	if (r == PORTROLL_OK && !str_equal(kept.account.name, paper->id))
		r = error_set(err, PORTROLL_ESYNTAX, "it is of another name");
	*ret = kept.account;
	return r;
}

struct reading {
	struct arena *arena;
	struct account *items;
	size_t count, capacity;
};

static int take_account(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	struct reading *reading = context;
	struct portroll_error why = {0};
	if (reading->count == reading->capacity) {
		size_t capacity = reading->capacity ? 2 * reading->capacity : 16;
		reading->items = arena_grow(reading->arena, reading->items, reading->count,
					    capacity, sizeof(*reading->items));
		reading->capacity = capacity;
	}
	if (!reading->items)
		return error_memory(err);
	int r = read_account(&reading->items[reading->count], paper, reading->arena, &why);
	if (r == PORTROLL_ENOMEM)
		return error_memory(err);
	if (r < 0)
		return error_set(err, PORTROLL_ECORRUPT,
				 "the account %.*s in the store is damaged (%s): bring back the "
				 "last backup (portroll ledger restore)",
				 PORTROLL_STR_ARG(paper->id), why.text);
	reading->count++;
	return PORTROLL_OK;
}

static int take_list_version(void *context, const struct stored_paper *paper,
			     struct portroll_error *err)
{
	(void)err;
	*(uint64_t *)context = paper->version;
	return PORTROLL_OK;
}

int accounts_read(struct account_list *ret, const struct store_ops *ops, struct store *store,
		  struct arena *a, struct portroll_error *err)
{
	struct reading reading = {.arena = a};
	uint64_t version = 0;
	/* First: who comes in between is found by it. */
	int r = ops->papers(store, (struct paper_name){PAPER_COUNTER, STR("accounts")},
			    take_list_version, &version, err);
	if (r == PORTROLL_OK)
		r = ops->papers(store, (struct paper_name){.kind = PAPER_ACCOUNT}, take_account,
				&reading, err);
	if (r == PORTROLL_OK)
		*ret = (struct account_list){reading.items, reading.count, version};
	return r;
}
