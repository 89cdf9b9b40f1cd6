/* SPDX-License-Identifier: MIT */
#include "keeper/fetching.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "base/url.h"
#include "ledger/bundle.h"
#include "ledger/tile.h"
#include "verbs/launch.h"

#define LIST_MAX        ((size_t)64 << 20) /* bytes of the names of files */
#define BUNDLE_SIZE_MAX ((size_t)TILE_WIDTH * (2 + ENTRY_SIZE_MAX))
#define TILE_SIZE_MAX   ((size_t)TILE_WIDTH * TREE_HASH_SIZE)
#define PEOPLE_SIZE_MAX ((size_t)1 << 30)

bool is_url(struct portroll_str text)
{
	return str_find(text, STR("://")) != SIZE_MAX;
}

/* Becomes portroll-fetch with the list as its standard input; returns only on failure. */
static void become(struct keeper *k, char **words, int list)
{
	if (dup2(list, STDIN_FILENO) >= 0)
		launch(program_names[PROGRAM_FETCH], words, k->libexec, &k->err);
	_exit(keeper_failed(k));
}

static int wait_for(pid_t child, struct portroll_error *err)
{
	int status = 0;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return error_sys(err, errno, "portroll-fetch cannot be waited for");
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_YES)
		return PORTROLL_OK;
	return WIFEXITED(status)
		       ? PORTROLL_ESYSTEM
		       : error_set(err, PORTROLL_ESYSTEM, "portroll-fetch was ended by signal %d",
				   WTERMSIG(status));
}

static int fetch(struct keeper *k, const char *url, const char *folder, struct portroll_str list)
{
	enum {
		WORDS_MAX = 8
	};
	CLEANUP(file_close) int descriptor = -1;
	const char *timeout = k->args.values[OPTION_TIMEOUT];
	char *words[WORDS_MAX] = {
		arena_cstr(&k->arena, STR("")),
		arena_cstr(&k->arena, STR("files")),
		arena_cstr(&k->arena, str_from(url)),
		arena_cstr(&k->arena, str_from(folder)),
	};
	size_t count = 4;
	if (timeout) {
		words[count++] = arena_cstr(&k->arena, STR("--timeout"));
		words[count++] = arena_cstr(&k->arena, str_from(timeout));
	}
	if (k->out.quiet)
		words[count++] = arena_cstr(&k->arena, STR("--quiet"));
	if (k->arena.failed)
		return error_memory(&k->err);
	int r = file_anonymous(&descriptor, list, &k->err);
	if (r < 0)
		return r;
	pid_t child = fork();
	if (child < 0)
		return error_sys(&k->err, errno, "portroll-fetch cannot be run");
	if (child == 0)
		become(k, words, descriptor);
	return wait_for(child, &k->err);
}

static bool has_file(struct keeper *k, const char *folder, const char *name)
{
	const char *path = path_join(folder, name, &k->arena);
	return path && file_exists(path);
}

static int fetch_rest(struct keeper *k, const char *url, const char *folder)
{
	CLEANUP(buf_done) struct buf list = BUF_INIT(1000);
	buf_printf(&list, "key %d\n", NOTE_SIZE_MAX);
	buf_printf(&list, "people %zu optional\n", PEOPLE_SIZE_MAX);
	return list.failed ? error_memory(&k->err) : fetch(k, url, folder, buf_str(&list));
}

int fetch_head(const char **ret_url, struct keeper *k, const char *url, const char *folder)
{
	CLEANUP(buf_done) struct buf list = BUF_INIT(1000);
	struct portroll_str trimmed = str_from(url);
	while (str_ends(trimmed, STR("/")))
		trimmed.len--;
	const char *at = arena_cstr(&k->arena, trimmed);
	const char *below = at ? path_join(at, "ledger", &k->arena) : NULL;
	buf_printf(&list, "checkpoint %d optional\n", NOTE_SIZE_MAX);
	if (list.failed || !below)
		return error_memory(&k->err);
	const char *const places[] = {at, below};
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		int r = fetch(k, places[i], folder, buf_str(&list));
		if (r < 0)
			return r;
		if (!has_file(k, folder, "checkpoint"))
			continue;
		*ret_url = places[i];
		return fetch_rest(k, places[i], folder);
	}
	struct portroll_str shown = url_without_user(str_from(url), &k->arena);
	return error_set(&k->err, PORTROLL_EINVAL, "%.*s: publishes no ledger: no checkpoint there",
			 PORTROLL_STR_ARG(shown));
}

int fetch_tiles(struct keeper *k, const char *url, const char *folder, uint64_t from, uint64_t to)
{
	CLEANUP(buf_done) struct buf list = BUF_INIT(LIST_MAX);
	struct tile_growth g = tile_growth(from, to);
	struct tile tile;
	while (!list.failed && tile_growth_next(&tile, &g)) {
		char path[TILE_PATH_MAX];
		size_t len = tile_path(path, tile);
		buf_put(&list, (struct portroll_str){path, len});
		buf_printf(&list, " %zu\n", tile.is_bundle ? BUNDLE_SIZE_MAX : TILE_SIZE_MAX);
	}
	if (list.failed == PORTROLL_ELIMIT)
		return error_set(&k->err, PORTROLL_ELIMIT,
				 "a ledger of %llu entries is larger than is fetched at once",
				 (unsigned long long)to);
	if (list.failed)
		return error_memory(&k->err);
	return list.len ? fetch(k, url, folder, buf_str(&list)) : PORTROLL_OK;
}
