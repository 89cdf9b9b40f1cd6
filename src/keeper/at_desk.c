/* SPDX-License-Identifier: MIT */
#include "keeper/at_desk.h"

#include "base/path.h"
#include "keeper/place.h"

int request_number(uint64_t *ret, struct keeper *k, const char *operand)
{
	if (case_id_parse(ret, str_from(operand)) == PORTROLL_OK)
		return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_EINVAL,
			 "'%.40s': a request is called by its number, R-42; portroll request list "
			 "names them",
			 operand);
}

static int read_people(struct at_desk *d)
{
	struct keeper *k = d->k;
	d->desk = (struct desk){d->ops, d->store, &k->arena};
	int r = accounts_read(&d->accounts, d->ops, d->store, &k->arena, &k->err);
	return r == PORTROLL_OK ? acting_find(&d->me, k, &d->accounts) : r;
}

int at_desk_borrow(struct at_desk *ret, struct keeper *k, const struct ledger_options *roll,
		   struct ledger *kept)
{
	*ret = (struct at_desk){.k = k, .options = *roll, .is_borrowed = true};
	ret->ops = ledger_store(&ret->store, kept);
	return read_people(ret);
}

/* The store is the registry's: who may not write there can still ask. */
static int fail_to_open(struct keeper *k)
{
	struct portroll_error why = k->err;
	k->err = (struct portroll_error){0};
	return error_set(&k->err, why.code,
			 "requests are kept where you may not write: have a registrar submit "
			 "yours, or run it by sudo -u as its owner (%s)",
			 why.text);
}

int at_desk_open(struct at_desk *ret, struct keeper *k)
{
	char *folder, *snapshot;
	*ret = (struct at_desk){.k = k};
	int r = roll_folder_to_read(&folder, &k->environment, &k->arena, &k->err);
	if (r < 0)
		return r;
	snapshot = path_join(folder, ROLL_SNAPSHOT_NAME, &k->arena);
	if (!snapshot)
		return error_memory(&k->err);
	if (!roll_has_ledger(snapshot, &k->arena))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "%s: there is no roll with a ledger, where requests are kept; "
				 "portroll source add begins a registry",
				 folder);
	r = keeper_ledger_options(&ret->options, k, folder);
	if (r == PORTROLL_OK)
		r = ledger_find_store(&ret->store, &ret->ops, &ret->options, &k->err);
	if (r == PORTROLL_ESYSTEM)
		return fail_to_open(k);
	return r == PORTROLL_OK ? read_people(ret) : r;
}

void at_desk_close(struct at_desk *d)
{
	state_at_close(&d->present);
	if (d->store && !d->is_borrowed)
		d->ops->close(d->store);
	d->store = NULL;
}

int at_desk_look(struct at_desk *d)
{
	return d->present.roll ? PORTROLL_OK : state_at_present(&d->present, d->k);
}

static int build_world(struct at_desk *d, const struct roll *roll, struct portroll_str source)
{
	struct keeper *k = d->k;
	size_t at;
	int r = place_existing(&at, roll, source, &k->err);
	if (r < 0 || (d->world && d->world->source == &roll->sources[at]))
		return r;
	d->world = arena_alloc(&k->arena, sizeof(*d->world));
	return d->world ? world_build(d->world, k, roll, at) : error_memory(&k->err);
}

int at_desk_holds(struct rule_world *world, struct at_desk *d, struct portroll_str source,
		  uint64_t before, uint64_t but)
{
	struct keeper *k = d->k;
	int r = d->has_holds ? PORTROLL_OK
			     : desk_holds(&d->holds, &d->hold_count, &d->desk, 0, &k->err);
	if (r < 0)
		return r;
	d->has_holds = true;
	struct hold *taken = arena_array(&k->arena, d->hold_count, sizeof(*taken));
	uint64_t of = 0;
	if (!taken)
		return error_memory(&k->err);
	world->holds = taken;
	world->hold_count = 0;
	for (size_t i = 0; i < d->hold_count; i++) {
		const struct hold *h = &d->holds[i];
		if (case_id_parse(&of, h->request) == PORTROLL_OK && of < before && of != but &&
		    str_equal(h->source, source))
			taken[world->hold_count++] = *h;
	}
	return PORTROLL_OK;
}

int at_desk_world(struct rule_world *ret, struct at_desk *d, const struct roll *roll,
		  struct portroll_str source, uint64_t number)
{
	struct keeper *k = d->k;
	struct policy *policy = arena_alloc(&k->arena, sizeof(*policy));
	int r = policy ? PORTROLL_OK : error_memory(&k->err);
	if (r == PORTROLL_OK && !roll)
		r = at_desk_look(d);
	if (r == PORTROLL_OK)
		r = build_world(d, roll ? roll : d->present.roll, source);
	if (r < 0)
		return r;
	*ret = d->world->rules;
	if (!d->store)
		return PORTROLL_OK;
	r = desk_policy(policy, &d->desk, source, &k->err);
	if (r < 0)
		return r;
	ret->policy = policy;
	return at_desk_holds(ret, d, source, number, number);
}

static transport_set experts_of(const struct account *account)
{
	transport_set all = 0;
	for (size_t i = 0; account && i < account->grant_count; i++) {
		const struct grant *g = &account->grants[i];
		uint8_t transport;
		if (g->role != ROLE_EXPERT)
			continue;
		if (g->scope.len == 0)
			all |= TRANSPORTS_ALL;
		else if (transport_parse(&transport, g->scope) == PORTROLL_OK)
			all |= TRANSPORT_BIT(transport);
	}
	return all;
}

struct actor at_desk_actor(const struct at_desk *d, const struct request_case *c,
			   const struct rule_world *world)
{
	return (struct actor){
		.account = d->me.name,
		.as = d->me.as,
		.roles = account_roles(d->me.account, c, world),
		.transports = experts_of(d->me.account),
	};
}
