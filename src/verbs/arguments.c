/* SPDX-License-Identifier: MIT */
#include "verbs/options.h"

#include "base/macros.h"
#include "registry/name.h"
#include "verbs/verb.h"

struct parser {
	struct arguments *args;
	const struct verb *verb; /* the first word that is one; NULL: none is */
	int argc, at;
	char **argv;
	struct portroll_error *err;
};

static int unknown_option(struct parser *p, struct portroll_str name)
{
	enum {
		FAR = 3
	};
	const char *nearest = NULL;
	unsigned least = FAR;
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		unsigned distance = name_distance(name, str_from(options[i].name), FAR - 1);
		if (distance < least && !options[i].hidden) {
			least = distance;
			nearest = options[i].name;
		}
	}
	if (nearest)
		return error_set(p->err, PORTROLL_EINVAL,
				 "there is no option --%.*s; did you mean --%s?",
				 PORTROLL_STR_ARG(name), nearest);
	return error_set(p->err, PORTROLL_EINVAL, "there is no option --%.*s",
			 PORTROLL_STR_ARG(name));
}

static int check_choice(struct parser *p, const struct option_row *row, const char *value)
{
	if (!row->choices)
		return PORTROLL_OK;
	for (const char *const *choice = row->choices; *choice; choice++)
		if (str_equal_fold(str_from(value), str_from(*choice)))
			return PORTROLL_OK;
	char list[128] = "";
	struct portroll_str part = {list, 0};
	for (const char *const *choice = row->choices; *choice; choice++) {
		const char *between = choice == row->choices ? "" : choice[1] ? ", " : " or ";
		for (const char *c = between; *c && part.len + 1 < sizeof(list); c++)
			list[part.len++] = *c;
		for (const char *c = *choice; *c && part.len + 1 < sizeof(list); c++)
			list[part.len++] = *c;
	}
	return error_set(p->err, PORTROLL_EINVAL, "--%s takes %.*s, not '%.60s'", row->name,
			 PORTROLL_STR_ARG(part), value);
}

static int set_option(struct parser *p, size_t id, const char *value)
{
	int r = check_choice(p, &options[id], value);
	if (r == PORTROLL_OK)
		p->args->values[id] = value;
	return r;
}

/* The value is the rest of the word or the next word. */
static int take_value(struct parser *p, size_t id, const char *attached)
{
	const struct option_row *row = &options[id];
	if (attached)
		return set_option(p, id, attached);
	if (p->at + 1 == p->argc)
		return error_set(p->err, PORTROLL_EINVAL, "--%s needs a value: --%s %s", row->name,
				 row->name, row->argument);
	return set_option(p, id, p->argv[++p->at]);
}

static bool is_listed(const uint8_t *list, size_t id)
{
	for (; *list != OPTION_COUNT; list++)
		if (*list == id)
			return true;
	return false;
}

static bool is_called(size_t id, struct portroll_str name, char short_name)
{
	if (short_name)
		return options[id].short_name == short_name;
	return str_equal(name, str_from(options[id].name));
}

/* The option that the verb takes under this name, else the first so called; OPTION_COUNT: none. */
static size_t find_option(const struct parser *p, struct portroll_str name, char short_name)
{
	size_t found = OPTION_COUNT;
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (!is_called(i, name, short_name))
			continue;
		if (p->verb && is_listed(p->verb->takes, i))
			return i;
		if (found == OPTION_COUNT)
			found = i;
	}
	return found;
}

static int parse_long(struct parser *p, const char *word)
{
	struct portroll_str name = str_from(word);
	size_t equals = str_find_char(name, '=');
	const char *attached = equals == SIZE_MAX ? NULL : word + equals + 1;
	name = str_part(name, 0, equals);
	size_t id = find_option(p, name, 0);
	if (id == OPTION_COUNT)
		return unknown_option(p, name);
	if (options[id].argument)
		return take_value(p, id, attached);
	if (attached)
		return error_set(p->err, PORTROLL_EINVAL, "--%s takes no value", options[id].name);
	return set_option(p, id, "");
}

/* -qv, -o FILE, -oFILE */
static int parse_short(struct parser *p, const char *word)
{
	for (; *word; word++) {
		size_t i = find_option(p, STR(""), *word);
		if (i == OPTION_COUNT)
			return error_set(p->err, PORTROLL_EINVAL, "there is no option -%c", *word);
		if (options[i].argument)
			return take_value(p, i, word[1] ? word + 1 : NULL);
		p->args->values[i] = "";
	}
	return PORTROLL_OK;
}

static int parse_word(struct parser *p, bool *only_operands)
{
	char *word = p->argv[p->at];
	bool is_option = !*only_operands && word[0] == '-' && word[1] != '\0';
	if (is_option && word[1] == '-' && word[2] == '\0') {
		*only_operands = true;
		return PORTROLL_OK;
	}
	if (is_option)
		return word[1] == '-' ? parse_long(p, word + 2) : parse_short(p, word + 1);
	if (p->args->operand_count == OPERAND_MAX)
		return error_set(p->err, PORTROLL_ELIMIT,
				 "more than %d operands; give them on standard input", OPERAND_MAX);
	p->args->operands[p->args->operand_count++] = word;
	return PORTROLL_OK;
}

static const struct verb *first_verb(int argc, char **argv)
{
	const struct verb *verb = NULL;
	for (int i = 1; i < argc && !verb; i++)
		verb = verb_find(str_from(argv[i]));
	return verb;
}

int arguments_parse(struct arguments *ret, int argc, char **argv, struct portroll_error *err)
{
	struct arguments args = {.operands = argv};
	struct parser p = {.args = &args,
			   .verb = first_verb(argc, argv),
			   .argc = argc,
			   .at = 1,
			   .argv = argv,
			   .err = err};
	bool only_operands = false;
	for (; p.at < argc; p.at++) {
		int r = parse_word(&p, &only_operands);
		if (r < 0)
			return r;
	}
	*ret = args;
	return PORTROLL_OK;
}

/* Of these one alone can be done. */
static const uint8_t alternatives[][5] = {
	{OPTION_JSON, OPTION_NDJSON, OPTION_TSV, OPTION_BRIEF, OPTION_COUNT},
	{OPTION_ABOVE, OPTION_BELOW, OPTION_COUNT},
	{OPTION_COUNT_OF, OPTION_COMMON, OPTION_COUNT},
	{OPTION_UNDO, OPTION_SNAPSHOT, OPTION_COUNT},
	{OPTION_AS_OF, OPTION_SNAPSHOT, OPTION_COUNT},
	{OPTION_UNDO, OPTION_LOSS_REPORT, OPTION_COUNT},
	{OPTION_RESERVED_ROWS, OPTION_MATCH, OPTION_COUNT},
	{OPTION_RESERVED_ROWS, OPTION_PAGE, OPTION_COUNT},
};

static int check_alternatives(const struct arguments *args, struct portroll_error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(alternatives); i++) {
		const char *first = NULL;
		for (const uint8_t *id = alternatives[i]; *id != OPTION_COUNT; id++) {
			if (!args->values[*id])
				continue;
			if (first)
				return error_set(err, PORTROLL_EINVAL,
						 "--%s and --%s exclude each other", first,
						 options[*id].name);
			first = options[*id].name;
		}
	}
	return PORTROLL_OK;
}

static int too_many(const struct arguments *args, const struct verb *verb,
		    struct portroll_error *err)
{
	const char *word = args->operands[verb->operand_max];
	if (verb->operand_max == 0 && is_listed(verb->takes, OPTION_MATCH))
		return error_set(err, PORTROLL_EINVAL,
				 "%s takes no operand; records that have a text: portroll %s "
				 "--match '%.80s'",
				 verb->name, verb->name, word);
	return error_set(err, PORTROLL_EINVAL,
			 "%s: one operand too many: '%.80s'; usage: portroll %s%s%s", verb->name,
			 word, verb->name, verb->operands[0] ? " " : "", verb->operands);
}

int arguments_check(const struct arguments *args, const struct verb *verb,
		    struct portroll_error *err)
{
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		if (!args->values[i] || is_listed(common_options, i) || is_listed(verb->takes, i))
			continue;
		return error_set(err, PORTROLL_EINVAL, "%s takes no --%s; see: portroll help %s",
				 verb->name, options[i].name, verb->name);
	}
	int r = check_alternatives(args, err);
	if (r < 0)
		return r;
	if (args->operand_count < verb->operand_min)
		return error_set(err, PORTROLL_EINVAL, "usage: portroll %s %s", verb->name,
				 verb->operands);
	if (args->operand_count > verb->operand_max)
		return too_many(args, verb, err);
	return PORTROLL_OK;
}
