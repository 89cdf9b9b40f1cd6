/* SPDX-License-Identifier: MIT */
#pragma once

/* What every verb of portroll-keeper gets from the main function: the arguments, the environment as
 * values, where to write to people, and one arena for the whole run. */

#include "base/arena.h"
#include "ledger/ledger.h"
#include "snapshot/snapshot.h"
#include "terminal/out.h"
#include "verbs/options.h"
#include "verbs/roll_path.h"
#include "verbs/verb.h"

struct keeper {
	struct out out;
	struct arguments args; /* operands without the verb */
	struct roll_environment environment;
	int64_t now;              /* seconds since 1970 UTC */
	struct date latest_day;   /* today, where on earth it is latest */
	struct portroll_str user; /* whose changes these are */
	struct portroll_str host;
	random_fn *random;
	const char *libexec;   /* PORTROLL_LIBEXEC; NULL: not set */
	const char *temporary; /* folder for what is gone at the end */
	unsigned file_mode;    /* of files that are made for the user */
	bool has_told;         /* something was put down that is to be sent */
	struct arena arena;
	struct portroll_error err;
	const char *err_file; /* the input that `err` is about; NULL: it names its own */
};

/* The value of an option, or the empty view. */
struct portroll_str keeper_option(const struct keeper *k, enum option_id id);
bool keeper_has(const struct keeper *k, enum option_id id);

/* The verbs. Each returns an exit code and has told what went wrong. */
int verb_init(struct keeper *k);
int verb_import(struct keeper *k);
int verb_export(struct keeper *k);
int verb_convert(struct keeper *k);
int verb_source(struct keeper *k);
int verb_publish(struct keeper *k);
int verb_verify(struct keeper *k);
int verb_ledger(struct keeper *k);
int verb_diff(struct keeper *k);
int verb_account(struct keeper *k);
int verb_log(struct keeper *k);
int verb_request(struct keeper *k);
int verb_check(struct keeper *k);
int verb_rules(struct keeper *k);

/* Opens the snapshot to read (--snapshot, that of --as-of, or the roll's); its blocks are checked
 * as they are used.
 */
PORTROLL_MUST_CHECK int keeper_open_snapshot(struct portroll_snapshot **ret, struct keeper *k);

/* PORTROLL_EINVAL with what is to be done when that file of the folder is missing, but can be made
 * again from its ledger. */
PORTROLL_MUST_CHECK int keeper_check_made(struct keeper *k, const char *folder, const char *path);

/* PORTROLL_EINVAL when there is no snapshot at the path. */
PORTROLL_MUST_CHECK int keeper_need_roll(struct keeper *k, const char *path);

/* The file that an option names; NULL: none, or standard output. */
const char *keeper_target(const struct keeper *k, enum option_id id);

/* PORTROLL_EINVAL when the file that the option names is the snapshot of a roll: a slip of the hand
 * must not put something else in its place. */
PORTROLL_MUST_CHECK int keeper_refuse_roll(struct keeper *k, enum option_id id);

/* What this run says of a change of that kind: by whom, when, why (--reason), of which day. */
struct changeset keeper_change(const struct keeper *k, struct portroll_str kind);

/* What a ledger that this run makes is called: --origin, else a new name of the host. */
struct portroll_str keeper_origin(struct keeper *k);

/* The verifier key of --key, in the arena; PORTROLL_ESYNTAX. */
PORTROLL_MUST_CHECK int keeper_told_key(struct note_keys *ret, struct keeper *k);

/* How the ledger in a folder is opened in this run. */
PORTROLL_MUST_CHECK int keeper_ledger_options(struct ledger_options *ret, struct keeper *k,
					      const char *folder);

/* Tells `err` and returns the exit code for errors. */
int keeper_failed(const struct keeper *k);
