/* SPDX-License-Identifier: MIT */
#include "procedure/policy.h"

#include "base/macros.h"
#include "base/str.h"
#include "procedure/policy_parts.h"

const struct policy policy_rfc6335 = {
	.source = STR_INIT("iana"),
	.title = STR_INIT("Service Name and Transport Protocol Port Number Registry"),
	.is_rfc6335 = true,
	.deadlines = DEADLINES_USUAL,
	.description_max = DESCRIPTION_MAX_USUAL,
	.description_limit = DESCRIPTION_LIMIT_USUAL,
};

const struct pool *policy_pool(const struct policy *p, struct portroll_str name)
{
	for (size_t i = 0; i < p->pool_count; i++)
		if (str_equal_fold(p->pools[i].name, name))
			return &p->pools[i];
	return NULL;
}

bool pool_covers(const struct pool *pool, uint16_t port)
{
	for (size_t i = 0; i < pool->port_count; i++)
		if (range_covers(pool->ports[i], port))
			return true;
	return false;
}

bool pool_holds_back(const struct pool *pool, uint16_t port)
{
	for (size_t i = 0; i < pool->reserved_count; i++)
		if (range_covers(pool->reserved[i], port))
			return true;
	return false;
}

const struct pool *policy_pool_of(const struct policy *p, uint16_t port, uint8_t transport)
{
	for (size_t i = 0; i < p->pool_count; i++) {
		const struct pool *pool = &p->pools[i];
		bool has_transport =
			transport == PORTROLL_ANY || (pool->transports & TRANSPORT_BIT(transport));
		if (has_transport && pool_covers(pool, port))
			return pool;
	}
	return NULL;
}

bool policy_has_pool(const void *context, struct portroll_str word)
{
	return policy_pool(context, word) != NULL;
}

static const struct {
	uint16_t bit;
	const char *name;
} procedures[] = {
	{PROCEDURE_FCFS, "First Come First Served"},
	{PROCEDURE_EXPERT, "Expert Review"},
	{PROCEDURE_SPECIFICATION, "Specification Required"},
	{PROCEDURE_IETF, "IETF Review"},
	{PROCEDURE_STANDARDS, "Standards Action"},
	{PROCEDURE_IESG, "IESG Approval"},
	{PROCEDURE_EARLY, "Early Allocation"},
	{PROCEDURE_POOL, "Pool Review"},
	{PROCEDURE_REGISTRAR, "Decision of the Registry"},
	{PROCEDURE_REFUSE, "Refusal"},
};

const char *procedure_name(uint16_t procedure)
{
	for (size_t i = 0; i < ARRAY_LEN(procedures); i++)
		if (procedures[i].bit == procedure)
			return procedures[i].name;
	return "";
}
