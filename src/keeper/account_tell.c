/* SPDX-License-Identifier: MIT */

#include "base/json.h"
#include "keeper/account_run.h"
#include "ledger/instant.h"
#include "terminal/table.h"

#define LIST_MAX (256U << 10) /* bytes of the grants, or the persons, of one account */

void account_put_grants(struct buf *out, const struct account *a)
{
	for (size_t i = 0; i < a->grant_count; i++) {
		buf_puts(out, i ? ", " : "");
		grant_put(out, &a->grants[i]);
	}
}

static void put_persons(struct buf *out, const struct account *a)
{
	for (size_t i = 0; i < a->person_count; i++) {
		buf_puts(out, i ? ", " : "");
		buf_put(out, a->persons[i]);
	}
}

static void cell_of_grants(struct table *t, const struct account *a)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(LIST_MAX);
	account_put_grants(&text, a);
	table_cell(t, buf_str(&text));
}

static void cell_of_persons(struct table *t, const struct account *a)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(LIST_MAX);
	put_persons(&text, a);
	table_cell(t, buf_str(&text));
}

static void list_table(struct account_run *run)
{
	static const struct table_column columns[] = {
		{.title = "Account", .colour = COLOUR_NAME},
		{.title = "Login"},
		{.title = "Roles", .flexible = true},
		{.title = "State", .optional = true},
		{.title = "Name", .flexible = true, .optional = true},
		{.title = "Mail", .flexible = true, .optional = true},
		{.title = "Persons", .flexible = true, .optional = true},
	};
	struct table t = table_init(run->desk.arena, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < run->all.count; i++) {
		const struct account *a = &run->all.items[i];
		table_cell(&t, a->name);
		table_cell(&t, a->login);
		cell_of_grants(&t, a);
		table_cell(&t, a->is_disabled ? STR("disabled") : STR(""));
		table_cell(&t, a->display);
		table_cell(&t, a->mail);
		cell_of_persons(&t, a);
	}
	table_write(&t, &run->keeper->out);
}

static void put_account(struct json *j, const struct account *a)
{
	char created[INSTANT_TEXT_MAX];
	size_t len = instant_format(created, a->created);
	json_object(j);
	json_member(j, "name", a->name);
	json_member(j, "display", a->display);
	json_member(j, "mail", a->mail);
	json_member(j, "login", a->login);
	json_key(j, "persons");
	json_array(j);
	for (size_t i = 0; i < a->person_count; i++)
		json_str(j, a->persons[i]);
	json_array_end(j);
	json_key(j, "grants");
	json_array(j);
	for (size_t i = 0; i < a->grant_count; i++) {
		CLEANUP(buf_done) struct buf text = BUF_INIT(256);
		grant_put(&text, &a->grants[i]);
		json_str(j, buf_str(&text));
	}
	json_array_end(j);
	json_key(j, "disabled");
	json_bool(j, a->is_disabled);
	json_member(j, "created", (struct portroll_str){created, len});
	json_object_end(j);
}

int account_tell_list(struct account_run *run)
{
	struct keeper *k = run->keeper;
	if (keeper_has(k, OPTION_JSON)) {
		struct json j = json_init(&k->out.buf, true);
		json_array(&j);
		for (size_t i = 0; i < run->all.count; i++)
			put_account(&j, &run->all.items[i]);
		json_array_end(&j);
		buf_putc(&k->out.buf, '\n');
	} else if (run->all.count) {
		list_table(run);
	} else {
		out_message(&k->out, "there is no account; portroll account add NAME --admin makes "
				     "the first");
	}
	return PORTROLL_OK;
}

static void row_of(struct table *t, const char *label, struct portroll_str value)
{
	if (value.len == 0)
		return;
	table_cell(t, str_from(label));
	table_cell(t, value);
}

int account_tell_one(struct account_run *run, const struct account *a)
{
	static const struct table_column columns[] = {{.colour = COLOUR_FAINT}, {.flexible = true}};
	struct keeper *k = run->keeper;
	if (keeper_has(k, OPTION_JSON)) {
		struct json j = json_init(&k->out.buf, true);
		put_account(&j, a);
		buf_putc(&k->out.buf, '\n');
		return PORTROLL_OK;
	}
	char created[INSTANT_TEXT_MAX];
	CLEANUP(buf_done) struct buf grants = BUF_INIT(LIST_MAX);
	CLEANUP(buf_done) struct buf persons = BUF_INIT(LIST_MAX);
	account_put_grants(&grants, a);
	put_persons(&persons, a);
	struct table t = table_init(run->desk.arena, columns, ARRAY_LEN(columns));
	row_of(&t, "Account", a->name);
	row_of(&t, "Name", a->display);
	row_of(&t, "Mail", a->mail);
	row_of(&t, "Login", a->login);
	row_of(&t, "Persons", buf_str(&persons));
	row_of(&t, "Roles", buf_str(&grants));
	row_of(&t, "State", a->is_disabled ? STR("disabled") : STR("enabled"));
	row_of(&t, "Created", (struct portroll_str){created, instant_format(created, a->created)});
	table_write(&t, &k->out);
	return PORTROLL_OK;
}
