/* SPDX-License-Identifier: MIT */
#include "keeper/held_roll.h"

#include "keeper/services_file.h"
#include "verbs/roll_path.h"

#define SNAPSHOT_MAX  ((size_t)1 << 30)
#define SNAPSHOT_MODE 0644

static int take_lock(struct held_roll *s, bool wait, struct portroll_error *err)
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

int held_roll_open(struct held_roll *ret, const char *folder, bool wait, struct arena *a,
		   struct portroll_error *err)
{
	ret->folder = arena_cstr(a, str_from(folder));
	ret->path = roll_path_join(folder, ROLL_SNAPSHOT_NAME, a);
	ret->services = roll_path_join(folder, SERVICES_FILE_NAME, a);
	if (!ret->folder || !ret->path || !ret->services)
		return error_memory(err);
	int r = file_make_folder(folder, err);
	if (r < 0)
		return r;
	r = take_lock(ret, wait, err);
	if (r < 0)
		return r;
	file_remove_stale(folder, ROLL_SNAPSHOT_NAME);
	file_remove_stale(folder, SERVICES_FILE_NAME);
	return PORTROLL_OK;
}

bool held_roll_exists(const struct held_roll *s)
{
	return file_exists(s->path);
}

static int read_source(struct source *ret, struct held_roll *s, size_t index, struct arena *a,
		       struct portroll_str apart)
{
	if (!snapshot_source(s->snapshot, index, a, ret))
		return a->failed ? PORTROLL_ENOMEM : PORTROLL_ECORRUPT;
	struct arena *home = str_equal(ret->name, apart) ? &s->apart : a;
	ret->registry = snapshot_read(s->snapshot, index, home);
	if (ret->registry)
		return PORTROLL_OK;
	return home->failed ? PORTROLL_ENOMEM : PORTROLL_ECORRUPT;
}

int held_roll_read(struct roll **ret, struct held_roll *s, struct portroll_str apart,
		   struct arena *a, struct portroll_error *err)
{
	struct roll *roll = roll_new(a);
	if (!roll)
		return error_memory(err);
	int r = PORTROLL_OK;
	if (held_roll_exists(s))
		r = portroll_open(&s->snapshot, s->path, err);
	size_t count = r == PORTROLL_OK && s->snapshot ? portroll_source_count(s->snapshot) : 0;
	for (size_t i = 0; i < count && r == PORTROLL_OK; i++) {
		struct source source;
		r = read_source(&source, s, i, a, apart);
		if (r < 0)
			return error_set(err, r, "%s: %s", s->path, error_text(r));
		r = roll_insert(roll, roll->source_count, &source, err);
	}
	if (r == PORTROLL_OK)
		*ret = roll;
	return r;
}

void held_roll_forget(struct held_roll *s)
{
	arena_done(&s->apart);
}

int held_roll_write(const struct held_roll *s, const struct roll *roll, struct portroll_error *err)
{
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(SNAPSHOT_MAX);
	int r = snapshot_compile(&bytes, roll, err);
	if (r < 0)
		return r;
	r = file_replace(s->path, buf_str(&bytes), SNAPSHOT_MODE, err);
	return r < 0 ? r : services_file_renew(s->services, roll, err);
}

void held_roll_close(struct held_roll *s)
{
	portroll_close(s->snapshot);
	arena_done(&s->apart);
	file_close(&s->lock);
	*s = HELD_ROLL_INIT;
}
