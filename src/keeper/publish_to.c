/* SPDX-License-Identifier: MIT */
#include "keeper/publish_to.h"

#include <stdlib.h>

#include "base/path.h"
#include "formats/service_claims.h"
#include "keeper/difference.h"
#include "keeper/local_part.h"
#include "keeper/services_file.h"
#include "terminal/ask.h"

#define FILE_MAX    ((size_t)64 << 20)
#define MODE        0644
#define KEPT_SUFFIX ".portroll-before"

struct local {
	struct keeper *k;
	const char *path; /* as it was given */
	char *target;     /* where it leads; in the arena */
	char *kept;       /* name of the file of before; in the arena */
	bool exists;
	struct file_bytes file;
	struct local_part part;
};

static char *find_target(struct local *l)
{
	struct keeper *k = l->k;
	char *leads = NULL;
	if (file_link_target(&leads, l->path, &k->err) < 0)
		return NULL;
	char *target = arena_cstr(&k->arena, str_from(leads ? leads : l->path));
	if (leads && target && !k->out.quiet)
		out_message(&k->out, "%s: is a link; what it leads to is meant: %s", l->path,
			    target);
	free(leads);
	return target;
}

static int find_names(struct local *l)
{
	struct arena *a = &l->k->arena;
	l->target = find_target(l);
	if (!l->target)
		return l->k->err.code ? l->k->err.code : error_memory(&l->k->err);
	CLEANUP(buf_done) struct buf name = BUF_INIT(64U << 10);
	buf_puts(&name, l->target);
	buf_puts(&name, KEPT_SUFFIX);
	l->kept = arena_cstr(a, buf_str(&name));
	return name.failed || !l->kept ? error_memory(&l->k->err) : PORTROLL_OK;
}

static bool is_same_file(const char *a, const char *b)
{
	struct file_mark mark_a, mark_b;
	if (str_equal(str_from(a), str_from(b)))
		return true;
	return file_exists(a) && file_exists(b) && file_mark(&mark_a, a, NULL) == PORTROLL_OK &&
	       file_mark(&mark_b, b, NULL) == PORTROLL_OK && file_mark_equal(mark_a, mark_b);
}

/* The roll's own files are written whole, and who puts another in the place of the lock unlocks. */
static int refuse_own(const struct local *l)
{
	static const char *const names[] = {ROLL_SNAPSHOT_NAME, SERVICES_FILE_NAME, FILE_LOCK_NAME};
	struct keeper *k = l->k;
	char *folder;
	if (roll_folder_to_write(&folder, &k->environment, &k->arena, NULL) < 0)
		return k->arena.failed ? error_memory(&k->err) : PORTROLL_OK;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const char *own = path_join(folder, names[i], &k->arena);
		if (!own)
			return error_memory(&k->err);
		if (is_same_file(l->target, own))
			return error_set(&k->err, PORTROLL_EINVAL,
					 "%s: is a file of the roll itself; --to takes another",
					 l->path);
	}
	return PORTROLL_OK;
}

/* What runs that were killed left beside the file. */
static void tidy(const struct local *l)
{
	if (keeper_has(l->k, OPTION_DRY_RUN))
		return;
	file_remove_stale_beside(l->target);
	file_remove_stale_beside(l->kept);
}

static int check_part(const struct local *l)
{
	struct keeper *k = l->k;
	if (!l->part.has_part || l->part.is_as_written || keeper_has(k, OPTION_FORCE))
		return PORTROLL_OK;
	return error_set(&k->err, PORTROLL_EINVAL,
			 "%s: lines between BEGIN and END portroll publish were edited and would "
			 "be lost; move yours before them, then --force",
			 l->path);
}

static int open_local(struct local *l)
{
	struct keeper *k = l->k;
	int r = keeper_refuse_roll(k, OPTION_TO_FILE);
	if (r == PORTROLL_OK && !keeper_target(k, OPTION_TO_FILE))
		r = error_set(&k->err, PORTROLL_EINVAL,
			      "--to takes a file; portroll export --format services writes to "
			      "standard output");
	if (r == PORTROLL_OK)
		r = find_names(l);
	if (r == PORTROLL_OK)
		r = refuse_own(l);
	if (r < 0)
		return r;
	l->exists = file_exists(l->target);
	if (l->exists)
		r = file_load(&l->file, l->target, FILE_MAX, &k->err);
	if (r < 0)
		return r;
	r = local_part_find(&l->part, l->file.bytes, &k->err);
	if (r < 0)
		k->err_file = l->path;
	return r < 0 ? r : check_part(l);
}

/* Somebody may have written to it while we asked. */
static int check_unchanged(const struct local *l)
{
	struct file_bytes now = {0};
	bool exists = file_exists(l->target);
	int r = exists ? file_load(&now, l->target, FILE_MAX, &l->k->err) : PORTROLL_OK;
	bool same = exists == l->exists && str_equal(now.bytes, l->file.bytes);
	file_release(&now);
	if (r < 0 || same)
		return r;
	return error_set(&l->k->err, PORTROLL_ECONFLICT,
			 "%s: was changed by somebody else meanwhile; nothing is written, run it "
			 "again",
			 l->path);
}

/* Shows what would be and asks. EXIT_YES: write it, EXIT_NO: do not, or an error. */
static int agree(const struct local *l, struct portroll_str wanted)
{
	struct keeper *k = l->k;
	const struct difference d = {
		.before = l->file.bytes,
		.after = wanted,
		.before_name = l->exists ? l->path : "/dev/null",
		.after_name = l->path,
		.whole = k->out.verbose,
	};
	bool dry = keeper_has(k, OPTION_DRY_RUN);
	if ((dry || !k->out.quiet) && difference_put(&k->out, &d, &k->arena) < 0)
		return error_memory(&k->err);
	(void)buf_flush(&k->out.buf);
	if (dry)
		return EXIT_NO;
	if (keeper_has(k, OPTION_YES))
		return EXIT_YES;
	switch (ask(&k->out, "portroll: write this?")) {
	case ASK_YES:
		return EXIT_YES;
	case ASK_NO:
		out_message(&k->out, "%s: nothing is written", l->path);
		return EXIT_NO;
	case ASK_NOBODY:
		break;
	}
	return error_set(&k->err, PORTROLL_EINVAL,
			 "%s: nothing is written, there is nobody to ask; --yes writes it, "
			 "--dry-run shows it only",
			 l->path);
}

static int filter(struct buf *ret, struct service_filtered *counts, const struct local *l,
		  struct portroll_str names)
{
	struct service_claims claims = {0};
	int r = service_claims_add(&claims, l->part.before);
	if (r == PORTROLL_OK)
		r = service_claims_add(&claims, l->part.after);
	if (r == PORTROLL_OK)
		r = service_claims_sort(&claims);
	if (r == PORTROLL_OK)
		service_claims_filter(ret, counts, &claims, names);
	service_claims_done(&claims);
	return r < 0 || ret->failed ? error_memory(&l->k->err) : PORTROLL_OK;
}

static void tell_count(struct buf *out, const char *before, size_t count, const char *one,
		       const char *many)
{
	buf_puts(out, before);
	buf_put_grouped(out, count);
	buf_puts(out, count == 1 ? one : many);
}

/* What our part holds, and what it leaves to the lines that are there. */
static void tell_part(const struct local *l, const struct service_filtered *f, bool is_new)
{
	struct buf *out = &l->k->out.buf;
	if (l->k->out.quiet)
		return;
	out_text(&l->k->out, str_from(l->path), false);
	tell_count(out, is_new ? ": " : ": holds already ", f->kept, " line of ours",
		   " lines of ours");
	if (f->ports) {
		tell_count(out, "; left out for lines that are there: ", f->ports,
			   " port and protocol", " ports and protocols");
		tell_count(out, " (", f->renamed, " with another name there)",
			   " with other names there)");
	}
	if (f->names)
		tell_count(out, "; ", f->names, " name that has another port there",
			   " names that have other ports there");
	buf_putc(out, '\n');
}

static int write_part(const struct local *l, struct portroll_str wanted)
{
	struct keeper *k = l->k;
	int kept = 0;
	int r = check_unchanged(l);
	if (r == PORTROLL_OK && l->exists && !l->part.has_part)
		r = kept = file_keep(l->kept, l->target, l->file.bytes, &k->err);
	if (r >= 0)
		r = file_replace_like(l->target, wanted, MODE, &k->err);
	if (r < 0)
		return r;
	if (kept && !k->out.quiet) {
		buf_puts(&k->out.buf, "the file of before is kept as ");
		out_text(&k->out, str_from(l->kept), false);
		buf_puts(&k->out.buf, "; --undo puts it back\n");
	}
	return PORTROLL_OK;
}

static int put_in(struct local *l, struct portroll_str names)
{
	CLEANUP(buf_done) struct buf ours = BUF_INIT(SIZE_MAX), wanted = BUF_INIT(SIZE_MAX);
	struct service_filtered counts;
	int r = open_local(l);
	if (r == PORTROLL_OK)
		r = filter(&ours, &counts, l, names);
	if (r < 0)
		return r;
	local_part_put(&wanted, &l->part, buf_str(&ours));
	if (ours.failed || wanted.failed)
		return error_memory(&l->k->err);
	bool same = l->exists && str_equal(l->file.bytes, buf_str(&wanted));
	if (!same) {
		r = agree(l, buf_str(&wanted));
		if (r == EXIT_NO && keeper_has(l->k, OPTION_DRY_RUN))
			tell_part(l, &counts, true);
		if (r != EXIT_YES)
			return r == EXIT_NO && keeper_has(l->k, OPTION_DRY_RUN) ? EXIT_YES : r;
		r = write_part(l, buf_str(&wanted));
	}
	if (r == PORTROLL_OK) {
		tidy(l);
		tell_part(l, &counts, !same);
	}
	return r;
}

int publish_to(struct keeper *k, struct portroll_str names)
{
	struct local l = {.k = k, .path = k->args.values[OPTION_TO_FILE]};
	int r = put_in(&l, names);
	file_release(&l.file);
	return r;
}

/* What FILE is to be without our part, and how it becomes that. */
enum way {
	WAY_BACK,   /* the file of before takes its place */
	WAY_OUT,    /* only our part is taken out */
	WAY_REMOVE, /* there was no file before */
};

static int choose_way(enum way *ret, struct file_bytes *kept, const struct local *l)
{
	bool is_kept = file_exists(l->kept);
	int r = is_kept ? file_load(kept, l->kept, FILE_MAX, &l->k->err) : PORTROLL_OK;
	if (is_kept)
		*ret = local_part_is_around(&l->part, kept->bytes) ? WAY_BACK : WAY_OUT;
	else
		*ret = l->part.before.len || l->part.after.len ? WAY_OUT : WAY_REMOVE;
	return r;
}

static int take_out(const struct local *l, enum way way, struct portroll_str wanted)
{
	static const char *const told[] = {
		[WAY_BACK] = ": is again as it was before\n",
		[WAY_OUT] = ": our part is taken out; the lines that are yours stay\n",
		[WAY_REMOVE] = ": is removed; there was no such file before\n",
	};
	struct keeper *k = l->k;
	int r = check_unchanged(l);
	if (r == PORTROLL_OK && way == WAY_BACK)
		r = file_put_back(l->target, l->kept, &k->err);
	else if (r == PORTROLL_OK && way == WAY_OUT)
		r = file_replace_like(l->target, wanted, MODE, &k->err);
	else if (r == PORTROLL_OK)
		r = file_remove(l->target, &k->err);
	if (r == PORTROLL_OK)
		tidy(l);
	if (r < 0 || k->out.quiet)
		return r;
	out_text(&k->out, str_from(l->path), false);
	buf_puts(&k->out.buf, told[way]);
	if (way == WAY_OUT && file_exists(l->kept)) {
		buf_puts(&k->out.buf, "it was edited since; the file of before stays as ");
		out_text(&k->out, str_from(l->kept), false);
		buf_putc(&k->out.buf, '\n');
	}
	return r;
}

static int undo(struct local *l, struct file_bytes *kept)
{
	enum way way;
	CLEANUP(buf_done) struct buf wanted = BUF_INIT(SIZE_MAX);
	int r = open_local(l);
	if (r < 0)
		return r;
	if (!l->part.has_part) {
		out_message(&l->k->out, "%s: has no part of portroll, there is nothing to undo",
			    l->path);
		return EXIT_NO;
	}
	r = choose_way(&way, kept, l);
	if (r < 0)
		return r;
	if (way == WAY_BACK) {
		buf_put(&wanted, kept->bytes);
	} else {
		buf_put(&wanted, l->part.before);
		buf_put(&wanted, l->part.after);
	}
	if (wanted.failed)
		return error_memory(&l->k->err);
	r = agree(l, buf_str(&wanted));
	if (r != EXIT_YES)
		return r == EXIT_NO && keeper_has(l->k, OPTION_DRY_RUN) ? EXIT_YES : r;
	return take_out(l, way, buf_str(&wanted));
}

int publish_undo(struct keeper *k)
{
	struct local l = {.k = k, .path = k->args.values[OPTION_TO_FILE]};
	struct file_bytes kept = {0};
	int r = undo(&l, &kept);
	file_release(&kept);
	file_release(&l.file);
	return r;
}
