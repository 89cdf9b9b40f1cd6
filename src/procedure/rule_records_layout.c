/* SPDX-License-Identifier: MIT */

/* How the records of a registry lie: their order, and that each port is covered once (data.md
 * section 7). */

#include "procedure/rule_shared.h"
#include "registry/phrase.h"

void records_order(struct finding_list *found, const struct records_check *s)
{
	const struct record *before = NULL;
	for (size_t i = 0; i < s->registry->record_count; i++) {
		const struct record *r = s->registry->records[i];
		if (before && r->has_port && !before->has_port)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i,
				    "stands behind records without a port");
		else if (before && r->has_port && r->port.first < before->port.first)
			finding_add(found, DOC_FIELD_COUNT, (uint32_t)i, "stands behind port %u",
				    before->port.first);
		before = r;
	}
}

#define ASSIGNABLE_LAST 49151

static unsigned transports_of(const struct records_check *s, uint32_t record)
{
	uint8_t transport = s->index->transports[record];
	return transport == PORTROLL_ANY ? TRANSPORTS_ALL : TRANSPORT_BIT(transport);
}

/* A record that says Unassigned, and one of the same transport that says something else. */
struct overlap {
	uint32_t free, taken;
};

static const struct overlap no_overlap = {NO_RECORD, NO_RECORD};

static bool is_free(const struct records_check *s, uint32_t record)
{
	return s->index->kinds[record] == ROW_UNASSIGNED;
}

/* The transports of the port that records say are Unassigned, or say anything else of. */
static unsigned told_of(const struct records_check *s, uint32_t port, bool free)
{
	unsigned told = 0;
	for (uint32_t i = s->index->starts[port]; i < s->index->starts[port + 1]; i++)
		if (is_free(s, s->index->entries[i]) == free)
			told |= transports_of(s, s->index->entries[i]);
	return told;
}

/* The first record of the port that tells so of any of the transports; there is one. */
static uint32_t first_that_tells(const struct records_check *s, uint32_t port, bool free,
				 unsigned of)
{
	uint32_t i = s->index->starts[port];
	while (is_free(s, s->index->entries[i]) != free ||
	       !(transports_of(s, s->index->entries[i]) & of))
		i++;
	return s->index->entries[i];
}

static struct overlap overlap_at(const struct records_check *s, uint32_t port)
{
	unsigned both = told_of(s, port, true) & told_of(s, port, false);
	if (!both)
		return no_overlap;
	uint32_t taken = first_that_tells(s, port, false, both);
	return (struct overlap){first_that_tells(s, port, true, both & transports_of(s, taken)),
				taken};
}

static void find_overlaps(struct finding_list *found, const struct records_check *s)
{
	struct overlap before = no_overlap;
	for (uint32_t port = 0; port <= ASSIGNABLE_LAST; port++) {
		struct overlap o = overlap_at(s, port);
		char ports[RANGE_TEXT_MAX];
		if (o.free != NO_RECORD && (o.free != before.free || o.taken != before.taken)) {
			(void)range_format(ports, s->registry->records[o.free]->port);
			finding_add(found, DOC_FIELD_COUNT, o.taken,
				    "lies in %s, which a record says is Unassigned", ports);
		}
		before = o;
	}
}

static unsigned covered_by(const struct records_check *s, uint32_t port)
{
	return told_of(s, port, true) | told_of(s, port, false);
}

static void tell_gap(struct finding_list *found, const struct records_check *s, struct range gap,
		     uint8_t transport)
{
	char ports[RANGE_TEXT_MAX];
	uint32_t first = s->index->starts[gap.first];
	bool is_of_others = first < s->index->starts[gap.first + 1U];
	(void)range_format(ports, gap);
	finding_add(found, DOC_FIELD_COUNT, is_of_others ? s->index->entries[first] : NO_RECORD,
		    "leaves %s without a record for %s", ports, transports[transport].name);
}

/* Does the registry cover all that can be assigned, or only pools of it? */
static bool is_whole(const struct records_check *s)
{
	return covered_by(s, 0) && covered_by(s, ASSIGNABLE_LAST);
}

/* TCP and UDP are covered by rows, the others by the rules for states alone. */
static void find_gaps(struct finding_list *found, const struct records_check *s, uint8_t transport)
{
	bool whole = is_whole(s), in_gap = false;
	struct range gap = {0};
	for (uint32_t port = 0; port <= ASSIGNABLE_LAST + 1; port++) {
		unsigned covered = port <= ASSIGNABLE_LAST ? covered_by(s, port) : TRANSPORTS_ALL;
		bool is_gap = !(covered & TRANSPORT_BIT(transport)) && (covered || whole);
		if (in_gap && !is_gap)
			tell_gap(found, s, gap, transport);
		if (is_gap && !in_gap)
			gap.first = (uint16_t)port;
		if (is_gap)
			gap.last = (uint16_t)port;
		in_gap = is_gap;
	}
}

void records_tiling(struct finding_list *found, const struct records_check *s)
{
	find_overlaps(found, s);
	find_gaps(found, s, PORTROLL_TCP);
	find_gaps(found, s, PORTROLL_UDP);
}

/* As IANA's header has it, and as those of portroll have it. */
void records_disclaimer(struct finding_list *found, const struct records_check *s)
{
	static const char *const wordings[] = {"does not in any way imply", "is no proof of what"};
	const struct header *header = &s->registry->header;
	for (size_t w = 0; w < ARRAY_LEN(wordings); w++) {
		if (phrase_in(header->description, str_from(wordings[w]), NULL))
			return;
		for (size_t i = 0; i < header->note_count; i++)
			if (phrase_in(header->notes[i].text, str_from(wordings[w]), NULL))
				return;
	}
	finding_add(found, DOC_FIELD_COUNT, NO_RECORD,
		    "has no note in its header that an assigned port is no proof of what the "
		    "traffic on it is");
}
