/* SPDX-License-Identifier: MIT */

/* convert FILE --to F: no roll is touched. */

#include "keeper/input.h"
#include "keeper/keeper.h"
#include "keeper/writing.h"

#define SNAPSHOT_MAX ((size_t)1 << 30)

/* IANA's registry by its own account. */
static bool is_iana(const struct input *input)
{
	return str_equal(input->registry->header.id, STR("service-names-port-numbers"));
}

static struct source source_of(struct input *input)
{
	return (struct source){
		.name = is_iana(input) ? STR("iana") : STR("file"),
		.kind = SOURCE_MIRRORED,
		.coverage = input->format->coverage,
		.copies = &input->copy,
		.copy_count = 1,
		.registry = input->registry,
	};
}

/* A search asks a snapshot, here one in memory. */
static int write_selected(struct writing *w, struct keeper *k)
{
	CLEANUP(buf_done) struct buf bytes = BUF_INIT(SNAPSHOT_MAX);
	struct portroll_snapshot *snapshot = NULL;
	struct roll *roll = roll_new(&k->arena);
	if (!roll)
		return error_memory(&k->err);
	int r = roll_insert(roll, 0, w->source, &k->err);
	if (r == PORTROLL_OK)
		r = snapshot_compile(&bytes, roll, &k->err);
	if (r == PORTROLL_OK)
		r = snapshot_open_touched(&snapshot, buf_str(&bytes), &k->err);
	if (r == PORTROLL_OK)
		r = writing_run(w, k, snapshot, 0);
	portroll_close(snapshot);
	return r;
}

static int convert(struct keeper *k, struct input *input)
{
	struct writing w;
	struct input_request request = {
		.path = k->args.operands[0],
		.form = keeper_option(k, OPTION_FROM),
	};
	int r = writing_begin(&w, k, OPTION_TO);
	if (r < 0)
		return r;
	r = input_read(input, &request, &k->arena, &k->err);
	if (r < 0) {
		k->err_file = input->file.memory ? input_name(request.path) : NULL;
		return r;
	}
	struct source source = source_of(input);
	w.source = &source;
	w.is_converted = true;
	w.unaltered_iana = source_is_unaltered_iana(&source);
	if (keeper_has(k, OPTION_MATCH) || keeper_has(k, OPTION_PAGE))
		return write_selected(&w, k);
	return writing_run(&w, k, NULL, 0);
}

int verb_convert(struct keeper *k)
{
	struct input input = {0};
	int r = convert(k, &input);
	input_release(&input);
	return r < 0 ? keeper_failed(k) : EXIT_YES;
}
