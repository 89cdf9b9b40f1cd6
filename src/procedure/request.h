/* SPDX-License-Identifier: MIT */
#pragma once

/* What a document asks for, as far as it can be understood. What cannot be is kept as `bad` and
 * found by the rules; nothing here fails but for memory. */

#include "procedure/document.h"
#include "registry/range.h"
#include "registry/registry.h"
#include "registry/service_code.h"

/* A set of transports: bit 1U << enum portroll_transport. */
typedef uint8_t transport_set;
#define TRANSPORT_BIT(t) ((transport_set)(1U << (t)))
#define TRANSPORTS_ALL   ((transport_set)0x1e)

enum wanted_port {
	WANTED_NONE,   /* a name only */
	WANTED_NUMBER, /* one or several, or ranges of them */
	WANTED_USER,   /* any User Port */
	WANTED_SYSTEM, /* any System Port */
	WANTED_POOL,   /* any of a pool of the policy */
};

/* A person or organisation as a request names it. */
struct party {
	struct portroll_str name, mail, organization, id;
	bool is_organization;
	bool bad_mail;
};

#define REQUEST_PORT_MAX    16
#define REQUEST_CODE_MAX    16
#define REQUEST_CONTACT_MAX 8

struct request {
	const struct document *document;
	uint8_t kind;   /* enum request_kind; REQUEST_KIND_COUNT: not known */
	uint8_t wanted; /* enum wanted_port */
	transport_set transports;
	struct portroll_str source, name, proposed_name, pool;
	struct range ports[REQUEST_PORT_MAX]; /* WANTED_NUMBER */
	size_t port_count;
	uint32_t codes[REQUEST_CODE_MAX];
	size_t code_count;
	struct party assignee;
	struct party contacts[REQUEST_CONTACT_MAX];
	size_t contact_count;
	struct xref_list references;
	struct portroll_str
		draft;       /* of the IETF document: an Internet-Draft; empty: none or an RFC */
	bool is_ietf;        /* asked for by a document of the IETF stream */
	uint32_t lease_days; /* 0: not said */

	/* What could not be understood: the words, empty if all could. */
	struct portroll_str bad_port, bad_transport, bad_code, bad_reference, bad_lease;
	bool too_many; /* more than the limits above */
};

/* `is_pool` tells (with its context) whether a word is the name of a pool; may be NULL. */
typedef bool pool_test_fn(const void *context, struct portroll_str word);

PORTROLL_MUST_CHECK int request_read(struct request *ret, const struct document *d,
				     pool_test_fn *is_pool, const void *context, struct arena *a);

/* One Name <mail>. */
struct party party_read(struct portroll_str text);
bool mail_is_well_formed(struct portroll_str mail);
