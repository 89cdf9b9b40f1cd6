/* SPDX-License-Identifier: MIT */
#include "base/macros.h"
#include "procedure/policy_facts.h"

#define KIND(name)   (1U << REQUEST_##name)
#define KIND_WRONG   (1U << REQUEST_KIND_COUNT)
#define OF_NEW       (KIND(ASSIGN) | KIND(TRANSPORT) | KIND(NAME))
#define OF_PORTS     (OF_NEW | KIND(REUSE) | KIND(EARLY) | KIND(RESERVE))
#define IETF_OR_IESG (PROCEDURE_IETF | PROCEDURE_IESG)

/*
 * The first row that fits decides. The rows of RFC 6335's registry are those of its section 8, with
 * what sections 7.2, 10.3, RFC 4340 and RFC 7120 add; those of an organisation have its pools in
 * the place of experts and IESG.
 */
/* clang-format off */
const struct choice_row choice_rows[] = {
	{KIND_WRONG, 0, 0, PROCEDURE_REFUSE, 0,
	 "it is not known what is asked for", "RFC 6335 section 8", "nobody"},
	{OF_PORTS, FACT_DYNAMIC, 0, PROCEDURE_REFUSE, 0,
	 "a Dynamic Port is never assigned", "RFC 6335 section 8.1.2", "nobody"},

	{KIND(RESERVE), 0, FACT_BY_REGISTRAR, PROCEDURE_REFUSE, 0,
	 "only the registry holds a port back", "RFC 6335 section 6", "nobody"},
	{KIND(RESERVE), FACT_NAME_ONLY, 0, PROCEDURE_REFUSE, 0,
	 "no port is named that could be held back", "RFC 6335 section 6", "nobody"},
	{KIND(RESERVE), FACT_ASSIGNED, 0, PROCEDURE_REFUSE, 0,
	 "an assigned port must be released before it is held back", "RFC 6335 section 8.2", "nobody"},
	{KIND(REUSE), FACT_NAME_ONLY, 0, PROCEDURE_REFUSE, 0,
	 "a name alone has no port that could be used again", "RFC 6335 section 8.3", "nobody"},

	{KIND(EARLY) | KIND(PERMANENT), FACT_ORGANISATION, 0, PROCEDURE_REFUSE, 0,
	 "early allocations are for documents of the IETF; a pool has leases", "RFC 7120 section 2", "nobody"},
	{OF_NEW, FACT_ORGANISATION | FACT_NAME_ONLY, 0, PROCEDURE_FCFS, 0,
	 "a name without a port", "RFC 6335 section 8.1.1", "the registry"},
	{OF_PORTS, FACT_ORGANISATION | FACT_SEVERAL_POOLS, 0, PROCEDURE_REFUSE, 0,
	 "ports of several pools, each of which decides for itself", "portroll-policy(5)", "nobody"},
	{OF_PORTS, FACT_ORGANISATION | FACT_OF_OTHERS, FACT_IN_POOL, PROCEDURE_REFUSE, 0,
	 "a port in a pool of others", "portroll-policy(5)", "nobody"},
	{OF_PORTS, FACT_ORGANISATION, FACT_IN_POOL, PROCEDURE_REFUSE, 0,
	 "a port, or a transport of it, that is in no pool of the policy", "portroll-policy(5)", "nobody"},
	{OF_NEW, FACT_ORGANISATION | FACT_HELD_BACK, 0, PROCEDURE_REFUSE, 0,
	 "a port that its pool holds back", "portroll-policy(5)", "nobody"},
	{KIND(RESERVE), 0, 0, PROCEDURE_REGISTRAR, 0,
	 "the registry holds a port back", "RFC 6335 section 6", "the registry"},
	{OF_NEW, FACT_ORGANISATION | FACT_SAME_SERVICE, 0, PROCEDURE_REFUSE, 0,
	 "a further name for a registered service", "RFC 6335 section 5", "nobody"},
	{OF_NEW | KIND(REUSE) | KIND(REVOKE) | KIND(SUCCESSION) | KIND(RENEW),
	 FACT_ORGANISATION | FACT_IN_POOL, 0, PROCEDURE_POOL, 0,
	 "a port of a pool", "portroll-policy(5)", "the owner of the pool, or as many of its reviewers as it wants"},
	{KIND(DEASSIGN) | KIND(REVOKE) | KIND(SUCCESSION) | KIND(RENEW), FACT_ORGANISATION, 0, PROCEDURE_REGISTRAR, 0,
	 "an assignment outside the pools, or a release", "RFC 6335 section 8.2", "the registry"},

	{KIND(EARLY), FACT_NAME_ONLY, 0, PROCEDURE_REFUSE, 0,
	 "a name alone is served First Come First Served, nothing is allocated early", "RFC 7120 section 2", "nobody"},
	{KIND(EARLY), FACT_ASSIGNED, 0, PROCEDURE_REFUSE, 0,
	 "the port is assigned to another name", "RFC 7120 section 2", "nobody"},
	{KIND(EARLY), 0, 0, PROCEDURE_EARLY, PROCEDURE_EXPERT,
	 "an Internet-Draft asks before it is published", "RFC 7120 section 3.1", "the area director, on the chairs' request"},
	{KIND(RENEW), 0, 0, PROCEDURE_EARLY, 0,
	 "an early allocation is renewed once by the same steps", "RFC 7120 section 3.3", "the area director; from the second time on the IESG"},
	{KIND(PERMANENT), 0, 0, PROCEDURE_IETF, 0,
	 "the document of an early allocation is published", "RFC 7120 section 3.2", "the IETF through the IESG"},

	{OF_NEW, FACT_NAME_ONLY | FACT_MANY_CODES, 0, PROCEDURE_EXPERT, 0,
	 "more than five service codes", "RFC 6335 section 10.3.1", "IANA, on the experts' advice"},
	{OF_NEW, FACT_NAME_ONLY | FACT_STANDARD_CODE, 0, PROCEDURE_SPECIFICATION, 0,
	 "a service code of the part that is kept for standards", "RFC 4340 section 8.1.2", "IANA, on the experts' advice"},
	{OF_NEW, FACT_NAME_ONLY, 0, PROCEDURE_FCFS, 0,
	 "a name without a port", "RFC 6335 section 8.1.1", "IANA, which may ask the experts"},

	{OF_NEW, FACT_RESERVED, 0, PROCEDURE_STANDARDS | PROCEDURE_IESG, PROCEDURE_EXPERT,
	 "a Reserved port", "RFC 6335 section 8.1", "the IESG"},
	{OF_NEW, FACT_SAME_SERVICE, 0, PROCEDURE_REFUSE, 0,
	 "a further name for a registered service", "RFC 6335 section 5", "nobody"},
	{OF_NEW, FACT_ASSIGNED, 0, PROCEDURE_EXPERT, 0,
	 "a port that is assigned to another name", "RFC 6335 section 8.1.1", "IANA, on the experts' advice"},
	{OF_NEW | KIND(REUSE), FACT_SYSTEM | FACT_DCCP, 0, PROCEDURE_IETF, PROCEDURE_EXPERT,
	 "a System Port of DCCP; the IESG may override", "RFC 6335 section 10.3.2, RFC 8126 section 3.3", "the IETF through the IESG"},
	{OF_NEW, FACT_COMPANION, 0, PROCEDURE_EXPERT, 0,
	 "a further transport of a port, by its assignee", "RFC 6335 section 8.1", "IANA, on the experts' advice"},
	{OF_NEW, FACT_SYSTEM, 0, IETF_OR_IESG, PROCEDURE_EXPERT,
	 "a System Port", "RFC 6335 section 8.1.2", "the IESG"},
	{OF_NEW, FACT_IETF, 0, IETF_OR_IESG, PROCEDURE_EXPERT,
	 "a User Port, from an IETF document", "RFC 6335 section 8.1.2", "the IESG"},
	{OF_NEW, 0, 0, PROCEDURE_EXPERT, 0,
	 "a User Port, not from an IETF document", "RFC 6335 section 8.1.2", "IANA, on the experts' advice"},

	{KIND(REUSE), FACT_SYSTEM, 0, IETF_OR_IESG, PROCEDURE_EXPERT,
	 "a System Port for another service", "RFC 6335 sections 8.3 and 8.1.2", "the IESG"},
	{KIND(REUSE), FACT_IETF, 0, IETF_OR_IESG, PROCEDURE_EXPERT,
	 "a User Port for another service, from an IETF document", "RFC 6335 sections 8.3 and 8.1.2", "the IESG"},
	{KIND(REUSE), 0, 0, PROCEDURE_EXPERT, 0,
	 "a port for another service; the experts find out who else uses it", "RFC 6335 section 8.3", "IANA, on the experts' advice"},

	{KIND(MODIFY), 0, 0, PROCEDURE_REGISTRAR, 0,
	 "what is said of an assignment is kept up to date", "RFC 6335 section 8.6", "the registry"},
	{KIND(RENAME), 0, 0, PROCEDURE_REGISTRAR, 0,
	 "another name, whose impact the assignee accepts", "RFC 7605 section 7.9", "the registry"},
	{KIND(DEASSIGN), FACT_NAME_TOO, 0, PROCEDURE_EXPERT, 0,
	 "the name is to be released too, which is rare", "RFC 6335 section 8.2", "IANA, on the experts' advice"},
	{KIND(DEASSIGN), 0, 0, PROCEDURE_REGISTRAR, 0,
	 "its assignee gives a port back that is not in use any more", "RFC 6335 section 8.2", "the registry"},
	{KIND(SUCCESSION), 0, 0, PROCEDURE_EXPERT, 0,
	 "another assignee, for a good reason", "RFC 6335 section 8.5", "IANA, on the experts' advice"},
	{KIND(REVOKE), 0, FACT_BY_REGISTRAR, PROCEDURE_REFUSE, 0,
	 "a revocation is begun by the registry", "RFC 6335 section 8.4", "nobody"},
	{KIND(REVOKE), FACT_CLEARLY_UNUSED, 0, PROCEDURE_REGISTRAR, 0,
	 "the port is clearly not in use", "RFC 6335 section 8.4", "IANA"},
	{KIND(REVOKE), 0, 0, PROCEDURE_IESG, PROCEDURE_EXPERT,
	 "it is not clear that the port is not in use", "RFC 6335 section 8.4", "the IESG and IANA, after a community call"},
};
/* clang-format on */
const size_t choice_row_count = ARRAY_LEN(choice_rows);

enum need {
	NEEDS_ASSIGNEE = 1,
	NEEDS_ALL = 2,
	NEEDS_CALL = 4
};

/* Who must agree: all rows that fit. */
static const struct {
	uint16_t kinds;
	uint8_t needs;
	uint32_t has, lacks;
} need_rows[] = {
	/* RFC 6335 section 8.1.1: a further transport for a name of others. */
	{KIND(ASSIGN) | KIND(TRANSPORT), NEEDS_ASSIGNEE, FACT_REGISTERED,
	 FACT_BY_ASSIGNEE | FACT_BY_CONTACT},
	/* ... a name on a port of others. */
	{OF_NEW, NEEDS_ASSIGNEE, FACT_ASSIGNED, FACT_BY_ASSIGNEE},
	/* Section 8.1: that it is asked for by its assignee must be so. */
	{OF_NEW, NEEDS_ASSIGNEE, FACT_COMPANION, FACT_BY_ASSIGNEE | FACT_BY_CONTACT},
	/* Sections 8.1.1, 8.2 and 8.3: a contact may act for the assignee in a release. */
	{KIND(DEASSIGN), NEEDS_ASSIGNEE, 0, FACT_BY_ASSIGNEE | FACT_BY_CONTACT},
	{KIND(REUSE), NEEDS_ASSIGNEE, 0, FACT_BY_ASSIGNEE},
	{KIND(RENEW), NEEDS_ASSIGNEE, FACT_ORGANISATION, FACT_BY_ASSIGNEE | FACT_BY_CONTACT},
	/* IANA's form for changes: all that are concerned, before and after. */
	{KIND(MODIFY), NEEDS_ALL, 0, FACT_NOTES_ONLY},
	{KIND(MODIFY), NEEDS_ALL, 0, FACT_BY_REGISTRAR},
	{KIND(RENAME) | KIND(SUCCESSION), NEEDS_ALL, 0, 0},
	/* Section 8.4. */
	{KIND(REVOKE), NEEDS_CALL, 0, FACT_CLEARLY_UNUSED | FACT_ORGANISATION},
};

const struct choice_row *choice_find(unsigned kind, uint32_t facts)
{
	for (size_t i = 0; i < choice_row_count; i++) {
		const struct choice_row *row = &choice_rows[i];
		if ((row->kinds >> kind & 1U) && (facts & row->has) == row->has &&
		    !(facts & row->lacks))
			return row;
	}
	return NULL;
}

static unsigned needs_of(unsigned kind, uint32_t facts)
{
	unsigned needs = 0;
	for (size_t i = 0; i < ARRAY_LEN(need_rows); i++)
		if ((need_rows[i].kinds >> kind & 1U) &&
		    (facts & need_rows[i].has) == need_rows[i].has && !(facts & need_rows[i].lacks))
			needs |= need_rows[i].needs;
	return needs;
}

struct procedure_choice policy_choose(const struct rule_world *w, const struct request *q,
				      uint32_t by)
{
	unsigned kind = q->kind < REQUEST_KIND_COUNT ? q->kind : REQUEST_KIND_COUNT;
	const struct policy_facts facts = policy_facts_of(w, q, by);
	const struct choice_row *row = choice_find(kind, facts.bits);
	if (!row)
		row = &choice_rows[0];
	struct procedure_choice choice = {.procedures = row->procedures,
					  .advice = row->advice,
					  .pool = facts.pool,
					  .why = row->why,
					  .section = row->section,
					  .decides = row->decides};
	if (row->procedures & PROCEDURE_REFUSE)
		return choice;
	unsigned needs = needs_of(kind, facts.bits);
	choice.needs_assignee = needs & NEEDS_ASSIGNEE;
	choice.needs_all = needs & NEEDS_ALL;
	choice.needs_call = needs & NEEDS_CALL;
	if ((row->procedures | row->advice) & (PROCEDURE_EXPERT | PROCEDURE_SPECIFICATION))
		choice.experts = q->transports ? q->transports : TRANSPORTS_ALL;
	return choice;
}
