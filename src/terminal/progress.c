/* SPDX-License-Identifier: MIT */
#include "terminal/progress.h"

#include <unistd.h>

#include "base/file.h"

#define WIPE_LINE "\r\033[K"

struct progress progress_begin(const struct out *o)
{
	return (struct progress){.out = o};
}

static void put(struct portroll_str text)
{
	int descriptor = STDERR_FILENO;
	(void)file_drain(&descriptor, text);
}

void progress_step(struct progress *p, const char *what, uint64_t done, uint64_t total)
{
	if (!p->out->messages_terminal || p->out->quiet)
		return;
	struct buf line = BUF_INIT(4096);
	buf_puts(&line, WIPE_LINE);
	buf_puts(&line, p->out->program);
	buf_puts(&line, ": ");
	for (struct portroll_str rest = str_from(what); rest.len;
	     rest = str_part(rest, 1, rest.len))
		buf_putc(&line, (unsigned char)rest.ptr[0] < ' ' ? '?' : rest.ptr[0]);
	if (total > 0) {
		uint64_t percent = done >= total ? 100 : done / (total / 100 + 1);
		buf_puts(&line, " ");
		buf_put_num(&line, percent);
		buf_puts(&line, " %");
	}
	put(buf_str(&line));
	buf_done(&line);
	p->shown = true;
}

void progress_end(struct progress *p)
{
	if (p->shown)
		put(STR(WIPE_LINE));
	p->shown = false;
}
