/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * A request as it is written and kept: fields of RFC 6335 section 8.1.1, what IANA's forms ask, and
 * what the other procedures need, as a paragraph (paragraph.h) or as a JSON object with the same
 * names, small, with "_" for blanks. It holds texts only; request.h has what they mean, the rules
 * (rule.h) what is wrong with them.
 */

#include "procedure/paragraph.h"

/* The procedures that one can ask for. */
enum request_kind {
	REQUEST_ASSIGN,     /* a name, with or without a port (RFC 6335 section 8.1) */
	REQUEST_TRANSPORT,  /* a further transport for an assignment (7.2, 8.1) */
	REQUEST_NAME,       /* a further service on an assigned port (5, 8.1.1) */
	REQUEST_MODIFY,     /* description, contact, reference, notes (8.6) */
	REQUEST_RENAME,     /* RFC 7605 section 7.9 */
	REQUEST_DEASSIGN,   /* 8.2 */
	REQUEST_REUSE,      /* 8.3 */
	REQUEST_REVOKE,     /* 8.4 */
	REQUEST_SUCCESSION, /* another assignee for what stays as it is (8.5, 8.6) */
	REQUEST_EARLY,      /* RFC 7120 */
	REQUEST_RENEW,      /* of an early allocation, or of a lease */
	REQUEST_PERMANENT,  /* an early allocation whose document was published (RFC 7120
			       section 3.2) */
	REQUEST_RESERVE,    /* an operator holds a port back (6) */
	REQUEST_KIND_COUNT
};

struct request_kind_row {
	const char *name;    /* in documents and on the command line: assign */
	const char *title;   /* new assignment */
	const char *section; /* RFC 6335 section 8.1 */
};
extern const struct request_kind_row request_kinds[REQUEST_KIND_COUNT];

/* Fields, in the order in which they are written. */
enum document_field {
	DOC_REQUEST,      /* the kind */
	DOC_SOURCE,       /* whose registry; empty: the one managed source of the roll */
	DOC_SERVICE_NAME, /* wanted, or of the assignment that is to be changed */
	DOC_PROPOSED_NAME,
	DOC_TRANSPORTS,   /* "tcp, udp" */
	DOC_PORT_NUMBER,  /* a number, several, a range; "User", "System", the name of a pool; empty
			   */
	DOC_SERVICE_CODE, /* DCCP; several with commas; SC:fdpz, SC=..., SC=x..., or a number */
	DOC_DESCRIPTION,
	DOC_ASSIGNEE,      /* Name <mail>; of a succession: the new one */
	DOC_ASSIGNEE_TYPE, /* person (if empty) or organization */
	DOC_ASSIGNEE_ORGANIZATION,
	DOC_ASSIGNEE_ID, /* of one that the registry has, or that a new one is to have */
	DOC_CONTACT, /* Name <mail>, a line each; of a succession, a modification: the new ones */
	DOC_CONTACT_TYPE,
	DOC_CONTACT_ORGANIZATION,
	DOC_CONTACT_ID, /* a line each */
	DOC_CONTACT_ADDRESS,
	DOC_REFERENCE,     /* a line each: [RFC6335], a draft, a URL, or the text itself */
	DOC_SPECIFICATION, /* the stable one, for System Ports and codes by Specification Required
			    */
	DOC_IETF_DOCUMENT, /* the draft or RFC of the IETF stream that asks for it */
	DOC_UNAUTHORIZED,  /* Known Unauthorized Uses */
	DOC_NOTES,         /* Assignment Notes */
	DOC_TXT_KEYS,      /* Defined TXT Keys */
	DOC_BROADCAST,     /* use of broadcast, multicast, anycast */
	DOC_WHY_NOT_DYNAMIC,
	DOC_WHY_NOT_USER,
	DOC_WHY_RESERVED,
	DOC_WHY_SEVERAL,  /* why each of several ports: a line each, "9001: ..." */
	DOC_WHY_SEPARATE, /* why a secure and an insecure one (RFC 7605 section 7.4) */
	DOC_DEVELOPMENT,  /* state of development; which transports are in use now */
	DOC_DIFFERENCE,   /* from assigned services */
	DOC_UDP_CONGESTION,
	DOC_UDP_DISCOVERY, /* is UDP only for discovery: yes or no, and how */
	DOC_TRANSPORT_DIFFERENCES,
	DOC_VERSIONING,
	DOC_SECURITY,
	DOC_SCTP_EXISTING,
	DOC_SCTP_REASON,
	DOC_DCCP_INTENT,
	DOC_REASON,         /* why a change, a release, a revocation, a renewal */
	DOC_IMPACT,         /* of a change on who uses it */
	DOC_EVIDENCE,       /* of a succession: acquisition, renaming ... */
	DOC_NOT_IN_USE,     /* how it is known that a port is not used any more */
	DOC_RELEASE_NAME,   /* yes: the name too, which is rare (8.2) */
	DOC_CLEARLY_UNUSED, /* of a revocation: yes without, no with a community call (8.4) */
	DOC_LEASE,          /* days, in a pool that leases */
	DOC_FIELD_COUNT
};

enum field_need {
	NEED_NOT, /* must be empty */
	NEED_OPTIONAL,
	NEED_REQUIRED,
};

struct document;

/* One row for each field: forms, templates, checks and JSON all walk it. */
struct document_row {
	const char *name;     /* Service Name */
	const char *question; /* what is asked, one line */
	const char *help; /* what a good answer has, with its source; lines of at most 78 bytes */
	bool is_text;     /* may have several lines */
	/* Who needs it, by what was said so far: kind, transports, port. */
	enum field_need (*need)(const struct document *d);
};
extern const struct document_row document_rows[DOC_FIELD_COUNT];

#define DOCUMENT_KEY_MAX 40

/* The name of a field in JSON, service_name; NUL-terminated, returns the length. */
size_t document_key(char ret_text[static DOCUMENT_KEY_MAX], enum document_field field);

/* The field of a name, as paragraph_name_equal() has it; DOC_FIELD_COUNT: there is none. */
enum document_field document_find(struct portroll_str name);

struct document {
	struct portroll_str values[DOC_FIELD_COUNT];
	uint32_t lines[DOC_FIELD_COUNT]; /* where it stands in the file; 0: not known */
};

/* Either form, found by its first character. Fields of several paragraphs are those of one
 * document. PORTROLL_ESYNTAX with the place for a field that is unknown (the nearest is named),
 * twice, not text, or has several lines where one is meant; and for no field at all;
 * PORTROLL_ELIMIT. */
PORTROLL_MUST_CHECK int document_read(struct document *ret, struct portroll_str text,
				      struct arena *a, struct portroll_error *err);

void document_put(struct buf *out, const struct document *d); /* as a paragraph */

/* The same as one object, on one line without an end, its members in the order of the fields. */
void document_put_json(struct buf *out, const struct document *d);

/* A file to be filled in: each field that this kind may need, explained in comments. */
void document_put_template(struct buf *out, const struct document *d);

/* The kind of its `Request`; REQUEST_KIND_COUNT: none that is known. Empty is REQUEST_ASSIGN. */
enum request_kind document_kind(const struct document *d);

bool document_equal(const struct document *a, const struct document *b);
