/* SPDX-License-Identifier: MIT */

/* portroll: asks the roll and nothing else; other verbs are run by their own programs. */

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/macros.h"
#include "base/path.h"
#include "cli/reader.h"
#include "verbs/launch.h"
#include "verbs/moment.h"
#include "verbs/roll_path.h"

static const struct command {
	const char *verb;
	command_fn *run;
} commands[] = {
	{"lookup", cmd_lookup}, {"search", cmd_search}, {"list", cmd_list},
	{"free", cmd_free},     {"states", cmd_states}, {"map", cmd_map},
	{"person", cmd_person}, {"about", cmd_about},
};

static command_fn *find_command(const struct verb *verb)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strcmp(commands[i].verb, verb->name) == 0)
			return commands[i].run;
	return NULL;
}

static int show_help(struct out *o, const struct verb *verb)
{
	if (verb)
		verb_put_help(&o->buf, verb);
	else
		verbs_put_help(&o->buf);
	return EXIT_YES;
}

static int help_verb(struct reader *r)
{
	if (r->args->operand_count == 0)
		return show_help(r->out, NULL);
	const struct verb *verb = verb_find(str_from(r->args->operands[0]));
	if (verb)
		return show_help(r->out, verb);
	const char *word = r->args->operands[0];
	const struct verb *nearest = verb_nearest(str_from(word));
	if (nearest)
		out_message(r->out, "there is no verb '%s'; did you mean %s?", word, nearest->name);
	else
		out_message(r->out, "there is no verb '%s'; see: portroll help", word);
	return EXIT_ERROR;
}

static struct roll_environment read_environment(void)
{
	return (struct roll_environment){
		.folder = getenv("PORTROLL_DIR"),
		.data_home = getenv("XDG_DATA_HOME"),
		.home = getenv("HOME"),
		.is_root = geteuid() == 0,
	};
}

static int find_roll(const char **ret, const struct reader *r, struct portroll_error *err)
{
	if (r->args->values[OPTION_SNAPSHOT]) {
		*ret = r->args->values[OPTION_SNAPSHOT];
		return PORTROLL_OK;
	}
	const struct roll_environment environment = read_environment();
	char *path;
	int code = roll_snapshot_to_read(&path, &environment, r->arena, err);
	if (code == PORTROLL_OK)
		*ret = path;
	return code;
}

static int open_roll(struct portroll_snapshot **ret, const struct reader *r,
		     struct portroll_error *err)
{
	const char *path = NULL;
	int code = find_roll(&path, r, err);
	if (code < 0)
		return code;
	struct portroll_error own = {0};
	code = portroll_open_touched(ret, path, &own);
	if (code < 0 && own.sys_errno == ENOENT && !r->args->values[OPTION_SNAPSHOT] &&
	    roll_has_ledger(path, r->arena))
		return error_set(err, code,
				 "there is no roll yet, or its snapshot is missing (%.100s): "
				 "'portroll ledger rebuild' makes it again, 'portroll update' and "
				 "'portroll import FILE' fill it",
				 path);
	if (code < 0 && own.sys_errno == ENOENT && !r->args->values[OPTION_SNAPSHOT])
		return error_set(err, code,
				 "there is no roll yet (%.100s); make one with 'portroll update' "
				 "or 'portroll import FILE'",
				 path);
	if (code < 0)
		*err = own;
	return code;
}

/* convert, help and search are registered services as well: who types one of them alone may mean
 * the service. */
static void say_if_service(const struct reader *r, const struct verb *verb)
{
	struct portroll_snapshot *snapshot;
	struct portroll_error ignored = {0};
	if (!r->out->messages_terminal || open_roll(&snapshot, r, &ignored) < 0)
		return;
	if (snapshot_by_name(snapshot, str_from(verb->name)).count)
		out_message(r->out, "%s is also a service name; to look it up: portroll lookup %s",
			    verb->name, verb->name);
	portroll_close(snapshot);
}

static int run_here(struct reader *r, const struct verb *verb)
{
	struct portroll_snapshot *snapshot;
	struct portroll_error err = {0};
	if (open_roll(&snapshot, r, &err) < 0)
		return out_error(r->out, NULL, &err);
	r->snapshot = snapshot;
	if (reader_begin(r, &err) < 0) {
		portroll_close(snapshot);
		return out_error(r->out, NULL, &err);
	}
	int code = find_command(verb)(r);
	if (portroll_damaged(snapshot)) {
		out_message(r->out, "the snapshot is damaged and this answer not whole; "
				    "'portroll ledger rebuild' makes it again");
		code = EXIT_ERROR;
	}
	(void)buf_flush(&r->out->buf);
	portroll_close(snapshot);
	return code;
}

/* Is a snapshot that is kept at that path the one of the moment, as far as it says of itself? */
static bool is_kept(const char *path, const struct moment *moment, uint64_t size,
		    const uint8_t present_root[static SHA256_SIZE])
{
	struct portroll_snapshot *kept;
	uint8_t root[SHA256_SIZE];
	if (portroll_open_touched(&kept, path, NULL) < 0)
		return false;
	uint64_t own = snapshot_ledger(kept, root);
	portroll_close(kept);
	return moment_fits(moment, size, own) &&
	       (own != size || memcmp(root, present_root, SHA256_SIZE) == 0);
}

/* The snapshot of the moment that --as-of asks for, where it is kept; NULL: the keeper must make
 * it, or say why it cannot. */
static const char *find_kept(const struct reader *r)
{
	const struct roll_environment environment = read_environment();
	struct portroll_snapshot *snapshot;
	struct moment moment;
	char *folder, *present, *path = NULL;
	uint8_t root[SHA256_SIZE];
	if (moment_parse(&moment, str_from(r->args->values[OPTION_AS_OF]), NULL) < 0 ||
	    roll_folder_to_read(&folder, &environment, r->arena, NULL) < 0)
		return NULL;
	present = path_join(folder, ROLL_SNAPSHOT_NAME, r->arena);
	if (!present || portroll_open_touched(&snapshot, present, NULL) < 0)
		return NULL;
	uint64_t size = snapshot_ledger(snapshot, root);
	portroll_close(snapshot);
	path = moment_path(folder, &moment, size, r->arena);
	return path && is_kept(path, &moment, size, root) ? path : NULL;
}

static int run_program(struct reader *r, enum verb_program program, char **argv)
{
	struct portroll_error err = {0};
	const char *libexec = getenv("PORTROLL_LIBEXEC");
	launch(program_names[program], argv, libexec, &err);
	return out_error(r->out, NULL, &err);
}

/* Takes the verb off the operands; lookup where there is none. */
static const struct verb *take_verb(struct arguments *args, bool *ret_is_given)
{
	const struct verb *verb = NULL;
	if (args->operand_count > 0)
		verb = verb_find(str_from(args->operands[0]));
	*ret_is_given = verb != NULL;
	if (!verb)
		return &verbs[0];
	args->operands++;
	args->operand_count--;
	return verb;
}

/* The options of a mistyped verb are none of lookup's. */
static int refuse(const struct reader *r, const struct portroll_error *err)
{
	const char *word = r->args->operand_count ? r->args->operands[0] : "";
	const struct verb *meant = r->verb_is_given ? NULL : verb_nearest(str_from(word));
	if (!meant)
		return out_error(r->out, NULL, err);
	out_message(r->out, "there is no verb '%s'; did you mean %s?", word, meant->name);
	return EXIT_ERROR;
}

static int run(struct reader *r, struct arguments *args, char **argv)
{
	bool is_given;
	bool is_empty = args->operand_count == 0;
	const struct verb *verb = take_verb(args, &is_given);
	if (args->values[OPTION_VERSION]) {
		buf_puts(&r->out->buf, PORTROLL_VERSION_TEXT "\n");
		return EXIT_YES;
	}
	if (args->values[OPTION_HELP])
		return show_help(r->out, is_given ? verb : NULL);
	if (is_empty) {
		(void)show_help(r->out, NULL);
		return EXIT_ERROR;
	}
	if (is_given && !argv[2])
		say_if_service(r, verb);
	r->verb_is_given = is_given;
	struct portroll_error err = {0};
	if (arguments_check(args, verb, &err) < 0)
		return refuse(r, &err);
	if (verb->program != PROGRAM_PORTROLL)
		return run_program(r, verb->program, argv);
	if (!find_command(verb))
		return help_verb(r);
	if (args->values[OPTION_AS_OF]) {
		args->values[OPTION_SNAPSHOT] = find_kept(r);
		if (!args->values[OPTION_SNAPSHOT])
			return run_program(r, PROGRAM_KEEPER, argv);
	}
	return run_here(r, verb);
}

static void end_at_cut_map(int number)
{
	(void)number;
	out_say_cut_map();
	_exit(EXIT_ERROR);
}

int main(int argc, char **argv)
{
	(void)signal(SIGBUS, end_at_cut_map);
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	struct arguments args;
	struct out out;
	struct portroll_error err = {0};
	char **original = arena_grow(&arena, argv, (size_t)argc, (size_t)argc + 1, sizeof(*argv));
	int parsed = arguments_parse(&args, argc, argv, &err);
	out_init(&out, "portroll", parsed == PORTROLL_OK ? args.values[OPTION_COLOUR] : NULL);
	if (parsed < 0 || !original) {
		if (!original)
			(void)error_memory(&err);
		return out_error(&out, NULL, &err);
	}
	out.quiet = args.values[OPTION_QUIET];
	out.verbose = args.values[OPTION_VERBOSE];
	struct reader reader = {.out = &out, .args = &args, .arena = &arena};
	int code = run(&reader, &args, original);
	int finished = out_finish(&out);
	return finished ? finished : code;
}
