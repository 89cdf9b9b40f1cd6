/* SPDX-License-Identifier: MIT */
#include "verbs/verb.h"

#include <limits.h>
#include <stddef.h>

#include "registry/name.h"
#include "verbs/details.h"

const char *const program_names[PROGRAM_COUNT] = {
	[PROGRAM_PORTROLL] = "portroll",
	[PROGRAM_KEEPER] = "portroll-keeper",
	[PROGRAM_SERVE] = "portroll-serve",
	[PROGRAM_FETCH] = "portroll-fetch",
};

const uint8_t common_options[] = {OPTION_HELP,    OPTION_VERSION, OPTION_QUIET,
				  OPTION_VERBOSE, OPTION_COLOUR,  OPTION_COUNT};

/* clang-format off */
static const uint8_t lookup_options[] = {
	OPTION_JSON, OPTION_NDJSON, OPTION_TSV, OPTION_BRIEF, OPTION_SOURCE,
	OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t search_options[] = {
	OPTION_NAMES, OPTION_COUNT_OF, OPTION_JSON, OPTION_NDJSON, OPTION_TSV, OPTION_SOURCE,
	OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t list_options[] = {
	OPTION_MATCH, OPTION_RANGE, OPTION_STATE, OPTION_TRANSPORT, OPTION_ASSIGNEE,
	OPTION_REFERENCE, OPTION_SINCE, OPTION_BEFORE, OPTION_SOURCE, OPTION_COUNT_OF, OPTION_COMMON,
	OPTION_JSON, OPTION_NDJSON, OPTION_TSV, OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t free_options[] = {
	OPTION_NEAR, OPTION_COUNT_OF, OPTION_TRANSPORT, OPTION_JSON, OPTION_TSV,
	OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t states_options[] = {
	OPTION_TRANSPORT, OPTION_TSV, OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t map_options[] = {
	OPTION_SVG, OPTION_TRANSPORT, OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t person_options[] = {
	OPTION_SOURCE, OPTION_JSON, OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t about_options[] = {
	OPTION_EXPERTS, OPTION_RANGES, OPTION_NOTES, OPTION_SOURCE, OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t init_options[] = {
	OPTION_STORE, OPTION_NAME_OF_LOG, OPTION_WAIT, OPTION_COUNT,
};
static const uint8_t import_options[] = {
	OPTION_SOURCE, OPTION_ABOVE, OPTION_BELOW, OPTION_PARTIAL, OPTION_COVERAGE, OPTION_DATED,
	OPTION_FROM, OPTION_HISTORY, OPTION_MIRRORED_BY, OPTION_REASON, OPTION_FORCE, OPTION_WAIT,
	OPTION_ORIGIN, OPTION_ETAG, OPTION_COUNT,
};
static const uint8_t export_options[] = {
	OPTION_FORMAT, OPTION_OUTPUT, OPTION_SOURCE, OPTION_MATCH, OPTION_PAGE, OPTION_STYLE,
	OPTION_EXPAND_RANGES, OPTION_MERGE_TRANSPORTS, OPTION_RESERVED_ROWS, OPTION_NDJSON, OPTION_LOSS_REPORT,
	OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t convert_options[] = {
	OPTION_TO, OPTION_OUTPUT, OPTION_FROM, OPTION_MATCH, OPTION_PAGE, OPTION_STYLE,
	OPTION_EXPAND_RANGES, OPTION_MERGE_TRANSPORTS, OPTION_RESERVED_ROWS, OPTION_NDJSON, OPTION_LOSS_REPORT, OPTION_COUNT,
};
static const uint8_t update_options[] = {
	OPTION_URL, OPTION_TIMEOUT, OPTION_SOURCE, OPTION_FORCE, OPTION_WAIT, OPTION_COUNT,
};
static const uint8_t source_options[] = {
	OPTION_ABOVE, OPTION_BELOW, OPTION_POLICY, OPTION_FORCE, OPTION_REASON, OPTION_YES, OPTION_WAIT, OPTION_JSON,
	OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t log_options[] = {
	OPTION_COUNT_OF, OPTION_SINCE, OPTION_BEFORE, OPTION_AUTHOR, OPTION_KIND, OPTION_SOURCE,
	OPTION_PATCH, OPTION_JSON, OPTION_COUNT,
};
static const uint8_t diff_options[] = {
	OPTION_PATCH, OPTION_SOURCE, OPTION_JSON, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t publish_options[] = {
	OPTION_TO_FILE, OPTION_UNDO, OPTION_DRY_RUN, OPTION_YES, OPTION_FORCE, OPTION_LOSS_REPORT,
	OPTION_WAIT, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t verify_options[] = {
	OPTION_SINCE_CHECKPOINT, OPTION_RECEIPT, OPTION_KEY, OPTION_TIMEOUT, OPTION_JSON, OPTION_COUNT,
};
static const uint8_t ledger_options[] = {
	OPTION_REASON, OPTION_STORE, OPTION_KEY_FILE, OPTION_ROTATE, OPTION_I_KNOW, OPTION_FORCE, OPTION_YES,
	OPTION_WAIT, OPTION_TIMEOUT, OPTION_COUNT,
};
static const uint8_t serve_options[] = {
	OPTION_LISTEN, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t request_options[] = {
	OPTION_EVIDENCE, OPTION_APPROVAL, OPTION_REASON, OPTION_RULE, OPTION_CODE, OPTION_PORT, OPTION_REGISTERED,
	OPTION_REVISION, OPTION_AS, OPTION_TEMPLATE, OPTION_CASE_STATE, OPTION_MINE, OPTION_SOURCE, OPTION_YES, OPTION_WAIT, OPTION_JSON,
	OPTION_COUNT,
};
static const uint8_t account_options[] = {
	OPTION_ADMIN, OPTION_LOGIN, OPTION_DISPLAY, OPTION_MAIL, OPTION_PERSON, OPTION_GRANT, OPTION_AS,
	OPTION_YES, OPTION_JSON, OPTION_COUNT,
};
static const uint8_t check_options[] = {
	OPTION_ALL, OPTION_SOURCE, OPTION_JSON, OPTION_SNAPSHOT, OPTION_COUNT,
};
static const uint8_t rules_options[] = {
	OPTION_JSON, OPTION_TSV, OPTION_COUNT,
};
static const uint8_t no_options[] = {OPTION_COUNT};

const struct verb verbs[] = {
	{"lookup", "PORT|NAME|RANGE|URL|-...", "what a port or service name is",
	 lookup_details, PROGRAM_PORTROLL, GROUP_ASK, 1, INT_MAX, lookup_options},
	{"search", "WORD...", "find records by words, best first",
	 search_details, PROGRAM_PORTROLL, GROUP_ASK, 1, INT_MAX, search_options},
	{"list", "", "list records by conditions",
	 list_details, PROGRAM_PORTROLL, GROUP_ASK, 0, 0, list_options},
	{"free", "[RANGE]", "ports one could ask for",
	 free_details, PROGRAM_PORTROLL, GROUP_ASK, 0, 1, free_options},
	{"states", "[RANGE]", "the state of every port and transport",
	 states_details, PROGRAM_PORTROLL, GROUP_ASK, 0, 1, states_options},
	{"map", "", "the 65,536 ports as a picture",
	 map_details, PROGRAM_PORTROLL, GROUP_ASK, 0, 0, map_options},
	{"person", "ID", "a person or organisation and their records",
	 person_details, PROGRAM_PORTROLL, GROUP_ASK, 1, 1, person_options},
	{"about", "", "the registry itself: dates, policies, experts, notes",
	 about_details, PROGRAM_PORTROLL, GROUP_ASK, 0, 0, about_options},
	{"log", "[PORT|NAME|PERSON|@N|R-N]", "the changes of the roll; the life of one thing",
	 log_details, PROGRAM_KEEPER, GROUP_ASK, 0, 1, log_options},
	{"diff", "[A] [B]", "what became of the registry between two states",
	 diff_details, PROGRAM_KEEPER, GROUP_ASK, 0, 2, diff_options},
	{"help", "[VERB]", "help, for all or one verb",
	 help_details, PROGRAM_PORTROLL, GROUP_ASK, 0, 1, no_options},
	{"init", "", "make a roll with an empty ledger",
	 init_details, PROGRAM_KEEPER, GROUP_KEEP, 0, 0, init_options},
	{"import", "FILE...", "read a copy of the registry into the roll",
	 import_details, PROGRAM_KEEPER, GROUP_KEEP, 1, INT_MAX, import_options},
	{"export", "", "write the roll in a published form",
	 export_details, PROGRAM_KEEPER, GROUP_KEEP, 0, 0, export_options},
	{"convert", "FILE", "turn one form into another",
	 convert_details, PROGRAM_KEEPER, GROUP_KEEP, 1, 1, convert_options},
	{"update", "", "fetch the registry from IANA",
	 update_details, PROGRAM_FETCH, GROUP_KEEP, 0, 0, update_options},
	{"source", "[WORD [NAME [FILE]]]", "the sources of the roll, and their policies",
	 source_details, PROGRAM_KEEPER, GROUP_KEEP, 0, 3, source_options},
	{"publish", "", "keep a services file for programs that read one",
	 publish_details, PROGRAM_KEEPER, GROUP_KEEP, 0, 0, publish_options},
	{"verify", "[FOLDER|URL]", "prove that the history was not rewritten",
	 verify_details, PROGRAM_KEEPER, GROUP_KEEP, 0, 1, verify_options},
	{"ledger", "WORD ...", "the ledger itself: revert, receipt, backup, redact ...",
	 ledger_details, PROGRAM_KEEPER, GROUP_KEEP, 0, 3, ledger_options},
	{"serve", "", "serve the roll as web pages",
	 serve_details, PROGRAM_SERVE, GROUP_KEEP, 0, 0, serve_options},
	{"check", "NAME|FILE...", "what the rules object to in a name or a request",
	 check_details, PROGRAM_KEEPER, GROUP_ACT, 0, INT_MAX, check_options},
	{"rules", "[ID...]", "the rules of the registry, explained",
	 rules_details, PROGRAM_KEEPER, GROUP_ACT, 0, INT_MAX, rules_options},
	{"request", "WORD ...", "ask for names and ports, decide, carry it out",
	 request_details, PROGRAM_KEEPER, GROUP_ACT, 1, INT_MAX, request_options},
	{"account", "[WORD] [NAME] [ROLE[:SCOPE]]", "who may decide what",
	 account_details, PROGRAM_KEEPER, GROUP_ACT, 0, 3, account_options},
	{NULL, "", "", "", 0, 0, 0, 0, no_options},
};
/* clang-format on */

const struct verb *verb_find(struct portroll_str name)
{
	for (const struct verb *verb = verbs; verb->name; verb++)
		if (str_equal(name, str_from(verb->name)))
			return verb;
	return NULL;
}

const struct verb *verb_nearest(struct portroll_str word)
{
	enum {
		SHORT = 6, /* two edits make any short word of any other */
		FAR = 3
	};
	const struct verb *nearest = NULL;
	unsigned least = word.len < SHORT ? FAR - 1 : FAR;
	for (const struct verb *verb = verbs; verb->name; verb++) {
		unsigned distance = name_distance(word, str_from(verb->name), FAR - 1);
		if (distance < least) {
			least = distance;
			nearest = verb;
		}
	}
	return nearest;
}
