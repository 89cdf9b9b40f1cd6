/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The rules behind the registry, one row each: RFC 6335, 7605, 8126 and their relatives, IANA's
 * forms and practice. A rule that software can test has a test; one that it can only ask about is a
 * question to the reviewer, whose answer is recorded; one that binds others (programs that use
 * ports, the text of documents) says who is bound and where portroll itself keeps it.
 */

#include "base/macros.h"
#include "procedure/evidence.h"
#include "procedure/policy.h"
#include "procedure/request.h"
#include "registry/port_index.h"

enum rule_binds {            /* what a rule is about; bits */
	BINDS_REQUEST = 1,   /* REQ: a request at its intake */
	BINDS_RECORD = 2,    /* REC: a record that is kept */
	BINDS_ACTION = 4,    /* ACT: what a registrar does */
	BINDS_PUBLISHED = 8, /* PUB: what is published */
	BINDS_CONSUMER = 16, /* CON: programs that use the registry */
	BINDS_HOST = 32,     /* HOST: hosts and programs that use ports */
	BINDS_DOCUMENT = 64, /* DOC: the text of an applicant */
};

/* As the source has it. */
enum rule_level {
	LEVEL_MUST,
	LEVEL_SHOULD,
	LEVEL_MAY,
	LEVEL_STATED,   /* plain prose of an RFC */
	LEVEL_PRACTICE, /* IANA's forms and data */
	LEVEL_DESIGN,   /* needed to build software */
};

enum rule_how {
	RULE_ENFORCED,  /* tested here, or kept by how the program is made: `where` says it */
	RULE_ASKED,     /* a question for the reviewer; the answer is recorded */
	RULE_ELSEWHERE, /* binds others; `where` says whom, and what portroll does about it */
};

struct rule;

/* What a request is tested against. All borrowed. */
struct rule_world {
	const struct roll *roll;         /* for names and ports of the sources below; may be NULL */
	const struct registry *registry; /* of the source that is asked */
	const struct port_index *index;  /* of that registry */
	const struct policy *policy;
	const struct hold *holds; /* what open requests of before want */
	size_t hold_count;
	const struct portroll_str *past_names; /* that the source had once and has no more; sorted,
						* case ignored */
	size_t past_name_count;
	struct date today;
};

/* What an open request holds softly: first come, first served. */
struct hold {
	struct portroll_str request; /* */
	struct portroll_str source;
	struct portroll_str name; /* empty: none */
	struct range ports;
	transport_set transports; /* 0: no port */
};

struct finding {
	const struct rule *rule;
	struct portroll_str detail; /* what was found, in the arena: 'httpd-2' ends in a version */
	uint8_t field;              /* enum document_field; DOC_FIELD_COUNT: of no field */
	uint32_t record;            /* index in the registry; UINT32_MAX: none */
	uint32_t unless;            /* evidence, any of which makes it good */
	bool is_question;           /* to be answered, not wrong */
	bool is_warning;            /* to be looked at; holds nothing up, whatever the level */
};

#define NO_RECORD UINT32_MAX

struct finding_list {
	struct arena *arena;
	struct finding *items;
	size_t count, capacity;
	const struct rule *rule; /* whose test runs: the rule of what is added */
};

/* Adds one of the rule that is tested; the detail is printf's. What fails for memory sticks in the
 * arena. */
void finding_add(struct finding_list *list, uint8_t field, uint32_t record, const char *format, ...)
	PRINTF(4, 5);
/* The same, as a warning; as a question to the reviewer. */
void finding_warn(struct finding_list *list, uint8_t field, uint32_t record, const char *format,
		  ...) PRINTF(4, 5);
void finding_ask(struct finding_list *list, uint8_t field, uint32_t record, const char *format, ...)
	PRINTF(4, 5);

/* The same, which holds nothing up once any of that evidence is on file. */
void finding_lack(struct finding_list *list, uint8_t field, uint32_t unless, const char *format,
		  ...) PRINTF(4, 5);

struct request_check {
	const struct request *request;
	const struct rule_world *world;
	const struct evidence *evidence; /* NULL at intake */
};

struct records_check {
	const struct registry *registry;
	const struct port_index *index;
	struct date today;
	void *shared; /* what the tests of all records have in common */
};

#define KIND_BIT(kind) ((uint16_t)(1U << (kind)))

/* That ask for a name, a port or both, with all fields of a new request (RFC 6335 section 8.1.1).
 */
#define KINDS_NEW                                                                                  \
	((uint16_t)(KIND_BIT(REQUEST_ASSIGN) | KIND_BIT(REQUEST_TRANSPORT) |                       \
		    KIND_BIT(REQUEST_NAME) | KIND_BIT(REQUEST_REUSE) | KIND_BIT(REQUEST_EARLY)))

struct rule {
	const char *id, *origin; /* N01, "RFC 6335 section 5.1" */
	uint8_t level;           /* enum rule_level */
	uint8_t binds;           /* enum rule_binds, bits */
	uint8_t how;             /* enum rule_how */
	bool is_form;            /* a MUST of form: nobody can override it */
	const char *sentence;    /* what is right */
	const char *remedy;      /* what to do about a finding; a question's words where it asks */
	const char *where;       /* who keeps it, where no test of this table does; else NULL */
	uint16_t kinds;          /* of requests that it is tested on: bits KIND_BIT; 0: all */
	void (*of_request)(struct finding_list *found, const struct request_check *s);
	void (*of_decision)(struct finding_list *found, const struct request_check *s);
	void (*of_records)(struct finding_list *found, const struct records_check *s);
};

#define RULE_COUNT 152

/* All rules, in the order N, P, Q, D, L, E, C, X: the tables of the families (rule_tables.h),
 * joined. NULL past the last one. */
const struct rule *rule_at(size_t index);
const struct rule *rule_find(struct portroll_str id); /* case ignored; NULL: none */

const char *rule_level_name(uint8_t level);
const char *rule_how_name(uint8_t how);              /* enforced, asked, elsewhere */
void rule_put_binds(struct buf *out, uint8_t binds); /* REQ REC */

/* All findings on a request: those of its form, and questions; with evidence also what a decision
 * still lacks (of_decision). They live in the arena that `ret` comes with. PORTROLL_OK or
 * PORTROLL_ENOMEM. */
PORTROLL_MUST_CHECK int rules_check_request(struct finding_list *ret,
					    const struct request_check *s);

/* All findings on the records of a registry, rule by rule. */
PORTROLL_MUST_CHECK int rules_check_records(struct finding_list *ret, const struct registry *reg,
					    const struct port_index *index, struct date today,
					    struct arena *a);

/* How grave it is: an error holds a decision up unless it is overridden, a notice is of practice or
 * of what one may do. */
enum finding_severity {
	SEVERITY_ERROR,
	SEVERITY_WARNING,
	SEVERITY_QUESTION,
	SEVERITY_NOTICE,
	SEVERITY_COUNT
};
enum finding_severity finding_severity(const struct finding *f);
const char *severity_name(enum finding_severity severity); /* error */

/* Must it be mended before a decision, unless it is overridden? MUST and what is stated, but no
 * warning and no question that was answered. */
bool finding_blocks(const struct finding *f, const struct evidence *evidence);
