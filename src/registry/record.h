/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * One record of the registry: at most one service name, at most one transport, at most one port or
 * range, and what is known of it. Immutable once it is in a registry. All views live in the arena
 * of the registry (or in whatever filled the record).
 */

#include "base/date.h"
#include "registry/range.h"
#include "registry/richtext.h"
#include "registry/transport.h"

struct record {
	struct portroll_str name; /* empty: none */
	struct range port;        /* with has_port */
	uint32_t service_code;    /* with has_service_code */
	uint8_t transport;        /* enum portroll_transport; PORTROLL_ANY: not stated */
	bool has_port;
	bool has_service_code;
	bool has_assignee; /* stored apart; else implied by the contact */
	uint16_t copy;     /* which of the source's copies it came from */
	uint32_t change;   /* number of the change that made it so; 0: not known */
	struct date registered, modified;
	struct richtext description, note;
	struct portroll_str unauthorized;
	struct xref_list contacts;   /* persons, in order */
	struct xref_list assignee;   /* persons, with has_assignee */
	struct xref_list references; /* all others, in order */
	struct extra_list extras;
};

/* The extra, name and value, that readers give a record whose port is written as a range of itself,
 * as IANA does now and then: 4748-4748. */
#define EXTRA_NUMBER         "number as written"
#define EXTRA_NUMBER_SPELLED "a range of one port"

struct person {
	struct portroll_str id, name, org;
	const struct portroll_str *uris; /* mailto: with & for @, as IANA writes it */
	size_t uri_count;
	struct date updated;
	struct extra_list extras;
};

/* The assignee as shown: stored apart or else the contacts (IANA's column rule). */
struct xref_list record_assignee(const struct record *r);

/* Was the port of the record written as a range of itself? */
bool record_spells_range(const struct record *r);

/* Equal in every field but the copy and the change it came from. */
bool record_equal(const struct record *a, const struct record *b);
bool person_equal(const struct person *a, const struct person *b);
