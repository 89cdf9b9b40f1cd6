/* SPDX-License-Identifier: MIT */
#include "procedure/effect_kinds.h"
#include "registry/row.h"

/* The records of the name on any transport. */
static int all_of_name(struct record_list *ret, struct editing *ed)
{
	struct request any = *ed->request;
	any.transports = 0;
	any.wanted = WANTED_NONE;
	any.port_count = 0;
	const struct request *asked = ed->request;
	struct record_set set;
	ed->request = &any;
	int result = edit_subject(&set, ed);
	ed->request = asked;
	return result < 0 ? result : edit_records(ret, ed, &set);
}

/* The ports that the name has, each once, where the request says none. */
static void ports_of(struct port_list *ret, const struct record_list *list)
{
	for (size_t i = 0; i < list->count && ret->count < REQUEST_PORT_MAX; i++) {
		const struct record *r = list->items[i];
		bool is_new = r->has_port;
		for (size_t k = 0; k < ret->count; k++)
			is_new = is_new && ret->ports[k].first != r->port.first;
		if (is_new)
			ret->ports[ret->count++] = r->port;
	}
}

/* What the new record is like: one of that port if there is one. */
static const struct record *model_of(const struct record_list *list, const struct port_list *ports)
{
	for (size_t i = 0; ports->count && i < list->count; i++)
		if (list->items[i]->has_port && list->items[i]->port.first == ports->ports[0].first)
			return list->items[i];
	return list->items[0];
}

static int find_same(struct editing *ed, const struct record_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct record *r = list->items[i];
		bool has = r->transport == PORTROLL_ANY ||
			   (ed->request->transports & TRANSPORT_BIT(r->transport));
		if (!r->has_port && has)
			return edit_conflict(ed, r, "has that transport already");
	}
	return PORTROLL_OK;
}

/* RFC 6335 sections 7.2 and 8.1: what was Reserved for it becomes its own, from this day. */
int effect_transport(struct editing *ed)
{
	struct record_list list;
	struct port_list ports;
	struct record r;
	int result = all_of_name(&list, ed);
	if (result == PORTROLL_OK)
		result = record_ports(&ports, ed);
	if (result < 0)
		return result;
	if (ports.count == 0)
		ports_of(&ports, &list);
	if (ports.count == 0)
		result = find_same(ed, &list);
	if (result == PORTROLL_OK)
		result = record_of_model(&r, ed, model_of(&list, &ports), ports.count > 0);
	return result < 0 ? result : assign_record(ed, &r, &ports, false);
}
