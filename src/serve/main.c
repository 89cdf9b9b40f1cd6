/* SPDX-License-Identifier: MIT */

/* portroll-serve: the roll as web pages. Run by `portroll serve`. */

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "server/edge.h"
#include "terminal/out.h"
#include "verbs/roll_path.h"
#include "verbs/verb.h"

#define DEFAULT_LISTEN "127.0.0.1:8080" /* http-alt */

static int64_t now_ms(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void say(void *context, const char *sentence)
{
	const struct out *o = context;
	if (!o->quiet)
		out_message(o, "%s", sentence);
}

static int find_snapshot(const char **ret, const struct arguments *args, struct arena *a,
			 struct portroll_error *err)
{
	const struct roll_environment environment = {.folder = getenv("PORTROLL_DIR"),
						     .data_home = getenv("XDG_DATA_HOME"),
						     .home = getenv("HOME"),
						     .is_root = geteuid() == 0};
	char *path;
	*ret = args->values[OPTION_SNAPSHOT];
	if (*ret)
		return PORTROLL_OK;
	int r = roll_snapshot_to_read(&path, &environment, a, err);
	if (r < 0)
		return r;
	*ret = path;
	if (!file_exists(path))
		return error_set(err, PORTROLL_ESYSTEM,
				 "there is no roll at %s yet; 'portroll update' or 'portroll "
				 "import FILE' makes one",
				 path);
	return PORTROLL_OK;
}

/* The signals that end the program are taken here, by sigwait; threads inherit the mask. */
static void block_signals(sigset_t *ret)
{
	(void)sigemptyset(ret);
	(void)sigaddset(ret, SIGINT);
	(void)sigaddset(ret, SIGTERM);
	(void)pthread_sigmask(SIG_BLOCK, ret, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static int serve(struct out *o, const char *path, const char *listen)
{
	struct portroll_error err = {0};
	struct current *current;
	sigset_t ends;
	int signal_number;
	block_signals(&ends);
	if (current_open(&current, path, say, o, &err) < 0)
		return out_error(o, NULL, &err);
	struct edge *edge;
	const struct edge_options how = {.listen = listen, .current = current, .now_ms = now_ms};
	if (edge_start(&edge, &how, &err) < 0) {
		current_close(current);
		return out_error(o, NULL, &err);
	}
	if (!o->quiet)
		out_message(o, "serving %s at %s", path, edge_url(edge));
	(void)sigwait(&ends, &signal_number);
	edge_stop(edge);
	current_close(current);
	return EXIT_YES;
}

static int run(struct out *o, struct arguments *args)
{
	struct portroll_error err = {0};
	const struct verb *verb = verb_find(STR("serve"));
	CLEANUP(arena_done) struct arena arena = ARENA_INIT;
	const char *path;
	if (args->operand_count > 0 && str_equal(str_from(args->operands[0]), STR("serve"))) {
		args->operands++;
		args->operand_count--;
	}
	if (args->values[OPTION_VERSION]) {
		buf_puts(&o->buf, PORTROLL_VERSION_TEXT "\n");
		return EXIT_YES;
	}
	if (args->values[OPTION_HELP]) {
		verb_put_help(&o->buf, verb);
		return EXIT_YES;
	}
	if (arguments_check(args, verb, &err) < 0 || find_snapshot(&path, args, &arena, &err) < 0)
		return out_error(o, NULL, &err);
	const char *listen = args->values[OPTION_LISTEN];
	return serve(o, path, listen ? listen : DEFAULT_LISTEN);
}

int main(int argc, char **argv)
{
	struct out o;
	struct arguments args = {0};
	struct portroll_error err = {0};
	int r = arguments_parse(&args, argc, argv, &err);
	out_init(&o, program_names[PROGRAM_SERVE], args.values[OPTION_COLOUR]);
	if (r < 0)
		return out_error(&o, NULL, &err);
	o.quiet = args.values[OPTION_QUIET] != NULL;
	o.verbose = args.values[OPTION_VERBOSE] != NULL;
	int code = run(&o, &args);
	int finished = out_finish(&o);
	return finished != 0 ? finished : code;
}
