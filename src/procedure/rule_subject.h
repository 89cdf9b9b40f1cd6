/* SPDX-License-Identifier: MIT */
#pragma once

/* What several tests of requests ask: of the request, and of the registry about it. */

#include "procedure/rule.h"
#include "registry/state.h"

/* A value for "%.*s" of a message: the first of its characters. */
struct portroll_str shown(struct portroll_str text);

/* A test of struct rule. */
typedef void request_test(struct finding_list *found, const struct request_check *s);

/* The value of a field, white space at its ends cut. */
struct portroll_str field_of(const struct request_check *s, enum document_field field);
bool is_blank(const struct request_check *s, enum document_field field);

/* Adds a finding where the field is blank. */
void want_field(struct finding_list *found, const struct request_check *s,
		enum document_field field);

/* The name that the request wants to be new; empty: none. */
struct portroll_str new_name_of(const struct request *q);
uint8_t field_of_new_name(const struct request *q);

/* The next record, from *at on, that has the name (ASCII case ignored); *at then is behind it.
 * NULL: no more. */
const struct record *next_of_name(const struct registry *reg, struct portroll_str name, size_t *at);

/* The record that assigns the port for a transport, the first in rank, and its index (if given);
 * NULL: none. */
const struct record *assigned_at(const struct port_index *index, uint16_t port, uint8_t transport,
				 uint32_t *ret_index);

/* The record that assigns the port for any transport but that one; NULL: none. */
const struct record *companion_at(const struct port_index *index, uint16_t port, uint8_t transport,
				  uint32_t *ret_index);

/* Is that Reserved port held for the service that asks: by the name that a further transport is
 * asked for, or by the assignee (RFC 6335 section 8.1)? */
bool is_own_companion(const struct request_check *s, uint16_t port, uint8_t transport);
/* The same of all these ports, on all transports that are asked for. */
bool is_own_companion_in(const struct request_check *s, struct range ports);

/* Calls it for each port and transport that is asked for by number. Stops where it has found more
 * than people read. */
typedef void wanted_fn(struct finding_list *found, const struct request_check *s, uint16_t port,
		       uint8_t transport);
void each_wanted(struct finding_list *found, const struct request_check *s, wanted_fn *test);

/* Is a port of that range asked for, by number or as the range or a pool in it? */
bool wants_port_in(const struct request_check *s, struct range range);
#define SYSTEM_PORTS (port_classes[0].range)
#define USER_PORTS   (port_classes[1].range)

/* Does RFC 6335 say who decides, and not an organisation's own pools? */
bool is_by_rfc6335(const struct request_check *s);

/* Is any of these bits on file? */
bool has_evidence(const struct request_check *s, uint32_t items);

/* Who a party of the request is in the registry. */
#define PARTY_ID_MAX 8
struct party_ids {
	struct portroll_str items[PARTY_ID_MAX];
	size_t count;
};
struct party_ids party_find(const struct registry *reg, const struct party *p);
bool party_has(const struct party_ids *ids, struct xref_list persons);

/* As text, in the arena: 9986/tcp, "http 80/tcp", [IESG]. */
struct portroll_str port_text(struct arena *a, uint16_t port, uint8_t transport);
struct portroll_str record_text(struct arena *a, const struct record *r);
struct portroll_str assignee_text(struct arena *a, const struct record *r);
