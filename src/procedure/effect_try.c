/* SPDX-License-Identifier: MIT */
#include "procedure/effect.h"

/* What was granted, else the port that would be given now. */
static int choose_port(struct effect *e, const struct request_check *s, struct portroll_error *err)
{
	uint16_t port;
	uint8_t wanted = s->request->wanted;
	if (s->evidence && s->evidence->has_granted) {
		e->granted = s->evidence->granted;
		e->has_granted = true;
		return PORTROLL_OK;
	}
	if (wanted == WANTED_NONE || wanted == WANTED_NUMBER)
		return PORTROLL_OK;
	int r = policy_next_free(&port, s->world, s->request, err);
	if (r < 0)
		return r;
	e->granted = (struct range){port, port};
	e->has_granted = true;
	return PORTROLL_OK;
}

int effect_try(struct effect_result *ret, const struct request_check *s, struct arena *a,
	       struct portroll_error *err)
{
	static const struct evidence none;
	struct effect e = {
		.registry = s->world->registry,
		.index = s->world->index,
		.request = s->request,
		.evidence = s->evidence ? s->evidence : &none,
		.policy = s->world->policy,
		.today = s->world->today,
		.registered = s->world->today,
		.case_id = STR("preview"),
	};
	int r = choose_port(&e, s, err);
	return r == PORTROLL_OK ? effect_apply(ret, &e, a, err) : r;
}
