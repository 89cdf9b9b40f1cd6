/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The one JSON shape of a record, wherever it appears: lookup, export, API. Members: port_first,
 * port_last, transport, name, description, assignee and contact (arrays of person ids), registered,
 * modified, references (array of {type, data, text, fragment...}), service_code, unauthorized,
 * notes; texts as in IANA's CSV, with description_rich, notes_rich only where the runs hold more;
 * assignee_own where it is stored apart; extras. Absent members are left out, or null in lookups.
 * doc/JSON.md has it whole.
 */

#include "base/json.h"
#include "registry/companion.h"
#include "registry/registry.h"

/* Where the record stands, for lookups; all borrowed. With it the number of the change that made
 * the record so is written too, where it is known. */
struct json_place {
	bool nulls;                 /* write null for absent members */
	struct portroll_str key;    /* what was asked; empty: no member */
	struct portroll_str source; /* of the record; empty: no member */
	struct date dated;          /* of the copy it is from; none: no member */
	struct portroll_str state, reason;
	struct portroll_str state_source; /* which source the state is from; empty: no member */
	bool has_port;
	uint16_t port;      /* the port asked for */
	uint8_t transport;  /* the one asked for: stands where the record states none */
	uint32_t frequency; /* of the port: found open, in millionths; 0: nobody says */
	const struct companion *companions; /* who has the port on the other transports */
	size_t companion_count;
};

/* Writes one object; `place` may be NULL. `scratch` is used. */
void json_put_record(struct json *j, const struct record *r, const struct json_place *place,
		     struct buf *scratch);
/* The members that tell records apart: name, port_first and port_last, transport, where they are.
 */
void json_put_record_key(struct json *j, const struct record *r);
void json_put_person(struct json *j, const struct person *p);
void json_put_rich(struct json *j, struct richtext text);
void json_put_xref(struct json *j, const struct xref *x);

/* A member with the text as in the CSV, and one with its runs where they hold more. */
void json_put_text(struct json *j, const char *key, const char *rich_key, struct richtext text,
		   struct buf *scratch);
/* A member with an array of references; none when there are none. */
void json_put_xrefs(struct json *j, const char *key, struct xref_list list);
void json_put_header(struct json *j, const struct header *h, struct buf *scratch);
void json_put_footnote(struct json *j, const struct footnote *note, struct buf *scratch);

/* Name of the schema of a registry document. */
#define JSON_SCHEMA "portroll-registry/1"
