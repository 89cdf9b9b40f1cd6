/* SPDX-License-Identifier: MIT */
/* Several processes at one store: one is first, and one that is killed leaves whole batches. */
#include "store_case.h"

#include <signal.h>
#include <sys/wait.h>

#define WRITERS 32
#define ROUNDS  20

/* The children wait for the end of the pipe, so that all begin at once. */
struct gate {
	int ends[2];
};

static struct gate make_gate(void)
{
	struct gate g;
	assert_int_equal(pipe(g.ends), 0);
	return g;
}

static void pass_gate(struct gate g)
{
	char byte;
	(void)close(g.ends[1]);
	while (read(g.ends[0], &byte, 1) > 0)
		;
	(void)close(g.ends[0]);
}

static void open_gate(struct gate g)
{
	(void)close(g.ends[0]);
	(void)close(g.ends[1]);
}

typedef int child_fn(const struct store_ops *ops, const char *url, unsigned number);

/* Exit codes of all children, counted. */
static void run_children(const struct store_kind *kind, const char *url, child_fn *fn,
			 unsigned counts[static 3])
{
	struct gate gate = make_gate();
	for (unsigned i = 1; i <= WRITERS; i++) {
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			pass_gate(gate);
			_exit(fn(kind->ops, url, i));
		}
	}
	open_gate(gate);
	for (unsigned i = 0; i < WRITERS; i++) {
		int status;
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 3);
		counts[WEXITSTATUS(status)]++;
	}
}

enum {
	WON,
	LOST,
	BROKEN
};

static int append_upon_three(const struct store_ops *ops, const char *url, unsigned number)
{
	struct store *s = NULL;
	static struct next_batch next;
	struct tree tree = {0};
	(void)next_batch(&next, &tree, 3, 0);
	tree = next.batch.after;
	struct portroll_error err = {0};
	if (ops->open(&s, str_from(url), false, &err) < 0)
		return BROKEN;
	int r = ops->append(s, next_batch(&next, &tree, 5, number), &err);
	ops->close(s);
	return r == PORTROLL_OK ? WON : r == PORTROLL_ECONFLICT ? LOST : BROKEN;
}

static void one_of_many_writers_upon_a_base_wins(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct tree tree = {0};
	append_next(kind->ops, s, &tree, 3);
	kind->ops->close(s);
	unsigned counts[3] = {0};
	run_children(kind, url, append_upon_three, counts);
	assert_int_equal(counts[WON], 1);
	assert_int_equal(counts[LOST], WRITERS - 1);
	s = open_store(kind->ops, url);
	assert_int_equal(assert_whole(kind->ops, s), 8);
	kind->ops->close(s);
}

static int put_upon_one(const struct store_ops *ops, const char *url, unsigned number)
{
	struct store *s = NULL;
	char body[16];
	(void)snprintf(body, sizeof(body), "%u", number);
	const struct stored_paper papers[] = {{STR("account"), str_from(body), 0, STR("x")},
					      {STR("request"), STR("R-1"), 1, str_from(body)}};
	if (ops->open(&s, str_from(url), false, NULL) < 0)
		return BROKEN;
	int r = ops->put_papers(s, papers, 2, NULL);
	ops->close(s);
	return r == PORTROLL_OK ? WON : r == PORTROLL_ECONFLICT ? LOST : BROKEN;
}

static int count_paper(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	(void)err;
	assert_int_equal(paper->version, str_equal(paper->kind, STR("request")) ? 2 : 1);
	++*(unsigned *)context;
	return PORTROLL_OK;
}

static void one_of_many_who_change_a_paper_wins(const struct store_kind *kind, const char *url)
{
	struct store *s = open_store(kind->ops, url);
	struct stored_paper paper = {STR("request"), STR("R-1"), 0, STR("x")};
	assert_int_equal(kind->ops->put_papers(s, &paper, 1, NULL), PORTROLL_OK);
	kind->ops->close(s);
	unsigned counts[3] = {0}, there = 0;
	run_children(kind, url, put_upon_one, counts);
	assert_int_equal(counts[WON], 1);
	assert_int_equal(counts[LOST], WRITERS - 1);
	s = open_store(kind->ops, url);
	assert_int_equal(kind->ops->papers(s, (struct paper_name){0}, count_paper, &there, NULL),
			 PORTROLL_OK);
	assert_int_equal(there, 2);
	kind->ops->close(s);
}

/* Again and again upon the ledger as it is by then; it makes the store where there is none. */
static int append_in_the_end(const struct store_ops *ops, const char *url, unsigned number)
{
	struct store *s = NULL;
	static struct next_batch next;
	if (ops->open(&s, str_from(url), true, NULL) < 0)
		return BROKEN;
	int r = PORTROLL_ECONFLICT;
	while (r == PORTROLL_ECONFLICT) {
		struct tree tree;
		r = ops->head(&tree, s, NULL);
		if (r == PORTROLL_OK)
			r = ops->append(s, next_batch(&next, &tree, 2, number), NULL);
	}
	ops->close(s);
	return r == PORTROLL_OK ? WON : BROKEN;
}

static void all_writers_come_to_their_turn(const struct store_kind *kind, const char *url)
{
	unsigned counts[3] = {0};
	run_children(kind, url, append_in_the_end, counts);
	assert_int_equal(counts[WON], WRITERS);
	struct store *s = open_store(kind->ops, url);
	assert_int_equal(assert_whole(kind->ops, s), 2 * WRITERS);
	kind->ops->close(s);
}

#define KILLED_BATCH 40

/* Tells how large the ledger is after each batch, until it is killed. */
static void append_for_ever(const struct store_ops *ops, const char *url, int out)
{
	struct store *s = NULL;
	static struct next_batch next;
	struct tree tree;
	if (ops->open(&s, str_from(url), true, NULL) < 0 || ops->head(&tree, s, NULL) < 0)
		_exit(1);
	for (;;) {
		if (ops->append(s, next_batch(&next, &tree, KILLED_BATCH, 0), NULL) < 0)
			_exit(1);
		tree = next.batch.after;
		if (write(out, &tree.size, sizeof(tree.size)) != sizeof(tree.size))
			_exit(1);
	}
}

/* Kills the writer after it told of some batches; returns the last size that it told. */
static uint64_t kill_a_writer(const struct store_kind *kind, const char *url, unsigned batches)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)close(ends[0]);
		append_for_ever(kind->ops, url, ends[1]);
	}
	(void)close(ends[1]);
	uint64_t told = 0, size;
	for (unsigned i = 0; i < batches; i++) {
		assert_int_equal(read(ends[0], &told, sizeof(told)), sizeof(told));
	}
	/* It is in the midst of the next one, nobody knows where. */
	for (volatile unsigned spin = 0; spin < batches * 20000; spin++)
		;
	assert_int_equal(kill(child, SIGKILL), 0);
	while (read(ends[0], &size, sizeof(size)) == sizeof(size))
		told = size;
	(void)close(ends[0]);
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	return told;
}

static void a_writer_that_is_killed_leaves_whole_batches(const struct store_kind *kind,
							 const char *url)
{
	for (unsigned round = 1; round <= ROUNDS; round++) {
		uint64_t told = kill_a_writer(kind, url, round % 7 + 1);
		struct store *s = open_store(kind->ops, url);
		uint64_t size = assert_whole(kind->ops, s);
		assert_true(size >= told);
		assert_int_equal(size % KILLED_BATCH, 0);
		struct tree tree;
		assert_int_equal(kind->ops->settle(s, NULL), PORTROLL_OK);
		assert_int_equal(kind->ops->head(&tree, s, NULL), PORTROLL_OK);
		assert_int_equal(tree.size, size);
		kind->ops->close(s);
	}
}

int main(void)
{
	static const struct store_case cases[] = {
		{"one of many writers upon a base wins", one_of_many_writers_upon_a_base_wins,
		 LASTING_STORES},
		{"one of many who change a paper wins", one_of_many_who_change_a_paper_wins,
		 LASTING_STORES},
		{"all writers come to their turn", all_writers_come_to_their_turn, LASTING_STORES},
		{"a writer that is killed leaves whole batches",
		 a_writer_that_is_killed_leaves_whole_batches, LASTING_STORES},
	};
	return run_store_cases(cases, ARRAY_LEN(cases));
}
