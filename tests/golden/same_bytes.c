/* SPDX-License-Identifier: MIT */
#include "../unit/snapshot_exercise.h"

/* same_bytes --bare SNAPSHOT: writes the snapshot that the same roll would have without a ledger.
 *
 * same_bytes SNAPSHOT: opens it in both modes, writes all that it says to standard output, reads
 * the roll back and compiles it again. Status 0: the same bytes came out, and both modes say the
 * same. It is of floors 0 to 2 alone, so that it is quickly built for another machine. */

static int say(struct buf *out, const char *path, bool touched)
{
	struct portroll_snapshot *s;
	int r = touched ? portroll_open_touched(&s, path, NULL) : portroll_open(&s, path, NULL);
	if (r < 0)
		return r;
	for (uint32_t port = 0; port < 65536; port++) {
		for (uint32_t transport = 1; transport <= 4; transport++) {
			struct portroll_answer a = portroll_state(s, (uint16_t)port, transport);
			buf_putc(out, (char)('0' + a.state));
			buf_putc(out, (char)('0' + a.reason));
			if (a.record_count)
				buf_put_num(out, portroll_find_port(s, (uint16_t)port, transport));
		}
		buf_putc(out, '\n');
	}
	exercise(out, s);
	r = portroll_damaged(s) ? PORTROLL_ECORRUPT : PORTROLL_OK;
	portroll_close(s);
	return r;
}

/* Without the ledger: two rolls that are alike differ in it by time, author and salts. */
static int make_bare(struct roll *roll, struct arena *a)
{
	roll->ledger_size = 0;
	memset(roll->ledger_root, 0, sizeof(roll->ledger_root));
	for (size_t i = 0; i < roll->source_count; i++) {
		struct registry *old = roll->sources[i].registry, *new = registry_new(a);
		if (!new)
			return PORTROLL_ENOMEM;
		for (size_t k = 0; k < old->record_count; k++) {
			struct record r = *old->records[k];
			r.change = 0;
			if (registry_add(new, &r) < 0)
				return PORTROLL_ENOMEM;
		}
		old->records = new->records;
	}
	return PORTROLL_OK;
}

static int compile_again(struct buf *out, const char *path, bool bare)
{
	struct portroll_snapshot *s;
	struct arena a = ARENA_INIT;
	struct roll *roll;
	int r = portroll_open(&s, path, NULL);
	if (r < 0)
		return r;
	r = snapshot_read_roll(&roll, s, &a, NULL);
	if (r == PORTROLL_OK && bare)
		r = make_bare(roll, &a);
	if (r == PORTROLL_OK)
		r = snapshot_compile(out, roll, NULL);
	arena_done(&a);
	portroll_close(s);
	return r;
}

static int write_bare(const char *path)
{
	struct buf bytes = BUF_INIT(1U << 30);
	int out = 1;
	bool ok = compile_again(&bytes, path, true) == PORTROLL_OK &&
		  file_drain(&out, buf_str(&bytes)) == PORTROLL_OK;
	buf_done(&bytes);
	return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc == 3 && str_equal(str_from(argv[1]), STR("--bare")))
		return write_bare(argv[2]);
	struct buf full = BUF_INIT(1U << 26), touched = full, again = full;
	struct file_bytes file = {0};
	int out = 1;
	bool same = argc == 2 && file_load(&file, argv[1], UINT32_MAX, NULL) == PORTROLL_OK &&
		    say(&full, argv[1], false) == PORTROLL_OK &&
		    say(&touched, argv[1], true) == PORTROLL_OK &&
		    compile_again(&again, argv[1], false) == PORTROLL_OK &&
		    str_equal(buf_str(&full), buf_str(&touched)) &&
		    str_equal(buf_str(&again), file.bytes) &&
		    file_drain(&out, buf_str(&full)) == PORTROLL_OK;
	buf_done(&full);
	buf_done(&touched);
	buf_done(&again);
	file_release(&file);
	return same ? 0 : 1;
}
