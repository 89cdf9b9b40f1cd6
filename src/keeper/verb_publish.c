/* SPDX-License-Identifier: MIT */

/* publish: the names of the roll as a services file, beside the snapshot or in another file. */

#include "keeper/difference.h"
#include "keeper/keeper.h"
#include "keeper/losses.h"
#include "keeper/publish_to.h"
#include "keeper/services_file.h"
#include "keeper/store.h"

#define TEXT_MAX ((size_t)256 << 20)

static const char ways[] =
	"how programs come to read it:\n"
	"  glibc: not at all, but the roll itself, with libnss-portroll and the line\n"
	"    services: files portroll in /etc/nsswitch.conf\n"
	"  what reads /etc/services itself (Go, musl, static programs):\n"
	"    portroll publish --to /etc/services, or mount --bind it over that file\n";

static int check_options(struct keeper *k)
{
	static const uint8_t of_file[] = {OPTION_UNDO, OPTION_YES, OPTION_FORCE, OPTION_SNAPSHOT};
	for (size_t i = 0; i < ARRAY_LEN(of_file); i++)
		if (keeper_has(k, of_file[i]) && !keeper_has(k, OPTION_TO_FILE))
			return error_set(&k->err, PORTROLL_EINVAL, "--%s needs --to FILE",
					 options[of_file[i]].name);
	if (keeper_has(k, OPTION_LOSS_REPORT) && !keeper_target(k, OPTION_LOSS_REPORT))
		return error_set(&k->err, PORTROLL_EINVAL, "--loss-report takes a file here");
	return keeper_refuse_roll(k, OPTION_LOSS_REPORT);
}

/* The text that the roll gives, and what it cannot hold. */
static int make_text(struct buf *ret, struct loss *loss, struct keeper *k, const struct roll *roll)
{
	*loss = (struct loss){.arena = losses_wanted(k) ? &k->arena : NULL};
	if (roll->source_count == 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "the roll has no source; portroll import FILE or portroll update "
				 "gives it one");
	services_file_put(ret, roll, loss);
	if (ret->failed || k->arena.failed)
		return error_memory(&k->err);
	return PORTROLL_OK;
}

static int tell_loss(struct keeper *k, const struct loss *loss)
{
	int r = keeper_has(k, OPTION_LOSS_REPORT) ? losses_report(k, loss, "services") : 0;
	if (r == PORTROLL_OK)
		losses_tell(k, loss, "services");
	return r;
}

static void tell_written(struct keeper *k, const char *path, const struct roll *roll, bool is_new)
{
	struct buf *out = &k->out.buf;
	if (k->out.quiet)
		return;
	out_text(&k->out, str_from(path), false);
	buf_puts(out, is_new ? ": written from " : ": is fresh; from ");
	for (size_t i = 0; i < roll->source_count; i++) {
		buf_puts(out, i ? ", " : "");
		buf_put(out, roll->sources[i].name);
	}
	buf_putc(out, '\n');
	if (is_new)
		buf_puts(out, ways);
}

static int show(struct keeper *k, const char *path, struct portroll_str text)
{
	struct difference d = {.after = text,
			       .before_name = file_exists(path) ? path : "/dev/null",
			       .after_name = path,
			       .whole = k->out.verbose};
	int r = services_file_read(&d.before, path, &k->arena, &k->err);
	if (r == PORTROLL_OK && difference_put(&k->out, &d, &k->arena) < 0)
		r = error_memory(&k->err);
	return r;
}

static int publish_roll(struct keeper *k, const struct store *store, const struct roll *roll)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	struct loss loss;
	int r = make_text(&text, &loss, k, roll);
	if (r < 0)
		return r;
	if (keeper_has(k, OPTION_DRY_RUN))
		return show(k, store->services, buf_str(&text));
	r = services_file_write(store->services, buf_str(&text), &k->err);
	if (r < 0)
		return r;
	tell_written(k, store->services, roll, r == 1);
	return tell_loss(k, &loss);
}

static int publish_beside(struct keeper *k)
{
	struct store store = STORE_INIT;
	struct roll *roll;
	char *folder, *snapshot = NULL;
	int r = roll_folder_to_write(&folder, &k->environment, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		snapshot = roll_path_join(folder, ROLL_SNAPSHOT_NAME, &k->arena);
	if (r == PORTROLL_OK && !snapshot)
		r = error_memory(&k->err);
	if (r == PORTROLL_OK)
		r = keeper_need_roll(k, snapshot);
	if (r == PORTROLL_OK)
		r = store_open(&store, folder, keeper_has(k, OPTION_WAIT), &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = store_read(&roll, &store, STR_NONE, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = publish_roll(k, &store, roll);
	store_close(&store);
	return r;
}

static int publish_into_file(struct keeper *k)
{
	struct portroll_snapshot *snapshot = NULL;
	struct roll *roll;
	struct loss loss;
	CLEANUP(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	int r = keeper_open_snapshot(&snapshot, k);
	if (r == PORTROLL_OK)
		r = snapshot_read_roll(&roll, snapshot, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = make_text(&text, &loss, k, roll);
	int code = r < 0 ? r : publish_to(k, buf_str(&text));
	if (code == EXIT_YES)
		r = tell_loss(k, &loss);
	portroll_close(snapshot);
	return r < 0 ? r : code;
}

int verb_publish(struct keeper *k)
{
	int r = check_options(k);
	if (r == PORTROLL_OK && keeper_has(k, OPTION_UNDO))
		r = publish_undo(k);
	else if (r == PORTROLL_OK && keeper_has(k, OPTION_TO_FILE))
		r = publish_into_file(k);
	else if (r == PORTROLL_OK)
		r = publish_beside(k);
	return r < 0 ? keeper_failed(k) : r;
}
