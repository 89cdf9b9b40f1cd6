/* SPDX-License-Identifier: MIT */
#include "desk/delivery.h"

#include <stddef.h>

#include "base/macros.h"
#include "ledger/canonical.h"
#include "ledger/canonical_read.h"
#include "ledger/line_take.h"

#define PAUSE_FIRST 60
#define PAUSE_MAX   (24 * 3600)
#define TEXT_MAX    ((size_t)60 << 10)

const char *const delivery_way_names[] = {
	[DELIVERY_MAIL] = "mail",
	[DELIVERY_WEBHOOK] = "webhook",
};

const char *const delivery_state_names[] = {
	[DELIVERY_WAITING] = "waiting",
	[DELIVERY_SENT] = "sent",
	[DELIVERY_FAILED] = "failed",
};

int64_t delivery_pause(uint32_t attempts)
{
	int64_t pause = PAUSE_FIRST;
	for (uint32_t i = 1; i < attempts && pause < PAUSE_MAX; i++)
		pause *= 2;
	return pause < PAUSE_MAX ? pause : PAUSE_MAX;
}

void delivery_tried(struct delivery *d, struct portroll_str error, int64_t now)
{
	d->attempts++;
	d->last_error = error;
	d->next = now + delivery_pause(d->attempts);
	d->state = DELIVERY_SENT;
	if (error.len)
		d->state = d->attempts < DELIVERY_ATTEMPTS_MAX ? DELIVERY_WAITING : DELIVERY_FAILED;
}

static void put(struct buf *out, const struct delivery *d)
{
	struct canonical c = canonical_init(out);
	canonical_object(&c);
	canonical_name(&c, STR("attempts"));
	canonical_integer(&c, d->attempts);
	canonical_name(&c, STR("created"));
	canonical_integer(&c, d->created);
	canonical_member(&c, STR("event"), d->event);
	canonical_member(&c, STR("last_error"), d->last_error);
	canonical_name(&c, STR("next"));
	canonical_integer(&c, d->next);
	canonical_member(&c, STR("request"), d->request);
	canonical_member(&c, STR("state"), str_from(delivery_state_names[d->state]));
	canonical_member(&c, STR("subject"), d->subject);
	canonical_member(&c, STR("text"), d->text);
	canonical_member(&c, STR("to"), d->to);
	canonical_member(&c, STR("way"), str_from(delivery_way_names[d->way]));
	canonical_end(&c);
}

int delivery_paper(struct stored_paper *ret, const struct delivery *d, struct arena *a,
		   struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf body = BUF_INIT(TEXT_MAX);
	put(&body, d);
	if (body.failed == PORTROLL_ENOMEM)
		return error_memory(err);
	if (body.failed)
		return error_set(err, PORTROLL_EINVAL,
				 "what is told to %.*s cannot be kept: too long, or no plain text",
				 PORTROLL_STR_ARG(str_part(d->to, 0, 80)));
	*ret = (struct stored_paper){
		.kind = STR("delivery"),
		.id = arena_str(a, d->id),
		.version = d->version,
		.body = buf_keep(&body, a),
	};
	return a->failed ? error_memory(err) : PORTROLL_OK;
}

static int take_word(struct line_reader *x, json_t *value, uint8_t *place, const char *const *words,
		     uint8_t count)
{
	struct portroll_str text = line_text_of(value);
	for (uint8_t i = 0; i < count; i++) {
		if (!str_equal(text, str_from(words[i])))
			continue;
		*place = i;
		return PORTROLL_OK;
	}
	return line_expected(x, "a word that is known");
}

static int take_way(struct line_reader *x, json_t *value, void *place)
{
	return take_word(x, value, place, delivery_way_names, ARRAY_LEN(delivery_way_names));
}

static int take_state(struct line_reader *x, json_t *value, void *place)
{
	return take_word(x, value, place, delivery_state_names, ARRAY_LEN(delivery_state_names));
}

static int take_time(struct line_reader *x, json_t *value, void *place)
{
	int64_t *time = place;
	if (!json_is_integer(value))
		return line_expected(x, "a time");
	*time = json_integer_value(value);
	return PORTROLL_OK;
}

#define PLACE(member) offsetof(struct delivery, member)

/* clang-format off */
static const struct line_member members[] = {
	{STR_INIT("attempts"),   line_take_u32,  PLACE(attempts), true},
	{STR_INIT("created"),    take_time,      PLACE(created), true},
	{STR_INIT("event"),      line_take_text, PLACE(event), true},
	{STR_INIT("last_error"), line_take_text, PLACE(last_error), false},
	{STR_INIT("next"),       take_time,      PLACE(next), true},
	{STR_INIT("request"),    line_take_text, PLACE(request), true},
	{STR_INIT("state"),      take_state,     PLACE(state), true},
	{STR_INIT("subject"),    line_take_text, PLACE(subject), false},
	{STR_INIT("text"),       line_take_text, PLACE(text), true},
	{STR_INIT("to"),         line_take_text, PLACE(to), true},
	{STR_INIT("way"),        take_way,       PLACE(way), true},
};
/* clang-format on */

static bool is_id(struct portroll_str id)
{
	if (id.len != DELIVERY_ID_LEN)
		return false;
	for (size_t i = 0; i < id.len; i++)
		if (!is_digit(id.ptr[i]) && (id.ptr[i] < 'a' || id.ptr[i] > 'f'))
			return false;
	return true;
}

int delivery_read(struct delivery *ret, const struct stored_paper *paper, struct arena *a,
		  struct portroll_error *err)
{
	json_t *value = NULL;
	struct portroll_error why = {0};
	struct line_reader x = {.arena = a, .err = &why};
	*ret = (struct delivery){.id = arena_str(a, paper->id), .version = paper->version};
	int r = canonical_read(&value, paper->body, &why);
	if (r == PORTROLL_OK)
		r = line_take_object(&x, value, (struct line_members){members, ARRAY_LEN(members)},
				     ret);
	json_decref(value);
	if (r == PORTROLL_ENOMEM || a->failed)
		return error_memory(err);
	if (r < 0 || !is_id(paper->id))
		return error_set(err, PORTROLL_ECORRUPT, "delivery %.*s is damaged: %s",
				 PORTROLL_STR_ARG(str_part(paper->id, 0, 40)),
				 r < 0 ? why.text : "its id is none");
	return PORTROLL_OK;
}
