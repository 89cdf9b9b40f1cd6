/* SPDX-License-Identifier: MIT */
#include "verbs/options.h"

#include <stddef.h>

static const char *const colours[] = {"auto", "always", "never", NULL};
static const char *const states[] = {"assigned", "reserved", "unassigned", "dynamic", NULL};
static const char *const transport_names[] = {"tcp", "udp", "sctp", "dccp", NULL};
static const char *const coverages[] = {"complete", "partial", "names", NULL};
static const char *const styles[] = {"2025", "2026", NULL};
static const char *const readable[] = {"xml", "csv", "page", "json", "services", "nmap", NULL};
static const char *const writable[] = {"xml",  "csv",      "text", "html",
				       "json", "services", "nmap", NULL};

/* clang-format off */
const struct option_row options[OPTION_COUNT] = {
	[OPTION_HELP]             = {"help", NULL, "show this help", 'h', false, NULL},
	[OPTION_VERSION]          = {"version", NULL, "show the version", 'V', false, NULL},
	[OPTION_SNAPSHOT]         = {"snapshot", "FILE", "answer from this snapshot", 0, false, NULL},
	[OPTION_QUIET]            = {"quiet", NULL, "no notices, no progress", 'q', false, NULL},
	[OPTION_VERBOSE]          = {"verbose", NULL, "say more on standard error", 'v', false, NULL},
	[OPTION_COLOUR]           = {"color", "WHEN", "colour: auto, always or never", 0, false, colours},
	[OPTION_JSON]             = {"json", NULL, "one JSON document", 0, false, NULL},
	[OPTION_NDJSON]           = {"ndjson", NULL, "a JSON object a line", 0, false, NULL},
	[OPTION_TSV]              = {"tsv", NULL, "columns with tabs between", 0, false, NULL},
	[OPTION_BRIEF]            = {"brief", NULL, "a line a key: name port/transport", 'b', false, NULL},
	[OPTION_SOURCE]           = {"source", "NAME", "this source only", 's', false, NULL},
	[OPTION_MATCH]            = {"match", "TEXT", "records with TEXT in a column, not a date", 'm', false, NULL},
	[OPTION_NAMES]            = {"names", NULL, "in names and descriptions only", 0, false, NULL},
	[OPTION_RANGE]            = {"range", "RANGE", "records that cover a port of RANGE", 'r', false, NULL},
	[OPTION_STATE]            = {"state", "STATE", "assigned, reserved, unassigned or dynamic", 0, false, states},
	[OPTION_TRANSPORT]        = {"transport", "T", "tcp, udp, sctp or dccp", 't', false, transport_names},
	[OPTION_ASSIGNEE]         = {"assignee", "ID", "records assigned to the person or organisation ID", 'a', false, NULL},
	[OPTION_REFERENCE]        = {"reference", "LABEL", "records that refer to LABEL: RFC6335", 0, false, NULL},
	[OPTION_SINCE]            = {"since", "DATE", "registered or modified on DATE or later", 0, false, NULL},
	[OPTION_BEFORE]           = {"before", "DATE", "registered or modified before DATE", 0, false, NULL},
	[OPTION_NEAR]             = {"near", "N", "nearest to port N first", 0, false, NULL},
	[OPTION_COUNT_OF]         = {"count", "N", "at most N", 'n', false, NULL},
	[OPTION_COMMON]           = {"common", "N", "the N that are found open most often", 0, false, NULL},
	[OPTION_SVG]              = {"svg", NULL, "an SVG picture instead of characters", 0, false, NULL},
	[OPTION_EXPERTS]          = {"experts", NULL, "the experts of each transport", 0, false, NULL},
	[OPTION_RANGES]           = {"ranges", NULL, "the three ranges, their policies, who decides", 0, false, NULL},
	[OPTION_NOTES]            = {"notes", NULL, "the notes of the registry", 0, false, NULL},
	[OPTION_ABOVE]            = {"above", "SOURCE", "take precedence over SOURCE", 0, false, NULL},
	[OPTION_BELOW]            = {"below", "SOURCE", "stand below SOURCE", 0, false, NULL},
	[OPTION_PARTIAL]          = {"partial", NULL, "add and replace, remove nothing", 'p', false, NULL},
	[OPTION_FORCE]            = {"force", NULL, "accept a file that looks cut or altered", 'f', false, NULL},
	[OPTION_FROM]             = {"from", "FORMAT", "the form of the input, where it cannot be told", 0, false, readable},
	[OPTION_DATED]            = {"dated", "DATE", "the date of a copy that does not say it", 0, false, NULL},
	[OPTION_COVERAGE]         = {"coverage", "C", "complete, partial or names", 0, false, coverages},
	[OPTION_WAIT]             = {"wait", NULL, "wait for another writer instead of giving up", 'w', false, NULL},
	[OPTION_FORMAT]           = {"format", "FORMAT", "xml, csv, text, html, json, services or nmap", 'F', false, writable},
	[OPTION_TO]               = {"to", "FORMAT", "xml, csv, text, html, json, services or nmap", 'T', false, writable},
	[OPTION_OUTPUT]           = {"output", "FILE", "write to FILE, which appears when it is whole", 'o', false, NULL},
	[OPTION_PAGE]             = {"page", "N", "page N of the hits, paged as on IANA's site", 0, false, NULL},
	[OPTION_STYLE]            = {"style", "YEAR", "of plain text: 2025 or 2026", 0, false, styles},
	[OPTION_EXPAND_RANGES]    = {"expand-ranges", NULL, "a line for each port of a range", 0, false, NULL},
	[OPTION_MERGE_TRANSPORTS] = {"merge-transports", NULL, "port/tcp/udp on one line", 0, false, NULL},
	[OPTION_LOSS_REPORT]      = {"loss-report", "FILE", "what the form cannot hold, as JSON", 0, false, NULL},
	[OPTION_URL]              = {"url", "URL", "fetch from URL (https)", 'u', false, NULL},
	[OPTION_TIMEOUT]          = {"timeout", "SECONDS", "give up after that time", 0, false, NULL},
	[OPTION_LISTEN]           = {"listen", "ADDRESS:PORT", "listen there", 'l', false, NULL},
	[OPTION_ORIGIN]           = {"origin", "URL", "where the file came from", 0, true, NULL},
	[OPTION_ETAG]             = {"etag", "ETAG", "the server's tag of the file", 0, true, NULL},
	[OPTION_TO_FILE]          = {"to", "FILE", "keep it in FILE, below the lines that are yours", 'T', false, NULL},
	[OPTION_UNDO]             = {"undo", NULL, "take it out of FILE again", 0, false, NULL},
	[OPTION_DRY_RUN]          = {"dry-run", NULL, "show the difference, write nothing", 'n', false, NULL},
	[OPTION_YES]              = {"yes", NULL, "do not ask", 'y', false, NULL},
	[OPTION_AS_OF]            = {"as-of", "DATE|@N", "as the roll was on DATE, or after change N", 0, false, NULL},
	[OPTION_STORE]            = {"store", "URL", "where the ledger is kept, SQLite if not given", 0, false, NULL},
	[OPTION_NAME_OF_LOG]      = {"origin", "NAME", "what the ledger is called, else HOST/portroll-...", 0, false, NULL},
	[OPTION_REASON]           = {"reason", "TEXT", "why, for the ledger", 0, false, NULL},
	[OPTION_HISTORY]          = {"history", NULL, "each file a change of its own, the oldest first", 0, false, NULL},
	[OPTION_MIRRORED_BY]      = {"mirrored-by", "WHOM", "whose copy it is, if not the registry's", 0, false, NULL},
	[OPTION_AUTHOR]           = {"author", "NAME", "changes made by NAME", 0, false, NULL},
	[OPTION_KIND]             = {"kind", "KIND", "changes of that kind: import, revert ...", 0, false, NULL},
	[OPTION_PATCH]            = {"patch", NULL, "what each change did", 'p', false, NULL},
	[OPTION_SINCE_CHECKPOINT] = {"since", "FILE", "also that it continues the checkpoint in FILE", 0, false, NULL},
	[OPTION_RECEIPT]          = {"receipt", "FILE", "verify this receipt alone", 0, false, NULL},
	[OPTION_KEY]              = {"key", "KEY", "with this verifier key, NAME+ID+BASE64", 0, false, NULL},
	[OPTION_KEY_FILE]         = {"key", "FILE", "the secret key, kept apart from the backup", 0, false, NULL},
	[OPTION_I_KNOW]           = {"i-know", NULL, "yes, part with what was signed before", 0, false, NULL},
	[OPTION_AS]               = {"as", "ACCOUNT", "act for ACCOUNT, which an administrator may", 0, false, NULL},
	[OPTION_ROTATE]           = {"rotate", NULL, "make a new key; the old ones sign beside it", 0, false, NULL},
};
/* clang-format on */
