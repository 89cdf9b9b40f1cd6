/* SPDX-License-Identifier: MIT */
#include "verbs/roll_path.h"

#include "base/file.h"
#include "base/macros.h"
#include "base/path.h"

static bool is_set(const char *value)
{
	return value && value[0] != '\0';
}

/* A relative one is to be ignored (XDG Base Directory Specification). */
static bool is_base(const char *folder)
{
	return is_set(folder) && folder[0] == '/';
}

static char *find_folder(const struct roll_environment *e, struct arena *a)
{
	if (is_set(e->folder))
		return arena_cstr(a, str_from(e->folder));
	if (e->is_root)
		return arena_cstr(a, STR(ROLL_SYSTEM_FOLDER));
	if (is_base(e->data_home))
		return path_join(e->data_home, "portroll", a);
	return path_join(e->home, ".local/share/portroll", a);
}

static bool has_place(const struct roll_environment *e)
{
	return is_set(e->folder) || e->is_root || is_base(e->data_home) || is_set(e->home);
}

int roll_folder_to_write(char **ret, const struct roll_environment *e, struct arena *a,
			 struct portroll_error *err)
{
	if (!has_place(e))
		return error_set(err, PORTROLL_EINVAL,
				 "where is the roll? set PORTROLL_DIR to its folder, or HOME");
	char *folder = find_folder(e, a);
	if (!folder)
		return error_memory(err);
	*ret = folder;
	return PORTROLL_OK;
}

int roll_folder_to_read(char **ret, const struct roll_environment *e, struct arena *a,
			struct portroll_error *err)
{
	static const char of_system[] = ROLL_SYSTEM_FOLDER "/" ROLL_SNAPSHOT_NAME;
	char *folder = has_place(e) ? find_folder(e, a) : arena_cstr(a, STR(ROLL_SYSTEM_FOLDER));
	char *path = folder ? path_join(folder, ROLL_SNAPSHOT_NAME, a) : NULL;
	if (path && !is_set(e->folder) && !file_exists(path) && file_exists(of_system))
		folder = arena_cstr(a, STR(ROLL_SYSTEM_FOLDER));
	if (!path || !folder)
		return error_memory(err);
	*ret = folder;
	return PORTROLL_OK;
}

int roll_snapshot_to_read(char **ret, const struct roll_environment *e, struct arena *a,
			  struct portroll_error *err)
{
	char *folder, *path = NULL;
	int r = roll_folder_to_read(&folder, e, a, err);
	if (r == PORTROLL_OK)
		path = path_join(folder, ROLL_SNAPSHOT_NAME, a);
	if (r < 0)
		return r;
	if (!path)
		return error_memory(err);
	*ret = path;
	return PORTROLL_OK;
}

int roll_state_folder(char **ret, const struct roll_environment *e, struct arena *a,
		      struct portroll_error *err)
{
	char *folder;
	if (is_set(e->state))
		folder = arena_cstr(a, str_from(e->state));
	else if (e->is_root)
		folder = arena_cstr(a, STR(ROLL_SYSTEM_STATE));
	else if (is_base(e->state_home))
		folder = path_join(e->state_home, "portroll", a);
	else if (is_set(e->home))
		folder = path_join(e->home, ".local/state/portroll", a);
	else
		return error_set(err, PORTROLL_EINVAL,
				 "where is noted what was signed? set PORTROLL_STATE to a folder "
				 "that is no part of the roll, or HOME");
	if (!folder)
		return error_memory(err);
	*ret = folder;
	return PORTROLL_OK;
}

bool roll_has_ledger(const char *snapshot, struct arena *a)
{
	static const char *const names[] = {"ledger.db", "store"};
	struct portroll_str path = str_from(snapshot);
	size_t name = sizeof(ROLL_SNAPSHOT_NAME); /* with the slash before it */
	if (path.len <= name)
		return false;
	const char *folder = arena_cstr(a, str_part(path, 0, path.len - name));
	for (size_t i = 0; folder && i < ARRAY_LEN(names); i++) {
		const char *store = path_join(folder, names[i], a);
		if (store && file_exists(store))
			return true;
	}
	return false;
}
