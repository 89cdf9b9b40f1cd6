/* SPDX-License-Identifier: MIT */
/*
 * Several processes commit to one ledger, and each is killed at a random moment; and 32 commit at
 * once what they made upon the same ledger. PORTROLL_SEED and PORTROLL_KILLS say which moments,
 * and how many.
 */
#include "ledger/ledger.h"

#include "ledger_folder.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORKERS     4
#define KILLS       200
#define MOMENTS_MAX 30000 /* microseconds: some commits */
#define WRITERS     32

static struct ledger_folder f;

static int make(void **state)
{
	(void)state;
	make_fast_ledger_folder(&f);
	int r = ledger_init(&f.options, STR(""), STR(ORIGIN), NULL);
	grow_ledger(&f, 5);
	return r;
}

static int remove_it(void **state)
{
	(void)state;
	remove_ledger_folder(&f);
	return 0;
}

/* What a process was told is committed, in the order in which it was. */
struct promise {
	struct tree_head head;
};

static void keep_promise(int promises, const struct tree *tree)
{
	struct promise promise = {tree_head(tree)};
	if (write(promises, &promise, sizeof(promise)) != (ssize_t)sizeof(promise))
		_exit(1);
}

static void say(const char *what, const struct portroll_error *err)
{
	(void)fprintf(stderr, "%s: %s\n", what, err->text);
	_exit(1);
}

static void die_after(uint64_t microseconds)
{
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL};
	struct itimerspec when = {.it_value = {.tv_nsec = (long)microseconds * 1000 + 1}};
	timer_t timer;
	if (timer_create(CLOCK_MONOTONIC, &event, &timer) < 0 ||
	    timer_settime(timer, 0, &when, NULL) < 0)
		_exit(1);
}

static void commit_once(int promises, unsigned number)
{
	struct portroll_error err = {0};
	struct ledger *l;
	int lock;
	char reason[64];
	(void)snprintf(reason, sizeof(reason), "process %d, change %u", (int)getpid(), number);
	if (file_lock_wait(&lock, f.roll, &err) < 0)
		say("lock", &err);
	if (ledger_open(&l, &f.options, &err) < 0)
		say("open", &err);
	if (commit_told(l, reason, &err) < 0)
		say("commit", &err);
	keep_promise(promises, ledger_tree(l));
	ledger_close(l);
	file_close(&lock);
}

static pid_t start_worker(int promises, uint64_t moment)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child > 0)
		return child;
	die_after(moment);
	for (unsigned number = 0;; number++)
		commit_once(promises, number);
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text ? strtoull(text, NULL, 10) : otherwise;
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state >> 16;
}

/* Everything that any process was told is in the ledger as it is now. */
static uint64_t check_promises(int promises)
{
	struct published *p;
	struct promise promise;
	uint64_t count = 0, size = 0;
	assert_int_equal(try_open(&f, NULL), PORTROLL_OK);
	assert_int_equal(check_published(&f, &size, NULL), PORTROLL_OK);
	assert_published(&f, size);
	assert_int_equal(published_open(&p, f.published, NULL), PORTROLL_OK);
	while (pread(promises, &promise, sizeof(promise), (off_t)(count * sizeof(promise))) ==
	       (ssize_t)sizeof(promise)) {
		struct tree tree;
		assert_true(promise.head.size <= size);
		assert_int_equal(published_tree(&tree, p, promise.head.size, NULL), PORTROLL_OK);
		struct tree_head head = tree_head(&tree);
		assert_true(tree_hash_equal(&head.root, &promise.head.root));
		count++;
	}
	published_close(p);
	return count;
}

static void what_was_promised_survives_kills_at_any_moment(void **state)
{
	(void)state;
	uint64_t seed;
	assert_int_equal(getrandom(&seed, sizeof(seed), 0), sizeof(seed));
	seed = number_of("PORTROLL_SEED", seed | 1);
	uint64_t kills = number_of("PORTROLL_KILLS", KILLS), moments = seed;
	print_message("seed %llu\n", (unsigned long long)seed);
	int promises = open(beside(&f, "promises"), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(promises >= 0);
	uint64_t started = 0;
	for (; started < WORKERS; started++)
		(void)start_worker(promises, next_random(&moments) % MOMENTS_MAX);
	for (uint64_t ended = 0; ended < kills; ended++) {
		int status;
		assert_true(wait(&status) > 0);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
		if (started < kills) {
			(void)start_worker(promises, next_random(&moments) % MOMENTS_MAX);
			started++;
		}
	}
	uint64_t count = check_promises(promises);
	print_message("%llu kills, %llu changes promised\n", (unsigned long long)kills,
		      (unsigned long long)count);
	assert_true(count > 0);
	(void)close(promises);
	grow_ledger(&f, 1);
}

/* Tells the parent how it went: "won" or the sentence. */
static void write_late(int gate, int answers, unsigned number, const struct tree *base)
{
	char author[32], byte;
	struct portroll_error err = {0};
	struct ledger *l = NULL;
	int lock;
	(void)snprintf(author, sizeof(author), "writer-%02u", number);
	struct proposal proposal = told(base, "all at once");
	proposal.about.author = str_from(author);
	struct commit commit = {.proposals = &proposal, .count = 1};
	if (read(gate, &byte, 1) != 0 || file_lock_wait(&lock, f.roll, &err) < 0 ||
	    ledger_open(&l, &f.options, &err) < 0)
		say("open", &err);
	char answer[200] = {0};
	int r = ledger_commit(l, &commit, NULL, &err);
	(void)snprintf(answer, sizeof(answer), "%s %.180s", r == PORTROLL_OK ? "won" : "lost",
		       r == PORTROLL_OK ? author : err.text);
	if (r != PORTROLL_OK && r != PORTROLL_ECONFLICT)
		say("commit", &err);
	ledger_close(l);
	file_close(&lock);
	_exit(write(answers, answer, sizeof(answer)) == sizeof(answer) ? 0 : 1);
}

static void of_32_on_one_base_one_wins_and_all_know_who(void **state)
{
	(void)state;
	int gate[2], answers[2];
	struct ledger *l;
	assert_true(pipe(gate) == 0 && pipe(answers) == 0);
	assert_int_equal(ledger_open(&l, &f.options, NULL), PORTROLL_OK);
	struct tree base = *ledger_tree(l);
	ledger_close(l);
	for (unsigned i = 0; i < WRITERS; i++) {
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			(void)close(gate[1]);
			write_late(gate[0], answers[1], i, &base);
		}
	}
	(void)close(gate[1]); /* now */
	char texts[WRITERS][200], winner[32] = "";
	for (unsigned i = 0; i < WRITERS; i++) {
		int status;
		assert_int_equal(read(answers[0], texts[i], sizeof(texts[i])), sizeof(texts[i]));
		assert_true(wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0);
		if (strncmp(texts[i], "won ", 4) == 0) {
			assert_int_equal(winner[0], '\0');
			(void)snprintf(winner, sizeof(winner), "%.20s", texts[i] + 4);
		}
	}
	char sentence[100];
	(void)snprintf(sentence, sizeof(sentence), "lost change @6 (correct of the roll by %s, ",
		       winner);
	unsigned told_so = 0;
	for (unsigned i = 0; i < WRITERS; i++)
		told_so += strncmp(texts[i], sentence, strlen(sentence)) == 0;
	assert_int_equal(told_so, WRITERS - 1);
	assert_published(&f, 6);
	(void)close(gate[0]);
	(void)close(answers[0]);
	(void)close(answers[1]);
}

int main(void)
{
#define LEDGER_TEST(test) cmocka_unit_test_setup_teardown(test, make, remove_it)
	const struct CMUnitTest tests[] = {
		LEDGER_TEST(what_was_promised_survives_kills_at_any_moment),
		LEDGER_TEST(of_32_on_one_base_one_wins_and_all_know_who),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
