/* SPDX-License-Identifier: MIT */
#include "procedure/rule_ports.h"

#define BY_IESG (EVIDENCE_STANDARDS_ACTION | EVIDENCE_IESG_APPROVAL)
#define BY_IETF (BY_IESG | EVIDENCE_IETF_REVIEW)
/* An early allocation is of a document on its way through the IETF. */
#define BY_CHAIRS (EVIDENCE_CHAIRS_AGREE | EVIDENCE_DIRECTOR_AGREES)
#define HEARD     (EVIDENCE_EXPERT_YES | EVIDENCE_EXPERT_OPINION | EVIDENCE_STREAM_REVIEWED)

static bool has_granted(const struct request_check *s)
{
	return s->evidence && s->evidence->has_granted;
}

static bool wants_any_port(const struct request_check *s)
{
	return s->request->wanted != WANTED_NONE;
}

/* What is granted, or, before that, what is wanted. */
static void each_decided(struct finding_list *found, const struct request_check *s, wanted_fn *test)
{
	if (!has_granted(s)) {
		each_wanted(found, s, test);
		return;
	}
	const struct range granted = s->evidence->granted;
	for (uint32_t port = granted.first; port <= granted.last; port++)
		for (uint8_t t = 1; t <= TRANSPORT_COUNT; t++)
			if (s->request->transports & TRANSPORT_BIT(t))
				test(found, s, (uint16_t)port, t);
}

static bool lies_in(const struct request_check *s, struct range range)
{
	if (has_granted(s))
		return s->evidence->granted.first <= range.last &&
		       range.first <= s->evidence->granted.last;
	return wants_port_in(s, range);
}

static bool is_early(const struct request_check *s)
{
	return s->request->kind == REQUEST_EARLY;
}

static void decide_reserved_at(struct finding_list *found, const struct request_check *s,
			       uint16_t port, uint8_t transport)
{
	if (wants_reserved_value(s, port, transport))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
			    "%.*s is Reserved; neither a Standards Action nor an IESG Approval is "
			    "on file",
			    PORTROLL_STR_ARG(port_text(found->arena, port, transport)));
}

void decide_reserved(struct finding_list *found, const struct request_check *s)
{
	if (is_by_rfc6335(s) && !has_evidence(s, BY_IESG))
		each_decided(found, s, decide_reserved_at);
}

/* What its assignee asks for on a further transport goes to the experts, whatever the range. */
static bool is_exception(const struct request_check *s)
{
	const struct request *q = s->request;
	if (has_granted(s))
		return is_own_companion_in(s, s->evidence->granted);
	for (size_t i = 0; i < q->port_count; i++)
		if (!is_own_companion_in(s, q->ports[i]))
			return false;
	return q->port_count > 0;
}

void decide_system(struct finding_list *found, const struct request_check *s)
{
	uint32_t enough = BY_IETF | (is_early(s) ? BY_CHAIRS : 0);
	if (!is_by_rfc6335(s) || !lies_in(s, SYSTEM_PORTS))
		return;
	if (has_evidence(s, EVIDENCE_EXPERT_YES) && is_exception(s))
		return;
	if (!has_evidence(s, enough))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
			    "neither an IETF Review nor an IESG Approval is on file");
}

static void decide_pool(struct finding_list *found, const struct request_check *s)
{
	if (!has_evidence(s, EVIDENCE_OWNER_AGREES | EVIDENCE_REVIEWS_AGREE))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
			    "neither the owner of the pool nor enough of its reviewers agreed yet");
}

void decide_user(struct finding_list *found, const struct request_check *s)
{
	uint32_t enough = BY_IETF | EVIDENCE_EXPERT_YES | (is_early(s) ? BY_CHAIRS : 0);
	if (!wants_any_port(s))
		return;
	if (!is_by_rfc6335(s))
		decide_pool(found, s);
	else if (lies_in(s, USER_PORTS) && !has_evidence(s, enough))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
			    "no Expert Review, IETF Review or IESG Approval is on file");
}

void decide_heard(struct finding_list *found, const struct request_check *s)
{
	if (is_by_rfc6335(s) && wants_any_port(s) && !is_early(s) && !has_evidence(s, HEARD))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD, "no expert was heard yet");
}

void decide_order(struct finding_list *found, const struct request_check *s)
{
	if (wants_any_port(s))
		return;
	for (size_t i = 0; i < s->world->hold_count; i++) {
		const struct hold *hold = &s->world->holds[i];
		if (hold->name.len && str_equal_fold(hold->name, s->request->name))
			finding_add(found, DOC_SERVICE_NAME, NO_RECORD, "%.*s came first",
				    PORTROLL_STR_ARG(hold->request));
	}
}

void decide_name_alone(struct finding_list *found, const struct request_check *s)
{
	bool has_code = s->request->code_count > 0;
	if (is_by_rfc6335(s) && !wants_any_port(s) && !has_code && has_evidence(s, HEARD))
		finding_ask(found, DOC_SERVICE_NAME, NO_RECORD,
			    "the experts were heard on a name alone: why?");
}

static bool is_free(const struct request_check *s, uint16_t port)
{
	for (uint8_t t = 1; t <= TRANSPORT_COUNT; t++)
		if (s->request->transports & TRANSPORT_BIT(t) &&
		    port_state_of(s->world->index, port, t).state != PORTROLL_UNASSIGNED)
			return false;
	return true;
}

static bool is_wanted(const struct request *q, struct range granted)
{
	for (size_t i = 0; i < q->port_count; i++)
		if (q->ports[i].first <= granted.first && granted.last <= q->ports[i].last)
			return true;
	return false;
}

void decide_wanted(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	char text[RANGE_TEXT_MAX];
	if (q->wanted != WANTED_NUMBER || !has_granted(s) || is_wanted(q, s->evidence->granted))
		return;
	(void)range_format(text, s->evidence->granted);
	for (size_t i = 0; i < q->port_count; i++)
		if (is_free(s, q->ports[i].first)) {
			finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
				    "%s is granted, while %u, which was asked for, is free", text,
				    (unsigned)q->ports[i].first);
			return;
		}
}

static bool is_in_pool(const struct request_check *s, struct range granted)
{
	const struct pool *pool = policy_pool(s->world->policy, s->request->pool);
	for (size_t i = 0; pool && i < pool->port_count; i++)
		if (range_covers(pool->ports[i], granted.first) &&
		    range_covers(pool->ports[i], granted.last))
			return true;
	return false;
}

static bool is_in_range_wanted(const struct request_check *s, struct range granted)
{
	switch (s->request->wanted) {
	case WANTED_USER:
		return range_covers(USER_PORTS, granted.first) &&
		       range_covers(USER_PORTS, granted.last);
	case WANTED_SYSTEM:
		return range_covers(SYSTEM_PORTS, granted.first) &&
		       range_covers(SYSTEM_PORTS, granted.last);
	case WANTED_POOL:
		return is_in_pool(s, granted);
	default:
		return true;
	}
}

static void decide_chosen_at(struct finding_list *found, const struct request_check *s,
			     uint16_t port, uint8_t transport)
{
	uint8_t state = port_state_of(s->world->index, port, transport).state;
	if (state != PORTROLL_UNASSIGNED && !policy_gives_again(s->world, port, transport))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD, "%.*s, which was chosen, is %s",
			    PORTROLL_STR_ARG(port_text(found->arena, port, transport)),
			    portroll_state_name(state));
}

void decide_chosen(struct finding_list *found, const struct request_check *s)
{
	const struct request *q = s->request;
	char text[RANGE_TEXT_MAX];
	if (q->wanted == WANTED_NUMBER || q->wanted == WANTED_NONE || !has_granted(s))
		return;
	(void)range_format(text, s->evidence->granted);
	if (!is_in_range_wanted(s, s->evidence->granted))
		finding_add(found, DOC_PORT_NUMBER, NO_RECORD,
			    "%s, which was chosen, is not of the range that was asked for", text);
	each_decided(found, s, decide_chosen_at);
}
