/* SPDX-License-Identifier: MIT */

/* diff [A] [B]: what two states of the roll, or two files of the registry, have different. */

#include "keeper/input.h"
#include "keeper/keeper.h"
#include "keeper/place.h"
#include "keeper/state_at.h"
#include "keeper/tellings.h"
#include "terminal/fold.h"

/* One of the two: a file, which is one registry, or a state of the roll. */
struct side {
	const char *name;
	struct input input;
	struct state_at state;
	const struct roll *roll; /* NULL: a file */
};

/* What is compared with what; NULL where the source is not there. */
struct pair {
	struct portroll_str source; /* empty: of two files */
	const struct registry *registries[2];
	uint8_t coverages[2];
	struct date dated[2];
	struct telling_list told;
};

struct pairs {
	struct pair items[2 * ROLL_SOURCE_MAX];
	size_t count;
};

static int read_file(struct side *side, struct keeper *k, const char *path)
{
	struct input_request request = {.path = path};
	side->name = input_name(path);
	int r = input_read(&side->input, &request, &k->arena, &k->err);
	if (r < 0)
		k->err_file = side->input.file.memory ? input_name(path) : NULL;
	return r;
}

static int read_present(struct side *side, struct keeper *k)
{
	side->name = "the roll";
	int r = state_at_present(&side->state, k);
	side->roll = side->state.roll;
	return r;
}

static int read_number(struct side *side, struct keeper *k, uint64_t number)
{
	CLEANUP(buf_done) struct buf name = BUF_INIT(64);
	buf_putc(&name, '@');
	buf_put_num(&name, number);
	side->name = arena_cstr(&k->arena, buf_str(&name));
	int r = side->name ? state_at_number(&side->state, k, number) : error_memory(&k->err);
	side->roll = side->state.roll;
	return r;
}

/* A file that is called as a date has a folder before its name: ./2026-01-31. */
static int read_word(struct side *side, struct keeper *k, const char *word)
{
	if (!state_at_is_word(word))
		return read_file(side, k, word);
	side->name = word;
	int r = state_at_word(&side->state, k, word);
	side->roll = side->state.roll;
	return r;
}

/* What the last change did. */
static int read_last(struct side sides[static 2], struct keeper *k)
{
	uint64_t before, size;
	int r = state_at_last_change(&before, &size, k);
	if (r == PORTROLL_OK)
		r = read_number(&sides[0], k, before);
	return r == PORTROLL_OK ? read_number(&sides[1], k, size) : r;
}

static int read_sides(struct side sides[static 2], struct keeper *k)
{
	if (k->args.operand_count == 0)
		return read_last(sides, k);
	int r = read_word(&sides[0], k, k->args.operands[0]);
	if (r < 0)
		return r;
	if (k->args.operand_count == 1)
		return read_present(&sides[1], k);
	return read_word(&sides[1], k, k->args.operands[1]);
}

static void side_done(struct side *side)
{
	input_release(&side->input);
	state_at_close(&side->state);
}

static void add_pair(struct pairs *pairs, struct portroll_str source, const struct source *old,
		     const struct source *new)
{
	struct pair *p = &pairs->items[pairs->count++];
	*p = (struct pair){.source = source};
	const struct source *sources[] = {old, new};
	for (int i = 0; i < 2; i++) {
		if (!sources[i])
			continue;
		p->registries[i] = sources[i]->registry;
		p->coverages[i] = sources[i]->coverage;
		p->dated[i] = source_date(sources[i]);
	}
}

/* How well a source fits the file: the same registry, and all of it. */
static int fitness(const struct source *s, const struct registry *file)
{
	struct portroll_str id = file->header.id;
	bool same = id.len && str_equal(s->registry->header.id, id);
	return 2 * same + (s->coverage == COVERAGE_COMPLETE);
}

/* The source that a file is compared with: as told, else the first that fits best. */
static int find_counterpart(size_t *ret, struct keeper *k, const struct roll *roll,
			    const struct registry *file)
{
	size_t found = roll->source_count;
	int best = 0;
	if (keeper_has(k, OPTION_SOURCE))
		return place_existing(ret, roll, keeper_option(k, OPTION_SOURCE), &k->err);
	for (size_t i = 0; i < roll->source_count; i++)
		if (fitness(&roll->sources[i], file) > best) {
			best = fitness(&roll->sources[i], file);
			found = i;
		}
	if (found == roll->source_count)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "no source of the roll is the registry of the file; name one with "
				 "--source");
	*ret = found;
	return PORTROLL_OK;
}

/* A file stands where a source would. */
static struct source source_of(const struct side *side)
{
	return (struct source){
		.copies = &side->input.copy, .copy_count = 1, .registry = side->input.registry};
}

static int pair_with_file(struct pairs *pairs, struct keeper *k, const struct side sides[static 2])
{
	bool old_is_file = !sides[0].roll;
	const struct side *file = &sides[old_is_file ? 0 : 1];
	const struct roll *roll = sides[old_is_file ? 1 : 0].roll;
	struct source from_file = source_of(file);
	size_t at;
	int r = find_counterpart(&at, k, roll, from_file.registry);
	if (r < 0)
		return r;
	const struct source *source = &roll->sources[at];
	add_pair(pairs, source->name, old_is_file ? &from_file : source,
		 old_is_file ? source : &from_file);
	return PORTROLL_OK;
}

/* Those of the new state in their order, then those that are gone. */
static int pair_sources(struct pairs *pairs, struct keeper *k, const struct roll *old,
			const struct roll *new)
{
	struct portroll_str only = keeper_option(k, OPTION_SOURCE);
	for (size_t i = 0; i < new->source_count; i++) {
		const struct source *s = &new->sources[i];
		size_t at = roll_find(old, s->name);
		if (!only.ptr || str_equal(only, s->name))
			add_pair(pairs, s->name, at == SIZE_MAX ? NULL : &old->sources[at], s);
	}
	for (size_t i = 0; i < old->source_count; i++) {
		const struct source *s = &old->sources[i];
		if (roll_find(new, s->name) == SIZE_MAX && (!only.ptr || str_equal(only, s->name)))
			add_pair(pairs, s->name, s, NULL);
	}
	if (only.ptr && pairs->count == 0)
		return error_set(&k->err, PORTROLL_EINVAL, "no source is called '%.*s'",
				 PORTROLL_STR_ARG(only));
	return PORTROLL_OK;
}

static int find_pairs(struct pairs *pairs, struct keeper *k, const struct side sides[static 2])
{
	if (sides[0].roll && sides[1].roll)
		return pair_sources(pairs, k, sides[0].roll, sides[1].roll);
	if (sides[0].roll || sides[1].roll)
		return pair_with_file(pairs, k, sides);
	if (keeper_has(k, OPTION_SOURCE))
		return error_set(&k->err, PORTROLL_EINVAL, "a file has no --source");
	struct source old = source_of(&sides[0]), new = source_of(&sides[1]);
	add_pair(pairs, STR(""), &old, &new);
	return PORTROLL_OK;
}

static int tell_pair(struct pair *p, struct keeper *k)
{
	struct registry_change change;
	const struct registry *old = p->registries[0], *new = p->registries[1];
	if (!old || !new)
		return PORTROLL_OK;
	if (registry_compare(&change, old, new, &k->arena) < 0 ||
	    tell_change(&p->told, old, new, &change, &k->arena) < 0)
		return error_memory(&k->err);
	return PORTROLL_OK;
}

static void put_date(struct buf *out, struct date date)
{
	char text[DATE_TEXT_MAX];
	size_t len = date_format(text, date);
	buf_put(out, (struct portroll_str){text, len});
}

/* A --- B, as the two are called and dated. */
static void put_headline(struct keeper *k, const struct side sides[static 2], const struct pair *p)
{
	struct out *o = &k->out;
	out_colour(o, COLOUR_HEADING);
	if (p->source.len) {
		out_text(o, p->source, false);
		buf_puts(&o->buf, ": ");
	}
	for (int i = 0; i < 2; i++) {
		buf_puts(&o->buf, i ? " -> " : "");
		out_text(o, str_from(sides[i].name), false);
		if (p->dated[i].year == 0)
			continue;
		buf_puts(&o->buf, " (");
		put_date(&o->buf, p->dated[i]);
		buf_putc(&o->buf, ')');
	}
	out_colour(o, COLOUR_NONE);
	buf_putc(&o->buf, '\n');
}

static void put_whole(struct buf *out, const struct pair *p)
{
	const struct registry *reg = p->registries[p->registries[0] ? 0 : 1];
	buf_puts(out, p->registries[0] ? "the source is gone: " : "the source is new: ");
	buf_put_grouped(out, reg->record_count);
	buf_puts(out, reg->record_count == 1 ? " record, " : " records, ");
	buf_put_grouped(out, reg->person_count);
	buf_puts(out, reg->person_count == 1 ? " person\n" : " people\n");
}

/* Of a file the coverage is what its form has; nothing is told of it. */
static bool has_coverage_change(const struct pair *p, const struct side sides[static 2])
{
	return sides[0].roll && sides[1].roll && p->registries[0] && p->registries[1] &&
	       p->coverages[0] != p->coverages[1];
}

static bool is_alike(const struct pair *p, const struct side sides[static 2])
{
	return p->registries[0] && p->registries[1] && p->told.count == 0 &&
	       !has_coverage_change(p, sides);
}

static void put_pair(struct keeper *k, const struct side sides[static 2], const struct pair *p)
{
	const struct tellings_style style = {.indent = 2, .patch = keeper_has(k, OPTION_PATCH)};
	CLEANUP(buf_done) struct buf counts = BUF_INIT(1U << 20);
	put_headline(k, sides, p);
	if (!p->registries[0] || !p->registries[1]) {
		put_whole(&k->out.buf, p);
		return;
	}
	if (has_coverage_change(p, sides))
		buf_printf(&k->out.buf, "coverage %s -> %s\n", coverage_names[p->coverages[0]],
			   coverage_names[p->coverages[1]]);
	telling_put_counts(&counts, &p->told);
	if (counts.len)
		out_folded(&k->out, buf_str(&counts), (struct fold){0});
	else if (is_alike(p, sides))
		buf_puts(&k->out.buf, "no difference\n");
	tellings_put(&k->out, &p->told, &style);
}

static void json_date(struct json *j, const char *key, struct date date)
{
	char text[DATE_TEXT_MAX];
	size_t len = date_format(text, date);
	json_member(j, key, (struct portroll_str){text, len});
}

static void put_json_pair(struct json *j, const struct pair *p)
{
	json_object(j);
	json_member(j, "source", p->source);
	json_date(j, "old_dated", p->dated[0]);
	json_date(j, "new_dated", p->dated[1]);
	json_key(j, "there");
	json_str(j, p->registries[0] && p->registries[1] ? STR("both")
		    : p->registries[0]                   ? STR("old")
							 : STR("new"));
	tellings_put_json(j, &p->told);
	json_object_end(j);
}

static void put_json(struct keeper *k, const struct side sides[static 2], const struct pairs *pairs)
{
	struct json j = json_init(&k->out.buf, true);
	json_object(&j);
	json_member(&j, "schema", STR("portroll-diff/1"));
	json_member(&j, "old", str_from(sides[0].name));
	json_member(&j, "new", str_from(sides[1].name));
	json_key(&j, "sources");
	json_array(&j);
	for (size_t i = 0; i < pairs->count; i++)
		put_json_pair(&j, &pairs->items[i]);
	json_array_end(&j);
	json_object_end(&j);
	buf_putc(&k->out.buf, '\n');
}

static void put_names(struct buf *out, const struct roll *roll)
{
	for (size_t i = 0; i < roll->source_count; i++) {
		buf_puts(out, i ? ", " : "");
		buf_put(out, roll->sources[i].name);
	}
}

/* Sources that are there in both, in another order. */
static bool is_reordered(const struct roll *old, const struct roll *new)
{
	size_t last = 0;
	for (size_t i = 0; i < new->source_count; i++) {
		size_t at = roll_find(old, new->sources[i].name);
		if (at == SIZE_MAX)
			continue;
		if (at < last)
			return true;
		last = at;
	}
	return false;
}

/* Where there are several sources those that are alike need no word. */
static void put_text(struct keeper *k, const struct side sides[static 2], const struct pairs *pairs)
{
	struct buf *out = &k->out.buf;
	size_t put = 0;
	for (size_t i = 0; i < pairs->count; i++) {
		if (pairs->count > 1 && is_alike(&pairs->items[i], sides))
			continue;
		buf_puts(out, put++ ? "\n" : "");
		put_pair(k, sides, &pairs->items[i]);
	}
	if (sides[0].roll && sides[1].roll && is_reordered(sides[0].roll, sides[1].roll)) {
		buf_puts(out, put++ ? "\n" : "");
		buf_puts(out, "sources in order of precedence: ");
		put_names(out, sides[0].roll);
		buf_puts(out, " -> ");
		put_names(out, sides[1].roll);
		buf_putc(out, '\n');
	}
	if (put == 0)
		buf_puts(out, "no difference\n");
}

static int diff(struct keeper *k, struct side sides[static 2])
{
	struct pairs pairs = {.count = 0};
	int r = read_sides(sides, k);
	if (r == PORTROLL_OK)
		r = find_pairs(&pairs, k, sides);
	for (size_t i = 0; r == PORTROLL_OK && i < pairs.count; i++)
		r = tell_pair(&pairs.items[i], k);
	if (r < 0)
		return r;
	if (keeper_has(k, OPTION_JSON))
		put_json(k, sides, &pairs);
	else
		put_text(k, sides, &pairs);
	return PORTROLL_OK;
}

int verb_diff(struct keeper *k)
{
	struct side sides[2] = {0};
	int r = diff(k, sides);
	side_done(&sides[0]);
	side_done(&sides[1]);
	return r < 0 ? keeper_failed(k) : EXIT_YES;
}
