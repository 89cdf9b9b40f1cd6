/* SPDX-License-Identifier: MIT */
#include "keeper/log_history.h"

#include "base/file.h"
#include "keeper/ledger_place.h"
#include "terminal/progress.h"

#define STEP 16 /* entries after which the progress is told anew */

int log_history_open(struct log_history *ret, struct keeper *k)
{
	struct ledger_files files;
	int r = ledger_place_files(&files, k);
	if (r == PORTROLL_OK)
		r = keeper_check_made(k, files.roll, files.checkpoint);
	if (r == PORTROLL_OK && !file_exists(files.checkpoint))
		r = error_set(&k->err, PORTROLL_EINVAL,
			      "%s: there is no ledger yet; portroll import FILE makes one",
			      files.roll);
	if (r == PORTROLL_OK)
		r = published_open(&ret->published, files.ledger, &k->err);
	if (r == PORTROLL_OK)
		ret->size = published_checkpoint(ret->published)->head.size;
	return r;
}

void log_history_close(struct log_history *h)
{
	published_close(h->published);
}

struct reading {
	struct folding *folding;
	struct progress progress;
	uint64_t last, size;
	bool is_done;
};

/* A change has its parts together, so the one that has the last entry may end behind it. */
static int add(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct reading *reading = context;
	if (reading->is_done)
		return PORTROLL_OK;
	if (entry->index % STEP == 0)
		progress_step(&reading->progress, "reading the ledger", entry->index,
			      reading->size);
	int r = fold_add(reading->folding, entry->body, err);
	reading->is_done = r == PORTROLL_OK && entry->index + 1 >= reading->last &&
			   fold_pending(reading->folding) == 0;
	return r;
}

int log_history_each(struct log_history *h, struct keeper *k, uint64_t last, fold_watch_fn *watch,
		     void *context)
{
	struct fold_options how = {.watch = watch, .context = context, .trusts_states = true};
	int r = published_people(&how.people, h->published, &k->err);
	if (r < 0)
		return r;
	struct reading reading = {.folding = fold_new(&how),
				  .progress = progress_begin(&k->out),
				  .last = last,
				  .size = h->size};
	if (!reading.folding)
		return error_memory(&k->err);
	r = published_each(h->published, (struct entry_range){0, h->size}, add, &reading, &k->err);
	progress_end(&reading.progress);
	fold_free(reading.folding);
	return r;
}
