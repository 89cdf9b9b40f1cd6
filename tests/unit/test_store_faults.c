/* SPDX-License-Identifier: MIT */
/* Faults of the disk, at each of its operations. */
#include "store_life.h"

/* Faults that are over once they were told of. */
struct passing_fault {
	enum disk_fault fault;
	bool ends; /* the life, with the step that was done again: nothing after it makes it durable
		    */
};

/* Lives to the end; whether there was a failure. */
static bool live_on(struct life *l, const struct passing_fault *f)
{
	*l = (struct life){0};
	bool failed = false;
	for (size_t i = 0; i < ARRAY_LEN(steps) && !(failed && f->ends); i++) {
		struct portroll_error err = {0};
		int r = steps[i](l, &err);
		if (r == PORTROLL_OK)
			continue;
		failed = true;
		if (r != PORTROLL_ESYSTEM || err.code != r || !err.text[0])
			fail_msg("step %zu: code %d: %s", i, r, err.text);
		if (f->fault == DISK_IS_FULL && !strstr(err.text, "make room there"))
			fail_msg("step %zu: %s", i, err.text);
		disk_plan(0, DISK_WORKS);
		do_again(l, steps[i]);
	}
	return failed;
}

static bool a_failure_passes(size_t n, void *context)
{
	const struct passing_fault *f = context;
	struct life l;
	disk_clear();
	disk_plan(n, f->fault);
	bool reached = live_on(&l, f) || disk_operations() >= n;
	end_life(&l);
	if (!f->ends)
		assert_int_equal(l.batches, BATCH_LAST);
	disk_power_comes_back(DISK_LOSES, NULL);
	check_afterwards(&l);
	return reached;
}

static void a_failure_that_passes_is_got_over(void **state)
{
	(void)state;
	static const struct passing_fault rows[] = {
		{DISK_FAILS_ONCE, false},
		{DISK_FAILS_ONCE, true},
		{DISK_IS_FULL, false},
		{DISK_IS_FULL, true},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct passing_fault f = rows[i];
		print_message("points: %zu\n", sweep(a_failure_passes, &f));
	}
}

/* The process ends, the disk stays as it is; or the power goes as well. */
static bool a_disk_that_fails_loses_nothing(size_t n, void *context)
{
	const bool *power_goes = context;
	struct life l;
	struct portroll_error err = {0};
	disk_clear();
	disk_plan(n, DISK_FAILS);
	int r = live(&l, &err);
	bool reached = disk_operations() >= n;
	assert_true(r == PORTROLL_OK || r == PORTROLL_ESYSTEM);
	end_life(&l);
	disk_plan(0, DISK_WORKS);
	if (*power_goes)
		disk_power_comes_back(DISK_LOSES, NULL);
	check_afterwards(&l);
	return reached;
}

static void nothing_is_lost_where_the_disk_fails_for_ever(void **state)
{
	(void)state;
	bool power_goes = false;
	print_message("points: %zu\n", sweep(a_disk_that_fails_loses_nothing, &power_goes));
	power_goes = true;
	(void)sweep(a_disk_that_fails_loses_nothing, &power_goes);
}

struct power_case {
	enum disk_survival how;
	size_t round;
	size_t survived; /* batches that were not acknowledged, and are there */
};

static bool power_goes_at(size_t n, void *context)
{
	struct power_case *c = context;
	struct life l;
	struct random dice = {.seed = n * 8 + c->round};
	random_begin_round(&dice, n);
	disk_clear();
	disk_plan(n, DISK_LOSES_POWER);
	(void)live(&l, NULL);
	bool reached = disk_operations() >= n;
	size_t told = l.batches;
	end_life(&l);
	disk_power_comes_back(c->how, &dice);
	struct tree tree;
	struct store *s = open_store(&store_sqlite, fixture.place.url);
	assert_int_equal(store_sqlite.head(&tree, s, NULL), PORTROLL_OK);
	store_sqlite.close(s);
	c->survived += tree.size > sizes[told];
	check_afterwards(&l);
	return reached;
}

static void nothing_is_lost_where_the_power_goes(void **state)
{
	(void)state;
	static const struct {
		enum disk_survival how;
		size_t rounds;
		const char *word;
	} rows[] = {
		{DISK_KEEPS, 1, "kept"},
		{DISK_LOSES, 1, "lost"},
		{DISK_KEEPS_SOME, 3, "in part there"},
		{DISK_TEARS, 3, "torn"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct power_case c = {.how = rows[i].how};
		size_t points = 0;
		for (; c.round < rows[i].rounds; c.round++)
			points = sweep(power_goes_at, &c);
		print_message("unsynced writes are %s: %zu times %zu points, %zu batches there "
			      "that nobody was told of\n",
			      rows[i].word, rows[i].rounds, points, c.survived);
	}
}

static void run_sql(sqlite3 *db, const char *sql)
{
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* The disk's clock stands still, so it is not waited for in truth. */
static void another_program_at_it_is_told(void **state)
{
	(void)state;
	struct life l = {0};
	struct portroll_error err = {0};
	disk_clear();
	must(open_it(&l, &err), &err, "cannot be opened");
	must(append_one(&l, &err), &err, "cannot be appended to");
	static const char *const held[] = {
		"BEGIN IMMEDIATE; UPDATE head SET settled = 1 - settled",
		"BEGIN EXCLUSIVE",
		"BEGIN; SELECT * FROM head",
	};
	for (size_t i = 0; i < ARRAY_LEN(held); i++) {
		sqlite3 *other;
		assert_int_equal(sqlite3_open(strchr(fixture.place.url, ':') + 1, &other),
				 SQLITE_OK);
		run_sql(other, held[i]);
		err = (struct portroll_error){0};
		assert_int_equal(append_one(&l, &err), PORTROLL_ESYSTEM);
		if (!strstr(err.text, "database is locked; another program is at it: try again"))
			fail_msg("%s", err.text);
		assert_int_equal(sqlite3_close(other), SQLITE_OK);
		assert_tree(&store_sqlite, l.store, &fixture.trees[1]);
	}
	err = (struct portroll_error){0};
	must(append_one(&l, &err), &err, "cannot be appended to again");
	end_life(&l);
	check_afterwards(&l);
}

/* More at once than SQLite keeps in memory before it writes. */
static void a_large_batch_is_whole_or_not_there(void **state)
{
	(void)state;
	static struct next_batch next;
	static char bodies[40][ENTRY_SIZE_MAX];
	struct tree empty = {0};
	(void)next_batch(&next, &empty, ARRAY_LEN(bodies), 0);
	next.batch.after = empty;
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		memset(bodies[i], 'a' + (int)i % 26, ENTRY_SIZE_MAX);
		bodies[i][0] = (char)i;
		next.entries[i].body = (struct portroll_str){bodies[i], ENTRY_SIZE_MAX};
		next.entries[i].leaf = tree_hash_leaf(next.entries[i].body);
		assert_int_equal(tree_append(&next.batch.after, &next.entries[i].leaf),
				 PORTROLL_OK);
	}
	size_t whole = 0, none = 0;
	for (size_t n = 1; n < 1000; n += 37) {
		disk_clear();
		struct random dice = {.seed = n};
		random_begin_round(&dice, 1);
		struct store *s = open_store(&store_sqlite, fixture.place.url);
		disk_plan(n, DISK_LOSES_POWER);
		int r = store_sqlite.append(s, &next.batch, NULL);
		store_sqlite.close(s);
		disk_power_comes_back(DISK_TEARS, &dice);
		s = open_store(&store_sqlite, fixture.place.url);
		uint64_t size = assert_whole(&store_sqlite, s);
		assert_true(size == ARRAY_LEN(bodies) || (size == 0 && r < 0));
		store_sqlite.close(s);
		check_integrity();
		size ? whole++ : none++;
	}
	assert_true(whole && none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failure_that_passes_is_got_over),
		cmocka_unit_test(nothing_is_lost_where_the_disk_fails_for_ever),
		cmocka_unit_test(nothing_is_lost_where_the_power_goes),
		cmocka_unit_test(another_program_at_it_is_told),
		cmocka_unit_test(a_large_batch_is_whole_or_not_there),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
