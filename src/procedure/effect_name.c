/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"
#include "registry/row.h"

static bool is_assigned(const struct registry *reg, struct range ports, transport_set set)
{
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		bool fits = r->transport == PORTROLL_ANY || (set & TRANSPORT_BIT(r->transport));
		if (r->has_port && r->port.first <= ports.last && r->port.last >= ports.first &&
		    fits && row_kind_of(r, NULL) == ROW_ASSIGNED)
			return true;
	}
	return false;
}

/* Another service beside that of the port, behind it (RFC 6335 sections 5 and 8.1.1). */
int effect_name(struct editing *ed)
{
	struct port_list ports;
	struct record r;
	int result = record_check_name(ed, ed->request->name, STR(""));
	if (result == PORTROLL_OK)
		result = record_ports(&ports, ed);
	if (result == PORTROLL_OK && ports.count == 0)
		return error_set(ed->err, PORTROLL_ERULE, "no port is asked for");
	for (size_t i = 0; result == PORTROLL_OK && i < ports.count; i++) {
		char digits[RANGE_TEXT_MAX];
		range_format(digits, ports.ports[i]);
		if (!is_assigned(ed->registry, ports.ports[i], ed->request->transports))
			return error_set(ed->err, PORTROLL_ECONFLICT,
					 "%s is not assigned to another service", digits);
	}
	if (result == PORTROLL_OK)
		result = record_of_request(&r, ed, true);
	return result < 0 ? result : assign_record(ed, &r, &ports, true);
}
