/* SPDX-License-Identifier: MIT */
#include "keeper/losses.h"

#include <unistd.h>

bool losses_wanted(const struct keeper *k)
{
	return k->out.verbose || keeper_has(k, OPTION_LOSS_REPORT);
}

int losses_report(struct keeper *k, const struct loss *loss, const char *format)
{
	const char *path = keeper_target(k, OPTION_LOSS_REPORT);
	CLEANUP(buf_done) struct buf text = BUF_INIT(INT32_MAX);
	struct json j = json_init(&text, true);
	loss_put_json(&j, loss, format);
	buf_putc(&text, '\n');
	if (k->arena.failed)
		return error_memory(&k->err);
	if (text.failed)
		return error_set(&k->err, text.failed, "%s", error_text(text.failed));
	if (path)
		return file_replace(path, buf_str(&text), k->file_mode, &k->err);
	buf_put(&k->out.buf, buf_str(&text));
	return PORTROLL_OK;
}

void losses_tell_items(const struct keeper *k, const struct loss *loss)
{
	if (k->out.quiet || !k->out.verbose)
		return;
	CLEANUP(buf_done) struct buf text = BUF_INIT(INT32_MAX);
	loss_put_items(&text, loss);
	int descriptor = STDERR_FILENO;
	(void)file_drain(&descriptor, buf_str(&text));
}

void losses_tell(const struct keeper *k, const struct loss *loss, const char *format)
{
	if (k->out.quiet || !loss_any(loss))
		return;
	CLEANUP(buf_done) struct buf text = BUF_INIT(INT32_MAX);
	loss_put_line(&text, loss, format);
	out_message(&k->out, "%.*s", PORTROLL_STR_ARG(buf_str(&text)));
	losses_tell_items(k, loss);
}
