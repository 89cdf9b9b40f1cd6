/* SPDX-License-Identifier: MIT */
#include "keeper/notifying.h"

#include "base/file.h"
#include "base/path.h"

typedef int load_fn(struct file_bytes *ret, const char *path, size_t max,
		    struct portroll_error *err);

/* The text of a file of the folder, in the arena; empty when there is none. */
static int load(struct portroll_str *ret, struct keeper *k, const char *path, load_fn *load_file)
{
	struct file_bytes file = {0};
	*ret = STR_NONE;
	if (!path)
		return error_memory(&k->err);
	if (!file_exists(path))
		return PORTROLL_OK;
	int r = load_file(&file, path, PARAGRAPH_TEXT_MAX, &k->err);
	if (r == PORTROLL_OK)
		*ret = arena_str(&k->arena, file.bytes);
	file_release(&file);
	return r == PORTROLL_OK && k->arena.failed ? error_memory(&k->err) : r;
}

static int read_settings(struct notifying *ret, struct keeper *k, const char *folder)
{
	struct portroll_str text;
	const char *path = path_join(folder, "notify", &k->arena);
	int r = load(&text, k, path, file_load_private);
	if (r == PORTROLL_OK) {
		r = notify_read(&ret->settings, text, &k->arena, &k->err);
		k->err_file = r < 0 ? path : NULL;
	}
	return r;
}

static int read_templates(struct notifying *ret, struct keeper *k, const char *folder)
{
	struct portroll_str text;
	const char *path = path_join(folder, "templates", &k->arena);
	int r = load(&text, k, path, file_load);
	if (r < 0)
		return r;
	r = paragraphs_read(&ret->templates, text, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = letter_check(&ret->templates, &k->err);
	k->err_file = r < 0 ? path : NULL;
	return r;
}

int notifying_read(struct notifying *ret, struct keeper *k, const char *folder)
{
	*ret = (struct notifying){0};
	int r = read_settings(ret, k, folder);
	return r == PORTROLL_OK ? read_templates(ret, k, folder) : r;
}
