/* SPDX-License-Identifier: MIT */

/* Ports, their experimental ones, the IETF's own records, and service codes of records. */

#include <stdlib.h>

#include "procedure/rule_shared.h"

void records_port_range(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		if (!r->has_port)
			continue;
		if (record_spells_range(r))
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "is written as a range from %u to %u", r->port.first,
				    r->port.last);
		if (port_class_of(r->port.first) != port_class_of(r->port.last))
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "is a range over %s and %s", port_class_of(r->port.first)->name,
				    port_class_of(r->port.last)->name);
	}
}

void records_port_dynamic(struct finding_list *found, const struct records_check *s)
{
	const struct range *dynamic = &port_classes[PORT_CLASS_COUNT - 1].range;
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		if (r->has_port && s->index->kinds[i] == ROW_ASSIGNED &&
		    r->port.last >= dynamic->first)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "is assigned among the Dynamic Ports, %u to %u", dynamic->first,
				    dynamic->last);
	}
}

/* The record of another transport that is assigned the port; NO_RECORD: none. */
static uint32_t assigned_elsewhere(const struct port_index *index, uint16_t port, uint8_t transport)
{
	for (uint32_t i = index->starts[port]; i < index->starts[port + 1]; i++) {
		uint32_t record = index->entries[i];
		if (index->kinds[record] == ROW_ASSIGNED &&
		    index->transports[record] != PORTROLL_ANY &&
		    index->transports[record] != transport)
			return record;
	}
	return NO_RECORD;
}

/* The state of a port without a row is derived (registry/state.c), so that only a row that says
 * Unassigned can stand against the rule. */
void records_port_companion(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		if (!r->has_port || r->transport == PORTROLL_ANY ||
		    s->index->kinds[i] != ROW_UNASSIGNED)
			continue;
		uint32_t other = NO_RECORD;
		for (uint32_t port = r->port.first; port <= r->port.last && other == NO_RECORD;
		     port++)
			other = assigned_elsewhere(s->index, (uint16_t)port, r->transport);
		if (other == NO_RECORD)
			continue;
		const struct record *o = s->registry->records[other];
		finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
			    "is Unassigned, but '%.*s' is assigned %u/%s",
			    PORTROLL_STR_ARG(o->name), o->port.first,
			    transports[o->transport].name);
	}
}

static bool is_of_iesg(const struct records_shared *shared, const struct record *r)
{
	return shared_has_party(shared, record_assignee(r), STR("IESG"), STR("iesg@ietf.org"));
}

static bool is_of_chair(const struct records_shared *shared, const struct record *r)
{
	return shared_has_party(shared, r->contacts, STR("IETF Chair"), STR("chair@ietf.org"));
}

/* RFC 4727 section 6. */
static const struct experiment {
	uint16_t port;
	struct portroll_str name;
} experiments[] = {
	{1021, STR_INIT("exp1")},
	{1022, STR_INIT("exp2")},
};

static void check_experiment(struct finding_list *found, const struct records_check *s,
			     uint32_t record, const struct experiment *e)
{
	const struct records_shared *shared = s->shared;
	const struct record *r = s->registry->records[record];
	bool has_name = str_equal_fold(r->name, e->name);
	bool has_port = r->has_port && range_covers(r->port, e->port);
	if (!has_name && !has_port)
		return;
	if (!has_name)
		finding_add(found, DOC_FIELD_COUNT, record, "has %u, which is for '%.*s'", e->port,
			    PORTROLL_STR_ARG(e->name));
	else if (!has_port)
		finding_add(found, DOC_FIELD_COUNT, record, "is for port %u and nothing else",
			    e->port);
	else if (!is_of_iesg(shared, r) || !is_of_chair(shared, r))
		finding_add(found, DOC_FIELD_COUNT, record,
			    "is not the IESG's with the IETF Chair as its contact");
}

/* Where one transport has them, all have: for every transport, present or future. */
static void check_experiment_everywhere(struct finding_list *found, const struct records_check *s,
					const struct experiment *e)
{
	unsigned present = 0;
	uint32_t one = NO_RECORD;
	for (uint32_t i = s->index->starts[e->port]; i < s->index->starts[e->port + 1]; i++) {
		uint32_t record = s->index->entries[i];
		if (!str_equal_fold(s->registry->records[record]->name, e->name))
			continue;
		present |= 1U << s->index->transports[record];
		one = record;
	}
	if (one == NO_RECORD || (present & 1U << PORTROLL_ANY))
		return;
	for (uint8_t t = PORTROLL_TCP; t <= PORTROLL_DCCP; t++)
		if (!(present & 1U << t))
			finding_add(found, DOC_FIELD_COUNT, one, "is not there for %s",
				    transports[t].name);
}

void records_port_experiment(struct finding_list *found, const struct records_check *s)
{
	for (size_t e = 0; e < ARRAY_LEN(experiments); e++) {
		for (size_t i = 0; i < s->registry->record_count; i++)
			check_experiment(found, s, (uint32_t)i, &experiments[e]);
		check_experiment_everywhere(found, s, &experiments[e]);
	}
}

void records_ietf_parties(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		bool of_iesg = r->name.len && is_of_iesg(s->shared, r);
		bool of_chair = r->name.len && is_of_chair(s->shared, r);
		if (of_iesg && !of_chair)
			finding_add(
				found, DOC_FIELD_COUNT, (uint32_t)i,
				"is assigned to the IESG, but the IETF Chair is no contact of it");
		if (of_chair && !of_iesg)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "has the IETF Chair as a contact, but is not the IESG's");
	}
}

/* RFC 4340 section 8.1.2: those whose first byte is '?' are for private use. */
#define PRIVATE_FIRST 0x3F000000U
#define PRIVATE_LAST  0x3FFFFFFFU

void records_code_value(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		if (!r->has_service_code)
			continue;
		if (r->service_code == 0 || r->service_code == UINT32_MAX)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "has the service code %u, which stands for none",
				    r->service_code);
		else if (r->service_code >= PRIVATE_FIRST && r->service_code <= PRIVATE_LAST)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "has the service code %u, which is for private use",
				    r->service_code);
	}
}

struct code_port {
	uint32_t code, record;
	uint16_t port;
};

static int compare_codes(const void *a, const void *b)
{
	const struct code_port *one = a, *other = b;
	if (one->code != other->code)
		return one->code < other->code ? -1 : 1;
	return (one->record > other->record) - (one->record < other->record);
}

static bool has_dccp_port(const struct record *r)
{
	return r->name.len && r->has_port && r->transport == PORTROLL_DCCP;
}

void records_code_one_port(struct finding_list *found, const struct records_check *s)
{
	size_t count = 0;
	struct code_port *codes =
		arena_array(found->arena, s->registry->record_count, sizeof(*codes));
	for (size_t i = 0; codes && i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		if (has_dccp_port(r) && r->has_service_code)
			codes[count++] =
				(struct code_port){r->service_code, (uint32_t)i, r->port.first};
	}
	if (count)
		qsort(codes, count, sizeof(*codes), compare_codes);
	for (size_t i = 1, first = 0; i < count; i++) {
		if (codes[i].code != codes[first].code)
			first = i;
		else if (codes[i].port != codes[first].port)
			finding_add(found, DOC_FIELD_COUNT, codes[i].record,
				    "has the service code %u, which DCCP port %u has too",
				    codes[i].code, codes[first].port);
	}
}

void records_code_missing(struct finding_list *found, const struct records_check *s)
{
	for (size_t i = 0; i < s->registry->record_count; i++)
		if (has_dccp_port(s->registry->records[i]) &&
		    !s->registry->records[i]->has_service_code)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i, "has no service code");
}
