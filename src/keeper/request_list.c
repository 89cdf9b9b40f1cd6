/* SPDX-License-Identifier: MIT */

/* request list: what is open, or in a state, or waits for who asks. Nothing of people stands here.
 */

#include "desk/telling.h"
#include "keeper/request_action.h"
#include "keeper/request_json.h"
#include "keeper/request_step.h"
#include "keeper/request_tell.h"
#include "terminal/table.h"

struct listing {
	struct at_desk *desk;
	const struct request_case **items; /* in the arena of the keeper */
	size_t count, capacity;
	uint8_t state; /* CASE_STATE_COUNT: all that are open */
};

static bool is_wanted(const struct listing *l, const struct request_case *c)
{
	struct portroll_str source = keeper_option(l->desk->k, OPTION_SOURCE);
	if (source.ptr && !str_equal(source, c->source))
		return false;
	return l->state == CASE_STATE_COUNT ? !state_is_end(c->state) : c->state == l->state;
}

static int take(void *context, const struct desk_case *c, struct portroll_error *err)
{
	struct listing *l = context;
	if (!is_wanted(l, c->request))
		return PORTROLL_OK;
	if (l->count == l->capacity) {
		size_t larger = l->capacity ? 2 * l->capacity : 64;
		const struct request_case **items =
			arena_grow(&l->desk->k->arena, l->items, l->count, larger, sizeof(*items));
		if (!items)
			return error_memory(err);
		l->items = items;
		l->capacity = larger;
	}
	l->items[l->count++] = c->request;
	return PORTROLL_OK;
}

/* Their own, and those of which it is their turn. */
static bool waits_for(const struct request_case *c, role_set roles)
{
	role_set turn = telling_turn(c->state) | ROLE_BIT(ROLE_APPLICANT);
	if (c->state == STATE_AWAIT_CONFIRM)
		turn |= ROLE_BIT(ROLE_ASSIGNEE) | ROLE_BIT(ROLE_CONTACT);
	return roles & turn;
}

/* Leaves those that wait for who acts, or were asked for by them. */
static int keep_own(struct listing *l)
{
	size_t kept = 0;
	for (size_t i = 0; i < l->count; i++) {
		struct rule_world world;
		const struct request_case *c = l->items[i];
		int r = at_desk_world(&world, l->desk, NULL, c->source, c->number);
		if (r < 0)
			return r;
		if (waits_for(c, at_desk_actor(l->desk, c, &world).roles))
			l->items[kept++] = c;
	}
	l->count = kept;
	return PORTROLL_OK;
}

static const struct document *last_of(const struct request_case *c)
{
	return &c->revisions[c->revision_count - 1].document;
}

static void put_json(struct keeper *k, const struct listing *l)
{
	struct json j = json_init(&k->out.buf, true);
	json_object(&j);
	json_member(&j, "schema", STR("portroll-requests/1"));
	json_key(&j, "requests");
	json_array(&j);
	for (size_t i = 0; i < l->count; i++) {
		json_object(&j);
		put_case_summary_json(&j, l->items[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	buf_putc(&k->out.buf, '\n');
}

static void put_row(struct table *t, const struct request_case *c)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(4096);
	char id[CASE_ID_MAX];
	table_cell(t, (struct portroll_str){id, case_id(id, c->number)});
	table_cell(t, str_from(state_key(c->state)));
	tell_time(&text, c->since);
	table_cell(t, str_part(buf_str(&text), 0, STR("YYYY-MM-DD").len));
	table_cell(t, c->source);
	buf_clear(&text);
	case_put_subject(&text, last_of(c));
	table_cell(t, buf_str(&text));
}

static void put_table(struct keeper *k, const struct listing *l)
{
	static const struct table_column columns[] = {
		{.title = "Request", .colour = COLOUR_NAME},
		{.title = "State"},
		{.title = "Since"},
		{.title = "Source", .optional = true},
		{.title = "What", .flexible = true},
	};
	struct table t = table_init(&k->arena, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < l->count; i++)
		put_row(&t, l->items[i]);
	table_write(&t, &k->out);
}

static int read_state(struct listing *l)
{
	struct keeper *k = l->desk->k;
	enum case_state state;
	struct portroll_str key = keeper_option(k, OPTION_CASE_STATE);
	l->state = CASE_STATE_COUNT;
	if (!key.ptr)
		return PORTROLL_OK;
	if (!state_parse(&state, key))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "--state '%.*s': is no state of a request; man portroll-request "
				 "names them",
				 PORTROLL_STR_ARG(str_part(key, 0, 40)));
	l->state = (uint8_t)state;
	return PORTROLL_OK;
}

static int list(struct at_desk *d)
{
	struct keeper *k = d->k;
	struct listing l = {.desk = d};
	int r = read_state(&l);
	if (r == PORTROLL_OK)
		r = desk_each_case(&d->desk, take, &l, &k->err);
	if (r == PORTROLL_OK && keeper_has(k, OPTION_MINE))
		r = keep_own(&l);
	if (r < 0)
		return r;
	if (keeper_has(k, OPTION_JSON))
		put_json(k, &l);
	else
		put_table(k, &l);
	if (l.count == 0 && !keeper_has(k, OPTION_JSON) && !k->out.quiet)
		out_message(&k->out, "there is no such request");
	return l.count ? EXIT_YES : EXIT_NO;
}

int request_run_list(struct keeper *k, const struct request_word *w)
{
	(void)w;
	struct at_desk d = {0};
	int r = at_desk_open(&d, k);
	if (r == PORTROLL_OK)
		r = list(&d);
	at_desk_close(&d);
	return r;
}
