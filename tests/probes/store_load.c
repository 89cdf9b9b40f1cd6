/* SPDX-License-Identifier: MIT */
#include "ledger/store.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"

/*
 * A client of a store, for tests in which servers and clients die:
 *
 *	store_load create URL               makes the store
 *	store_load head URL                 its size
 *	store_load settle URL               is all of it there to stay?
 *	store_load append URL NAME COUNT    appends entries "NAME 0", "NAME 1" ... one by one, each
 *	                                    after whatever there is, and tells of each that was
 *	                                    acknowledged: "INDEX NAME N"; of another: "unknown N".
 *	                                    It goes on after both, on a new connection
 *	store_load race URL NAME BASE       appends one entry upon BASE: "won" or "conflict: ..."
 *	store_load list URL                 all entries: "INDEX NAME N"; checks hashes and tree
 *	store_load wait URL SIZE            until it has that size; 20 s at most
 */

#define TRIES    300
#define PAUSE_MS 100

static void die(const struct portroll_error *err)
{
	(void)fprintf(stderr, "store_load: %s\n", err->text);
	exit(EXIT_FAILURE);
}

static void say(const char *text)
{
	(void)puts(text);
	(void)fflush(stdout);
}

static struct store *open_store(const struct store_ops **ret_ops, const char *url, bool create)
{
	struct portroll_error err = {0};
	struct store *s = NULL;
	*ret_ops = store_find(str_from(url));
	if (!*ret_ops)
		error_set(&err, PORTROLL_EINVAL, "no store has this URL");
	else if ((*ret_ops)->open(&s, str_from(url), create, &err) == PORTROLL_OK)
		return s;
	die(&err);
	return NULL;
}

/* Opens it again until that works. */
static struct store *find_again(const char *url)
{
	const struct store_ops *ops = store_find(str_from(url));
	struct portroll_error err = {0};
	struct store *s = NULL;
	for (int i = 0; i < TRIES; i++) {
		err = (struct portroll_error){0};
		if (ops->open(&s, str_from(url), false, &err) == PORTROLL_OK)
			return s;
		(void)poll(NULL, 0, PAUSE_MS);
	}
	die(&err);
	return NULL;
}

static int append_text(const struct store_ops *ops, struct store *s, const struct tree *base,
		       struct portroll_str text, struct portroll_error *err)
{
	struct stored_entry entry = {
		.leaf = tree_hash_leaf(text), .topic = STR("load"), .body = text};
	struct store_batch batch = {
		.base = base->size, .entries = &entry, .count = 1, .after = *base};
	int r = tree_append(&batch.after, &entry.leaf);
	return r < 0 ? r : ops->append(s, &batch, err);
}

/* One entry, whoever else appends meanwhile. */
static int append_next(uint64_t *ret, const struct store_ops *ops, struct store *s,
		       struct portroll_str text, struct portroll_error *err)
{
	for (;;) {
		struct tree head;
		*err = (struct portroll_error){0};
		int r = ops->head(&head, s, err);
		if (r < 0)
			return r;
		r = append_text(ops, s, &head, text, err);
		*ret = head.size;
		if (r != PORTROLL_ECONFLICT)
			return r;
	}
}

static void append_many(const char *url, const char *name, uint64_t count)
{
	const struct store_ops *ops;
	struct store *s = open_store(&ops, url, false);
	for (uint64_t i = 0; i < count; i++) {
		char text[100], line[160];
		uint64_t index;
		struct portroll_error err;
		(void)snprintf(text, sizeof(text), "%s %" PRIu64, name, i);
		int r = append_next(&index, ops, s, str_from(text), &err);
		if (r == PORTROLL_OK) {
			(void)snprintf(line, sizeof(line), "%" PRIu64 " %s", index, text);
			say(line);
			continue;
		}
		(void)fprintf(stderr, "%s\n", err.text);
		(void)snprintf(line, sizeof(line), "unknown %" PRIu64, i);
		say(line);
		struct tree head;
		if (ops->head(&head, s, NULL) < 0) {
			ops->close(s);
			s = find_again(url);
		}
	}
	ops->close(s);
}

static void race(const char *url, const char *name, uint64_t base)
{
	const struct store_ops *ops;
	struct store *s = open_store(&ops, url, false);
	struct portroll_error err = {0};
	struct tree head;
	if (ops->head(&head, s, &err) < 0)
		die(&err);
	/* The tree does not matter to those that lose. */
	head.size = base;
	int r = append_text(ops, s, &head, str_from(name), &err);
	if (r == PORTROLL_OK)
		say("won");
	else
		(void)printf("%s: %s\n", r == PORTROLL_ECONFLICT ? "conflict" : "failed", err.text);
	ops->close(s);
}

static int list_entry(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct tree *tree = context;
	struct tree_hash leaf = tree_hash_leaf(entry->body);
	if (entry->index != tree->size || !tree_hash_equal(&leaf, &entry->leaf))
		return error_set(err, PORTROLL_ECORRUPT, "entry %" PRIu64 " is another",
				 entry->index);
	(void)printf("%" PRIu64 " %.*s\n", entry->index, PORTROLL_STR_ARG(entry->body));
	return tree_append(tree, &leaf);
}

static void list(const char *url)
{
	const struct store_ops *ops;
	struct store *s = open_store(&ops, url, false);
	struct portroll_error err = {0};
	struct tree head, tree = {0};
	if (ops->head(&head, s, &err) < 0 ||
	    ops->each(s, (struct entry_range){0, head.size}, list_entry, &tree, &err) < 0)
		die(&err);
	struct tree_head told = tree_head(&head), found = tree_head(&tree);
	if (told.size != found.size || !tree_hash_equal(&told.root, &found.root)) {
		error_set(&err, PORTROLL_ECORRUPT, "the head is not that of the entries");
		die(&err);
	}
	ops->close(s);
}

static void wait_for(const char *url, uint64_t size)
{
	const struct store_ops *ops;
	struct store *s = open_store(&ops, url, false);
	struct portroll_error err = {0};
	struct tree head = {0};
	for (int i = 0; i < 200 && head.size < size; i++)
		if (ops->wait(s, PAUSE_MS, &err) < 0 || ops->head(&head, s, &err) < 0)
			die(&err);
	(void)printf("%" PRIu64 "\n", head.size);
	ops->close(s);
}

static void tell(const char *verb, const char *url)
{
	const struct store_ops *ops;
	struct store *s = open_store(&ops, url, str_equal(str_from(verb), STR("create")));
	struct portroll_error err = {0};
	struct tree head;
	if (ops->head(&head, s, &err) < 0)
		die(&err);
	if (str_equal(str_from(verb), STR("settle")) && ops->settle(s, &err) < 0)
		die(&err);
	(void)printf("%" PRIu64 "\n", head.size);
	ops->close(s);
}

int main(int argc, char **argv)
{
	uint64_t number = 0;
	const char *last = argc > 1 ? argv[argc - 1] : "";
	if (argc >= 4)
		(void)!num_parse(&number, str_from(last), INT64_MAX);
	if (argc < 3)
		return EXIT_FAILURE;
	struct portroll_str verb = str_from(argv[1]);
	if (argc == 5 && str_equal(verb, STR("append")))
		append_many(argv[2], argv[3], number);
	else if (argc == 5 && str_equal(verb, STR("race")))
		race(argv[2], argv[3], number);
	else if (argc == 4 && str_equal(verb, STR("wait")))
		wait_for(argv[2], number);
	else if (argc == 3 && str_equal(verb, STR("list")))
		list(argv[2]);
	else if (argc == 3)
		tell(argv[1], argv[2]);
	else
		return EXIT_FAILURE;
	return EXIT_SUCCESS;
}
