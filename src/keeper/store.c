/* SPDX-License-Identifier: MIT */
#include "keeper/store.h"

#include "verbs/roll_path.h"

#define SNAPSHOT_MAX  ((size_t)1 << 30)
#define SNAPSHOT_MODE 0644

static int take_lock(struct store *s, bool wait, struct portroll_error *err)
{
	if (wait)
		return file_lock_wait(&s->lock, s->folder, err);
	uint64_t holder = 0;
	struct portroll_error reason = {0};
	int r = file_lock(&s->lock, s->folder, &holder, &reason);
	if (r == PORTROLL_ECONFLICT && holder)
		return error_set(err, r,
				 "%s: process %llu is changing this roll; --wait waits for it",
				 s->folder, (unsigned long long)holder);
	if (r == PORTROLL_ECONFLICT)
		return error_set(err, r,
				 "%s: another process is changing this roll; --wait waits for it",
				 s->folder);
	if (r < 0 && err)
		*err = reason;
	return r;
}

int store_open(struct store *ret, const char *folder, bool wait, struct arena *a,
	       struct portroll_error *err)
{
	ret->folder = arena_cstr(a, str_from(folder));
	ret->path = roll_path_join(folder, ROLL_SNAPSHOT_NAME, a);
	if (!ret->folder || !ret->path)
		return error_memory(err);
	int r = file_make_folder(folder, err);
	if (r < 0)
		return r;
	r = take_lock(ret, wait, err);
	if (r < 0)
		return r;
	file_remove_stale(folder, ROLL_SNAPSHOT_NAME);
	return PORTROLL_OK;
}

bool store_exists(const struct store *s)
{
	return file_exists(s->path);
}

int store_read(struct roll **ret, struct store *s, struct arena *a, struct portroll_error *err)
{
	if (!store_exists(s)) {
		*ret = roll_new(a);
		return *ret ? PORTROLL_OK : error_memory(err);
	}
	int r = snapshot_open_file(&s->snapshot, s->path, SNAPSHOT_FULL, err);
	if (r < 0)
		return r;
	return snapshot_read_roll(ret, s->snapshot, a, err);
}

int store_write(const struct store *s, const struct roll *roll, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(SNAPSHOT_MAX);
	int r = snapshot_compile(&bytes, roll, err);
	if (r < 0)
		return r;
	return file_replace(s->path, buf_str(&bytes), SNAPSHOT_MODE, err);
}

void store_close(struct store *s)
{
	snapshot_close(s->snapshot);
	file_close(&s->lock);
	*s = STORE_INIT;
}
