/* SPDX-License-Identifier: MIT */

/* source list, source move, source remove. */

#include "formats/json_source.h"
#include "keeper/keeper.h"
#include "keeper/place.h"
#include "keeper/store.h"
#include "terminal/table.h"

static const char *const kind_names[] = {
	[SOURCE_MIRRORED] = "mirrored",
	[SOURCE_MANAGED] = "managed",
};

static struct portroll_str date_text(char space[static DATE_TEXT_MAX], struct date date)
{
	size_t len = date_format(space, date);
	return (struct portroll_str){space, len};
}

static void cell_of_number(struct table *t, size_t value)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(64);
	buf_put_grouped(&text, value);
	table_cell(t, buf_str(&text));
}

/* A source that is made of several copies names them all. */
static void cell_of_copies(struct table *t, const struct source *s, bool licence)
{
	CLEANUP(buf_done) struct buf text = BUF_INIT(1U << 20);
	for (size_t i = 0; i < s->copy_count; i++) {
		struct portroll_str part = licence ? s->copies[i].licence : s->copies[i].origin;
		if (part.len && text.len)
			buf_puts(&text, ", ");
		buf_put(&text, part);
	}
	table_cell(t, buf_str(&text));
}

static void list_table(struct keeper *k, const struct roll *roll)
{
	static const struct table_column columns[] = {
		{.title = "Source", .colour = COLOUR_NAME},
		{.title = "Kind", .optional = true},
		{.title = "Coverage"},
		{.title = "Date"},
		{.title = "Records", .right = true},
		{.title = "People", .right = true},
		{.title = "Origin", .flexible = true},
		{.title = "Licence", .flexible = true, .optional = true, .colour = COLOUR_FAINT},
	};
	struct table t = table_init(&k->arena, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < roll->source_count; i++) {
		const struct source *s = &roll->sources[i];
		char dated[DATE_TEXT_MAX];
		table_cell(&t, s->name);
		table_cell(&t, str_from(kind_names[s->kind]));
		table_cell(&t, str_from(coverage_names[s->coverage]));
		table_cell(&t, date_text(dated, source_date(s)));
		cell_of_number(&t, s->registry->record_count);
		cell_of_number(&t, s->registry->person_count);
		cell_of_copies(&t, s, false);
		cell_of_copies(&t, s, true);
	}
	table_write(&t, &k->out);
}

static void list_json(struct keeper *k, const struct roll *roll)
{
	struct json j = json_init(&k->out.buf, true);
	json_array(&j);
	for (size_t i = 0; i < roll->source_count; i++)
		json_put_source(&j, &roll->sources[i]);
	json_array_end(&j);
	buf_putc(&k->out.buf, '\n');
}

static int list(struct keeper *k)
{
	struct portroll_snapshot *snapshot = NULL;
	struct roll *roll;
	int r = keeper_open_snapshot(&snapshot, k);
	if (r == PORTROLL_OK)
		r = snapshot_read_roll(&roll, snapshot, &k->arena, &k->err);
	if (r == PORTROLL_OK && keeper_has(k, OPTION_JSON))
		list_json(k, roll);
	else if (r == PORTROLL_OK)
		list_table(k, roll);
	snapshot_close(snapshot);
	return r;
}

static int move(struct keeper *k, struct roll *roll, size_t at)
{
	struct portroll_str above = keeper_option(k, OPTION_ABOVE);
	struct portroll_str below = keeper_option(k, OPTION_BELOW);
	if (!above.ptr && !below.ptr)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "source move needs --above SOURCE or --below SOURCE");
	size_t to;
	int r = place_find(&to, roll, above, below, &k->err);
	if (r == PORTROLL_OK)
		roll_move(roll, at, to);
	return r;
}

static int take_away(struct keeper *k, struct roll *roll, size_t at)
{
	(void)k;
	roll_remove(roll, at);
	return PORTROLL_OK;
}

typedef int change_fn(struct keeper *k, struct roll *roll, size_t at);

static int change_locked(struct keeper *k, struct store *store, change_fn *change)
{
	struct roll *roll;
	size_t at;
	int r = store_read(&roll, store, STR_NONE, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = place_existing(&at, roll, str_from(k->args.operands[1]), &k->err);
	if (r == PORTROLL_OK)
		r = change(k, roll, at);
	return r < 0 ? r : store_write(store, roll, &k->err);
}

static int change_roll(struct keeper *k, change_fn *change)
{
	struct store store = STORE_INIT;
	char *folder;
	if (keeper_has(k, OPTION_SNAPSHOT))
		return error_set(
			&k->err, PORTROLL_EINVAL,
			"only source list takes --snapshot; a roll is changed in its folder");
	int r = roll_folder_to_write(&folder, &k->environment, &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = store_open(&store, folder, keeper_has(k, OPTION_WAIT), &k->arena, &k->err);
	if (r == PORTROLL_OK)
		r = change_locked(k, &store, change);
	store_close(&store);
	return r;
}

static int run_action(struct keeper *k)
{
	struct portroll_str action = str_from(k->args.operands[0]);
	bool named = k->args.operand_count > 1;
	if (str_equal(action, STR("list")) && !named)
		return list(k);
	if (str_equal(action, STR("move")) && named)
		return change_roll(k, move);
	if (str_equal(action, STR("remove")) && named)
		return change_roll(k, take_away);
	return error_set(&k->err, PORTROLL_EINVAL,
			 "usage: portroll source list, or source move|remove NAME");
}

int verb_source(struct keeper *k)
{
	return run_action(k) < 0 ? keeper_failed(k) : EXIT_YES;
}
