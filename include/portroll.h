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

/* What went wrong and where. The first error wins: begin with one that is all zero. `text` is one
 * sentence without a full stop. */
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
	uint32_t change;              /* number of the change that made it so; 0: not known */
	uint32_t reserved0;
	uint64_t reserved[3];
};

/* No record: what a lookup for one record gives when there is none. */
#define PORTROLL_NONE UINT32_MAX

/* Where the snapshot of the system is. */
#define PORTROLL_SYSTEM_SNAPSHOT "/var/lib/portroll/snapshot"

/* ---- opening ---- */

struct portroll_snapshot;

/* Reads the file into memory and checks all of it: what happens to the file afterwards does not
 * matter. On success *ret is yours, portroll_close() it; on failure it is untouched, and *err, if
 * given, says what, where and what to do. PORTROLL_ESYSTEM: it cannot be read, or root reads a file
 * that everybody may write; PORTROLL_EINVAL: it is no regular file; PORTROLL_ELIMIT: larger than
 * 4 GiB; PORTROLL_EVERSION: written by another version; PORTROLL_ECORRUPT: it fails its own checks;
 * PORTROLL_ENOMEM. */
PORTROLL_API PORTROLL_MUST_CHECK int portroll_open(struct portroll_snapshot **ret, const char *path,
						   struct portroll_error *err);

/* The same, but the file is mapped and each block is checked when it is first used: for programs
 * that ask once. Damage found later makes lookups empty and portroll_damaged() true. A file that
 * somebody cuts short while it is mapped is a signal (SIGBUS): replace snapshots by rename only. */
PORTROLL_API PORTROLL_MUST_CHECK int
portroll_open_touched(struct portroll_snapshot **ret, const char *path, struct portroll_error *err);

/* Opens bytes in memory, all checked; they stay yours and must outlive the snapshot. */
PORTROLL_API PORTROLL_MUST_CHECK int portroll_open_bytes(struct portroll_snapshot **ret,
							 const void *bytes, size_t size,
							 struct portroll_error *err);

/* Gives back one hold on the snapshot. With the last one all that was borrowed from it dies. NULL
 * is fine. */
PORTROLL_API void portroll_close(struct portroll_snapshot *s);

/* One more hold, to be given back by portroll_close(); from any thread. Returns s. */
PORTROLL_API struct portroll_snapshot *portroll_hold(struct portroll_snapshot *s);

/* Has a block failed its check since it was opened? Then empty answers are not to be believed. */
PORTROLL_API bool portroll_damaged(const struct portroll_snapshot *s);

/* A number of the content: equal bytes have equal digests. Not against an attacker. */
PORTROLL_API uint64_t portroll_digest(const struct portroll_snapshot *s);

/* ---- following a snapshot that is replaced ---- */

struct portroll_watch;

/* Opens the snapshot at the path and remembers which file it was. Errors as portroll_open(). */
PORTROLL_API PORTROLL_MUST_CHECK int
portroll_watch_open(struct portroll_watch **ret, const char *path, struct portroll_error *err);

/* Snapshots that are still held live on. NULL is fine. */
PORTROLL_API void portroll_watch_close(struct portroll_watch *w);

/* The snapshot of the moment with a hold for the caller, portroll_close() it. Never NULL. Any
 * number of threads, while another one looks. */
PORTROLL_API struct portroll_snapshot *portroll_watch_snapshot(struct portroll_watch *w);

/* Looks whether another file is there under the name, and opens it: 1 when there is a new
 * snapshot, 0 when not or when another thread is looking, or an error, which leaves the old one in
 * its place. A file whose content cannot be used is an error once. */
PORTROLL_API PORTROLL_MUST_CHECK int portroll_watch_look(struct portroll_watch *w,
							 struct portroll_error *err);

/* ---- lookups: they cannot fail and allocate nothing ---- */

/* The id of the first record of (port, transport) in order of precedence of the sources, canonical
 * name first; PORTROLL_NONE: no record covers it, or the transport is none of the four. */
PORTROLL_API uint32_t portroll_find_port(const struct portroll_snapshot *s, uint16_t port,
					 uint32_t transport);

/* The id of the first record with that name, ASCII case ignored (RFC 6335 section 5.1), or
 * PORTROLL_NONE. */
PORTROLL_API uint32_t portroll_find_name(const struct portroll_snapshot *s,
					 struct portroll_str name);

/* The record with that id; false when there is none or it is damaged. Ids are 0 to
 * portroll_record_count() - 1, by source and the order of the document, and belong to this
 * snapshot only. */
PORTROLL_API bool portroll_get(const struct portroll_snapshot *s, uint32_t id,
			       struct portroll_record *ret);
PORTROLL_API uint32_t portroll_record_count(const struct portroll_snapshot *s);

/* Walks over records; a value that owns nothing. Its members are not for you. */
struct portroll_iter {
	const struct portroll_snapshot *snapshot;
	uint32_t kind, transport;
	uint32_t first, last;
	uint32_t port, current;
	uint32_t at, left;
	uint64_t reserved;
};

/* The next record, or false at the end:
 *
 *	struct portroll_iter it = portroll_by_port(s, 443, PORTROLL_TCP);
 *	for (struct portroll_record r; portroll_next(&it, &r);)
 */
PORTROLL_API bool portroll_next(struct portroll_iter *it, struct portroll_record *ret);

/* What answers most questions about a record. */
struct portroll_brief {
	uint32_t id, source;
	uint16_t port_first, port_last; /* with has_port; both included */
	uint8_t has_port;
	uint8_t transport; /* enum portroll_transport */
	uint8_t flags;     /* enum portroll_record_flags */
	uint8_t reserved0;
	struct portroll_str name;
	uint64_t reserved[2];
};

/* As portroll_next(), for those who need no more than this: it reads less memory, which is what a
 * lookup costs. */
PORTROLL_API bool portroll_next_brief(struct portroll_iter *it, struct portroll_brief *ret);

/* All records that cover (port, transport), in order of precedence of the sources, canonical name
 * first. PORTROLL_ANY: tcp, udp, sctp, dccp after one another, each record once. */
PORTROLL_API struct portroll_iter portroll_by_port(const struct portroll_snapshot *s, uint16_t port,
						   uint32_t transport);

/* All records with that name, ASCII case ignored, by precedence and the order of the document; with
 * a transport only those that state it or none. */
PORTROLL_API struct portroll_iter portroll_by_name(const struct portroll_snapshot *s,
						   struct portroll_str name, uint32_t transport);

/* All records that cover a port from first to last (both included), by their first port in there,
 * each record once. */
PORTROLL_API struct portroll_iter portroll_by_range(const struct portroll_snapshot *s,
						    uint16_t first, uint16_t last,
						    uint32_t transport);

/* All records of all sources by id. */
PORTROLL_API struct portroll_iter portroll_all(const struct portroll_snapshot *s);

/* What is said of one (port, transport). */
struct portroll_answer {
	uint8_t state;      /* enum portroll_state */
	uint8_t reason;     /* enum portroll_reason */
	uint8_t rule;       /* the step of the rules that decided, 1 to 8; 0: no complete source */
	uint8_t has_source; /* is there a source that decided? */
	uint32_t source;    /* its index, with has_source */
	uint32_t record_count; /* records of all sources that cover it */
	uint32_t frequency;    /* how often it was found open, in millionths; 0: nobody says */
	uint64_t reserved[2];
};

/* The state as RFC 6335 section 6 has it, derived when the snapshot was made. A transport that is
 * none of the four: PORTROLL_UNKNOWN, not listed. */
PORTROLL_API struct portroll_answer portroll_state(const struct portroll_snapshot *s, uint16_t port,
						   uint32_t transport);

/* ---- people ---- */

struct portroll_person {
	struct portroll_str id, name, organisation;
	struct portroll_str uri; /* the first one, as IANA writes it */
	uint32_t uri_count;
	uint32_t source;  /* index of the source that lists the person */
	uint32_t updated; /* year x 10000 + month x 100 + day; 0: not stated */
	uint32_t reserved0;
	uint64_t reserved[2];
};

/* The person with that id (exact case, with or without brackets) in the first source that has one;
 * false: there is none. */
PORTROLL_API bool portroll_find_person(const struct portroll_snapshot *s, struct portroll_str id,
				       struct portroll_person *ret);

/* ---- search ---- */

#define PORTROLL_SEARCH_WORDS_MAX 32

enum portroll_search_flags {
	PORTROLL_SEARCH_NAMES = 1 << 0, /* in names, descriptions and ports only, not all columns */
};

struct portroll_hit {
	uint64_t rank; /* smaller is better; comparable within one search */
	uint32_t record;
	uint32_t reserved;
};

/* The records in which all words stand (split at blanks, ASCII case ignored, parts of words count),
 * ranked: whole name or a port that is covered, begin of a name, part of a name, description, the
 * rest; whole words first; what is found open more often first; then precedence and port. Writes
 * the best `max` hits in that order and returns how many there are in all. No words, or more than
 * PORTROLL_SEARCH_WORDS_MAX, find nothing. */
PORTROLL_API size_t portroll_search(const struct portroll_snapshot *s, struct portroll_str words,
				    uint32_t flags, struct portroll_hit *ret, size_t max);

/* ---- the rules that need no request ---- */

enum portroll_level {
	PORTROLL_MUST = 1,   /* the registry refuses it */
	PORTROLL_SHOULD = 2, /* the reviewers will ask why */
	PORTROLL_NOTICE = 3, /* to be thought about */
};

/* A rule that is broken; its texts are constant and NUL-terminated. */
struct portroll_finding {
	const char *rule;     /* its id, as "N02" */
	const char *origin;   /* where it stands, as "RFC 6335 section 5.1" */
	const char *sentence; /* what it asks for, one sentence without a full stop */
	uint32_t level;       /* enum portroll_level */
	uint32_t record;      /* that the name is taken by, or PORTROLL_NONE */
};

/* Checks a service name (RFC 6335 section 5.1); with a snapshot also whether it is taken. Writes
 * the first `max` findings in order of the rules and returns how many there are. */
PORTROLL_API size_t portroll_check_name(const struct portroll_snapshot *s, struct portroll_str name,
					struct portroll_finding *ret, size_t max);

/* Checks a port or a range "first-last" that is asked for (RFC 6335 section 6). */
PORTROLL_API size_t portroll_check_port(struct portroll_str port, struct portroll_finding *ret,
					size_t max);

/* ---- where it comes from ---- */

struct portroll_source {
	struct portroll_str name;   /* "iana" */
	struct portroll_str title;  /* of the registry */
	struct portroll_str origin; /* file or URL that was read */
	struct portroll_str format; /* that it was in */
	uint8_t sha256[32];         /* of the bytes that were read */
	uint32_t updated; /* the registry's own date: year x 10000 + month x 100 + day; 0: none */
	uint32_t record_count, person_count;
	uint32_t copy_count; /* that the source was made of; the members above tell of the first */
	uint8_t managed;     /* changes by decisions here; otherwise a mirror */
	uint8_t coverage;    /* 0 complete, 1 partial, 2 names only */
	uint8_t reserved0[6];
	uint64_t reserved[4];
};

/* Sources are in order of precedence. False: no such source. */
PORTROLL_API uint32_t portroll_source_count(const struct portroll_snapshot *s);
PORTROLL_API bool portroll_get_source(const struct portroll_snapshot *s, uint32_t index,
				      struct portroll_source *ret);

/* ---- words ---- */

/* "tcp", "udp", "sctp", "dccp"; "" for others. Constant, NUL-terminated. */
PORTROLL_API const char *portroll_transport_name(uint32_t transport);

/* The transport of that name, ASCII case ignored, or PORTROLL_ANY. */
PORTROLL_API uint32_t portroll_transport(struct portroll_str name);

/* "Assigned", "Reserved" ...; a sentence for a reason. Constant, NUL-terminated; "" for others. */
PORTROLL_API const char *portroll_state_name(uint32_t state);
PORTROLL_API const char *portroll_reason_text(uint32_t reason);

/* Of the library that runs, as "0.1.0". */
PORTROLL_API const char *portroll_version(void);

#ifdef __cplusplus
}
#endif
