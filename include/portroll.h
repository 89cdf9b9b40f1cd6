/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * portroll: the registry of service names and transport protocol port numbers, read from one
 * immutable snapshot file.
 *
 * A snapshot is opened once and answers from then on: lookups cannot fail, allocate nothing and may
 * be used by any number of threads at once. All text is borrowed from the snapshot and lives until
 * portroll_close(). This header holds the contract of the library and nothing else.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PORTROLL_API        __attribute__((visibility("default")))
#define PORTROLL_MUST_CHECK __attribute__((warn_unused_result))

/* Text is a view: not NUL-terminated, UTF-8, borrowed. */
struct portroll_str {
	const char *ptr;
	size_t len;
};

/* The arguments for printf's %.*s. */
#define PORTROLL_STR_ARG(s) (int)(s).len, (s).ptr

/* Functions that can fail return one of these: 0, or a negative code. */
enum portroll_status {
	PORTROLL_OK = 0,
	PORTROLL_ENOMEM = -1,    /* out of memory */
	PORTROLL_ESYSTEM = -2,   /* the operating system said no: see sys_errno */
	PORTROLL_EINVAL = -3,    /* the caller passed nonsense */
	PORTROLL_ESYNTAX = -4,   /* malformed input: see line and column */
	PORTROLL_ECORRUPT = -5,  /* a snapshot fails its own checks */
	PORTROLL_EVERSION = -6,  /* a snapshot written by another version of portroll */
	PORTROLL_ERULE = -7,     /* against the rules of the registry */
	PORTROLL_ECONFLICT = -8, /* somebody else was first */
	PORTROLL_ELIMIT = -9,    /* larger than a limit that guards the program */
	PORTROLL_ERROR_LAST = PORTROLL_ELIMIT,
};

/* What went wrong and where. The first error wins; text is one sentence without a full stop. */
struct portroll_error {
	int32_t code;      /* enum portroll_status */
	int32_t sys_errno; /* with PORTROLL_ESYSTEM, else 0 */
	uint32_t line;     /* of the input, from 1; 0: not about a place in the input */
	uint32_t column;   /* in bytes, from 1; 0: the whole line */
	char text[240];    /* NUL-terminated */
};

/* Transport protocols. PORTROLL_ANY in a record: no transport is stated. UDP-Lite has no registry
 * of its own, look it up as UDP (RFC 6335 section 1). */
enum portroll_transport {
	PORTROLL_ANY = 0,
	PORTROLL_TCP = 1,
	PORTROLL_UDP = 2,
	PORTROLL_SCTP = 3,
	PORTROLL_DCCP = 4,
};

/* The state of a (port, transport), RFC 6335 section 6. */
enum portroll_state {
	PORTROLL_UNKNOWN = 0, /* no complete copy of a registry is loaded: names only */
	PORTROLL_ASSIGNED = 1,
	PORTROLL_RESERVED = 2,
	PORTROLL_UNASSIGNED = 3,
	PORTROLL_DYNAMIC = 4,
};

/* Why a (port, transport) is in its state. */
enum portroll_reason {
	PORTROLL_REASON_NOT_LISTED = 0,    /* no complete copy says anything */
	PORTROLL_REASON_RECORD = 1,        /* Assigned by a record of this transport */
	PORTROLL_REASON_ANY_TRANSPORT = 2, /* Assigned by a record that states no transport */
	PORTROLL_REASON_EDGE = 3,          /* Reserved: 0, 1023, 1024, 49151 border the ranges */
	PORTROLL_REASON_RELEASED = 4,      /* Reserved: de-assigned, removed or given back */
	PORTROLL_REASON_COMPANION = 5,     /* Reserved: Assigned on another transport */
	PORTROLL_REASON_HELD = 6,          /* Reserved: held by the registry */
	PORTROLL_REASON_FREE = 7,          /* Unassigned: a record says so */
	PORTROLL_REASON_NO_RECORD = 8,     /* Unassigned: no record covers the port */
	PORTROLL_REASON_DYNAMIC = 9,       /* Dynamic: 49152 to 65535 are never assigned */
	PORTROLL_REASON_COUNT = 10,
};

/* Roles of a name among several on one port (RFC 6335 sections 5 and 10.1); bits of `flags`. */
enum portroll_record_flags {
	PORTROLL_RECORD_ALIAS = 1 << 0,     /* historic: replaced by a well-formed name */
	PORTROLL_RECORD_DUPLICATE = 1 << 1, /* a synonym that is not for service discovery */
};

/* One record, its texts as the cells of IANA's CSV. Empty text: the cell is empty. */
struct portroll_record {
	uint32_t id;                    /* of the record in this snapshot */
	uint32_t source;                /* index of its source */
	uint32_t copy;                  /* index of the source's copy that it came from */
	uint32_t service_code;          /* with has_service_code */
	uint16_t port_first, port_last; /* with has_port; both included */
	uint8_t has_port, has_service_code;
	uint8_t transport; /* enum portroll_transport */
	uint8_t flags;     /* enum portroll_record_flags */
	struct portroll_str name, description, assignee, contact, registered, modified, reference,
		unauthorized, notes;
	struct portroll_str alias_of; /* the name it is an alias or duplicate of */
	uint64_t reserved[4];
};

#ifdef __cplusplus
}
#endif
