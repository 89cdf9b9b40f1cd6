/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"

#include "base/macros.h"

static const struct effect_row {
	effect_fn *run;
	bool wants_name;
} effects[REQUEST_KIND_COUNT] = {
	[REQUEST_ASSIGN] = {effect_assign, true},
	[REQUEST_TRANSPORT] = {effect_transport, true},
	[REQUEST_NAME] = {effect_name, true},
	[REQUEST_MODIFY] = {effect_modify, true},
	[REQUEST_RENAME] = {effect_rename, true},
	[REQUEST_DEASSIGN] = {effect_deassign, true},
	[REQUEST_REUSE] = {effect_reuse, true},
	[REQUEST_REVOKE] = {effect_deassign, true},
	[REQUEST_SUCCESSION] = {effect_succession, true},
	[REQUEST_EARLY] = {effect_early, true},
	[REQUEST_RENEW] = {effect_renew, true},
	[REQUEST_PERMANENT] = {effect_permanent, true},
	[REQUEST_RESERVE] = {effect_reserve, false},
};

static bool has_port(const struct request *q, const struct record *r)
{
	for (size_t i = 0; i < q->port_count; i++)
		if (r->has_port && q->ports[i].first <= r->port.first &&
		    r->port.last <= q->ports[i].last)
			return true;
	return q->wanted != WANTED_NUMBER;
}

static bool has_transport(const struct request *q, const struct record *r)
{
	return q->transports == 0 || r->transport == PORTROLL_ANY ||
	       (q->transports & TRANSPORT_BIT(r->transport));
}

size_t effect_subject(const struct registry *reg, const struct request *q, uint32_t *ret_indexes,
		      size_t max)
{
	size_t count = 0;
	for (uint32_t i = 0; q->name.len && i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (!str_equal_fold(r->name, q->name) || !has_port(q, r) || !has_transport(q, r))
			continue;
		if (count < max)
			ret_indexes[count] = i;
		count++;
	}
	return count;
}

bool effect_gave(const struct effect *e, const struct record *r)
{
	const struct request *q = e->request;
	struct request given = *q;
	if (e->has_granted) {
		given.wanted = WANTED_NUMBER;
		given.ports[0] = e->granted;
		given.port_count = 1;
	}
	bool has_name = q->name.len && str_equal_fold(r->name, q->name);
	bool is_there = given.wanted == WANTED_NUMBER ? r->has_port && has_port(&given, r)
						      : !r->has_port && has_name;
	return is_there && has_transport(q, r);
}

/* What the request could not say cannot be done, whatever was decided. */
static int check_form(const struct request *q, struct portroll_error *err)
{
	const struct bad {
		struct portroll_str words;
		const char *what;
	} bad[] = {
		{q->bad_port, "port"},   {q->bad_transport, "transport"},
		{q->bad_code, "code"},   {q->bad_reference, "reference"},
		{q->bad_lease, "lease"},
	};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (bad[i].words.len)
			return error_set(err, PORTROLL_ERULE, "'%.*s' is no %s",
					 PORTROLL_STR_ARG(str_part(bad[i].words, 0, 80)),
					 bad[i].what);
	if (q->too_many)
		return error_set(err, PORTROLL_ERULE,
				 "the request has too many ports, codes or contacts");
	bool wants_name = q->kind >= REQUEST_KIND_COUNT || effects[q->kind].wants_name;
	if (q->name.len == 0 && wants_name)
		return error_set(err, PORTROLL_ERULE, "no service name is given");
	return PORTROLL_OK;
}

static int run(struct effect_result *ret, const struct effect *e, effect_fn *fn, struct arena *a,
	       struct portroll_error *err)
{
	struct editing ed;
	int r = edit_begin(&ed, e, a, err);
	if (r < 0)
		return r;
	r = fn(&ed);
	if (r == PORTROLL_OK)
		r = edit_end(ret, &ed);
	bool has_failed = a->failed || ed.summary.failed;
	buf_done(&ed.summary);
	return has_failed ? error_memory(err) : r;
}

int effect_apply(struct effect_result *ret, const struct effect *e, struct arena *a,
		 struct portroll_error *err)
{
	uint8_t kind = e->request->kind;
	if (kind >= REQUEST_KIND_COUNT)
		return error_set(err, PORTROLL_ERULE, "the kind of the request is not known");
	*ret = (struct effect_result){.kind = request_kinds[kind].name};
	int r = check_form(e->request, err);
	return r == PORTROLL_OK ? run(ret, e, effects[kind].run, a, err) : r;
}

int effect_expire(struct effect_result *ret, const struct effect *e, bool deprecate,
		  struct arena *a, struct portroll_error *err)
{
	*ret = (struct effect_result){.kind = deprecate ? "deprecate" : "expire"};
	return run(ret, e, deprecate ? effect_deprecate : effect_end, a, err);
}
