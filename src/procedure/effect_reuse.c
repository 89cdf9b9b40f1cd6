/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"
#include "procedure/effect_notes.h"

/* The ports of the old service, each once, and all its transports. */
static transport_set what_it_has(struct port_list *ports, const struct record_list *list)
{
	transport_set had = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct record *r = list->items[i];
		bool is_new = r->has_port && ports->count < REQUEST_PORT_MAX;
		for (size_t k = 0; k < ports->count; k++)
			is_new = is_new && ports->ports[k].first != r->port.first;
		if (is_new)
			ports->ports[ports->count++] = r->port;
		if (r->transport == PORTROLL_ANY)
			had |= TRANSPORT_BIT(PORTROLL_TCP) | TRANSPORT_BIT(PORTROLL_UDP);
		else if (r->has_port)
			had |= TRANSPORT_BIT(r->transport);
	}
	return had;
}

/* The new service gets what the old one had, as de-assigned as it is. */
static int assign_again(struct editing *ed, const struct port_list *ports)
{
	struct record r;
	int result = record_of_request(&r, ed, true);
	if (result < 0)
		return result;
	struct wording_gaps gaps = {.date = ed->effect->today};
	r.note = note_add(ed, r.note, WORDING_RETASKED, &gaps);
	return assign_record(ed, &r, ports, false);
}

/* De-assignment of the port on all its transports, and its assignment to another service at once
 * (RFC 6335 section 8.3). The old name goes on without it. */
int effect_reuse(struct editing *ed)
{
	const struct request *asked = ed->request;
	struct request old = *asked, new = *asked;
	struct record_set set;
	struct record_list list;
	struct port_list ports = {.count = 0};
	old.transports = 0;
	new.name = asked->proposed_name;
	new.wanted = WANTED_NUMBER;
	ed->request = &old;
	int result = edit_subject(&set, ed);
	if (result == PORTROLL_OK)
		result = edit_records(&list, ed, &set);
	if (result == PORTROLL_OK)
		result = record_check_name(ed, new.name, old.name);
	if (result == PORTROLL_OK) {
		transport_set had = what_it_has(&ports, &list);
		new.transports = asked->transports ? asked->transports : had;
		if (ports.count == 0)
			result = edit_conflict(ed, list.items[0], "has no port to be reused");
	}
	if (result == PORTROLL_OK)
		result = deassign_records(ed, &list, new.name, false);
	ed->request = &new;
	if (result == PORTROLL_OK)
		result = assign_again(ed, &ports);
	ed->request = asked;
	return result;
}
