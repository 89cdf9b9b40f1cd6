/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"
#include "procedure/effect_rows.h"

static int reserve_name(struct editing *ed, struct record *r)
{
	int result = record_check_name(ed, ed->request->name, STR(""));
	if (result < 0)
		return result;
	r->name = ed->request->name;
	edit_add(ed, r);
	edit_say(ed, "reserves", r);
	return PORTROLL_OK;
}

/* An operator holds ports back, or a name (RFC 6335 section 6). */
int effect_reserve(struct editing *ed)
{
	const struct request *q = ed->request;
	struct port_list ports;
	int result = record_ports(&ports, ed);
	if (result < 0)
		return result;
	struct record r = {
		.description = richtext_plain(ed->arena, STR("Reserved")),
		.note = richtext_plain(ed->arena, edit_field(ed, DOC_NOTES)),
		.references = record_references(ed),
	};
	if (ports.count == 0)
		return reserve_name(ed, &r);
	for (size_t i = 0; result == PORTROLL_OK && i < ports.count; i++) {
		struct taking taking = {
			.ports = ports.ports[i],
			.transports = q->transports ? q->transports : TRANSPORTS_ALL,
			.record = &r,
		};
		result = rows_reserve(ed, &taking);
	}
	return result;
}
