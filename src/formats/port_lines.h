/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The records of a registry as forms see them that have a line for each port and transport
 * (services, nmap): port by port, at each port the names that stand there, canonical ones first. A
 * named record that states no transport is an old assignment for TCP and UDP (data.md section 7).
 */

#include "formats/format.h"

/* What became of a record; bits. */
enum port_entry_marks {
	ENTRY_WRITTEN = 1 << 0,
	ENTRY_LEFT_OUT = 1 << 1,  /* did not fit a line, or only one name has room */
	ENTRY_REPEATED = 1 << 2,  /* a line has its name already */
	ENTRY_ALTERED = 1 << 3,   /* its description is not what the line says */
	ENTRY_ELSEWHERE = 1 << 4, /* a source above has its name at other ports */
};

struct port_entry {
	const struct record *record;
	uint32_t position; /* in the documents of all sources after one another */
	uint16_t last;     /* port; that of the record or, when ranges are cut, its first */
	uint16_t source;   /* index of its registry */
	uint8_t rank;      /* as port_rank_of(), nameless ones last */
	uint8_t marks;     /* enum port_entry_marks */
	uint8_t barred;    /* transports, as 1 << t, that have no line for it */
};

struct port_lines {
	struct arena arena;
	const struct registry *const *registries; /* by precedence */
	size_t registry_count;
	const struct write_options *options;
	struct port_entry *entries; /* by position */
	size_t entry_count;
	struct port_entry **by_port;
	size_t next;
	struct port_entry **active; /* at `port`, by source, rank and position */
	size_t active_count;
	uint32_t port;
};

typedef bool port_name_fn(const struct record *r);

/* Takes the records with a port for which `wanted` is true from registries in order of precedence.
 * PORTROLL_ENOMEM, or 0. */
PORTROLL_MUST_CHECK int port_lines_init(struct port_lines *ret,
					const struct registry *const *registries, size_t count,
					const struct write_options *o, port_name_fn *wanted);

/* Goes to the next port at which a record stands; false after the last. */
bool port_lines_next(struct port_lines *l);

/* Has the entry a line for this transport? */
bool port_entry_has(const struct port_entry *entry, uint8_t transport);

/* Notes that the entry stands in a line which describes it so. */
void port_entry_write(struct port_entry *entry, struct portroll_str comment);

/* Counts what the form leaves out; `name_refused` says why a record that was not wanted is not
 * there, `kept` names an extra that the form has a place for (may be NULL). */
void port_lines_count_loss(const struct port_lines *l, struct loss *loss, const char *name_refused,
			   const char *kept);

void port_lines_done(struct port_lines *l);

/* The heading that these forms share, as comments: title, date, provenance. */
void port_lines_put_heading(struct buf *out, const struct registry *reg,
			    const struct write_options *o);

/* A comment for each source of the roll: its provenance. */
void port_lines_put_sources(struct buf *out, const struct roll *roll);

/* The description in one line, into `scratch`. */
struct portroll_str port_lines_comment(struct buf *scratch, const struct record *r);

/* The beginning of the text that has room, cut between characters. */
struct portroll_str port_lines_cut(struct portroll_str text, size_t room);
