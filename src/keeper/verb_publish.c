/* SPDX-License-Identifier: MIT */

/* publish: the names of the roll as a services file, beside the snapshot or in another file. */

#include "base/path.h"
#include "keeper/difference.h"
#include "keeper/held_roll.h"
#include "keeper/keeper.h"
#include "keeper/losses.h"
#include "keeper/publish_to.h"
#include "keeper/services_file.h"

static const char ways[] =
	"Programs that ask glibc (getent, Python, Perl) need no such file: with\n"
	"libnss-portroll, and \"services: files portroll\" in /etc/nsswitch.conf, they\n"
	"get their answers from the roll itself.\n"
	"Programs that read /etc/services themselves (Go, musl, static programs) need the\n"
	"names there: portroll publish --to /etc/services, or mount --bind this file\n"
	"over it.\n";

/* The text that the roll gives, and what stands in it and what does not. */
struct published {
	struct buf text;
	struct service_tally tally;
	struct loss loss;
};

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

static int make(struct published *ret, struct keeper *k, const struct roll *roll)
{
	ret->loss = (struct loss){.arena = losses_wanted(k) ? &k->arena : NULL};
	if (roll->source_count == 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "the roll has no source; portroll import FILE or portroll update "
				 "gives it one");
	services_file_put(&ret->text, roll, &ret->tally, &ret->loss);
	if (ret->text.failed || k->arena.failed)
		return error_memory(&k->err);
	return PORTROLL_OK;
}

static void put_count(struct buf *out, size_t count, const char *one, const char *many)
{
	if (count == 0)
		return;
	buf_puts(out, out->len ? ", " : "");
	buf_put_grouped(out, count);
	buf_puts(out, count == 1 ? one : many);
}

static void tell_line(const struct keeper *k, struct buf *line, const char *before)
{
	if (line->len)
		out_message(&k->out, "%s%.*s", before, PORTROLL_STR_ARG(buf_str(line)));
	buf_clear(line);
}

static void tell_left(const struct keeper *k, const struct service_tally *t)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(1024);
	put_count(&line, t->left[SERVICE_LEFT_NO_PORT], " that has no port", " that have no port");
	put_count(&line, t->left[SERVICE_LEFT_LONG], " longer than 31 letters",
		  " longer than 31 letters");
	put_count(&line, t->left[SERVICE_LEFT_NO_WORD], " with a blank, a # or no letter",
		  " with a blank, a # or no letter");
	put_count(&line, t->left[SERVICE_LEFT_NO_ROOM], " for which its line has no room",
		  " for which their lines have no room");
	tell_line(k, &line, "names without a line: ");
	put_count(&line, t->elsewhere,
		  " name is not written again at other ports that a source below gives it",
		  " names are not written again at other ports that a source below gives them");
	tell_line(k, &line, "");
	put_count(&line, t->several,
		  " name has several ports, of which a reader that keeps its last line, as Go "
		  "does, may find another than the lowest",
		  " names have several ports, of which a reader that keeps the last line of a "
		  "name, as Go does, may find another than the lowest");
	tell_line(k, &line, "");
	put_count(&line, t->nameless, " record without a name has no line",
		  " records without a name have no line");
	tell_line(k, &line, "");
}

/* export gives names away and leaves nmap's out; this file is for the machine it is on. */
static void tell_licence(const struct keeper *k, const struct roll *roll)
{
	for (size_t i = 0; i < roll->source_count; i++)
		if (source_has_nmap(&roll->sources[i]))
			out_message(&k->out,
				    "names of source %.*s are in it, which nmap's licence (NPSL) "
				    "binds, as the head of the file says: give it to others under "
				    "that licence only",
				    PORTROLL_STR_ARG(roll->sources[i].name));
}

static int tell_made(struct keeper *k, const struct published *p, const struct roll *roll)
{
	const struct service_tally *t = &p->tally;
	struct buf *out = &k->out.buf;
	int r = keeper_has(k, OPTION_LOSS_REPORT) ? losses_report(k, &p->loss, "services") : 0;
	if (r < 0 || k->out.quiet)
		return r;
	buf_put_grouped(out, t->lines);
	buf_puts(out, t->lines == 1 ? " line holds " : " lines hold ");
	buf_put_grouped(out, t->held);
	buf_puts(out, " of the ");
	buf_put_grouped(out, t->names);
	buf_puts(out, t->names == 1 ? " name of the roll\n" : " names of the roll\n");
	(void)buf_flush(out);
	tell_left(k, t);
	tell_licence(k, roll);
	losses_tell_items(k, &p->loss);
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

static int write_beside(struct keeper *k, const char *path, const struct published *p,
			const struct roll *roll)
{
	int r = services_file_write(path, buf_str(&p->text), &k->err);
	if (r < 0)
		return r;
	tell_written(k, path, roll, r == 1);
	return tell_made(k, p, roll);
}

static int publish_roll(struct keeper *k, const struct held_roll *held, const struct roll *roll)
{
	struct published p = {.text = BUF_INIT(SERVICES_FILE_MAX)};
	int r = make(&p, k, roll);
	if (r == PORTROLL_OK && keeper_has(k, OPTION_DRY_RUN))
		r = show(k, held->services, buf_str(&p.text));
	else if (r == PORTROLL_OK)
		r = write_beside(k, held->services, &p, roll);
	buf_done(&p.text);
	return r;
}

/* Before a folder is made for it. */
static int need_roll(struct keeper *k)
{
	char *folder, *snapshot;
	int r = roll_folder_to_write(&folder, &k->environment, &k->arena, &k->err);
	if (r < 0 || ledger_exists(folder))
		return r;
	snapshot = path_join(folder, ROLL_SNAPSHOT_NAME, &k->arena);
	return snapshot ? keeper_need_roll(k, snapshot) : error_memory(&k->err);
}

static int publish_beside(struct keeper *k)
{
	struct held_roll held = HELD_ROLL_INIT;
	struct roll *roll;
	int r = need_roll(k);
	if (r == PORTROLL_OK)
		r = held_roll_open(&held, k);
	if (r == PORTROLL_OK)
		r = held_roll_read(&roll, &held, STR_NONE, &k->arena);
	if (r == PORTROLL_OK)
		r = publish_roll(k, &held, roll);
	held_roll_close(&held);
	return r;
}

static int publish_into_file(struct keeper *k)
{
	struct portroll_snapshot *snapshot = NULL;
	struct roll *roll;
	struct published p = {.text = BUF_INIT(SERVICES_FILE_MAX)};
	int r = keeper_open_snapshot(&snapshot, k);
	if (r == PORTROLL_OK)
		r = snapshot_read_roll(&roll, snapshot, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = make(&p, k, roll);
	int code = r < 0 ? r : publish_to(k, buf_str(&p.text));
	if (code == EXIT_YES)
		r = tell_made(k, &p, roll);
	buf_done(&p.text);
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
