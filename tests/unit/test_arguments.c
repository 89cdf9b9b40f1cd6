/* SPDX-License-Identifier: MIT */
#include "verbs/options.h"

#include "formats/read.h"
#include "test.h"
#include "verbs/verb.h"

#define WORDS_MAX 8

/* Words of a command line, without the program. */
static int parse(struct arguments *ret, const char *const *words, struct portroll_error *err)
{
	static char space[WORDS_MAX][64];
	static char *argv[WORDS_MAX + 1];
	int argc = 1;
	argv[0] = space[0];
	for (; argc < WORDS_MAX && words[argc - 1]; argc++) {
		(void)snprintf(space[argc], sizeof(space[argc]), "%s", words[argc - 1]);
		argv[argc] = space[argc];
	}
	return arguments_parse(ret, argc, argv, err);
}

static void options_stand_anywhere_in_every_form(void **state)
{
	(void)state;
	static const char *const lines[][WORDS_MAX] = {
		{"--count", "5", "free", "--json", "80"},
		{"free", "80", "--count=5", "--json"},
		{"--json", "free", "-n5", "80"},
		{"free", "-n", "5", "--json", "80"},
		{"free", "--json", "--count=5", "--", "80"},
	};
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		struct arguments args;
		assert_int_equal(parse(&args, lines[i], NULL), PORTROLL_OK);
		assert_string_equal(args.values[OPTION_COUNT_OF], "5");
		assert_non_null(args.values[OPTION_JSON]);
		assert_null(args.values[OPTION_TSV]);
		assert_int_equal(args.operand_count, 2);
		assert_string_equal(args.operands[0], "free");
		assert_string_equal(args.operands[1], "80");
	}
}

static void a_hyphen_and_what_follows_two_are_operands(void **state)
{
	(void)state;
	static const char *const line[WORDS_MAX] = {"-", "-qv", "--", "--json", "-q"};
	struct arguments args;
	assert_int_equal(parse(&args, line, NULL), PORTROLL_OK);
	assert_int_equal(args.operand_count, 3);
	assert_string_equal(args.operands[0], "-");
	assert_string_equal(args.operands[1], "--json");
	assert_non_null(args.values[OPTION_QUIET]);
	assert_non_null(args.values[OPTION_VERBOSE]);
	assert_null(args.values[OPTION_JSON]);
}

static void mistakes_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *line[WORDS_MAX];
		const char *sentence;
	} cases[] = {
		{{"--jsno"}, "there is no option --jsno; did you mean --json?"},
		{{"--qqqqqqqq"}, "there is no option --qqqqqqqq"},
		{{"-Z"}, "there is no option -Z"},
		{{"--count"}, "--count needs a value: --count N"},
		{{"-n"}, "--count needs a value: --count N"},
		{{"--json=1"}, "--json takes no value"},
		{{"--state", "x"},
		 "--state takes assigned, reserved, unassigned or dynamic, not 'x'"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arguments args;
		struct portroll_error err = {0};
		assert_int_equal(parse(&args, cases[i].line, &err), PORTROLL_EINVAL);
		assert_string_equal(err.text, cases[i].sentence);
	}
}

static void too_many_operands_are_refused(void **state)
{
	(void)state;
	static char word[] = "80";
	static char *argv[OPERAND_MAX + 2];
	struct arguments args;
	for (size_t i = 0; i < ARRAY_LEN(argv); i++)
		argv[i] = word;
	assert_int_equal(arguments_parse(&args, OPERAND_MAX + 1, argv, NULL), PORTROLL_OK);
	assert_int_equal(args.operand_count, OPERAND_MAX);
	assert_int_equal(arguments_parse(&args, OPERAND_MAX + 2, argv, NULL), PORTROLL_ELIMIT);
}

static void a_verb_takes_its_options_and_operands_only(void **state)
{
	(void)state;
	static const struct {
		const char *line[WORDS_MAX];
		const char *verb;
		int code;
	} cases[] = {
		{{"80", "--json", "--quiet"}, "lookup", PORTROLL_OK},
		{{"80", "--svg"}, "lookup", PORTROLL_EINVAL},
		{{"80", "--json", "--json"}, "lookup", PORTROLL_OK},
		{{"80", "--json", "--tsv"}, "lookup", PORTROLL_EINVAL},
		{{"80", "--brief", "--ndjson"}, "lookup", PORTROLL_EINVAL},
		{{"--svg"}, "map", PORTROLL_OK},
		{{"80"}, "map", PORTROLL_EINVAL},
		{{NULL}, "person", PORTROLL_EINVAL},
		{{"IESG"}, "person", PORTROLL_OK},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arguments args;
		assert_int_equal(parse(&args, cases[i].line, NULL), PORTROLL_OK);
		const struct verb *verb = verb_find(str_from(cases[i].verb));
		assert_int_equal(arguments_check(&args, verb, NULL), cases[i].code);
	}
}

static bool takes(const uint8_t *list, size_t id)
{
	while (*list != OPTION_COUNT && *list != id)
		list++;
	return *list == id && id != OPTION_COUNT;
}

static bool one_verb_takes_both(size_t a, size_t b)
{
	for (const struct verb *verb = verbs; verb->name; verb++)
		if ((takes(verb->takes, a) || takes(common_options, a)) &&
		    (takes(verb->takes, b) || takes(common_options, b)))
			return true;
	return false;
}

static void an_option_of_two_senses_is_that_of_the_verb(void **state)
{
	(void)state;
	static const struct {
		const char *line[WORDS_MAX];
		enum option_id option;
	} cases[] = {
		{{"publish", "--to", "/etc/services"}, OPTION_TO_FILE},
		{{"--to", "/etc/services", "publish"}, OPTION_TO_FILE},
		{{"publish", "-n"}, OPTION_DRY_RUN},
		{{"convert", "--to", "csv"}, OPTION_TO},
		{{"free", "-n", "5"}, OPTION_COUNT_OF},
		{{"--to", "csv"}, OPTION_TO},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct arguments args;
		assert_int_equal(parse(&args, cases[i].line, NULL), PORTROLL_OK);
		assert_non_null(args.values[cases[i].option]);
	}
}

static void every_option_has_a_name_and_no_two_of_a_verb_are_alike(void **state)
{
	(void)state;
	for (size_t i = 0; i < OPTION_COUNT; i++) {
		assert_non_null(options[i].name);
		assert_non_null(options[i].help);
		for (size_t k = 0; k < i; k++) {
			bool same = !strcmp(options[i].name, options[k].name) ||
				    (options[i].short_name &&
				     options[i].short_name == options[k].short_name);
			assert_false(same && one_verb_takes_both(i, k));
		}
	}
}

static size_t count_of(const char *const *choices)
{
	size_t count = 0;
	while (choices[count])
		count++;
	return count;
}

static void the_choices_of_forms_are_those_that_can_be_read_and_written(void **state)
{
	(void)state;
	size_t writable = 0, readable = 0;
	for (const struct format *f = formats; f->name; f++)
		writable += f->write != NULL;
	for (const struct format_reader *f = format_readers; f->name; f++)
		readable++;
	assert_int_equal(count_of(options[OPTION_FORMAT].choices), writable);
	assert_int_equal(count_of(options[OPTION_TO].choices), writable);
	assert_int_equal(count_of(options[OPTION_FROM].choices), readable);
	for (const char *const *c = options[OPTION_TO].choices; *c; c++)
		assert_non_null(format_find(str_from(*c))->write);
	for (const char *const *c = options[OPTION_FROM].choices; *c; c++)
		assert_non_null(format_find(str_from(*c)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_anywhere_in_every_form),
		cmocka_unit_test(a_hyphen_and_what_follows_two_are_operands),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(too_many_operands_are_refused),
		cmocka_unit_test(a_verb_takes_its_options_and_operands_only),
		cmocka_unit_test(an_option_of_two_senses_is_that_of_the_verb),
		cmocka_unit_test(every_option_has_a_name_and_no_two_of_a_verb_are_alike),
		cmocka_unit_test(the_choices_of_forms_are_those_that_can_be_read_and_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
