/* SPDX-License-Identifier: MIT */
#include "keeper/verify_ledger.h"

#include "base/file.h"
#include "keeper/remembered.h"
#include "keeper/report.h"
#include "keeper/verify_states.h"
#include "keeper/verify_store.h"
#include "ledger/fold.h"
#include "ledger/tile.h"
#include "terminal/progress.h"

#define SENTENCE_MAX (16U << 10)

struct verification {
	struct keeper *k;
	const struct ledger_place *place;
	struct published *published;
	struct remembered history;
	struct published *copy;    /* the roll's own, where another is verified */
	struct portroll_str since; /* the note of --since, in the arena */
	struct note_keys told;
	struct report report;
	struct checked_states states;
	bool store_has_same_people;
	struct folding *folding;
	struct progress progress;
	uint64_t changes, states_said;
	size_t known_people, other_people;
};

static struct tree_head head_of(const struct verification *v)
{
	return published_checkpoint(v->published)->head;
}

static void put_count(struct buf *out, uint64_t count, const char *one, const char *many)
{
	buf_put_grouped(out, count);
	buf_putc(out, ' ');
	buf_puts(out, count == 1 ? one : many);
}

/* What the roll's own ledger tells of another that has its name. That there is none, or none that
 * can be read, takes nothing from what is verified. */
static int take_copy(struct verification *v)
{
	struct ledger_place own;
	struct portroll_error saved = v->k->err;
	int r = ledger_place_find(&own, v->k, NULL);
	v->k->err = saved;
	if (r < 0 || str_equal(str_from(own.ledger), str_from(v->place->ledger)) ||
	    published_open(&v->copy, own.ledger, NULL) < 0)
		return r == PORTROLL_ENOMEM ? error_memory(&v->k->err) : PORTROLL_OK;
	return remembered_take_copy(&v->history, v->copy);
}

static int open_published(struct verification *v)
{
	struct buf text = BUF_INIT(SENTENCE_MAX);
	int r = published_open(&v->published, v->place->ledger, &v->k->err);
	if (r == PORTROLL_OK)
		r = remembered_open(&v->history, v->k, v->published, v->place);
	if (r == PORTROLL_OK)
		r = take_copy(v);
	if (r < 0)
		return r;
	struct note_keys keys = published_keys(v->published);
	buf_puts(&text, "the checkpoint is signed by ");
	for (size_t i = 0; i < keys.count; i++) {
		buf_puts(&text, i ? " and " : "");
		note_key_put(&text, &keys.items[i]);
	}
	report_take(&v->report, v->k, "signature", &text);
	return PORTROLL_OK;
}

static int check_tree(struct verification *v)
{
	struct tile_growth g = tile_growth(0, head_of(v).size);
	struct buf text = BUF_INIT(SENTENCE_MAX);
	uint64_t tiles = 0, bundles = 0;
	struct tile tile;
	int r = published_check(v->published, &v->k->err);
	if (r < 0)
		return r;
	while (tile_growth_next(&tile, &g))
		*(tile.is_bundle ? &bundles : &tiles) += 1;
	put_count(&text, head_of(v).size, "entry has", "entries have");
	buf_puts(&text, " the root that is signed; all bytes agree of ");
	put_count(&text, tiles, "tile", "tiles");
	buf_puts(&text, " and ");
	put_count(&text, bundles, "bundle", "bundles");
	report_take(&v->report, v->k, "tree", &text);
	return PORTROLL_OK;
}

static int check_history(struct verification *v)
{
	struct buf text = BUF_INIT(SENTENCE_MAX);
	int r = remembered_check(&v->history);
	v->history.told = v->told;
	if (r == PORTROLL_OK && v->since.ptr)
		r = remembered_check_note(&v->history, v->since,
					  v->k->args.values[OPTION_SINCE_CHECKPOINT]);
	if (r == PORTROLL_OK)
		r = remembered_check_keys(&v->history);
	if (r < 0)
		return r;
	if (v->history.seen == 0) {
		report_add(&v->report, v->k,
			   (struct finding){"history", OUTCOME_OPEN,
					    STR("no checkpoint from before is known here, so that "
						"another history may have been shown to others")});
		return PORTROLL_OK;
	}
	buf_puts(&text, "it continues what was signed before, up to ");
	put_count(&text, v->history.seen, "entry", "entries");
	report_take(&v->report, v->k, "history", &text);
	return PORTROLL_OK;
}

static int watch(void *context, const struct fold_event *event)
{
	struct verification *v = context;
	v->changes++;
	v->states_said += event->about->has_state;
	return PORTROLL_OK;
}

static int fold_entry(void *context, const struct stored_entry *entry, struct portroll_error *err)
{
	struct verification *v = context;
	progress_step(&v->progress, "folding", entry->index, head_of(v).size);
	int r = fold_add(v->folding, entry->body, err);
	if (r < 0 || fold_pending(v->folding))
		return r;
	return checked_states_compare(&v->states, fold_roll(v->folding));
}

static int fold_all(struct verification *v)
{
	struct fold_options how = {.watch = watch, .context = v};
	int r = published_people(&how.people, v->published, &v->k->err);
	if (r < 0)
		return r;
	v->folding = fold_new(&how);
	if (!v->folding)
		return error_memory(&v->k->err);
	v->progress = progress_begin(&v->k->out);
	r = published_each(v->published, (struct entry_range){0, head_of(v).size}, fold_entry, v,
			   &v->k->err);
	progress_end(&v->progress);
	if (r == PORTROLL_OK && fold_pending(v->folding))
		r = error_set(&v->k->err, PORTROLL_ECORRUPT,
			      "the last change is not whole: its last part is missing");
	return r;
}

static int count_people(struct verification *v)
{
	struct person_contents contents;
	const struct roll *roll = fold_roll(v->folding);
	int r = published_people(&contents, v->published, &v->k->err);
	for (size_t i = 0; r == PORTROLL_OK && i < roll->source_count; i++) {
		const struct source_state *state = fold_state(v->folding, roll->sources[i].name);
		for (size_t n = 0; state && n < state->registry->person_count; n++) {
			const struct person_content *content =
				contents.find(contents.context, &state->people[n]);
			*(content && content->body.len ? &v->known_people : &v->other_people) += 1;
		}
	}
	return r;
}

static int check_changes(struct verification *v)
{
	struct buf text = BUF_INIT(SENTENCE_MAX), people = BUF_INIT(SENTENCE_MAX);
	int r = fold_all(v);
	if (r == PORTROLL_OK)
		r = count_people(v);
	if (r < 0)
		return r;
	put_count(&text, v->changes, "change", "changes");
	buf_puts(&text,
		 " can be made, each upon the ledger before it, with the state that it says");
	if (v->states_said < v->changes)
		buf_printf(&text, " (%llu say one)", (unsigned long long)v->states_said);
	report_take(&v->report, v->k, "changes", &text);
	put_count(&people, v->known_people, "person is", "people are");
	buf_puts(&people, " what the entries commit to");
	if (v->other_people) {
		buf_puts(&people, "; ");
		put_count(&people, v->other_people, "is known by id alone",
			  "are known by their ids alone");
	}
	if (v->other_people && v->store_has_same_people)
		buf_puts(&people, ", as the store has it");
	report_take(&v->report, v->k, "people", &people);
	return PORTROLL_OK;
}

static void report_snapshot(struct verification *v)
{
	const struct checked_states *s = &v->states;
	struct finding found = {"snapshot", OUTCOME_HOLDS,
				STR("is byte for byte what the changes make")};
	CLEANUP(buf_done) struct buf text = BUF_INIT(SENTENCE_MAX);
	if (!s->has_snapshot) {
		found.outcome = OUTCOME_OPEN;
		found.sentence = STR("there is none beside the ledger");
	} else if (s->snapshot_number < head_of(v).size) {
		buf_printf(&text,
			   "is of @%llu where the ledger is at @%llu; the next change makes it "
			   "again",
			   (unsigned long long)s->snapshot_number,
			   (unsigned long long)head_of(v).size);
		found.outcome = OUTCOME_FAILS;
		found.sentence = buf_str(&text);
	}
	report_add(&v->report, v->k, found);
}

static int check_states(struct verification *v)
{
	struct buf text = BUF_INIT(SENTENCE_MAX);
	struct checked_states *s = &v->states;
	size_t kept = s->count - (s->has_snapshot ? 1 : 0);
	if (s->next < s->count - s->day_count)
		return error_set(&v->k->err, PORTROLL_ECORRUPT,
				 "%s: there is no change @%llu that it could be of",
				 s->items[s->next].path,
				 (unsigned long long)s->items[s->next].number);
	int r = checked_states_compare_days(s, v->place, v->published);
	if (r < 0)
		return r;
	report_snapshot(v);
	if (kept == 0)
		return PORTROLL_OK;
	put_count(&text, kept, "kept state is", "kept states are");
	buf_puts(&text, " byte for byte what the changes make");
	report_take(&v->report, v->k, "states", &text);
	return PORTROLL_OK;
}

struct step {
	const char *name;
	int (*check)(struct verification *v);
};

static int find_states(struct verification *v)
{
	return checked_states_find(&v->states, v->k, v->place, head_of(v).size);
}

static int check_store(struct verification *v)
{
	return verify_store(&v->store_has_same_people, &v->report, v->place, v->published, v->k);
}

/* In this order: what follows rests on what is before it. */
static const struct step steps[] = {
	{"signature", open_published}, {"tree", check_tree},      {"history", check_history},
	{"store", check_store},        {"snapshot", find_states}, {"changes", check_changes},
	{"states", check_states},
};

/* False: it could not be looked at, which is no finding. */
static bool run_steps(struct verification *v)
{
	const struct portroll_error *err = &v->k->err;
	struct buf text = BUF_INIT(SENTENCE_MAX);
	size_t i = 0;
	while (i < ARRAY_LEN(steps) && steps[i].check(v) == PORTROLL_OK)
		i++;
	if (i == ARRAY_LEN(steps))
		return true;
	if (err->code == PORTROLL_ENOMEM || err->code == PORTROLL_ESYSTEM)
		return false;
	if (err->line)
		buf_printf(&text, "line %u: ", err->line);
	buf_puts(&text, err->text);
	report_add(&v->report, v->k,
		   (struct finding){steps[i].name, OUTCOME_FAILS, buf_str(&text)});
	buf_done(&text);
	return true;
}

static void put_head(struct buf *out, const struct checkpoint *checkpoint)
{
	buf_put(out, checkpoint->origin);
	buf_puts(out, " @");
	buf_put_num(out, checkpoint->head.size);
	buf_putc(out, '\n');
}

static void put_closing(struct out *o, bool holds)
{
	if (!holds)
		buf_puts(&o->buf, "not proved: the ledger is not to be relied on\n");
	else if (!o->quiet)
		buf_puts(&o->buf, "proved: this is what was signed, and the roll is what it makes; "
				  "that authors and times are true is the word of who holds the "
				  "key\n");
}

static void put_json(struct verification *v)
{
	struct json j = json_init(&v->k->out.buf, true);
	json_object(&j);
	json_member(&j, "schema", STR("portroll-verify/1"));
	if (v->published) {
		const struct checkpoint *checkpoint = published_checkpoint(v->published);
		json_member(&j, "origin", checkpoint->origin);
		json_key(&j, "size");
		json_num(&j, checkpoint->head.size);
		json_member(&j, "checkpoint", published_note(v->published));
	}
	json_member(&j, "contradicted", v->history.contradicted);
	report_put_json(&j, &v->report);
	json_object_end(&j);
	buf_putc(&v->k->out.buf, '\n');
}

static int tell(struct verification *v)
{
	struct out *o = &v->k->out;
	bool holds = report_holds(&v->report), json = keeper_has(v->k, OPTION_JSON);
	CLEANUP(buf_done) struct buf proof = BUF_INIT(SIZE_MAX);
	int r = PORTROLL_OK;
	if (v->history.contradicted.len) {
		v->k->err = (struct portroll_error){0};
		r = remembered_tell(&v->history, &proof);
	}
	if (json)
		put_json(v);
	if (!json && v->published && !(o->quiet && holds))
		put_head(&o->buf, published_checkpoint(v->published));
	if (!json && !(o->quiet && holds))
		report_put(&o->buf, &v->report);
	if (!json)
		buf_put(&o->buf, buf_str(&proof));
	if (!json)
		put_closing(o, holds);
	if (v->k->arena.failed)
		return error_memory(&v->k->err);
	return r < 0 ? r : holds ? EXIT_YES : EXIT_ERROR;
}

/* That it cannot be remembered takes nothing from what was proved. */
static void remember(struct verification *v)
{
	struct portroll_error *err = &v->k->err;
	if (remembered_keep(&v->history) < 0 && !v->k->out.quiet)
		out_message(&v->k->out, "the checkpoint is not remembered: %s", err->text);
	*err = (struct portroll_error){0};
}

/* Before anything is said of the ledger: the file is a checkpoint, whoever signed it. */
static int read_since(struct verification *v)
{
	struct keeper *k = v->k;
	const char *path = k->args.values[OPTION_SINCE_CHECKPOINT];
	struct portroll_error own = {0};
	struct signed_note note;
	struct checkpoint checkpoint;
	struct file_bytes file;
	if (!path)
		return PORTROLL_OK;
	int r = file_read(&file, path, NOTE_SIZE_MAX, &k->err);
	if (r < 0)
		return r;
	v->since = arena_str(&k->arena, file.bytes);
	file_release(&file);
	if (k->arena.failed)
		return error_memory(&k->err);
	r = note_parse(&note, v->since, &own);
	if (r == PORTROLL_OK)
		r = checkpoint_parse(&checkpoint, note.text, &own);
	return r < 0 ? error_set(&k->err, r,
				 "%s: is no checkpoint, as portroll ledger checkpoint prints it: "
				 "line %u: %s",
				 path, own.line, own.text)
		     : PORTROLL_OK;
}

int verify_ledger(struct keeper *k, const struct ledger_place *place)
{
	struct verification v = {.k = k, .place = place};
	int read = read_since(&v);
	if (read == PORTROLL_OK && keeper_has(k, OPTION_KEY))
		read = keeper_told_key(&v.told, k);
	if (read < 0)
		return read;
	bool is_looked_at = run_steps(&v);
	if (is_looked_at && report_holds(&v.report))
		remember(&v);
	int r = is_looked_at ? tell(&v) : k->err.code;
	fold_free(v.folding);
	published_close(v.published);
	published_close(v.copy);
	return r;
}
