/* SPDX-License-Identifier: MIT */
#include "keeper/importing.h"

#include "keeper/guard.h"
#include "keeper/merge.h"
#include "keeper/place.h"
#include "keeper/source_conflicts.h"
#include "registry/fields.h"
#include "registry/row.h"

int import_prepare(struct import *i)
{
	struct keeper *k = i->k;
	struct portroll_str dated = keeper_option(k, OPTION_DATED);
	if (dated.ptr && date_parse(&i->dated, dated) < 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "--dated takes YYYY-MM-DD, YYYY-MM or YYYY, not '%.*s'",
				 PORTROLL_STR_ARG(dated));
	if (date_compare(i->dated, k->latest_day) > 0)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "--dated %.*s is in the future; it takes the day the copy was "
				 "published on, and without it the copy counts from today",
				 PORTROLL_STR_ARG(dated));
	size_t count = (size_t)k->args.operand_count;
	i->inputs = arena_array(&k->arena, count, sizeof(*i->inputs));
	i->changes = arena_array(&k->arena, count, sizeof(*i->changes));
	i->before = arena_array(&k->arena, count, sizeof(*i->before));
	return i->inputs && i->changes && i->before ? PORTROLL_OK : error_memory(&k->err);
}

/* What an input is called in messages: update knows better than standard input. */
static const char *name_of(const struct import *i, size_t at)
{
	const char *origin = i->k->args.values[OPTION_ORIGIN];
	return origin ? origin : input_name(i->k->args.operands[at]);
}

/* A date that the file has itself is not overruled. */
static void say_if_dated(const struct import *i, size_t at)
{
	const struct out *o = &i->k->out;
	struct date own = i->inputs[at].registry->header.updated;
	char text[DATE_TEXT_MAX];
	if (o->quiet || i->dated.year == 0 || own.year == 0 || date_compare(own, i->dated) == 0)
		return;
	(void)date_format(text, own);
	out_message(o, "%s: is of %s, as it says itself; --dated is for copies that do not say it",
		    name_of(i, at), text);
}

/* Every real copy after it would look older. */
static int refuse_future(struct import *i, size_t at)
{
	struct keeper *k = i->k;
	struct date dated = i->inputs[at].copy.dated;
	if (keeper_has(k, OPTION_FORCE) || date_compare(dated, k->latest_day) <= 0)
		return PORTROLL_OK;
	char text[DATE_TEXT_MAX];
	(void)date_format(text, dated);
	k->err_file = name_of(i, at);
	return error_set(&k->err, PORTROLL_ERULE,
			 "dated %s, in the future: no later copy could follow it; --force imports "
			 "it all the same",
			 text);
}

/* The files come first: a roll is not locked while a slow pipe is read. */
int import_read(struct import *i, size_t at)
{
	struct keeper *k = i->k;
	struct input_request request = {
		.path = k->args.operands[at],
		.form = keeper_option(k, OPTION_FROM),
		.origin = keeper_option(k, OPTION_ORIGIN),
		.etag = keeper_option(k, OPTION_ETAG),
		.dated = i->dated,
	};
	CLEANUP(buf_done) struct buf what = BUF_INIT(8U << 10);
	uint64_t count = (uint64_t)k->args.operand_count;
	buf_printf(&what, "reading %s", name_of(i, at));
	buf_putc(&what, '\0');
	if (!what.failed)
		progress_step(&i->progress, what.ptr, at, count > 1 ? count : 0);
	int r = input_read(&i->inputs[at], &request, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = refuse_future(i, at);
	if (r == PORTROLL_OK)
		say_if_dated(i, at);
	else if (i->inputs[at].file.memory)
		k->err_file = name_of(i, at);
	return r;
}

/* A list of names is not IANA's registry: its source is called as its form, services or nmap. */
static struct portroll_str usual_source(const struct input *input)
{
	bool names = input->format->coverage == COVERAGE_NAMES;
	return names ? str_from(input->format->name) : STR("iana");
}

int import_choose_source(struct import *i)
{
	struct keeper *k = i->k;
	i->source = keeper_option(k, OPTION_SOURCE);
	if (i->source.ptr)
		return PORTROLL_OK;
	i->source = usual_source(&i->inputs[0]);
	for (int at = 1; at < k->args.operand_count; at++)
		if (!str_equal(usual_source(&i->inputs[at]), i->source))
			return error_set(&k->err, PORTROLL_EINVAL,
					 "lists of names and copies of the registry at once: "
					 "--source NAME puts them together");
	return PORTROLL_OK;
}

static int open_roll(struct import *i)
{
	struct keeper *k = i->k;
	int r = i->held->keeper ? PORTROLL_OK : held_roll_open(i->held, k);
	if (r == PORTROLL_OK)
		r = held_roll_read(&i->roll, i->held, i->source, &k->arena);
	if (r != PORTROLL_ECORRUPT && r != PORTROLL_EVERSION)
		return r;
	/* Only a roll that no ledger is kept of is given up. */
	if (i->held->ledger || ledger_exists(i->held->folder))
		return r;
	if (!keeper_has(k, OPTION_FORCE)) {
		out_message(&k->out, "import --force puts a new roll in the place of this one");
		return r;
	}
	k->err = (struct portroll_error){0};
	held_roll_drop(i->held);
	return held_roll_begin(&i->roll, i->held, &k->arena);
}

static uint8_t coverage_of(const struct import *i, const struct format *format)
{
	static const struct {
		const char *word;
		uint8_t coverage;
	} words[] = {
		{"complete", COVERAGE_COMPLETE},
		{"partial", COVERAGE_PARTIAL},
		{"names", COVERAGE_NAMES},
	};
	struct portroll_str told = keeper_option(i->k, OPTION_COVERAGE);
	for (size_t at = 0; at < ARRAY_LEN(words); at++)
		if (str_equal_fold(told, str_from(words[at].word)))
			return words[at].coverage;
	if (keeper_has(i->k, OPTION_PARTIAL) && format->coverage == COVERAGE_COMPLETE)
		return COVERAGE_PARTIAL;
	return format->coverage;
}

static int find_place(size_t *ret, struct import *i, uint8_t coverage)
{
	struct portroll_str above = keeper_option(i->k, OPTION_ABOVE);
	struct portroll_str below = keeper_option(i->k, OPTION_BELOW);
	if (above.ptr || below.ptr)
		return place_find(ret, i->roll, above, below, &i->k->err);
	*ret = place_usual(i->roll, coverage);
	return PORTROLL_OK;
}

static void note_merged(struct import *i, size_t at, bool partial)
{
	const struct source *source = &i->roll->sources[roll_find(i->roll, i->source)];
	if (partial)
		i->before[at] = (struct date){0};
	else
		i->inputs[at].copy.dated = source_date(source);
}

static int merge_input(struct import *i, size_t at)
{
	struct keeper *k = i->k;
	const struct input *input = &i->inputs[at];
	struct merge merge = {
		.source = i->source,
		.coverage = coverage_of(i, input->format),
		.force = keeper_has(k, OPTION_FORCE) || i->is_history,
		.date_is_told = input->date_is_told,
		.registry = input->registry,
		.copy = input->copy,
	};
	/* A page never was the whole registry, unless somebody says that this one is. */
	merge.partial = keeper_has(k, OPTION_PARTIAL) || merge.coverage == COVERAGE_PARTIAL;
	int r = find_place(&merge.at, i, merge.coverage);
	if (r < 0)
		return r;
	size_t present = roll_find(i->roll, i->source);
	if (present != SIZE_MAX) {
		const struct source *source = &i->roll->sources[present];
		i->before[at] = source_date(source);
		if (i->is_history && !keeper_has(k, OPTION_FORCE))
			r = guard_check_date(source, &input->copy, &k->err);
	}
	if (r == PORTROLL_OK)
		r = merge_into_roll(&i->changes[at], i->roll, &merge, &k->err);
	if (r < 0)
		k->err_file = name_of(i, at);
	else
		note_merged(i, at, merge.partial);
	return r;
}

/* --above and --below also move a source that is there already. */
static int place_source(struct import *i)
{
	struct keeper *k = i->k;
	struct portroll_str above = keeper_option(k, OPTION_ABOVE);
	struct portroll_str below = keeper_option(k, OPTION_BELOW);
	size_t to;
	if (!above.ptr && !below.ptr)
		return PORTROLL_OK;
	int r = place_find(&to, i->roll, above, below, &k->err);
	if (r == PORTROLL_OK)
		roll_move(i->roll, roll_find(i->roll, i->source), to);
	return r;
}

/* The day from which "as of" has what was imported: the newest of what it was taken from. None
 * where one of them does not state it: what a record is dated does not tell when the copy was made.
 */
static struct date effective_date(const struct import *i)
{
	struct date day = {0};
	for (int at = 0; at < i->k->args.operand_count; at++) {
		if (!i->inputs[at].date_is_told)
			return (struct date){0};
		if (date_compare(i->inputs[at].copy.dated, day) > 0)
			day = i->inputs[at].copy.dated;
	}
	return day;
}

static struct changeset describe(const struct import *i)
{
	struct changeset about = keeper_change(i->k, STR("import"));
	struct date day = effective_date(i);
	if (day.year)
		about.effective = day;
	about.mirrored_by = keeper_option(i->k, OPTION_MIRRORED_BY);
	return about;
}

int import_files(struct import *i)
{
	size_t count = (size_t)i->k->args.operand_count;
	int r = import_prepare(i);
	for (size_t at = 0; at < count && r == PORTROLL_OK; at++)
		r = import_read(i, at);
	if (r == PORTROLL_OK)
		r = import_choose_source(i);
	if (r == PORTROLL_OK)
		r = place_check_other(i->source, keeper_option(i->k, OPTION_ABOVE),
				      keeper_option(i->k, OPTION_BELOW), &i->k->err);
	if (r == PORTROLL_OK)
		r = open_roll(i);
	for (size_t at = 0; at < count && r == PORTROLL_OK; at++)
		r = merge_input(i, at);
	if (r == PORTROLL_OK)
		r = place_source(i);
	if (r < 0)
		return r;
	progress_step(&i->progress, "writing the roll", 0, 0);
	const struct changeset about = describe(i);
	r = held_roll_commit(i->held, i->roll, &about);
	return r < 0 ? r : PORTROLL_OK;
}

static void put_change(struct buf *out, size_t count, const char *word, bool *any)
{
	if (count == 0)
		return;
	buf_puts(out, *any ? ", " : ": ");
	buf_put_grouped(out, count);
	buf_putc(out, ' ');
	buf_puts(out, word);
	*any = true;
}

static void tell(struct import *i, size_t at)
{
	struct out *o = &i->k->out;
	const struct copy *copy = &i->inputs[at].copy;
	char dated[DATE_TEXT_MAX];
	bool any = false;
	out_text(o, str_from(name_of(i, at)), false);
	buf_puts(&o->buf, ": ");
	buf_put_grouped(&o->buf, copy->record_count);
	buf_puts(&o->buf, copy->record_count == 1 ? " record" : " records");
	if (date_format(dated, copy->dated)) {
		buf_puts(&o->buf, " of ");
		buf_puts(&o->buf, dated);
	}
	buf_puts(&o->buf, " (");
	buf_put(&o->buf, copy->format);
	buf_puts(&o->buf, ") into source ");
	buf_put(&o->buf, i->source);
	put_change(&o->buf, i->changes[at].added, "added", &any);
	put_change(&o->buf, i->changes[at].altered, "altered", &any);
	put_change(&o->buf, i->changes[at].removed, "removed", &any);
	if (!any)
		buf_puts(&o->buf, ": nothing changed");
	if (!any && date_format(dated, i->before[at]) && !date_equal(i->before[at], copy->dated))
		buf_printf(&o->buf, " but the date, %s before", dated);
	buf_putc(&o->buf, '\n');
}

/* What no rule knows is kept and counted as Reserved: somebody should look at it. */
static void tell_odd(struct import *i, size_t at)
{
	const struct registry *reg = i->inputs[at].registry;
	struct buf *text = &i->scratch;
	for (size_t n = 0; n < reg->record_count; n++) {
		bool is_odd;
		(void)row_kind_of(reg->records[n], &is_odd);
		if (!is_odd)
			continue;
		buf_clear(text);
		field_put(text, FIELD_PORT, reg->records[n]);
		buf_puts(text, " '");
		field_put(text, FIELD_DESCRIPTION, reg->records[n]);
		out_message(&i->k->out, "%s: record %zu without a name counts as Reserved: %.*s'",
			    name_of(i, at), n + 1, PORTROLL_STR_ARG(buf_str(text)));
	}
}

struct import import_begin(struct keeper *k, struct held_roll *held)
{
	return (struct import){.k = k,
			       .held = held,
			       .progress = progress_begin(&k->out),
			       .scratch = BUF_INIT(64U << 10)};
}

int import_tell(struct import *i)
{
	const struct keeper *k = i->k;
	progress_end(&i->progress);
	size_t count = (size_t)k->args.operand_count;
	for (size_t at = 0; !k->out.quiet && at < count; at++)
		tell(i, at);
	for (size_t at = 0; k->out.verbose && at < count; at++)
		if (i->inputs[at].format->coverage != COVERAGE_NAMES)
			tell_odd(i, at);
	return k->out.quiet ? PORTROLL_OK : conflicts_of_import(i->k, i->held, i->roll, i->source);
}

void import_done(struct import *i)
{
	progress_end(&i->progress);
	buf_done(&i->scratch);
	for (int at = 0; i->inputs && at < i->k->args.operand_count; at++)
		input_release(&i->inputs[at]);
}
