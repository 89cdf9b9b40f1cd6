/* SPDX-License-Identifier: MIT */

/* portroll-keeper: the verbs that write the roll, or read the forms of the registry. */

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "keeper/keeper.h"

static const struct {
	const char *name;
	int (*run)(struct keeper *k);
} runs[] = {
	{"import", verb_import}, {"export", verb_export},   {"convert", verb_convert},
	{"source", verb_source}, {"publish", verb_publish},
};

static struct roll_environment read_environment(void)
{
	return (struct roll_environment){
		.folder = getenv("PORTROLL_DIR"),
		.data_home = getenv("XDG_DATA_HOME"),
		.home = getenv("HOME"),
		.is_root = geteuid() == 0,
	};
}

static void end_at_cut_map(int number)
{
	(void)number;
	out_say_cut_map();
	_exit(EXIT_ERROR);
}

/* A full disk and a closed pipe are errors of the call that writes, not the end of the program. */
static void set_signals(void)
{
	(void)signal(SIGBUS, end_at_cut_map);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
}

static unsigned mode_of_new_files(void)
{
	mode_t mask = umask(0);
	(void)umask(mask);
	return 0666U & ~(unsigned)mask;
}

/* The clocks of the earth are up to 14 hours before UTC. */
static struct date find_latest_day(void)
{
	time_t there = time(NULL) + (time_t)14 * 3600;
	struct tm day;
	if (!gmtime_r(&there, &day))
		return (struct date){.year = UINT16_MAX};
	return (struct date){
		.year = (uint16_t)(day.tm_year + 1900),
		.month = (uint8_t)(day.tm_mon + 1),
		.day = (uint8_t)day.tm_mday,
	};
}

static int run_verb(struct keeper *k, const struct verb *verb)
{
	if (arguments_check(&k->args, verb, &k->err) < 0)
		return keeper_failed(k);
	for (size_t i = 0; i < ARRAY_LEN(runs); i++)
		if (str_equal(str_from(runs[i].name), str_from(verb->name)))
			return runs[i].run(k);
	out_message(&k->out, "%s is no verb of %s", verb->name, program_names[PROGRAM_KEEPER]);
	return EXIT_ERROR;
}

static int run(struct keeper *k)
{
	if (keeper_has(k, OPTION_VERSION)) {
		buf_puts(&k->out.buf, PORTROLL_VERSION_TEXT "\n");
		return EXIT_YES;
	}
	const struct verb *verb = NULL;
	if (k->args.operand_count > 0)
		verb = verb_find(str_from(k->args.operands[0]));
	if (keeper_has(k, OPTION_HELP)) {
		if (verb)
			verb_put_help(&k->out.buf, verb);
		else
			verbs_put_help(&k->out.buf);
		return EXIT_YES;
	}
	if (!verb) {
		out_message(&k->out, "a verb is missing; see: portroll help");
		return EXIT_ERROR;
	}
	k->args.operands++;
	k->args.operand_count--;
	return run_verb(k, verb);
}

int main(int argc, char **argv)
{
	set_signals();
	struct keeper k = {.environment = read_environment(),
			   .latest_day = find_latest_day(),
			   .file_mode = mode_of_new_files()};
	int parsed = arguments_parse(&k.args, argc, argv, &k.err);
	out_init(&k.out, program_names[PROGRAM_PORTROLL], k.args.values[OPTION_COLOUR]);
	k.out.quiet = keeper_has(&k, OPTION_QUIET);
	k.out.verbose = keeper_has(&k, OPTION_VERBOSE);
	int code = parsed < 0 ? keeper_failed(&k) : run(&k);
	int written = out_finish(&k.out);
	arena_done(&k.arena);
	return written != 0 ? written : code;
}
