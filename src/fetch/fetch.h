/* SPDX-License-Identifier: MIT */
#pragma once

/* What the things that portroll-fetch does get from its main function. */

#include "fetch/download.h"
#include "verbs/options.h"
#include "verbs/roll_path.h"

struct fetch {
	struct out out;
	struct arguments args; /* operands without the verb */
	struct roll_environment environment;
	const char *libexec;
	int64_t (*now)(void); /* seconds of a clock that nobody sets */
	struct arena arena;
	struct portroll_error err;
	const char *url;    /* of update: which may be asked */
	const char *source; /* of update */
	uint64_t timeout;   /* seconds */
};

/* Fetches the registry when it has changed, and becomes import. */
PORTROLL_MUST_CHECK int fetch_update(struct fetch *f);

/* For the keeper: operands URL and FOLDER; for each line of the standard input, PATH MAX or PATH
 * MAX optional, fetches URL/PATH, of at most MAX bytes, into FOLDER/PATH. */
PORTROLL_MUST_CHECK int fetch_files(struct fetch *f);

/* For the keeper: sends what the standard input has: lines `url`, `timeout` (seconds), `from`,
 * `to`, `user`, `password`, `header` with a value, an empty line, the message. Mail to smtp and
 * smtps, else a POST. */
PORTROLL_MUST_CHECK int fetch_deliver(struct fetch *f);

/* Reads --timeout, and refuses a URL that may not be asked. */
PORTROLL_MUST_CHECK int fetch_check(struct fetch *f, const char *url);
