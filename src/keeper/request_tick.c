/* SPDX-License-Identifier: MIT */

/* request tick: everything that the clock has to do, case by case: what one cannot do does not keep
 * the others from it. */

#include "keeper/held_roll.h"
#include "keeper/request_action.h"
#include "keeper/request_end.h"
#include "keeper/request_notify.h"
#include "keeper/request_tell.h"

/* A case may have several things due, one after the other. */
#define TICK_STEPS_MAX 16

struct ticking {
	struct at_desk *desk;
	uint64_t *numbers; /* of the cases that are due, in the arena of the keeper */
	size_t count, capacity;
	size_t moved, failed;
};

static int take_due(void *context, const struct desk_case *c, struct portroll_error *err)
{
	struct ticking *t = context;
	int64_t due = c->request->due;
	bool is_due = (due && due <= t->desk->k->now) || c->request->state == STATE_IMPLEMENTED;
	if (!is_due)
		return PORTROLL_OK;
	if (t->count == t->capacity) {
		size_t larger = t->capacity ? 2 * t->capacity : 64;
		uint64_t *numbers = arena_grow(&t->desk->k->arena, t->numbers, t->count, larger,
					       sizeof(*numbers));
		if (!numbers)
			return error_memory(err);
		t->numbers = numbers;
		t->capacity = larger;
	}
	t->numbers[t->count++] = c->request->number;
	return PORTROLL_OK;
}

/* What was committed and not yet said to be published, for the program ended between. */
static enum case_event_kind find_due(const struct open_case *c)
{
	const struct request_case *request = c->kept.request;
	enum case_event_kind due = case_due(request, c->world.policy, c->desk->k->now);
	if (due == CASE_EVENT_COUNT && request->state == STATE_IMPLEMENTED)
		return EVENT_PUBLISH;
	return due;
}

static bool changes_registry(enum case_event_kind kind)
{
	return kind == EVENT_DEPRECATE || kind == EVENT_DEALLOCATE;
}

/* The program that committed it may have ended before it made the snapshot. */
static int renew_snapshot(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	int r = held_roll_open(&held, k);
	if (r == PORTROLL_OK)
		r = held_roll_renew(&held);
	held_roll_close(&held);
	return r;
}

/* Returns the last thing that is due and needs the registry, in *ret. */
static int do_due(enum case_event_kind *ret, struct open_case *c)
{
	bool is_moved = false;
	int r = PORTROLL_OK;
	*ret = find_due(c);
	for (int i = 0; i < TICK_STEPS_MAX && *ret != CASE_EVENT_COUNT; i++) {
		if (changes_registry(*ret))
			break;
		r = *ret == EVENT_PUBLISH ? renew_snapshot(c->desk->k) : PORTROLL_OK;
		if (r == PORTROLL_OK)
			r = case_do_due(c, *ret);
		if (r < 0)
			return r;
		is_moved = true;
		*ret = find_due(c);
	}
	if (is_moved)
		r = case_keep(c);
	return r < 0 ? r : is_moved;
}

static int tick_case(struct ticking *t, uint64_t number)
{
	struct open_case c;
	enum case_event_kind left = CASE_EVENT_COUNT;
	int r = open_case_number(&c, t->desk, number);
	if (r == PORTROLL_OK)
		r = do_due(&left, &c);
	if (r < 0)
		return r;
	t->moved += r > 0;
	if (r > 0 && !changes_registry(left))
		request_tell_line(&c, STR(""));
	if (!changes_registry(left))
		return PORTROLL_OK;
	const struct case_event event = {.kind = (uint8_t)left};
	t->moved++;
	return request_end(t->desk->k, number, &event, true);
}

static int tick(struct at_desk *d)
{
	struct keeper *k = d->k;
	struct ticking t = {.desk = d};
	int r = desk_each_case(&d->desk, take_due, &t, &k->err);
	for (size_t i = 0; r == PORTROLL_OK && i < t.count; i++) {
		if (tick_case(&t, t.numbers[i]) == PORTROLL_OK)
			continue;
		char id[CASE_ID_MAX];
		(void)case_id(id, t.numbers[i]);
		out_message(&k->out, "%s: %s", id, k->err.text);
		k->err = (struct portroll_error){0};
		t.failed++;
	}
	if (r < 0)
		return r;
	if (t.moved == 0 && t.failed == 0 && !k->out.quiet)
		buf_puts(&k->out.buf, "nothing is due\n");
	return t.failed ? EXIT_ERROR : EXIT_YES;
}

int request_run_tick(struct keeper *k, const struct request_word *w)
{
	(void)w;
	struct at_desk d = {0};
	int r = at_desk_open(&d, k);
	if (r == PORTROLL_OK)
		r = tick(&d);
	at_desk_close(&d);
	if (r >= 0)
		request_send(k, false);
	k->has_told = false;
	return r;
}
