/* SPDX-License-Identifier: MIT */
/*
 * Everything that a ledger does, with the n-th operation on files failing once or from then on,
 * with the n-th allocation failing, and with the process killed or the power lost at each point;
 * then the ledger is opened again, and everything that was promised is there.
 */

#include "disk_model.h"
#include "ledger_scenarios.h"

#include <errno.h>

#define POINTS_MAX 20000

/* The scenario runs in one folder; what a disk may hold of it is put in another. */
struct sweep {
	const struct scenario *scenario;
	struct ledger_folder before, live, after;
	struct disk *template, *disk;
	struct promises promises;
	struct io_plan plan;
	size_t states;
};

static void name_folders(struct ledger_folder *ret, const char *top, const char *name)
{
	(void)snprintf(ret->top, sizeof(ret->top), "%.40s/%.16s", top, name);
	(void)snprintf(ret->roll, sizeof(ret->roll), "%s/roll", ret->top);
	(void)snprintf(ret->published, sizeof(ret->published), "%s/ledger", ret->roll);
	(void)snprintf(ret->witness, sizeof(ret->witness), "%s/witness", ret->top);
	ret->options = (struct ledger_options){ret->roll, ret->witness, counted_random};
}

static void begin(struct sweep *s, const struct scenario *scenario)
{
	*s = (struct sweep){.scenario = scenario};
	make_fast_ledger_folder(&s->before);
	prepare_scenario(&s->before, scenario);
	s->template = disk_new(s->before.top);
	name_folders(&s->live, s->before.top, "live");
	name_folders(&s->after, s->before.top, "after");
}

static void end(struct sweep *s)
{
	disk_free(s->template);
	remove_ledger_folder(&s->before);
}

static int run(struct sweep *s)
{
	s->promises = (struct promises){.size = s->scenario->entries};
	return s->scenario->run(&s->live, &s->promises);
}

/* What survives a kill, a loss of all that was not synced, and losses of some of it. */
static void check_each_disk(void *context, const struct io *io)
{
	static const enum disk_loss losses[] = {DISK_LOSES_NONE, DISK_LOSES_ALL, DISK_LOSES_SOME,
						DISK_LOSES_SOME};
	struct sweep *s = context;
	struct tree_head seen = seen_head(&s->live);
	for (size_t i = 0; i < ARRAY_LEN(losses); i++) {
		disk_put(s->disk, s->after.top, losses[i], s->states);
		check_recovery(&s->after, &s->promises, &seen);
		s->states++;
	}
	if (io)
		disk_note(s->disk, io);
}

static void sweep_power(struct sweep *s)
{
	disk_put(s->template, s->live.top, DISK_LOSES_NONE, 0);
	s->disk = disk_new(s->live.top);
	s->plan = (struct io_plan){.folder = s->live.top, .watch = check_each_disk, .context = s};
	io_begin(&s->plan);
	int r = run(s);
	io_end();
	assert_int_equal(r, PORTROLL_OK);
	check_each_disk(s, NULL);
	disk_free(s->disk);
	print_message("%s: %zu operations, %zu states of the disk\n", s->scenario->name,
		      s->plan.count, s->states);
}

static void sweep_failures(struct sweep *s, bool and_all_after)
{
	size_t n = 0;
	do {
		n += IS_SANITIZED ? 3 : 1;
		disk_put(s->template, s->live.top, DISK_LOSES_NONE, 0);
		s->plan = (struct io_plan){.folder = s->live.top,
					   .fail_at = n,
					   .and_all_after = and_all_after,
					   .failure = n % 2 ? EIO : ENOSPC};
		io_begin(&s->plan);
		int r = run(s);
		io_end();
		struct tree_head seen = seen_head(&s->live);
		if (s->plan.count < n)
			assert_int_equal(r, PORTROLL_OK);
		check_recovery(&s->live, &s->promises, &seen);
	} while (s->plan.count >= n && n < POINTS_MAX);
	print_message("%s: %zu failing operations, %s\n", s->scenario->name, n - 1,
		      and_all_after ? "from then on" : "once");
}

static void look(void *context)
{
	struct sweep *s = context;
	struct tree_head seen = seen_head(&s->live);
	check_recovery(&s->live, &s->promises, &seen);
}

static void put_template(void *context)
{
	struct sweep *s = context;
	disk_put(s->template, s->live.top, DISK_LOSES_NONE, 0);
}

static int run_once(void *context)
{
	struct sweep *s = context;
	oom_pause(put_template, s);
	s->plan = (struct io_plan){.folder = NULL};
	io_begin(&s->plan);
	int r = run(s);
	oom_pause(look, s);
	io_end();
	return r;
}

static void nothing_promised_is_lost_with_the_power(void **state)
{
	(void)state;
	for (size_t i = 0; i < scenario_count; i++) {
		struct sweep s;
		begin(&s, &scenarios[i]);
		sweep_power(&s);
		end(&s);
	}
}

static void nothing_promised_is_lost_by_failing_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < scenario_count; i++) {
		struct sweep s;
		begin(&s, &scenarios[i]);
		sweep_failures(&s, false);
		sweep_failures(&s, true);
		end(&s);
	}
}

static void nothing_promised_is_lost_without_memory(void **state)
{
	(void)state;
	for (size_t i = 0; i < scenario_count; i++) {
		struct sweep s;
		begin(&s, &scenarios[i]);
		size_t count = oom_sweep(run_once, &s);
		print_message("%s: %zu allocations\n", scenarios[i].name, count);
		end(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_promised_is_lost_with_the_power),
		cmocka_unit_test(nothing_promised_is_lost_by_failing_files),
		cmocka_unit_test(nothing_promised_is_lost_without_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
