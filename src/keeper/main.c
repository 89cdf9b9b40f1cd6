/* SPDX-License-Identifier: MIT */

/* portroll-keeper: the verbs that write the roll, or read the forms of the registry. */

#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sodium.h>

#include "keeper/as_of.h"
#include "keeper/keeper.h"

#define LOGIN_NAME_SIZE 32

static const struct {
	const char *name;
	int (*run)(struct keeper *k);
} runs[] = {
	{"import", verb_import}, {"export", verb_export},   {"convert", verb_convert},
	{"source", verb_source}, {"publish", verb_publish}, {"diff", verb_diff},
	{"init", verb_init},     {"log", verb_log},         {"verify", verb_verify},
	{"ledger", verb_ledger}, {"request", verb_request}, {"account", verb_account},
	{"check", verb_check},   {"rules", verb_rules},
};

static struct roll_environment read_environment(void)
{
	return (struct roll_environment){
		.folder = getenv("PORTROLL_DIR"),
		.data_home = getenv("XDG_DATA_HOME"),
		.home = getenv("HOME"),
		.is_root = geteuid() == 0,
		.state = getenv("PORTROLL_STATE"),
		.state_home = getenv("XDG_STATE_HOME"),
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

/* Nothing that a terminal or a page would have to quote. */
static bool is_login_name(const char *name)
{
	size_t length = 0;
	for (; name[length]; length++) {
		char c = name[length];
		bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
		bool is_later = (c >= '0' && c <= '9') || c == '-' || c == '.';
		if (!is_word && (length == 0 || !is_later))
			return false;
	}
	return length > 0 && length <= LOGIN_NAME_SIZE;
}

/* Who became root to run the program, as sudo(8) and doas(1) tell; NULL: nobody told. */
static const char *find_caller(void)
{
	static const char *const told[] = {"SUDO_USER", "DOAS_USER"};
	for (size_t i = 0; i < ARRAY_LEN(told); i++) {
		const char *name = getenv(told[i]);
		if (name && is_login_name(name))
			return name;
	}
	return NULL;
}

/* Whoever runs the program, also a set-uid one. */
static struct portroll_str find_user(struct arena *a)
{
	const char *caller = getuid() == 0 ? find_caller() : NULL;
	if (caller)
		return arena_str(a, str_from(caller));
	const struct passwd *entry = getpwuid(getuid());
	if (entry && entry->pw_name[0])
		return arena_str(a, str_from(entry->pw_name));
	CLEANUP(buf_done) struct buf text = BUF_INIT(64);
	buf_puts(&text, "uid:");
	buf_put_num(&text, getuid());
	return arena_str(a, buf_str(&text));
}

static struct portroll_str find_host(struct arena *a)
{
	char name[256];
	if (gethostname(name, sizeof(name)) < 0)
		return STR("localhost");
	name[sizeof(name) - 1] = '\0';
	return arena_str(a, str_from(name[0] ? name : "localhost"));
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

/* What the reader asks of a roll that is not the present one; `words` as they were given. */
static bool asks_as_of(const struct keeper *k, const struct verb *verb)
{
	return keeper_has(k, OPTION_AS_OF) && (!verb || verb->program == PROGRAM_PORTROLL);
}

static int run(struct keeper *k, char **words)
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
	if (asks_as_of(k, verb))
		return as_of_ask(k, words);
	if (!verb) {
		out_message(&k->out, "a verb is missing; see: portroll help");
		return EXIT_ERROR;
	}
	k->args.operands++;
	k->args.operand_count--;
	return run_verb(k, verb);
}

/* The clocks of the earth are up to 14 hours before UTC. */
static void read_world(struct keeper *k)
{
	k->environment = read_environment();
	k->now = time(NULL);
	k->latest_day = date_of_time(k->now + (int64_t)14 * 3600);
	k->user = find_user(&k->arena);
	k->host = find_host(&k->arena);
	k->file_mode = mode_of_new_files();
	k->random = randombytes_buf;
	k->libexec = getenv("PORTROLL_LIBEXEC");
	k->temporary = getenv("TMPDIR");
	if (!k->temporary || !k->temporary[0])
		k->temporary = "/tmp";
}

static int hide(struct keeper *k, enum option_id id, int argc, char **argv)
{
	const char *value = k->args.values[id];
	if (!value)
		return PORTROLL_OK;
	k->args.values[id] = arena_cstr(&k->arena, str_from(value));
	if (!k->args.values[id])
		return error_memory(&k->err);
	bool is_hidden = false;
	for (int i = 1; i < argc; i++) {
		for (char *at = argv[i]; *at; at++) {
			is_hidden = at == value || (is_hidden && at != argv[i]);
			if (is_hidden)
				*at = '*';
		}
	}
	return PORTROLL_OK;
}

/* The address of a store may have a password in it, a code is good once, and everybody can list
 * processes. */
static int hide_secrets(struct keeper *k, int argc, char **argv)
{
	int r = hide(k, OPTION_STORE, argc, argv);
	return r < 0 ? r : hide(k, OPTION_CODE, argc, argv);
}

int main(int argc, char **argv)
{
	set_signals();
	struct keeper k = {0};
	read_world(&k);
	/* The parser moves them about. */
	char **words = arena_grow(&k.arena, argv, (size_t)argc, (size_t)argc + 1, sizeof(*argv));
	int parsed = arguments_parse(&k.args, argc, argv, &k.err);
	if (parsed == PORTROLL_OK)
		parsed = hide_secrets(&k, argc, argv);
	out_init(&k.out, program_names[PROGRAM_PORTROLL], k.args.values[OPTION_COLOUR]);
	k.out.quiet = keeper_has(&k, OPTION_QUIET);
	k.out.verbose = keeper_has(&k, OPTION_VERBOSE);
	if (parsed == PORTROLL_OK && !words)
		parsed = error_memory(&k.err);
	if (parsed == PORTROLL_OK && sodium_init() < 0)
		parsed =
			error_set(&k.err, PORTROLL_ESYSTEM, "there is no source of random numbers");
	int code = parsed < 0 ? keeper_failed(&k) : run(&k, words);
	int written = out_finish(&k.out);
	arena_done(&k.arena);
	return written != 0 ? written : code;
}
