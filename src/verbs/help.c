/* SPDX-License-Identifier: MIT */
#include "verbs/verb.h"

#define OPTION_COLUMN 30
#define VERB_COLUMN   12

static const char *const group_titles[GROUP_COUNT] = {
	[GROUP_ASK] = "Ask",
	[GROUP_KEEP] = "Keep",
	[GROUP_ACT] = "Act",
};

/* What an option means to one verb, where it is not what it means to the others. */
static const struct {
	const char *verb;
	uint8_t option;
	const char *help;
} special_help[] = {
	{"import", OPTION_SOURCE, "the source to change (iana; names: their form)"},
	{"update", OPTION_SOURCE, "the source to change, iana if not given"},
	{"publish", OPTION_FORCE, "also where our part of FILE was edited"},
	{"source", OPTION_FORCE, "also where other sources have the ports"},
	{"ledger", OPTION_FORCE, "fork a ledger that has nothing wrong"},
	{"publish", OPTION_SNAPSHOT, "with --to: the names of this snapshot"},
	{"log", OPTION_SINCE, "changes of DATE or later"},
	{"log", OPTION_BEFORE, "changes of before DATE"},
	{"log", OPTION_SOURCE, "changes of this source"},
	{"log", OPTION_COUNT_OF, "the last N"},
	{"diff", OPTION_SOURCE, "of the roll, compare this source only"},
	{"diff", OPTION_PATCH, "also each field, old and new"},
	{"request", OPTION_SOURCE, "whose registry, else the one that is managed"},
	{"request", OPTION_REASON, "the words of a step, which stay with the request"},
	{"export", OPTION_SOURCE, "the source to write, else the first complete"},
};

static const char *help_of(const struct verb *verb, uint8_t option)
{
	for (size_t i = 0; i < ARRAY_LEN(special_help); i++)
		if (special_help[i].option == option &&
		    str_equal(str_from(special_help[i].verb), str_from(verb->name)))
			return special_help[i].help;
	return options[option].help;
}

void verb_put_usage(struct buf *out, const struct verb *verb)
{
	buf_puts(out, "portroll ");
	buf_puts(out, verb->name);
	if (verb->takes[0] != OPTION_COUNT)
		buf_puts(out, " [OPTION...]");
	if (verb->operands[0]) {
		buf_putc(out, ' ');
		buf_puts(out, verb->operands);
	}
	buf_putc(out, '\n');
}

static void put_option(struct buf *out, const struct option_row *row, const char *help)
{
	if (row->hidden)
		return;
	size_t from = out->len;
	buf_puts(out, "  ");
	if (row->short_name) {
		buf_putc(out, '-');
		buf_putc(out, row->short_name);
		buf_puts(out, ", ");
	} else {
		buf_puts(out, "    ");
	}
	buf_puts(out, "--");
	buf_puts(out, row->name);
	if (row->argument) {
		buf_putc(out, ' ');
		buf_puts(out, row->argument);
	}
	size_t used = out->len - from;
	buf_fill(out, ' ', used < OPTION_COLUMN ? OPTION_COLUMN - used : 2);
	buf_puts(out, help);
	buf_putc(out, '\n');
}

static void put_options(struct buf *out, const struct verb *verb, const char *title,
			const uint8_t *list)
{
	if (*list == OPTION_COUNT)
		return;
	buf_puts(out, title);
	for (; *list != OPTION_COUNT; list++)
		put_option(out, &options[*list], help_of(verb, *list));
}

void verb_put_help(struct buf *out, const struct verb *verb)
{
	buf_puts(out, "usage: ");
	verb_put_usage(out, verb);
	buf_putc(out, '\n');
	buf_puts(out, verb->summary);
	buf_puts(out, "\n\n");
	buf_puts(out, verb->details);
	put_options(out, verb, "\noptions\n", verb->takes);
	put_options(out, verb, "\noptions of every verb\n", common_options);
}

static void put_group(struct buf *out, size_t group)
{
	buf_putc(out, '\n');
	buf_puts(out, group_titles[group]);
	buf_putc(out, '\n');
	for (const struct verb *verb = verbs; verb->name; verb++) {
		if (verb->group != group)
			continue;
		size_t len = str_from(verb->name).len;
		buf_puts(out, "  ");
		buf_puts(out, verb->name);
		buf_fill(out, ' ', len < VERB_COLUMN ? VERB_COLUMN - len : 1);
		buf_puts(out, verb->summary);
		buf_putc(out, '\n');
	}
}

void verbs_put_help(struct buf *out)
{
	buf_puts(out, "usage: portroll PORT|NAME|RANGE...\n"
		      "       portroll VERB [OPTION...] [OPERAND...]\n\n"
		      "The registry of service names and transport protocol port numbers.\n");
	for (size_t group = 0; group < GROUP_COUNT; group++)
		put_group(out, group);
	buf_puts(out, "\n"
		      "examples\n"
		      "    portroll 3306/tcp         what is it, may one use it, since when\n"
		      "    portroll mysql            which ports it has\n"
		      "    portroll search video     names and descriptions\n"
		      "    portroll free --near 8080 what one could ask IANA for\n\n"
		      "exit status: 0 found, 2 not found or no service there, 1 error\n"
		      "more: portroll help VERB, man portroll\n");
}
