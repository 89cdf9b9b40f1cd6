/* SPDX-License-Identifier: MIT */
#include "procedure/document_need.h"

#include "procedure/request_parts.h"

#define KIND(kind) (1U << (kind))

/* Those that ask for something new, with the information of RFC 6335 section 8.1.1. */
#define KINDS_NEW                                                                                  \
	(KIND(REQUEST_ASSIGN) | KIND(REQUEST_TRANSPORT) | KIND(REQUEST_NAME) |                     \
	 KIND(REQUEST_REUSE) | KIND(REQUEST_EARLY))

/* A further transport has what it does not say from the assignment. */
#define KINDS_WHOLE (KINDS_NEW & ~(unsigned)KIND(REQUEST_TRANSPORT))

/* A kind that is not known needs what a new assignment does. */
static bool is_of(const struct document *d, unsigned kinds)
{
	enum request_kind kind = document_kind(d);
	return kinds & KIND(kind == REQUEST_KIND_COUNT ? REQUEST_ASSIGN : kind);
}

static enum field_need required_of(const struct document *d, unsigned kinds)
{
	return is_of(d, kinds) ? NEED_REQUIRED : NEED_NOT;
}

static enum field_need optional_of(const struct document *d, unsigned kinds)
{
	return is_of(d, kinds) ? NEED_OPTIONAL : NEED_NOT;
}

static enum field_need either_of(const struct document *d, unsigned required, unsigned optional)
{
	return is_of(d, required) ? NEED_REQUIRED : optional_of(d, optional);
}

static struct request ports_of(const struct document *d)
{
	struct request q = {0};
	request_read_ports(&q, d->values[DOC_PORT_NUMBER], NULL, NULL);
	return q;
}

static bool has_port(const struct document *d)
{
	return ports_of(d).wanted != WANTED_NONE;
}

static bool is_pool(const struct document *d)
{
	return ports_of(d).wanted == WANTED_POOL;
}

static bool is_system(const struct document *d)
{
	struct request q = ports_of(d);
	for (size_t i = 0; i < q.port_count; i++)
		if (q.ports[i].first <= port_classes[0].range.last)
			return true;
	return q.wanted == WANTED_SYSTEM;
}

static bool is_several(const struct document *d)
{
	struct request q = ports_of(d);
	return q.port_count > 1 || (q.port_count == 1 && q.ports[0].first != q.ports[0].last);
}

static transport_set transports_of(const struct document *d)
{
	struct portroll_str bad = STR("");
	return request_read_transports(d->values[DOC_TRANSPORTS], &bad);
}

static bool has_transport(const struct document *d, enum portroll_transport transport)
{
	return transports_of(d) & TRANSPORT_BIT(transport);
}

enum field_need need_optional(const struct document *d)
{
	(void)d;
	return NEED_OPTIONAL;
}

enum field_need need_service_name(const struct document *d)
{
	unsigned nameless = KIND(REQUEST_RESERVE) | KIND(REQUEST_REVOKE) | KIND(REQUEST_DEASSIGN);
	return is_of(d, nameless) ? NEED_OPTIONAL : NEED_REQUIRED;
}

enum field_need need_proposed_name(const struct document *d)
{
	return required_of(d, KIND(REQUEST_RENAME) | KIND(REQUEST_REUSE));
}

enum field_need need_transports(const struct document *d)
{
	return is_of(d, KINDS_NEW) ? NEED_REQUIRED : NEED_OPTIONAL;
}

enum field_need need_port_number(const struct document *d)
{
	unsigned kinds = KIND(REQUEST_NAME) | KIND(REQUEST_REUSE) | KIND(REQUEST_RESERVE);
	return is_of(d, kinds) ? NEED_REQUIRED : NEED_OPTIONAL;
}

enum field_need need_service_code(const struct document *d)
{
	if (!has_transport(d, PORTROLL_DCCP))
		return NEED_NOT;
	return is_of(d, KINDS_NEW) ? NEED_REQUIRED : NEED_OPTIONAL;
}

enum field_need need_description(const struct document *d)
{
	return either_of(d, KINDS_WHOLE,
			 KIND(REQUEST_TRANSPORT) | KIND(REQUEST_MODIFY) | KIND(REQUEST_SUCCESSION) |
				 KIND(REQUEST_RENAME) | KIND(REQUEST_RESERVE));
}

enum field_need need_assignee(const struct document *d)
{
	return either_of(d, KINDS_WHOLE | KIND(REQUEST_SUCCESSION), KIND(REQUEST_TRANSPORT));
}

enum field_need need_assignee_more(const struct document *d)
{
	return optional_of(d, KINDS_NEW | KIND(REQUEST_SUCCESSION));
}

enum field_need need_contact(const struct document *d)
{
	return either_of(d, KINDS_WHOLE | KIND(REQUEST_SUCCESSION),
			 KIND(REQUEST_TRANSPORT) | KIND(REQUEST_MODIFY));
}

enum field_need need_contact_more(const struct document *d)
{
	return optional_of(d, KINDS_NEW | KIND(REQUEST_SUCCESSION) | KIND(REQUEST_MODIFY));
}

enum field_need need_reference(const struct document *d)
{
	unsigned kinds = KINDS_WHOLE | KIND(REQUEST_PERMANENT);
	return is_of(d, kinds) ? NEED_REQUIRED : NEED_OPTIONAL;
}

enum field_need need_specification(const struct document *d)
{
	return is_system(d) ? required_of(d, KINDS_NEW) : optional_of(d, KINDS_NEW);
}

enum field_need need_ietf_document(const struct document *d)
{
	return is_of(d, KIND(REQUEST_EARLY)) ? NEED_REQUIRED : NEED_OPTIONAL;
}

enum field_need need_unauthorized(const struct document *d)
{
	return optional_of(d, KINDS_NEW | KIND(REQUEST_MODIFY) | KIND(REQUEST_RESERVE));
}

enum field_need need_txt_keys(const struct document *d)
{
	if (is_of(d, KIND(REQUEST_ASSIGN)) && !has_port(d))
		return NEED_REQUIRED;
	return optional_of(d, KINDS_NEW | KIND(REQUEST_MODIFY));
}

/* A pool's owner may ask less than IANA does. */
enum field_need need_usage(const struct document *d)
{
	return is_pool(d) ? optional_of(d, KINDS_NEW) : required_of(d, KINDS_NEW);
}

enum field_need need_why_not_dynamic(const struct document *d)
{
	return has_port(d) ? need_usage(d) : NEED_NOT;
}

enum field_need need_why_not_user(const struct document *d)
{
	return is_system(d) ? required_of(d, KINDS_NEW) : NEED_NOT;
}

enum field_need need_why_reserved(const struct document *d)
{
	return optional_of(d, KINDS_NEW);
}

enum field_need need_why_several(const struct document *d)
{
	return is_several(d) ? required_of(d, KINDS_NEW) : NEED_NOT;
}

enum field_need need_why_separate(const struct document *d)
{
	return has_port(d) ? optional_of(d, KINDS_NEW) : NEED_NOT;
}

enum field_need need_development(const struct document *d)
{
	return has_port(d) ? need_usage(d) : optional_of(d, KINDS_NEW);
}

enum field_need need_difference(const struct document *d)
{
	return optional_of(d, KINDS_NEW);
}

enum field_need need_udp(const struct document *d)
{
	return has_transport(d, PORTROLL_UDP) ? need_usage(d) : NEED_NOT;
}

enum field_need need_transport_differences(const struct document *d)
{
	transport_set set = transports_of(d);
	return set & (set - 1) ? need_usage(d) : NEED_NOT;
}

enum field_need need_sctp(const struct document *d)
{
	return has_transport(d, PORTROLL_SCTP) ? need_usage(d) : NEED_NOT;
}

enum field_need need_dccp(const struct document *d)
{
	return has_transport(d, PORTROLL_DCCP) ? optional_of(d, KINDS_NEW) : NEED_NOT;
}

enum field_need need_reason(const struct document *d)
{
	unsigned others = KIND(REQUEST_DEASSIGN) | KIND(REQUEST_REUSE) | KIND(REQUEST_PERMANENT) |
			  KIND(REQUEST_REVOKE) | KIND(REQUEST_SUCCESSION) | KIND(REQUEST_RENEW) |
			  KIND(REQUEST_RESERVE);
	return either_of(d, KIND(REQUEST_MODIFY) | KIND(REQUEST_RENAME), others);
}

enum field_need need_impact(const struct document *d)
{
	return either_of(d, KIND(REQUEST_RENAME), KIND(REQUEST_MODIFY) | KIND(REQUEST_SUCCESSION));
}

enum field_need need_evidence(const struct document *d)
{
	return either_of(d, KIND(REQUEST_SUCCESSION),
			 KIND(REQUEST_DEASSIGN) | KIND(REQUEST_REUSE) | KIND(REQUEST_REVOKE));
}

enum field_need need_not_in_use(const struct document *d)
{
	if (is_of(d, KIND(REQUEST_REVOKE)) &&
	    str_equal_fold(str_trim(d->values[DOC_CLEARLY_UNUSED]), STR("yes")))
		return NEED_REQUIRED;
	return either_of(d, KIND(REQUEST_DEASSIGN) | KIND(REQUEST_REUSE), KIND(REQUEST_REVOKE));
}

enum field_need need_release_name(const struct document *d)
{
	return optional_of(d, KIND(REQUEST_DEASSIGN) | KIND(REQUEST_REVOKE));
}

enum field_need need_clearly_unused(const struct document *d)
{
	return required_of(d, KIND(REQUEST_REVOKE));
}

/* A number may lie in a pool that leases. */
enum field_need need_lease(const struct document *d)
{
	if (is_of(d, KIND(REQUEST_RENEW)))
		return NEED_OPTIONAL;
	return has_port(d) ? optional_of(d, KINDS_NEW) : NEED_NOT;
}
