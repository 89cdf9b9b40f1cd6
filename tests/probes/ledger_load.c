/* SPDX-License-Identifier: MIT */
#include "ledger/ledger.h"

#include <inttypes.h>
#include <poll.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"
#include "ledger/published.h"

/*
 * A machine that holds a ledger, for tests in which servers and machines die. FOLDER has the roll
 * and the folder of its witness, FOLDER/roll and FOLDER/state:
 *
 *	ledger_load init FOLDER URL            makes a ledger
 *	ledger_load commit FOLDER NAME COUNT   commits the changes "NAME 0", "NAME 1" ... one by one
 *	                                       and tells of each that was acknowledged "change
 *	                                       NUMBER NAME N", of another "unknown NAME N: why"; and
 *	                                       of what is signed then "signed SIZE ROOT". It opens
 *	                                       the ledger again after a failure
 *	ledger_load race FOLDER NAME           opens it, says "ready", waits for the end of its
 *input and commits one change: "change NUMBER NAME", or why not ledger_load open FOLDER opens it:
 *"signed SIZE ROOT" ledger_load heads FOLDER               all heads that it had, from what is
 *published: "signed SIZE ROOT" ledger_load changes FOLDER             all changes, from the same:
 *"change NUMBER NAME N"
 */

#define TRIES    300
#define PAUSE_MS 100

struct machine {
	char roll[200], witness[200], published[210];
	struct ledger_options options;
};

static void die(const struct portroll_error *err)
{
	(void)fprintf(stderr, "ledger_load: %s\n", err->text);
	exit(EXIT_FAILURE);
}

static void say_head(const struct tree_head *head)
{
	(void)printf("signed %" PRIu64 " ", head->size);
	for (size_t i = 0; i < TREE_HASH_SIZE; i++)
		(void)printf("%02x", head->root.bytes[i]);
	(void)printf("\n");
	(void)fflush(stdout);
}

static void say_signed(const struct machine *m)
{
	struct portroll_error err = {0};
	struct published *p = NULL;
	if (published_open(&p, m->published, &err) < 0)
		die(&err);
	say_head(&published_checkpoint(p)->head);
	published_close(p);
}

static struct ledger *open_again(const struct machine *m, int tries)
{
	struct portroll_error err = {0};
	struct ledger *l = NULL;
	for (int i = 0; i < tries; i++) {
		if (i > 0)
			(void)poll(NULL, 0, PAUSE_MS);
		err = (struct portroll_error){0};
		if (ledger_open(&l, &m->options, &err) == PORTROLL_OK)
			return l;
	}
	die(&err);
	return NULL;
}

static int commit_text(uint64_t *ret, struct ledger *l, const char *text,
		       struct portroll_error *err)
{
	struct proposal proposal = {.about = {
					    .author = STR("test"),
					    .time = INT64_C(1795000000),
					    .kind = STR("correct"),
					    .reason = str_from(text),
					    .effective = {.year = 2026, .month = 11, .day = 18},
					    .base = tree_head(ledger_tree(l)),
				    }};
	return ledger_commit(l, &(struct commit){.proposals = &proposal, .count = 1}, ret, err);
}

static void commit_many(const struct machine *m, const char *name, uint64_t count)
{
	struct ledger *l = open_again(m, 1);
	for (uint64_t i = 0; i < count;) {
		char text[100];
		uint64_t number;
		struct portroll_error err = {0};
		(void)snprintf(text, sizeof(text), "%s %" PRIu64, name, i);
		int r = commit_text(&number, l, text, &err);
		if (r == PORTROLL_OK)
			(void)printf("change %" PRIu64 " %s\n", number, text);
		else if (r != PORTROLL_ECONFLICT)
			(void)printf("unknown %s: %s\n", text, err.text);
		say_signed(m);
		i += r != PORTROLL_ECONFLICT;
		if (r == PORTROLL_OK)
			continue;
		ledger_close(l);
		l = open_again(m, TRIES);
	}
	ledger_close(l);
}

static void race(const struct machine *m, const char *name)
{
	struct ledger *l = open_again(m, 1);
	uint64_t number;
	struct portroll_error err = {0};
	(void)puts("ready");
	(void)fflush(stdout);
	while (getchar() != EOF)
		;
	int r = commit_text(&number, l, name, &err);
	if (r == PORTROLL_OK)
		(void)printf("change %" PRIu64 " %s\n", number, name);
	else
		(void)printf("%s: %s\n", r == PORTROLL_ECONFLICT ? "conflict" : "failed", err.text);
	ledger_close(l);
}

struct telling {
	struct tree tree;
	bool heads;
};

static int tell_entry(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct telling *t = context;
	struct arena a = ARENA_INIT;
	struct changeset about;
	int r = changeset_read_about(&about, entry->body, &a, err);
	if (r == PORTROLL_OK)
		r = tree_append(&t->tree, &entry->leaf);
	struct tree_head head = tree_head(&t->tree);
	if (r == PORTROLL_OK && t->heads)
		say_head(&head);
	else if (r == PORTROLL_OK)
		(void)printf("change %" PRIu64 " %.*s\n", head.size,
			     PORTROLL_STR_ARG(about.reason));
	arena_done(&a);
	return r;
}

static void tell_published(const struct machine *m, bool heads)
{
	struct portroll_error err = {0};
	struct published *p = NULL;
	struct telling t = {.heads = heads};
	if (heads)
		say_head(&(struct tree_head){.root = tree_hash_empty()});
	if (published_open(&p, m->published, &err) < 0 ||
	    published_each(p, (struct entry_range){0, published_checkpoint(p)->head.size},
			   tell_entry, &t, &err) < 0)
		die(&err);
	published_close(p);
}

int main(int argc, char **argv)
{
	struct machine m;
	struct portroll_error err = {0};
	uint64_t count = 0;
	if (argc < 3 || sodium_init() < 0)
		return EXIT_FAILURE;
	(void)snprintf(m.roll, sizeof(m.roll), "%s/roll", argv[2]);
	(void)snprintf(m.witness, sizeof(m.witness), "%s/state", argv[2]);
	(void)snprintf(m.published, sizeof(m.published), "%s/ledger", m.roll);
	m.options = (struct ledger_options){m.roll, m.witness, randombytes_buf};
	struct portroll_str verb = str_from(argv[1]);
	if (argc == 5 && str_equal(verb, STR("commit")) &&
	    num_parse(&count, str_from(argv[4]), INT32_MAX) == PORTROLL_OK) {
		commit_many(&m, argv[3], count);
	} else if (argc == 4 && str_equal(verb, STR("race"))) {
		race(&m, argv[3]);
	} else if (argc == 4 && str_equal(verb, STR("init"))) {
		if (ledger_init(&m.options, str_from(argv[3]), STR("registry.example/ports"),
				&err) < 0)
			die(&err);
	} else if (argc == 3 && str_equal(verb, STR("open"))) {
		ledger_close(open_again(&m, 1));
		say_signed(&m);
	} else if (argc == 3) {
		tell_published(&m, str_equal(verb, STR("heads")));
	} else {
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
