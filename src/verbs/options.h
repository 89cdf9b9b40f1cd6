/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * Options as data. Every option of every program is one row of options[]; a verb names the ones it
 * takes. The parser accepts them before and after the verb and the operands, GNU style: --name
 * VALUE, --name=VALUE, -x VALUE, -xVALUE, "--" ends them.
 */

#include "base/error.h"
#include "base/str.h"

enum option_id {
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_SNAPSHOT, /* FILE: read this snapshot */
	OPTION_QUIET,
	OPTION_VERBOSE,
	OPTION_COLOUR, /* auto, always, never */
	OPTION_JSON,
	OPTION_NDJSON,
	OPTION_TSV,
	OPTION_BRIEF,
	OPTION_SOURCE,
	OPTION_MATCH,
	OPTION_NAMES,
	OPTION_RANGE,
	OPTION_STATE,
	OPTION_TRANSPORT,
	OPTION_ASSIGNEE,
	OPTION_REFERENCE,
	OPTION_SINCE,
	OPTION_BEFORE,
	OPTION_NEAR,
	OPTION_COUNT_OF, /* --count N */
	OPTION_COMMON,
	OPTION_SVG,
	OPTION_EXPERTS,
	OPTION_RANGES,
	OPTION_NOTES,
	OPTION_ABOVE,
	OPTION_BELOW,
	OPTION_PARTIAL,
	OPTION_FORCE,
	OPTION_FROM,  /* the form of the input, where it cannot be told */
	OPTION_DATED, /* the date of a copy that does not say it */
	OPTION_COVERAGE,
	OPTION_WAIT,
	OPTION_FORMAT,
	OPTION_TO,
	OPTION_OUTPUT,
	OPTION_PAGE,
	OPTION_STYLE,
	OPTION_EXPAND_RANGES,
	OPTION_MERGE_TRANSPORTS,
	OPTION_RESERVED_ROWS,
	OPTION_LOSS_REPORT,
	OPTION_URL,
	OPTION_TIMEOUT,
	OPTION_LISTEN,
	OPTION_ORIGIN, /* of update: where the file came from */
	OPTION_ETAG,
	OPTION_TO_FILE, /* of publish: --to FILE */
	OPTION_UNDO,
	OPTION_DRY_RUN,
	OPTION_YES,
	OPTION_AS_OF,
	OPTION_STORE,
	OPTION_NAME_OF_LOG, /* of init: --origin NAME */
	OPTION_REASON,
	OPTION_HISTORY,
	OPTION_MIRRORED_BY,
	OPTION_AUTHOR,
	OPTION_KIND,
	OPTION_PATCH,
	OPTION_SINCE_CHECKPOINT, /* of verify: --since FILE */
	OPTION_RECEIPT,
	OPTION_KEY,
	OPTION_KEY_FILE, /* of ledger restore: --key FILE */
	OPTION_I_KNOW,
	OPTION_ROTATE,
	OPTION_ALL,
	OPTION_AS,
	OPTION_EVIDENCE,
	OPTION_APPROVAL, /* of request: --reference TEXT */
	OPTION_RULE,
	OPTION_CODE,
	OPTION_PORT,
	OPTION_REGISTERED,
	OPTION_REVISION,
	OPTION_CASE_STATE, /* of request list: --state STATE */
	OPTION_MINE,
	OPTION_TEMPLATE,
	OPTION_ADMIN,
	OPTION_LOGIN,
	OPTION_DISPLAY,
	OPTION_MAIL,
	OPTION_PERSON,
	OPTION_GRANT,
	OPTION_POLICY,
	OPTION_COUNT
};

struct option_row {
	const char *name;     /* long, without the hyphens */
	const char *argument; /* FILE, N ...; NULL: a flag */
	const char *help;
	char short_name;            /* 0: none */
	bool hidden;                /* between our own programs */
	const char *const *choices; /* NULL-terminated; NULL: anything */
};

extern const struct option_row options[OPTION_COUNT];

#define OPERAND_MAX 4096

struct arguments {
	const char *values[OPTION_COUNT]; /* the last one given; flags: "" ; NULL: not given */
	char **operands;                  /* in order; points into argv */
	int operand_count;
};

/* Two rows may have the same name where no verb takes both: then that of the first word that is a
 * verb is meant. */

/* Sorts argv (argv[0] left out) into options and operands, in place: argv is used up. Unknown
 * options (the nearest one is named), missing values, values that are no choice and more than
 * OPERAND_MAX operands are PORTROLL_EINVAL. Operands include the verb, if any: the caller takes it
 * off. */
PORTROLL_MUST_CHECK int arguments_parse(struct arguments *ret, int argc, char **argv,
					struct portroll_error *err);

/* PORTROLL_EINVAL when an option was given that the verb does not take, two that exclude each other
 * (--json and --tsv), or when it has too few or too many operands (the verb itself taken off). */
struct verb;
PORTROLL_MUST_CHECK int arguments_check(const struct arguments *args, const struct verb *verb,
					struct portroll_error *err);
