/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"
#include "procedure/effect_notes.h"
#include "procedure/effect_rows.h"

static void assign_names(struct editing *ed, const struct record *model)
{
	const struct request *q = ed->request;
	for (uint8_t t = PORTROLL_TCP; t <= TRANSPORT_COUNT; t++) {
		if (!(q->transports & TRANSPORT_BIT(t)))
			continue;
		struct record r = *model;
		r.transport = t;
		size_t count = t == PORTROLL_DCCP && q->code_count ? q->code_count : 1;
		for (size_t i = 0; i < count; i++) {
			r.has_service_code = t == PORTROLL_DCCP && q->code_count > 0;
			r.service_code = r.has_service_code ? q->codes[i] : 0;
			edit_add(ed, &r);
		}
		edit_say(ed, "assigns", &r);
	}
}

int assign_record(struct editing *ed, const struct record *r, const struct port_list *ports,
		  bool is_shared)
{
	const struct request *q = ed->request;
	if (q->transports == 0)
		return error_set(ed->err, PORTROLL_ERULE, "no transport is asked for");
	if (ports->count == 0)
		assign_names(ed, r);
	for (size_t i = 0; i < ports->count; i++) {
		struct taking taking = {
			.ports = ports->ports[i],
			.transports = q->transports,
			.record = r,
			.codes = q->codes,
			.code_count = q->code_count,
			.is_shared = is_shared,
		};
		int result = rows_take(ed, &taking);
		if (result < 0)
			return result;
	}
	return PORTROLL_OK;
}

int lease_record(struct record *r, struct editing *ed, const struct port_list *ports)
{
	uint32_t days = ed->request->lease_days;
	const struct pool *pool = ports->count ? policy_pool_of(ed->effect->policy,
								ports->ports[0].first, PORTROLL_ANY)
					       : NULL;
	if (days == 0 && pool)
		days = pool->lease_days;
	if (days == 0)
		return PORTROLL_OK;
	if (days > TERM_DAYS_MAX)
		return error_set(ed->err, PORTROLL_ERULE, "a lease of %u days is too long",
				 (unsigned)days);
	struct wording_gaps gaps = {.expires = date_after(r->registered, days)};
	r->note = note_add(ed, r->note, WORDING_LEASED, &gaps);
	return PORTROLL_OK;
}

int effect_assign(struct editing *ed)
{
	struct port_list ports;
	struct record r;
	int result = record_of_new(&r, &ports, ed);
	if (result == PORTROLL_OK)
		result = lease_record(&r, ed, &ports);
	return result < 0 ? result : assign_record(ed, &r, &ports, false);
}
