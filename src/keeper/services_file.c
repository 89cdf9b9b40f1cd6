/* SPDX-License-Identifier: MIT */
#include "keeper/services_file.h"

#include "base/file.h"

#define FIRST_LINE "# Written by portroll publish, and anew whenever the roll changes"
#define MODE       0644

void services_file_put(struct buf *out, const struct roll *roll, struct service_tally *tally,
		       struct loss *loss)
{
	services_write_roll(out, roll, FIRST_LINE, tally, loss);
}

static int check_ours(struct portroll_str text, const char *path, struct portroll_error *err)
{
	if (str_starts(text, STR(FIRST_LINE "\n")))
		return PORTROLL_OK;
	return error_set(err, PORTROLL_EINVAL,
			 "%s: was not written by portroll publish; move it away, or publish --to "
			 "another file",
			 path);
}

static int load(struct file_bytes *ret, const char *path, struct portroll_error *err)
{
	*ret = (struct file_bytes){0};
	if (!file_exists(path))
		return PORTROLL_OK;
	int r = file_load(ret, path, SERVICES_FILE_MAX, err);
	return r < 0 ? r : check_ours(ret->bytes, path, err);
}

int services_file_read(struct portroll_str *ret, const char *path, struct arena *a,
		       struct portroll_error *err)
{
	struct file_bytes file;
	int r = load(&file, path, err);
	if (r == PORTROLL_OK)
		*ret = arena_str(a, file.bytes);
	file_release(&file);
	return r == PORTROLL_OK && a->failed ? error_memory(err) : r;
}

int services_file_write(const char *path, struct portroll_str text, struct portroll_error *err)
{
	struct file_bytes file;
	int r = load(&file, path, err);
	bool same = r == PORTROLL_OK && str_equal(file.bytes, text);
	file_release(&file);
	if (r < 0 || same)
		return r;
	r = file_replace(path, text, MODE, err);
	return r < 0 ? r : 1;
}

int services_file_renew(const char *path, const struct roll *roll, struct portroll_error *err)
{
	if (!file_exists(path))
		return PORTROLL_OK;
	CLEANUP(buf_done) struct buf text = BUF_INIT(SERVICES_FILE_MAX);
	services_file_put(&text, roll, NULL, NULL);
	if (text.failed)
		return error_set(err, text.failed, "%s: %s", path, error_text(text.failed));
	struct portroll_error reason = {0};
	int r = services_file_write(path, buf_str(&text), &reason);
	if (r < 0)
		return error_set(err, r, "the roll is written, but not its services file: %s",
				 reason.text);
	return PORTROLL_OK;
}
