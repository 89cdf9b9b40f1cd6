/* SPDX-License-Identifier: MIT */
#pragma once

/* A roll's folder with a ledger, and a witness' folder beside it, for tests. */

#include "test.h"

#include "base/buf.h"
#include "base/file.h"
#include "ledger/ledger.h"
#include "ledger/published.h"

#include <sodium.h>

#define ORIGIN "registry.example/ports"

struct ledger_folder {
	char top[64]; /* everything lies in it */
	char roll[96], published[128], witness[96];
	struct ledger_options options;
};

/* Bytes as from a generator that counts: the same in each run, others at each call. */
void counted_random(void *bytes, size_t len);

void make_ledger_folder(struct ledger_folder *ret);
/* The same where files are made fast, for very many of them. */
void make_fast_ledger_folder(struct ledger_folder *ret);
void remove_ledger_folder(const struct ledger_folder *f);

/* TOP/NAME in a place of its own for each of the last four calls. */
const char *beside(const struct ledger_folder *f, const char *name);

/* A change that says so and nothing else, made upon that ledger. */
struct proposal told(const struct tree *base, const char *reason);

/* Commits one such change to an open ledger. */
int commit_told(struct ledger *l, const char *reason, struct portroll_error *err);

/* Commits a change made of so many bytes of reason. */
int commit_long(struct ledger *l, size_t len, unsigned number);

/* Opens, commits `count` changes one by one, or at once, closes; all must go well. */
void grow_ledger(const struct ledger_folder *f, unsigned count);
void grow_ledger_at_once(const struct ledger_folder *f, unsigned count);

/* Commits a change that brings the content of a person of that id. */
int commit_person(struct ledger *l, const char *id);

/* Commits a change that says `with its paper` together with the paper request R-1, which had that
 * version. */
int commit_paper(struct ledger *l, uint64_t version, struct portroll_error *err);

/* The version of that paper in the store; 0: there is none. */
uint64_t paper_version(struct ledger *l);

/* The commitment of that content, and the content. */
struct tree_hash person_commitment(const char *id);
struct portroll_str person_body(const char *id);

/* What is published is whole, and is that many entries; no temporary file is left anywhere. */
void assert_published(const struct ledger_folder *f, uint64_t size);

/* The code of opening and checking what is published. */
int check_published(const struct ledger_folder *f, uint64_t *ret_size, struct portroll_error *err);

/* Copies a file, or a folder with all that is in it, to a name that is not there. */
void copy_tree(const char *from, const char *to);

/* The code of opening the ledger, which is closed again. */
int try_open(const struct ledger_folder *f, struct portroll_error *err);

/* Fails the test unless opening fails with that code and a sentence that has those words. */
void assert_refused(const struct ledger_folder *f, int code, const char *words);
