/* SPDX-License-Identifier: MIT */
#include "keeper/as_of.h"

#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "keeper/replay.h"
#include "keeper/states.h"
#include "keeper/timeline.h"
#include "snapshot/snapshot.h"
#include "verbs/launch.h"
#include "verbs/moment.h"

#define SNAPSHOT_MAX ((size_t)1 << 30)

static int check_day(struct keeper *k, const struct moment *moment)
{
	if (date_compare(moment->day, k->latest_day) <= 0)
		return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_EINVAL, "%s is in the future",
			 k->args.values[OPTION_AS_OF]);
}

static int check_number(struct keeper *k, const struct moment *moment, uint64_t size)
{
	if (moment->day.year || moment->number <= size)
		return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_EINVAL,
			 "@%llu: the ledger has no more than %llu entries",
			 (unsigned long long)moment->number, (unsigned long long)size);
}

static int fail_before(struct keeper *k, const struct timeline *t)
{
	char day[DATE_TEXT_MAX];
	if (t->first == 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "the ledger is empty; portroll import FILE or portroll update "
				 "begins it");
	if (t->moment.day.year && date_compare(t->first_day, t->moment.day) <= 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "the roll knows nothing of %s: what it had was taken back",
				 k->args.values[OPTION_AS_OF]);
	if (t->moment.day.year && date_format(day, t->first_day))
		return error_set(&k->err, PORTROLL_EINVAL, "the roll knows nothing before %s", day);
	return error_set(&k->err, PORTROLL_EINVAL, "the roll knows nothing before @%llu",
			 (unsigned long long)t->first);
}

/* For this process, and for the program that it becomes. */
static int keep_in_memory(char **ret, struct keeper *k, struct portroll_str bytes)
{
	CLEANUP(file_close) int descriptor = -1;
	int r = file_anonymous(&descriptor, bytes, &k->err);
	if (r < 0)
		return r;
	int inherited = dup(descriptor);
	CLEANUP(buf_done) struct buf path = BUF_INIT(64);
	buf_puts(&path, "/proc/self/fd/");
	buf_put_num(&path, inherited < 0 ? 0 : (uint64_t)inherited);
	*ret = arena_cstr(&k->arena, buf_str(&path));
	return inherited < 0 || !*ret ? error_memory(&k->err) : PORTROLL_OK;
}

/* The people that a state is made with: when they were erased meanwhile, so were the states that
 * had them, and this one must not stay. */
static bool mark_people(struct file_mark *ret, struct keeper *k, const char *folder)
{
	char *people = path_join(folder, "ledger/people", &k->arena);
	return people && file_mark(ret, people, NULL) == PORTROLL_OK;
}

static void keep(struct keeper *k, const char *folder, const char *path, struct portroll_str bytes,
		 const struct file_mark *people)
{
	struct file_mark now;
	states_write(folder, path, bytes);
	if (!mark_people(&now, k, folder) || !file_mark_equal(now, *people))
		(void)!file_remove(path, NULL);
}

static int make(char **ret, struct keeper *k, const char *folder, struct published *p,
		const struct moment *moment)
{
	struct timeline t;
	struct file_mark people;
	bool is_known = mark_people(&people, k, folder);
	int r = timeline_read(&t, p, moment, &k->arena, &k->err);
	if (r == PORTROLL_OK && t.number == 0)
		r = fail_before(k, &t);
	if (r < 0)
		return r;
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(SNAPSHOT_MAX);
	r = replay(&bytes, folder, p, &t, &k->err);
	if (r < 0)
		return r;
	/* What is kept may be gone again before it is opened: a writer forgets it, or one who asks
	 * for other days. */
	if (*ret && is_known)
		keep(k, folder, *ret, buf_str(&bytes), &people);
	return keep_in_memory(ret, k, buf_str(&bytes));
}

/* One that is damaged, or is of another moment, is made again. */
static bool is_kept(const char *path, const struct moment *moment, struct published *p)
{
	struct portroll_snapshot *kept = NULL;
	uint8_t root[SHA256_SIZE];
	bool ok = path && portroll_open(&kept, path, NULL) == PORTROLL_OK &&
		  moment_fits(moment, published_checkpoint(p)->head.size,
			      snapshot_ledger(kept, root)) &&
		  states_agree(kept, p);
	portroll_close(kept);
	return ok;
}

static int find(char **ret, struct keeper *k, const char *folder, const struct moment *moment)
{
	struct published *p = NULL;
	char *published = path_join(folder, "ledger", &k->arena);
	int r = published ? published_open(&p, published, &k->err) : error_memory(&k->err);
	if (r < 0)
		return r;
	uint64_t size = published_checkpoint(p)->head.size;
	r = check_number(k, moment, size);
	*ret = moment_path(folder, moment, size, &k->arena);
	if (r == PORTROLL_OK && !is_kept(*ret, moment, p))
		r = make(ret, k, folder, p, moment);
	published_close(p);
	return r;
}

/* What others may read of it is enough. */
static int need_ledger(struct keeper *k, const char *folder)
{
	char *snapshot = path_join(folder, ROLL_SNAPSHOT_NAME, &k->arena);
	char *checkpoint = path_join(folder, "ledger/checkpoint", &k->arena);
	if (!snapshot || !checkpoint)
		return error_memory(&k->err);
	if (file_exists(checkpoint))
		return PORTROLL_OK;
	int r = keeper_check_made(k, folder, checkpoint);
	if (r == PORTROLL_OK)
		r = keeper_need_roll(k, snapshot);
	return r < 0 ? r
		     : error_set(&k->err, PORTROLL_EINVAL,
				 "%s: has no ledger yet, which the next import begins; what was "
				 "before is not known",
				 folder);
}

int as_of_find(char **ret, struct keeper *k)
{
	struct moment moment;
	char *folder;
	int r = moment_parse(&moment, keeper_option(k, OPTION_AS_OF), &k->err);
	if (r == PORTROLL_OK)
		r = check_day(k, &moment);
	if (r == PORTROLL_OK)
		r = roll_folder_to_read(&folder, &k->environment, &k->arena, &k->err);
	if (r < 0)
		return r;
	r = need_ledger(k, folder);
	return r < 0 ? r : find(ret, k, folder, &moment);
}

/* --as-of D, --as-of=D */
static char **point_to(char **argv, const char *path, struct arena *a)
{
	size_t count = 0;
	while (argv[count])
		count++;
	char **words = arena_grow(a, argv, count, count + 1, sizeof(*words));
	CLEANUP(buf_done) struct buf joined = BUF_INIT((size_t)64 << 10);
	buf_puts(&joined, "--snapshot=");
	buf_puts(&joined, path);
	char *option = arena_cstr(a, buf_str(&joined));
	if (!words || !option)
		return NULL;
	size_t to = 1;
	for (size_t from = 1; from < count; from++) {
		struct portroll_str word = str_from(argv[from]);
		bool is_last = str_equal(word, STR("--"));
		bool apart = str_equal(word, STR("--as-of"));
		words[to++] = apart || str_starts(word, STR("--as-of=")) ? option : argv[from];
		from += apart;
		while (is_last && ++from < count)
			words[to++] = argv[from];
	}
	words[to] = NULL;
	return words;
}

int as_of_ask(struct keeper *k, char **argv)
{
	char *path = NULL;
	if (as_of_find(&path, k) < 0)
		return keeper_failed(k);
	char **words = point_to(argv, path, &k->arena);
	if (words)
		launch(program_names[PROGRAM_PORTROLL], words, k->libexec, &k->err);
	else
		(void)error_memory(&k->err);
	return keeper_failed(k);
}
