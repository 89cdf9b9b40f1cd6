/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What a change means, in the words of the field: a service was renamed, a port assigned out of an
 * Unassigned range, a contact changed. It is told from the old and the new registry and stored
 * nowhere (data.md section 6). What belongs together is one telling: all transports of a service,
 * an assignment with the range that was split for it and its Reserved sibling, the changed id of a
 * person with the records that refer to it.
 */

#include "registry/change.h"

enum telling_kind {
	TELL_RENAME,   /* another name on the same port, for the same service */
	TELL_ASSIGN,   /* a port that had no service has one */
	TELL_USE,      /* a port that was Reserved beside the same port of another transport */
	TELL_DEASSIGN, /* a port that had a service has none */
	TELL_TAKEN,    /* another name on the same port, for another service */
	TELL_PORT,     /* a service has another port */
	TELL_TRANSFER, /* another assignee */
	TELL_NAME,     /* a new service name, without a port */
	TELL_GONE,     /* a service name that is gone; or a record without a name */
	TELL_ASSIGNEE, /* an assignee is stated where none was, or by another id of the same name */
	TELL_CONTACT,
	TELL_DESCRIPTION,
	TELL_REFERENCE,
	TELL_UNAUTHORIZED,
	TELL_SERVICE_CODE,
	TELL_NOTE,
	TELL_RANGE, /* Unassigned and Reserved ports, by themselves */
	TELL_REGISTERED,
	TELL_MODIFIED,  /* the modification date alone */
	TELL_PERSON_ID, /* a person or organisation is called otherwise */
	TELL_PERSON,    /* what is known of one changed */
	TELL_PEOPLE_ADDED,
	TELL_PEOPLE_REMOVED,
	TELL_EXPERTS,
	TELL_HEADER, /* another part of it */
	TELL_FOOTNOTE,
	TELL_MOVED,   /* records and people stand elsewhere in the order */
	TELL_FORM,    /* written otherwise, and shown as before */
	TELL_UPDATED, /* the date of the registry */
	TELL_KIND_COUNT
};

/* What the parts of a telling are in it. */
enum telling_role {
	ROLE_SUBJECT, /* what the telling is about */
	ROLE_SIBLING, /* Reserved for the assignee of the same port of another transport */
	ROLE_RANGE,   /* of Unassigned ports, that the subject came from or went to */
	ROLE_NAME,    /* the service name as it was or goes on without a port */
	ROLE_REFERS,  /* a record that refers to the person, unaltered but for the id */
	ROLE_COUNT
};

/* Old and new of one record, person or footnote; NULL where there was or is none. Borrowed from
 * the registries. */
struct telling_part {
	uint8_t role; /* enum telling_role */
	const struct record *old, *new;
	const struct person *old_person, *new_person;
	const struct footnote *old_footnote, *new_footnote;
};

struct telling {
	uint8_t kind; /* enum telling_kind: what tells most */
	/* All that changed in the subjects that were and are: bits of enum field_id, and of
	 * FIELD_COUNT for what no column shows. */
	uint16_t fields;
	bool is_undated;   /* something changed that is shown, and the modification date did not */
	bool is_same_name; /* of FIELD_ASSIGNEE: another id for whom is called the same */
	uint8_t header;    /* enum header_part, of TELL_HEADER */
	uint32_t count;    /* how many services, ports, people it is about */
	const struct record *from;        /* TELL_ASSIGN: the Unassigned range that it came from */
	const struct telling_part *parts; /* in the order of the registry, subjects first */
	size_t part_count;
};

enum header_part {
	HEADER_WHOLE, /* there is none, or was none */
	HEADER_TITLE,
	HEADER_NOTES,
	HEADER_REFERENCES,
	HEADER_DESCRIPTION,
	HEADER_CATEGORIES,
	HEADER_RULE, /* of registration */
	HEADER_OTHER,
	HEADER_PART_COUNT
};

/* Of all parts but HEADER_WHOLE, which together are all but the experts and the date. */
bool header_part_equal(enum header_part part, const struct header *a, const struct header *b);

struct telling_list {
	const struct registry *old, *new;
	const struct telling *items; /* by kind, then by port */
	size_t count;
	uint32_t counts[TELL_KIND_COUNT]; /* of what they are about */
};

/* What a kind is called. */
struct telling_words {
	const char *key;        /* in JSON: person_id */
	const char *title;      /* before a line: renamed */
	const char *one, *many; /* after a count: service renamed, services renamed */
};
extern const struct telling_words telling_words[TELL_KIND_COUNT];
extern const char *const telling_role_names[ROLE_COUNT];
extern const char *const header_part_names[HEADER_PART_COUNT];

/* Tells a change of one registry (registry_compare). All is in the arena or borrowed from the
 * registries. PORTROLL_OK or PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int tell_change(struct telling_list *ret, const struct registry *old,
				    const struct registry *new,
				    const struct registry_change *change, struct arena *a);

/* One line, without the title of its kind and without a line feed: what, then what else changed.
 * People stand there with their ids and names only. */
void telling_put_line(struct buf *out, const struct telling_list *list, const struct telling *t);

/* "4 services renamed, 2 ports assigned"; nothing for an empty list. */
void telling_put_counts(struct buf *out, const struct telling_list *list);

/* "mysql 3306/tcp/udp", "Reserved 831/tcp": a record in few words. */
void telling_put_record(struct buf *out, const struct record *r);
