/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The one table of verbs: names, groups, options, help, and which program runs them. Help,
 * completion, dispatch and the tests walk it. `portroll` runs its own verbs itself and the others
 * by execv of the program in libexec, as git does.
 */

#include "base/buf.h"
#include "verbs/options.h"

enum verb_program {
	PROGRAM_PORTROLL, /* the reader: libc only */
	PROGRAM_KEEPER,   /* portroll-keeper */
	PROGRAM_SERVE,    /* portroll-serve */
	PROGRAM_FETCH,    /* portroll-fetch */
	PROGRAM_COUNT
};

enum verb_group {
	GROUP_ASK,
	GROUP_KEEP,
	GROUP_ACT,
	GROUP_COUNT
};

extern const char *const program_names[PROGRAM_COUNT];

struct verb {
	const char *name;
	const char *operands;         /* in the usage line: PORT|NAME... */
	const char *summary;          /* one line for help and completion */
	const char *details;          /* paragraphs and examples for --help */
	uint8_t program;              /* enum verb_program */
	uint8_t group;                /* enum verb_group */
	int operand_min, operand_max; /* INT_MAX: any number */
	const uint8_t *takes;         /* enum option_id, ends with OPTION_COUNT */
};

/* In the order of help; NULL name at the end. */
extern const struct verb verbs[];

/* Options every verb takes; ends with OPTION_COUNT. */
extern const uint8_t common_options[];

const struct verb *verb_find(struct portroll_str name);

/* The verb that was most likely meant, for "did you mean"; NULL: none is near. */
const struct verb *verb_nearest(struct portroll_str word);

/* Exit codes, one table for all programs. */
enum exit_code {
	EXIT_YES = 0,   /* yes, found, clean */
	EXIT_ERROR = 1, /* usage, input, system */
	EXIT_NO = 2,    /* no, not found, findings */
};

void verb_put_usage(struct buf *out, const struct verb *verb); /* one line */
void verb_put_help(struct buf *out, const struct verb *verb);
void verbs_put_help(struct buf *out); /* all verbs, grouped */

/* The version of the project, as --version prints it. */
#define PORTROLL_VERSION_TEXT "portroll " PORTROLL_VERSION
