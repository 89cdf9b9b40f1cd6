/* SPDX-License-Identifier: MIT */
#include "keeper/writing.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "base/num.h"
#include "keeper/losses.h"
#include "keeper/selection.h"
#include "registry/reserved_rows.h"

#define STYLE_MAX 9999
#define TEXT_MAX  ((size_t)1 << 20)

/* The options that only some forms have. */
static const struct {
	enum option_id option;
	const char *forms[2];
} form_options[] = {
	{OPTION_PAGE, {"html"}},
	{OPTION_STYLE, {"text"}},
	{OPTION_NDJSON, {"json"}},
	{OPTION_EXPAND_RANGES, {"services", "nmap"}},
	{OPTION_MERGE_TRANSPORTS, {"services"}},
};

static int check_form_options(struct keeper *k, const struct format *format)
{
	struct portroll_str name = str_from(format->name);
	for (size_t i = 0; i < ARRAY_LEN(form_options); i++) {
		const char *const *forms = form_options[i].forms;
		if (!keeper_has(k, form_options[i].option) || str_equal(name, str_from(forms[0])) ||
		    str_equal(name, str_from(forms[1])))
			continue;
		return error_set(&k->err, PORTROLL_EINVAL, "--%s is for %s%s%s, not for %s",
				 options[form_options[i].option].name, forms[0],
				 forms[1] ? " and " : "", forms[1] ? forms[1] : "", format->name);
	}
	return PORTROLL_OK;
}

int writing_begin(struct writing *ret, struct keeper *k, enum option_id id)
{
	struct portroll_str name = keeper_option(k, id);
	uint64_t style = 0;
	if (!name.ptr)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "which form? --%s takes xml, csv, text, html, json, services or "
				 "nmap",
				 options[id].name);
	const struct format *format = format_find(name);
	if (!format || !format->write)
		return error_set(&k->err, PORTROLL_EINVAL, "'%.*s' is no form that can be written",
				 PORTROLL_STR_ARG(name));
	int r = check_form_options(k, format);
	if (r < 0)
		return r;
	struct portroll_str style_text = keeper_option(k, OPTION_STYLE);
	if (style_text.ptr && num_parse(&style, style_text, STYLE_MAX) < 0)
		return error_set(&k->err, PORTROLL_EINVAL, "--style takes a year");
	*ret = (struct writing){
		.format = format,
		.options =
			{
				.style = (unsigned)style,
				.expand_ranges = keeper_has(k, OPTION_EXPAND_RANGES),
				.merge_transports = keeper_has(k, OPTION_MERGE_TRANSPORTS),
				.one_per_line = keeper_has(k, OPTION_NDJSON),
			},
	};
	return PORTROLL_OK;
}

static int read_selection(struct selection_request *ret, struct keeper *k)
{
	struct portroll_str page = keeper_option(k, OPTION_PAGE);
	uint64_t number = 0;
	if (page.ptr && (num_parse(&number, page, UINT32_MAX) < 0 || number == 0))
		return error_set(&k->err, PORTROLL_EINVAL, "--page takes a number from 1");
	*ret = (struct selection_request){.match = keeper_option(k, OPTION_MATCH), .page = number};
	return PORTROLL_OK;
}

/* What stands over a registry that is not IANA's as published. */
static struct portroll_str make_title(const struct writing *w, struct keeper *k,
				      struct portroll_str match)
{
	CLEANUP(buf_done) struct buf title = BUF_INIT(TEXT_MAX);
	buf_puts(&title, "Service names and port numbers: ");
	if (w->is_converted) {
		buf_put(&title, copy_origin_shown(&w->source->copies[0]));
		buf_puts(&title, ", converted with portroll");
	} else {
		buf_puts(&title, "source ");
		buf_put(&title, w->source->name);
		buf_puts(&title, " of a roll kept with portroll");
	}
	if (match.len) {
		buf_puts(&title, ", records that match \"");
		buf_put(&title, match);
		buf_putc(&title, '"');
	}
	return arena_str(&k->arena, buf_str(&title));
}

static struct portroll_str make_provenance(const struct writing *w, struct keeper *k)
{
	CLEANUP(buf_done) struct buf line = BUF_INIT(TEXT_MAX);
	source_put_provenance(&line, w->source);
	return arena_str(&k->arena, buf_str(&line));
}

/* Keeps errno of the write that failed: later calls may change it. */
struct target {
	struct file_writer writer;
	int sys_errno;
};

static int drain(void *context, struct portroll_str bytes)
{
	struct target *t = context;
	int r = file_writer_drain(&t->writer, bytes);
	if (r < 0)
		t->sys_errno = errno;
	return r;
}

/* Writes to the file in one piece or not at all. */
static int write_file(const struct writing *w, struct keeper *k, const struct registry *reg,
		      struct loss *loss)
{
	const char *path = k->args.values[OPTION_OUTPUT];
	struct target target = {0};
	int r = file_writer_begin(&target.writer, path, k->file_mode, &k->err);
	if (r < 0)
		return r;
	CLEANUP(buf_done) struct buf out = BUF_DRAIN(drain, &target);
	w->format->write(&out, reg, &w->options, loss);
	r = buf_flush(&out);
	if (r < 0) {
		file_writer_abort(&target.writer);
		return r == PORTROLL_ESYSTEM
			       ? error_sys(&k->err, target.sys_errno, "%s: cannot be written", path)
			       : error_set(&k->err, r, "%s: %s", path, error_text(r));
	}
	return file_writer_rename(&target.writer, &k->err);
}

/* Whoever stops reading ends the program, as with any other. What else cannot be written is told by
 * out_finish(). */
static void write_standard_output(const struct writing *w, struct keeper *k,
				  const struct registry *reg, struct loss *loss)
{
	(void)signal(SIGPIPE, SIG_DFL);
	w->format->write(&k->out.buf, reg, &w->options, loss);
	(void)buf_flush(&k->out.buf);
}

static int write_registry(const struct writing *w, struct keeper *k, const struct registry *reg)
{
	struct loss loss = {0};
	if (losses_wanted(k))
		loss.arena = &k->arena;
	int r = PORTROLL_OK;
	if (keeper_target(k, OPTION_OUTPUT))
		r = write_file(w, k, reg, &loss);
	else
		write_standard_output(w, k, reg, &loss);
	/* Of what is not there whole the losses are not known. */
	if (r < 0 || k->out.buf.failed)
		return r;
	if (keeper_has(k, OPTION_LOSS_REPORT))
		r = losses_report(k, &loss, w->format->name);
	if (r == PORTROLL_OK)
		losses_tell(k, &loss, w->format->name);
	return r;
}

static int check_targets(struct keeper *k)
{
	struct portroll_str output = keeper_option(k, OPTION_OUTPUT);
	if (keeper_has(k, OPTION_LOSS_REPORT) && !keeper_target(k, OPTION_LOSS_REPORT) &&
	    !keeper_target(k, OPTION_OUTPUT))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "--loss-report - needs -o FILE: standard output cannot be both");
	if (output.ptr && str_equal(output, keeper_option(k, OPTION_LOSS_REPORT)))
		return error_set(&k->err, PORTROLL_EINVAL,
				 "--output and --loss-report are the same file");
	int r = keeper_refuse_roll(k, OPTION_OUTPUT);
	return r < 0 ? r : keeper_refuse_roll(k, OPTION_LOSS_REPORT);
}

/* With rows that IANA does not write it is not what IANA published. */
static int add_reserved_rows(struct registry **reg, struct writing *w, struct keeper *k)
{
	if (!keeper_has(k, OPTION_RESERVED_ROWS))
		return PORTROLL_OK;
	w->unaltered_iana = false;
	int r = registry_with_reserved_rows(reg, *reg, &k->arena);
	if (r == PORTROLL_ELIMIT)
		return error_set(&k->err, r, "the records cover too many ports for that");
	return r < 0 ? error_memory(&k->err) : PORTROLL_OK;
}

int writing_run(struct writing *w, struct keeper *k, const struct portroll_snapshot *snapshot,
		size_t index)
{
	struct selection_request request;
	int r = read_selection(&request, k);
	if (r == PORTROLL_OK)
		r = check_targets(k);
	if (r < 0)
		return r;
	struct registry *reg = w->source->registry;
	struct listing listing = {0};
	r = add_reserved_rows(&reg, w, k);
	if (r < 0)
		return r;
	if (request.match.len || request.page) {
		struct selection_source from = {snapshot, index, reg, &k->arena};
		r = selection_make(&reg, &listing, &request, &from, &k->err);
	}
	if (r < 0)
		return r;
	if (request.page)
		w->options.listing = &listing;
	/* A page of a search is what IANA's site itself shows of its registry. */
	w->options.masthead = w->unaltered_iana && (request.page || !request.match.len);
	if (!w->options.masthead)
		w->options.title = make_title(w, k, request.match);
	w->options.provenance = make_provenance(w, k);
	w->options.source = w->source;
	if (k->arena.failed)
		return error_memory(&k->err);
	return write_registry(w, k, reg);
}
