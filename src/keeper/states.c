/* SPDX-License-Identifier: MIT */
#include "keeper/states.h"

#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/num.h"
#include "base/path.h"
#include "snapshot/snapshot.h"
#include "verbs/moment.h"
#include "verbs/roll_path.h"

#define MODE     0644
#define DAYS_MAX 32 /* states of days that are kept */

/* Entries between two kept states, and how many in one commit make a state worth keeping; measured,
 * see ARCHITECTURE.md. */
#define EVERY 64
#define LARGE 16

struct listing {
	const char *folder; /* of the states */
	struct arena *arena;
	uint64_t limit, best; /* the largest number up to the limit; 0: none */
	size_t day_count;
	bool forgets_days;
};

/* What a reader that was killed left of a state, unless it is still being written. */
static void sweep(const struct listing *l, struct portroll_str rest)
{
	struct portroll_str name = str_part(rest, 0, str_find(rest, STR(".portroll-")));
	char *kept = l->forgets_days ? arena_cstr(l->arena, name) : NULL;
	if (kept)
		file_remove_stale(l->folder, kept);
}

/* DAY@N. What else lies there is not ours to remove. */
static bool is_of_day(struct portroll_str name)
{
	struct portroll_str rest = name, day;
	struct date date;
	uint64_t number;
	return str_cut(&rest, '@', &day) && date_parse(&date, day) == PORTROLL_OK &&
	       num_parse(&number, rest, INT64_MAX) == 0;
}

static int look(void *context, const char *name, struct portroll_error *err)
{
	struct listing *l = context;
	struct portroll_str text = str_from(name);
	uint64_t number;
	(void)err;
	if (num_parse(&number, text, l->limit) == 0) {
		l->best = number > l->best ? number : l->best;
		return PORTROLL_OK;
	}
	if (text.ptr[0] == '.') {
		sweep(l, str_part(text, 1, text.len));
		return PORTROLL_OK;
	}
	if (!is_of_day(text))
		return PORTROLL_OK;
	l->day_count++;
	char *path = l->forgets_days ? path_join(l->folder, name, l->arena) : NULL;
	return path ? file_remove(path, NULL) : PORTROLL_OK;
}

static int list(struct listing *l, const char *folder, struct portroll_error *err)
{
	l->folder = path_join(folder, STATES_FOLDER, l->arena);
	return l->folder ? file_each_name(l->folder, look, l, err) : error_memory(err);
}

void states_keep(const char *folder, uint64_t before, uint64_t size)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct listing l = {.arena = &a, .limit = size, .forgets_days = true};
	const struct moment moment = {.number = size};
	if (list(&l, folder, NULL) < 0)
		return;
	if (size - l.best < EVERY && size - before < LARGE)
		return;
	char *snapshot = path_join(folder, ROLL_SNAPSHOT_NAME, &a);
	char *path = moment_path(folder, &moment, size, &a);
	if (!snapshot || !path || file_make_folder(l.folder, NULL) < 0 ||
	    file_link(path, snapshot, NULL) < 0)
		return;
}

int states_best(char **ret, const char *folder, uint64_t limit, struct arena *a,
		struct portroll_error *err)
{
	struct listing l = {.arena = a, .limit = limit};
	int r = list(&l, folder, err);
	if (r < 0)
		return r;
	const struct moment moment = {.number = l.best};
	*ret = l.best ? moment_path(folder, &moment, 0, a) : NULL;
	return l.best && !*ret ? error_memory(err) : PORTROLL_OK;
}

bool states_agree(struct portroll_snapshot *state, struct published *p)
{
	uint8_t root[SHA256_SIZE];
	struct tree tree;
	uint64_t size = snapshot_ledger(state, root);
	if (size == 0)
		return true;
	if (published_tree(&tree, p, size, NULL) < 0)
		return false;
	const struct tree_head head = tree_head(&tree);
	return memcmp(head.root.bytes, root, SHA256_SIZE) == 0;
}

void states_write(const char *folder, const char *path, struct portroll_str bytes)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	struct listing l = {.arena = &a};
	if (list(&l, folder, NULL) < 0 || file_make_folder(l.folder, NULL) < 0)
		return;
	l.forgets_days = l.day_count >= DAYS_MAX;
	if (l.forgets_days && list(&l, folder, NULL) < 0)
		return;
	(void)!file_replace_name(path, bytes, MODE, NULL);
}
