/* SPDX-License-Identifier: MIT */
#include "desk/erased.h"

#include "ledger/canonical.h"
#include "ledger/canonical_read.h"
#include "ledger/instant.h"
#include "ledger/line_take.h"

#define BODY_MAX 1024

int erased_paper(struct stored_paper *ret, const struct erased_case *e, struct arena *a,
		 struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf body = BUF_INIT(BODY_MAX);
	char time[INSTANT_TEXT_MAX], id[CASE_ID_MAX];
	size_t len = instant_format(time, e->time);
	struct canonical c = canonical_init(&body);
	canonical_object(&c);
	canonical_member(&c, STR("by"), e->by);
	if (e->change) {
		canonical_name(&c, STR("change"));
		canonical_integer(&c, (int64_t)e->change);
	}
	canonical_member(&c, STR("state"), str_from(state_key(e->state)));
	canonical_member(&c, STR("time"), (struct portroll_str){time, len});
	canonical_end(&c);
	if (body.failed)
		return error_set(err, body.failed, "the erased request cannot be kept: %s",
				 error_text(body.failed));
	*ret = (struct stored_paper){
		.kind = PAPER_ERASED,
		.id = arena_str(a, (struct portroll_str){id, case_id(id, e->number)}),
		.body = buf_keep(&body, a),
	};
	return a->failed ? error_memory(err) : PORTROLL_OK;
}

static int take_state(struct line_reader *x, json_t *value, void *place)
{
	enum case_state state;
	uint8_t *ret = place;
	if (!state_parse(&state, line_text_of(value)))
		return line_expected(x, "a state");
	*ret = (uint8_t)state;
	return PORTROLL_OK;
}

static int take_time(struct line_reader *x, json_t *value, void *place)
{
	if (instant_parse(place, line_text_of(value)) < 0)
		return line_expected(x, "a time");
	return PORTROLL_OK;
}

static int take_change(struct line_reader *x, json_t *value, void *place)
{
	uint64_t *ret = place;
	if (!json_is_integer(value) || json_integer_value(value) <= 0)
		return line_expected(x, "the number of a change");
	*ret = (uint64_t)json_integer_value(value);
	return PORTROLL_OK;
}

#define AT(member) offsetof(struct erased_case, member)

static const struct line_member members[] = {
	{STR_INIT("by"), line_take_text, AT(by), true},
	{STR_INIT("change"), take_change, AT(change), false},
	{STR_INIT("state"), take_state, AT(state), true},
	{STR_INIT("time"), take_time, AT(time), true},
};

int erased_read(struct erased_case *ret, const struct stored_paper *paper, struct arena *a,
		struct portroll_error *err)
{
	CLEANUP(json_decrefp)
	json_t *value = NULL;
	struct portroll_error why = {0};
	struct line_reader x = {.arena = a, .err = &why};
	*ret = (struct erased_case){0};
	int r = canonical_read(&value, paper->body, &why);
	if (r == PORTROLL_OK)
		r = line_take_object(&x, value, (struct line_members){members, ARRAY_LEN(members)},
				     ret);
	if (r == PORTROLL_OK && case_id_parse(&ret->number, paper->id) < 0)
		r = error_set(&why, PORTROLL_ESYNTAX, "it has no number");
	if (r == PORTROLL_ENOMEM)
		return error_memory(err);
	if (r < 0)
		return error_set(
			err, PORTROLL_ECORRUPT,
			"what is left of the erased request %.*s is damaged (%s): bring back "
			"the last backup (portroll ledger restore)",
			PORTROLL_STR_ARG(paper->id), why.text);
	return PORTROLL_OK;
}
