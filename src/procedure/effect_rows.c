/* SPDX-License-Identifier: MIT */
#include "procedure/effect_rows.h"

#include "procedure/effect_cut.h"
#include "procedure/effect_notes.h"
#include "registry/row.h"

#define BOTH_TILED (TRANSPORT_BIT(PORTROLL_TCP) | TRANSPORT_BIT(PORTROLL_UDP))

static bool overlaps(const struct record *r, struct range ports)
{
	return r->has_port && r->port.first <= ports.last && r->port.last >= ports.first;
}

static bool lies_within(const struct record *r, struct range ports)
{
	return r->has_port && ports.first <= r->port.first && r->port.last <= ports.last;
}

static bool is_among(const struct record *r, transport_set set)
{
	return r->transport == PORTROLL_ANY || (TRANSPORT_BIT(r->transport) & set);
}

bool rows_other_name(const struct registry *reg, size_t except, const struct record *r)
{
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *other = reg->records[i];
		if (i != except && overlaps(other, r->port) &&
		    row_kind_of(other, NULL) == ROW_ASSIGNED &&
		    (other->transport == r->transport || other->transport == PORTROLL_ANY))
			return true;
	}
	return false;
}

static int find_holder(struct editing *ed, const struct taking *t)
{
	for (size_t i = 0; i < ed->registry->record_count; i++) {
		const struct record *r = ed->registry->records[i];
		if (overlaps(r, t->ports) && is_among(r, t->transports) &&
		    row_kind_of(r, NULL) == ROW_ASSIGNED)
			return edit_conflict(ed, r, "is assigned");
	}
	return PORTROLL_OK;
}

/* A row that holds exactly these ports on that transport, and is no assignment. */
static size_t exact_row(const struct registry *reg, struct range ports, uint8_t transport)
{
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (r->has_port && r->port.first == ports.first && r->port.last == ports.last &&
		    r->transport == transport && row_kind_of(r, NULL) != ROW_ASSIGNED)
			return i;
	}
	return SIZE_MAX;
}

/* What a Reserved row without transport says holds on for the transports that are not taken. */
static void keep_reservation(struct editing *ed, const struct record *r, const struct taking *t)
{
	struct record part = *r;
	part.port.first = r->port.first > t->ports.first ? r->port.first : t->ports.first;
	part.port.last = r->port.last < t->ports.last ? r->port.last : t->ports.last;
	for (uint8_t transport = PORTROLL_TCP; transport <= PORTROLL_UDP; transport++) {
		part.transport = transport;
		if (!(t->transports & TRANSPORT_BIT(transport)))
			edit_add(ed, &part);
	}
}

/* Takes the ports off all rows that are in the way. */
static void clear_rows(struct editing *ed, const struct taking *t)
{
	const struct registry *reg = ed->registry;
	size_t i = 0;
	while (i < reg->record_count && !ed->arena->failed) {
		const struct record *r = reg->records[i];
		enum row_kind kind = row_kind_of(r, NULL);
		bool stays = !overlaps(r, t->ports) || kind == ROW_ASSIGNED ||
			     (kind != ROW_UNASSIGNED && !is_among(r, t->transports));
		if (stays || cut_row(ed, i, t->ports))
			i++;
		if (!stays && kind != ROW_UNASSIGNED && r->transport == PORTROLL_ANY)
			keep_reservation(ed, r, t);
	}
}

/* Which of the ports a record of the transport, or of none, covers. */
static void mark_covered(bool *covered, const struct registry *reg, struct range ports,
			 uint8_t transport)
{
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (!overlaps(r, ports) ||
		    (r->transport != transport && r->transport != PORTROLL_ANY))
			continue;
		uint32_t first = r->port.first > ports.first ? r->port.first : ports.first;
		uint32_t last = r->port.last < ports.last ? r->port.last : ports.last;
		for (uint32_t port = first; port <= last; port++)
			covered[port - ports.first] = true;
	}
}

/* Rows without dates, as IANA writes them, for all of the ports that no row covers. */
static void fill_gaps(struct editing *ed, struct range ports, uint8_t transport,
		      const char *description)
{
	size_t size = (size_t)(ports.last - ports.first) + 1;
	bool *covered = arena_array(ed->arena, size, sizeof(*covered));
	if (!covered)
		return;
	mark_covered(covered, ed->registry, ports, transport);
	for (size_t from = 0, to; from < size; from = to) {
		to = from;
		while (to < size && covered[to] == covered[from])
			to++;
		if (covered[from])
			continue;
		struct record row = {
			.port = {(uint16_t)(ports.first + from), (uint16_t)(ports.first + to - 1)},
			.has_port = true,
			.transport = transport,
			.description = richtext_plain(ed->arena, str_from(description)),
		};
		edit_add(ed, &row);
		edit_say(ed, description[0] == 'R' ? "reserves" : "frees", &row);
	}
}

static void put_record(struct editing *ed, const struct taking *t, uint8_t transport)
{
	struct record r = *t->record;
	r.port = t->ports;
	r.has_port = true;
	r.transport = transport;
	size_t count = transport == PORTROLL_DCCP && t->code_count ? t->code_count : 1;
	for (size_t i = 0; i < count; i++) {
		r.has_service_code = transport == PORTROLL_DCCP && t->code_count;
		r.service_code = r.has_service_code ? t->codes[i] : 0;
		size_t row = i ? SIZE_MAX : exact_row(ed->registry, t->ports, transport);
		if (row != SIZE_MAX)
			edit_replace(ed, row, &r);
		else
			edit_add(ed, &r);
	}
	edit_say(ed, "assigns", &r);
}

/* What was released of the ports is held for the new assignee, in a registry with pools. */
static void make_companions(struct editing *ed, struct range ports)
{
	struct portroll_str line;
	for (size_t i = 0; i < ed->registry->record_count; i++) {
		const struct record *r = ed->registry->records[i];
		if (!lies_within(r, ports) || row_kind_of(r, NULL) != ROW_RESERVED_RELEASED ||
		    !note_find(r->note, WORDING_DEASSIGNED, &line))
			continue;
		struct record row = *r;
		row.note = note_drop(ed, r->note, WORDING_DEASSIGNED);
		row.modified = (struct date){0};
		edit_replace(ed, i, &row);
	}
}

int rows_take(struct editing *ed, const struct taking *t)
{
	int r = t->is_shared ? PORTROLL_OK : find_holder(ed, t);
	if (r < 0)
		return r;
	for (uint8_t transport = PORTROLL_TCP; transport <= TRANSPORT_COUNT; transport++)
		if (t->transports & TRANSPORT_BIT(transport))
			put_record(ed, t, transport);
	clear_rows(ed, t);
	for (uint8_t transport = PORTROLL_TCP; transport <= PORTROLL_UDP; transport++)
		if (BOTH_TILED & TRANSPORT_BIT(transport) & (transport_set)~t->transports)
			fill_gaps(ed, t->ports, transport, "Reserved");
	if (!ed->effect->policy->is_rfc6335)
		make_companions(ed, t->ports);
	return PORTROLL_OK;
}

int rows_reserve(struct editing *ed, const struct taking *t)
{
	for (size_t i = 0; i < ed->registry->record_count; i++) {
		const struct record *r = ed->registry->records[i];
		enum row_kind kind = row_kind_of(r, NULL);
		if (overlaps(r, t->ports) && is_among(r, t->transports) && kind != ROW_UNASSIGNED)
			return edit_conflict(ed, r,
					     kind == ROW_ASSIGNED ? "is assigned"
								  : "is reserved already");
	}
	clear_rows(ed, t);
	struct record row = *t->record;
	row.port = t->ports;
	row.has_port = true;
	for (uint8_t transport = PORTROLL_ANY; transport <= TRANSPORT_COUNT; transport++) {
		bool is_any = transport == PORTROLL_ANY;
		if (is_any != (t->transports == TRANSPORTS_ALL) ||
		    (!is_any && !(t->transports & TRANSPORT_BIT(transport))))
			continue;
		row.transport = transport;
		edit_add(ed, &row);
		edit_say(ed, "reserves", &row);
	}
	fill_gaps(ed, t->ports, PORTROLL_TCP, "Unassigned");
	fill_gaps(ed, t->ports, PORTROLL_UDP, "Unassigned");
	return PORTROLL_OK;
}

void rows_hold(struct editing *ed, size_t index, struct richtext note)
{
	const struct record *r = ed->registry->records[index];
	if (rows_other_name(ed->registry, index, r)) {
		edit_remove(ed, index);
		return;
	}
	struct record row = {
		.port = r->port,
		.has_port = true,
		.transport = r->transport,
		.copy = r->copy,
		.modified = note.count ? ed->effect->today : (struct date){0},
		.description = richtext_plain(ed->arena, STR("Reserved")),
		.note = note,
	};
	edit_replace(ed, index, &row);
	if (note.count)
		edit_say(ed, "reserves", &row);
}

/* Has another record the very ports, on any transport? */
static bool is_assigned(const struct registry *reg, size_t except, struct range ports)
{
	for (size_t i = 0; i < reg->record_count; i++) {
		const struct record *r = reg->records[i];
		if (i != except && r->has_port && r->port.first == ports.first &&
		    r->port.last == ports.last && row_kind_of(r, NULL) == ROW_ASSIGNED)
			return true;
	}
	return false;
}

/* What was Reserved only for its assignee on other transports is released with it. */
static void release_companions(struct editing *ed, struct range ports, struct richtext note)
{
	for (size_t i = 0; i < ed->registry->record_count; i++) {
		const struct record *r = ed->registry->records[i];
		bool is_companion = lies_within(r, ports) && r->note.count == 0 &&
				    row_kind_of(r, NULL) == ROW_RESERVED_HELD &&
				    r->registered.year == 0 && r->references.count == 0;
		if (!is_companion)
			continue;
		struct record row = *r;
		row.note = note;
		row.modified = ed->effect->today;
		edit_replace(ed, i, &row);
		edit_say(ed, "reserves", &row);
	}
}

void rows_release(struct editing *ed, size_t index, struct richtext note)
{
	const struct range ports = ed->registry->records[index]->port;
	if (ed->effect->policy->is_rfc6335) {
		rows_hold(ed, index, note);
		return;
	}
	bool is_companion = is_assigned(ed->registry, index, ports);
	rows_hold(ed, index, is_companion ? (struct richtext){NULL, 0} : note);
	if (!is_companion)
		release_companions(ed, ports, note);
}
