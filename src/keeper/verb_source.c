/* SPDX-License-Identifier: MIT */

/* source [list], source move, source remove, and the table of all its actions. */

#include "formats/json_source.h"
#include "keeper/place.h"
#include "keeper/source_action.h"
#include "terminal/ask.h"
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

/* A registry of one's own comes from nowhere else: it is called by its policy's title. */
static void cell_of_origin(struct table *t, const struct source *s)
{
	if (s->copy_count)
		cell_of_copies(t, s, false);
	else
		table_cell(t, s->registry->header.title);
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
		cell_of_origin(&t, s);
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
	else if (r == PORTROLL_OK && roll->source_count)
		list_table(k, roll);
	else if (r == PORTROLL_OK)
		out_message(&k->out, "the roll has no source; portroll import FILE or portroll "
				     "update gives it one");
	portroll_close(snapshot);
	return r;
}

static int move(struct keeper *k, struct roll *roll, size_t at)
{
	struct portroll_str name = roll->sources[at].name;
	struct portroll_str above = keeper_option(k, OPTION_ABOVE);
	struct portroll_str below = keeper_option(k, OPTION_BELOW);
	if (!above.ptr && !below.ptr)
		return error_set(&k->err, PORTROLL_EINVAL,
				 "source move needs --above SOURCE or --below SOURCE");
	size_t to;
	int r = place_check_other(name, above, below, &k->err);
	if (r == PORTROLL_OK)
		r = place_find(&to, roll, above, below, &k->err);
	if (r == PORTROLL_OK)
		roll_move(roll, at, to);
	return r;
}

static void tell_order(struct buf *out, const struct roll *roll, const struct source *moved)
{
	(void)moved;
	buf_puts(out, "sources in order of precedence: ");
	for (size_t i = 0; i < roll->source_count; i++) {
		buf_puts(out, i ? ", " : "");
		buf_put(out, roll->sources[i].name);
	}
	buf_putc(out, '\n');
}

static bool says_states(const struct roll *roll, size_t but)
{
	for (size_t i = 0; i < roll->source_count; i++)
		if (i != but && roll->sources[i].coverage == COVERAGE_COMPLETE)
			return true;
	return false;
}

/* Without a terminal nobody is asked. */
static bool is_agreed(struct keeper *k, const struct roll *roll, size_t at)
{
	const struct source *source = &roll->sources[at];
	if (keeper_has(k, OPTION_YES))
		return true;
	CLEANUP(buf_done) struct buf question = BUF_INIT(1024);
	buf_puts(&question, "portroll: remove source ");
	buf_put(&question, source->name);
	buf_puts(&question, " with ");
	buf_put_grouped(&question, source->registry->record_count);
	buf_puts(&question, source->registry->record_count == 1 ? " record" : " records");
	if (source->coverage == COVERAGE_COMPLETE && !says_states(roll, at))
		buf_puts(&question, "; no other says the states of ports");
	buf_puts(&question, "?");
	buf_putc(&question, '\0');
	return !question.failed && ask(&k->out, question.ptr) != ASK_NO;
}

static int take_away(struct keeper *k, struct roll *roll, size_t at)
{
	if (!is_agreed(k, roll, at)) {
		out_message(&k->out, "nothing is removed");
		return EXIT_NO;
	}
	roll_remove(roll, at);
	return PORTROLL_OK;
}

static void tell_removed(struct buf *out, const struct roll *roll, const struct source *removed)
{
	size_t count = removed->registry->record_count;
	buf_puts(out, "source ");
	buf_put(out, removed->name);
	buf_puts(out, " removed: ");
	buf_put_grouped(out, count);
	buf_puts(out, count == 1 ? " record" : " records");
	if (roll->source_count == 0)
		buf_puts(out, "; the roll is empty now");
	if (removed->coverage == COVERAGE_COMPLETE && !says_states(roll, SIZE_MAX))
		buf_puts(out, "\nthe states of all ports are unknown now; portroll import FILE, or "
			      "portroll update for iana, brings a source back");
	buf_putc(out, '\n');
}

struct action {
	const char *name;
	const char *kind; /* of the change */
	int operand_min, operand_max;
	int (*run)(struct keeper *k); /* all of it; else the next two */
	/* 0, EXIT_NO when it is not to be, or an error. */
	int (*change)(struct keeper *k, struct roll *roll, size_t at);
	void (*tell)(struct buf *out, const struct roll *roll, const struct source *subject);
	uint8_t takes[8]; /* of the options of the verb; ends with OPTION_COUNT */
};

/* clang-format off */
static const struct action actions[] = {
	{"list", "", 1, 1, list, NULL, NULL,
	 {OPTION_JSON, OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT}},
	{"add", "", 2, 2, source_add, NULL, NULL,
	 {OPTION_POLICY, OPTION_ABOVE, OPTION_BELOW, OPTION_FORCE, OPTION_REASON, OPTION_WAIT, OPTION_COUNT}},
	{"manage", "", 2, 2, source_manage, NULL, NULL,
	 {OPTION_POLICY, OPTION_FORCE, OPTION_REASON, OPTION_WAIT, OPTION_COUNT}},
	{"policy", "", 2, 3, source_policy, NULL, NULL,
	 {OPTION_FORCE, OPTION_REASON, OPTION_WAIT, OPTION_COUNT}},
	{"check", "", 2, 2, source_check, NULL, NULL, {OPTION_JSON, OPTION_COUNT}},
	{"move", "order", 2, 2, NULL, move, tell_order,
	 {OPTION_ABOVE, OPTION_BELOW, OPTION_REASON, OPTION_WAIT, OPTION_COUNT}},
	{"remove", "remove", 2, 2, NULL, take_away, tell_removed,
	 {OPTION_YES, OPTION_REASON, OPTION_WAIT, OPTION_COUNT}},
};
/* clang-format on */

static int change_held(struct keeper *k, struct held_roll *held, const struct action *action)
{
	struct roll *roll;
	size_t at;
	struct portroll_str name = str_from(k->args.operands[1]);
	int r = held_roll_read(&roll, held, name, &k->arena);
	if (r == PORTROLL_OK)
		r = place_existing(&at, roll, name, &k->err);
	if (r < 0)
		return r;
	const struct source subject = roll->sources[at];
	struct changeset about = keeper_change(k, str_from(action->kind));
	if (subject.kind == SOURCE_MANAGED)
		r = source_need_administrator(&about.author, k, held);
	if (r == PORTROLL_OK)
		r = action->change(k, roll, at);
	if (r != PORTROLL_OK)
		return r;
	r = held_roll_commit(held, roll, &about);
	if (r >= 0 && !k->out.quiet)
		action->tell(&k->out.buf, roll, &subject);
	return r < 0 ? r : PORTROLL_OK;
}

static int change_roll(struct keeper *k, const struct action *action)
{
	struct held_roll held = HELD_ROLL_INIT;
	int r = held_roll_open(&held, k);
	if (r == PORTROLL_OK)
		r = change_held(k, &held, action);
	held_roll_close(&held);
	return r;
}

static bool takes(const struct action *action, uint8_t option)
{
	for (const uint8_t *id = action->takes; *id != OPTION_COUNT; id++)
		if (*id == option)
			return true;
	return false;
}

static int check_options(struct keeper *k, const struct action *action)
{
	for (const uint8_t *id = verb_find(STR("source"))->takes; *id != OPTION_COUNT; id++)
		if (keeper_has(k, *id) && !takes(action, *id))
			return error_set(&k->err, PORTROLL_EINVAL,
					 "source %s takes no --%s; see: portroll help source",
					 action->name, options[*id].name);
	return PORTROLL_OK;
}

static int run_action(struct keeper *k)
{
	int count = k->args.operand_count;
	struct portroll_str name = count ? str_from(k->args.operands[0]) : STR("list");
	for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
		const struct action *action = &actions[i];
		int given = count ? count : 1;
		if (!str_equal(name, str_from(action->name)) || given < action->operand_min ||
		    given > action->operand_max)
			continue;
		int r = check_options(k, action);
		if (r < 0)
			return r;
		return action->run ? action->run(k) : change_roll(k, action);
	}
	return error_set(&k->err, PORTROLL_EINVAL,
			 "usage: portroll source [list], or source "
			 "add|manage|policy|check|move|remove NAME; see: portroll help source");
}

int verb_source(struct keeper *k)
{
	int r = run_action(k);
	return r < 0 ? keeper_failed(k) : r;
}
