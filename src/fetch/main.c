/* SPDX-License-Identifier: MIT */

/* portroll-fetch: what comes over the network, for update and for the keeper. */

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/num.h"
#include "base/url.h"
#include "fetch/fetch.h"
#include "verbs/verb.h"

#define TIMEOUT_DEFAULT 300
#define TIMEOUT_MAX     86400

static int64_t now(void)
{
	struct timespec at;
	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec;
}

int fetch_check(struct fetch *f, const char *url)
{
	struct portroll_str timeout = str_from(f->args.values[OPTION_TIMEOUT]);
	f->timeout = TIMEOUT_DEFAULT;
	if (timeout.ptr && (num_parse(&f->timeout, timeout, TIMEOUT_MAX) < 0 || f->timeout == 0))
		return error_set(&f->err, PORTROLL_EINVAL,
				 "--timeout takes seconds, from 1 to %d, not '%.*s'", TIMEOUT_MAX,
				 PORTROLL_STR_ARG(timeout));
	if (download_url_ok(str_from(url)))
		return PORTROLL_OK;
	struct portroll_str shown = url_without_user(str_from(url), &f->arena);
	return error_set(&f->err, PORTROLL_EINVAL, "'%.*s' is no https address",
			 PORTROLL_STR_ARG(shown));
}

/* Words of the keeper are no verbs: people have no use for them. */
static const struct {
	const char *word;
	int (*run)(struct fetch *f);
} runs[] = {{"files", fetch_files}, {"deliver", fetch_deliver}, {"update", fetch_update}};

/* The one that is named; update if none is. */
static size_t find_run(const struct fetch *f)
{
	size_t at = 0;
	while (at + 1 < ARRAY_LEN(runs) &&
	       !(f->args.operand_count > 0 &&
		 str_equal(str_from(f->args.operands[0]), str_from(runs[at].word))))
		at++;
	return at;
}

static int run(struct fetch *f)
{
	const struct verb *verb = verb_find(STR("update"));
	size_t at = find_run(f);
	bool is_update = runs[at].run == fetch_update;
	if (f->args.values[OPTION_VERSION]) {
		buf_puts(&f->out.buf, PORTROLL_VERSION_TEXT "\n");
		return EXIT_YES;
	}
	if (f->args.values[OPTION_HELP]) {
		verb_put_help(&f->out.buf, verb);
		return EXIT_YES;
	}
	if (f->args.operand_count > 0 &&
	    str_equal(str_from(f->args.operands[0]), str_from(runs[at].word))) {
		f->args.operands++;
		f->args.operand_count--;
	}
	int r = is_update ? arguments_check(&f->args, verb, &f->err) : PORTROLL_OK;
	if (r == PORTROLL_OK)
		r = runs[at].run(f);
	return r < 0 ? out_error(&f->out, NULL, &f->err) : EXIT_YES;
}

int main(int argc, char **argv)
{
	(void)signal(SIGPIPE, SIG_IGN);
	struct fetch f = {
		.environment =
			{
				.folder = getenv("PORTROLL_DIR"),
				.data_home = getenv("XDG_DATA_HOME"),
				.home = getenv("HOME"),
				.is_root = geteuid() == 0,
			},
		.libexec = getenv("PORTROLL_LIBEXEC"),
		.now = now,
	};
	int parsed = arguments_parse(&f.args, argc, argv, &f.err);
	out_init(&f.out, program_names[PROGRAM_PORTROLL], f.args.values[OPTION_COLOUR]);
	f.out.quiet = f.args.values[OPTION_QUIET] != NULL;
	int code = parsed < 0 ? out_error(&f.out, NULL, &f.err) : run(&f);
	int written = out_finish(&f.out);
	arena_done(&f.arena);
	return written != 0 ? written : code;
}
