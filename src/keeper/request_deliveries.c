/* SPDX-License-Identifier: MIT */

/* request deliveries: what was told to whom, what waits, and what failed; and to send it again. */

#include "base/json.h"
#include "keeper/request_action.h"
#include "keeper/request_notify.h"
#include "keeper/request_tell.h"
#include "keeper/sending.h"
#include "terminal/table.h"

struct deliveries {
	struct at_desk desk;
	struct table table;
	struct json json;
	bool is_json;
	size_t count;
	struct delivery found; /* of the id that is wanted */
};

/* Addresses are personal data. */
static int check_right(struct at_desk *d)
{
	const struct account *account = d->me.account;
	for (size_t i = 0; i < account->grant_count; i++)
		if (account->grants[i].role == ROLE_REGISTRAR ||
		    account->grants[i].role == ROLE_ADMINISTRATOR)
			return PORTROLL_OK;
	return error_set(&d->k->err, PORTROLL_ERULE,
			 "deliveries are for registrars and administrators; portroll account list "
			 "names them");
}

static void put_json(struct json *j, const struct delivery *d)
{
	json_object(j);
	json_member(j, "id", d->id);
	json_member(j, "way", str_from(delivery_way_names[d->way]));
	json_member(j, "to", d->to);
	json_member(j, "request", d->request);
	json_member(j, "event", d->event);
	json_member(j, "state", str_from(delivery_state_names[d->state]));
	json_key(j, "attempts");
	json_num(j, d->attempts);
	json_member(j, "last_error", d->last_error);
	json_object_end(j);
}

static void put_row(struct deliveries *all, const struct delivery *d)
{
	CLEANUP(buf_done) struct buf time = BUF_INIT(64);
	tell_time(&time, d->created);
	table_cell(&all->table, d->id);
	table_cell(&all->table, buf_str(&time));
	table_cell(&all->table, d->request);
	table_cell(&all->table, d->event);
	table_cell(&all->table, d->to);
	table_cell(&all->table, str_from(delivery_state_names[d->state]));
	table_cell(&all->table, d->last_error);
}

static int take(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	struct deliveries *all = context;
	struct delivery d;
	int r = delivery_read(&d, paper, &all->desk.k->arena, err);
	if (r < 0)
		return r;
	all->count++;
	all->found = d;
	if (all->is_json)
		put_json(&all->json, &d);
	else
		put_row(all, &d);
	return PORTROLL_OK;
}

static int walk(struct deliveries *all, struct portroll_str id)
{
	struct at_desk *d = &all->desk;
	return d->ops->papers(d->store, (struct paper_name){PAPER_DELIVERY, id}, take, all,
			      &d->k->err);
}

static int list(struct deliveries *all)
{
	static const struct table_column columns[] = {
		{.title = "Delivery", .colour = COLOUR_NAME},
		{.title = "Made"},
		{.title = "Request"},
		{.title = "Event"},
		{.title = "To", .flexible = true},
		{.title = "State"},
		{.title = "Last error", .flexible = true, .optional = true},
	};
	struct keeper *k = all->desk.k;
	all->table = table_init(&k->arena, columns, ARRAY_LEN(columns));
	all->json = json_init(&k->out.buf, true);
	all->is_json = keeper_has(k, OPTION_JSON);
	if (all->is_json)
		json_array(&all->json);
	int r = walk(all, STR(""));
	if (r < 0)
		return r;
	if (all->is_json) {
		json_array_end(&all->json);
		buf_putc(&k->out.buf, '\n');
	} else {
		table_write(&all->table, &k->out);
	}
	return all->count ? EXIT_YES : EXIT_NO;
}

static int again(struct deliveries *all, struct portroll_str id)
{
	struct keeper *k = all->desk.k;
	struct stored_paper paper;
	all->table = table_init(&k->arena, NULL, 0);
	int r = id.len == DELIVERY_ID_LEN ? walk(all, id) : PORTROLL_OK;
	if (r == PORTROLL_OK && all->count == 0)
		r = error_set(&k->err, PORTROLL_EINVAL,
			      "there is no delivery '%.*s'; portroll request deliveries lists them",
			      PORTROLL_STR_ARG(str_part(id, 0, 60)));
	if (r < 0)
		return r;
	all->found.state = DELIVERY_WAITING;
	all->found.attempts = 0;
	all->found.next = k->now;
	r = delivery_paper(&paper, &all->found, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = desk_put(&all->desk.desk, &paper, 1, &k->err);
	return r;
}

static int run(struct deliveries *all, struct keeper *k)
{
	int r = at_desk_open(&all->desk, k);
	if (r == PORTROLL_OK)
		r = check_right(&all->desk);
	if (r < 0)
		return r;
	if (k->args.operand_count == 0)
		return list(all);
	struct portroll_str word = str_from(k->args.operands[0]);
	if (!str_equal(word, STR("again")) || k->args.operand_count != 2)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "usage: portroll request deliveries [again ID]");
	return again(all, str_from(k->args.operands[1]));
}

int request_run_deliveries(struct keeper *k, const struct request_word *w)
{
	struct deliveries all = {0};
	(void)w;
	int r = run(&all, k);
	at_desk_close(&all.desk);
	if (r == PORTROLL_OK && k->args.operand_count > 0)
		request_send(k, false);
	return r;
}
