/* SPDX-License-Identifier: MIT */
#include "desk/account.h"

#include "procedure/effect.h"

#define TOUCHED_MAX 64 /* records of one assignment */

/* What an account is asked about. */
struct matter {
	const struct account *account;
	const struct request_case *request;
	const struct rule_world *world;
	struct request wanted; /* the present revision */
	const struct pool *pool;
};

static bool is_recused(const struct matter *m)
{
	for (size_t i = 0; i < m->request->recused_count; i++)
		if (str_equal(m->request->recused[i], m->account->name))
			return true;
	return false;
}

/* A request that names no transport is the matter of all experts. */
static bool fits_transport(const struct matter *m, struct portroll_str scope)
{
	uint8_t transport;
	transport_set wanted = m->wanted.transports;
	return transport_parse(&transport, scope) == PORTROLL_OK &&
	       (wanted == 0 || (wanted & TRANSPORT_BIT(transport)));
}

/* The group whose draft asks: draft-ietf-tsvwg-... */
static bool fits_group(const struct matter *m, struct portroll_str scope)
{
	struct portroll_str rest = m->wanted.draft;
	if (!str_starts_fold(rest, STR("draft-ietf-")))
		return false;
	rest = str_part(rest, sizeof("draft-ietf-") - 1, rest.len);
	return str_starts_fold(rest, scope) && rest.len > scope.len && rest.ptr[scope.len] == '-';
}

static bool fits(const struct matter *m, const struct grant *g)
{
	if (g->scope.len == 0)
		return true;
	switch (g->role) {
	case ROLE_EXPERT:
		return fits_transport(m, g->scope);
	case ROLE_REVIEWER:
	case ROLE_OWNER:
		return m->pool && str_equal_fold(m->pool->name, g->scope);
	case ROLE_CHAIRS:
		return fits_group(m, g->scope) || str_equal(m->request->source, g->scope);
	default:
		return str_equal(m->request->source, g->scope);
	}
}

static role_set granted_roles(const struct matter *m)
{
	role_set roles = 0;
	for (size_t i = 0; i < m->account->grant_count; i++)
		if (fits(m, &m->account->grants[i]))
			roles |= ROLE_BIT(m->account->grants[i].role);
	return roles;
}

/* As the policy of the source names them. */
static role_set pool_roles(const struct matter *m)
{
	role_set roles = 0;
	if (!m->pool)
		return 0;
	if (str_equal(m->pool->owner, m->account->name))
		roles |= ROLE_BIT(ROLE_OWNER);
	for (size_t i = 0; i < m->pool->reviewer_count; i++)
		if (str_equal(m->pool->reviewers[i], m->account->name))
			roles |= ROLE_BIT(ROLE_REVIEWER);
	return roles;
}

/* IANA writes & for @; the case of addresses tells nothing apart. */
static bool is_mail(struct portroll_str uri, struct portroll_str mail)
{
	static const struct portroll_str scheme = STR_INIT("mailto:");
	if (!str_starts_fold(uri, scheme))
		return false;
	uri = str_part(uri, scheme.len, uri.len);
	if (uri.len != mail.len)
		return false;
	for (size_t i = 0; i < uri.len; i++) {
		char a = uri.ptr[i] == '&' ? '@' : fold_char(uri.ptr[i]);
		if (a != fold_char(mail.ptr[i]))
			return false;
	}
	return true;
}

static bool has_mail(const struct registry *reg, struct portroll_str id, struct portroll_str mail)
{
	for (size_t i = 0; mail.len && i < reg->person_count; i++) {
		const struct person *person = reg->people[i];
		if (!str_equal(person->id, id))
			continue;
		for (size_t u = 0; u < person->uri_count; u++)
			if (is_mail(person->uris[u], mail))
				return true;
	}
	return false;
}

static bool is_among(const struct matter *m, struct xref_list people)
{
	for (size_t i = 0; i < people.count; i++) {
		struct portroll_str id = people.items[i].data;
		if (has_mail(m->world->registry, id, m->account->mail))
			return true;
		for (size_t p = 0; p < m->account->person_count; p++)
			if (str_equal(m->account->persons[p], id))
				return true;
	}
	return false;
}

static role_set roles_of_record(const struct matter *m, const struct record *r)
{
	role_set roles = 0;
	if (is_among(m, record_assignee(r)))
		roles |= ROLE_BIT(ROLE_ASSIGNEE);
	if (is_among(m, r->contacts))
		roles |= ROLE_BIT(ROLE_CONTACT);
	return roles;
}

static bool wants_port_of(const struct request *q, const struct record *r)
{
	for (size_t i = 0; r->has_port && i < q->port_count; i++)
		if (r->port.first <= q->ports[i].last && q->ports[i].first <= r->port.last)
			return true;
	return false;
}

/* A further name touches what its port is assigned to. */
static role_set roles_at_port(const struct matter *m, const struct registry *reg)
{
	role_set roles = 0;
	for (size_t i = 0; i < reg->record_count; i++)
		if (reg->records[i]->name.len && wants_port_of(&m->wanted, reg->records[i]))
			roles |= roles_of_record(m, reg->records[i]);
	return roles;
}

/* Of the assignment that is touched. */
static role_set subject_roles(const struct matter *m)
{
	const struct registry *reg = m->world->registry;
	struct request subject = m->wanted;
	uint32_t found[TOUCHED_MAX];
	role_set roles = 0;
	if (!reg || subject.kind == REQUEST_ASSIGN || subject.kind == REQUEST_RESERVE ||
	    subject.kind == REQUEST_EARLY)
		return 0;
	if (subject.kind == REQUEST_NAME)
		return roles_at_port(m, reg);
	if (subject.kind == REQUEST_TRANSPORT)
		subject.transports = 0; /* it has others */
	size_t count = effect_subject(reg, &subject, found, TOUCHED_MAX);
	for (size_t i = 0; i < count && i < TOUCHED_MAX; i++)
		roles |= roles_of_record(m, reg->records[found[i]]);
	return roles;
}

/* A user of the system who had no account when it was submitted is the same afterwards. */
static bool is_applicant(const struct matter *m)
{
	struct portroll_str by = m->request->revision_count ? m->request->revisions[0].by : STR("");
	struct portroll_str login = m->account->login;
	if (by.len == 0)
		return false;
	if (str_equal(by, m->account->name))
		return true;
	return login.len && str_starts(by, STR(USER_PREFIX)) &&
	       str_equal(str_part(by, sizeof(USER_PREFIX) - 1, by.len), login);
}

role_set account_roles(const struct account *account, const struct request_case *c,
		       const struct rule_world *world)
{
	struct arena own CLEANUP(arena_done) = ARENA_INIT;
	struct matter m = {.account = account, .request = c, .world = world};
	if (!account || account->is_disabled)
		return 0;
	role_set roles = ROLE_BIT(ROLE_ANYBODY);
	if (is_applicant(&m))
		roles |= ROLE_BIT(ROLE_APPLICANT);
	const struct policy *policy = world->policy ? world->policy : &policy_rfc6335;
	if (c->revision_count == 0 ||
	    request_read(&m.wanted, &c->revisions[c->revision_count - 1].document, policy_has_pool,
			 policy, &own) < 0)
		return roles;
	if (world->registry && world->policy)
		m.pool = policy_choose(world, &m.wanted, c->evidence.items).pool;
	roles |= granted_roles(&m) | pool_roles(&m) | subject_roles(&m);
	/* Who asks for it is in a conflict of interest (RFC 8126 section 5.2). */
	if (is_recused(&m) || is_applicant(&m))
		roles &= ~(ROLE_BIT(ROLE_EXPERT) | ROLE_BIT(ROLE_REVIEWER));
	return roles;
}
