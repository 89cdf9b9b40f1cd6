/* SPDX-License-Identifier: MIT */

/* portroll-fetch: fetches the registry when it has changed, and hands it to import. */

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/num.h"
#include "base/url.h"
#include "fetch/download.h"
#include "snapshot/snapshot.h"
#include "verbs/launch.h"
#include "verbs/roll_path.h"
#include "verbs/verb.h"

#define IANA_URL                                                                                   \
	"https://www.iana.org/assignments/service-names-port-numbers/"                             \
	"service-names-port-numbers.xml"

/* As import has it: the XML of IANA has 4 million bytes. */
#define SIZE_MAX_BYTES  ((size_t)64 << 20)
#define TIMEOUT_DEFAULT 300
#define TIMEOUT_MAX     86400

struct fetch {
	struct out out;
	struct arguments args;
	struct roll_environment environment;
	const char *libexec;
	struct arena arena;
	struct portroll_error err;
	const char *url;
	const char *source;
	uint64_t timeout;
};

/* A snapshot that is missing or damaged is the business of import. */
static struct portroll_str etag_of_copy(struct fetch *f)
{
	struct portroll_snapshot *snapshot = NULL;
	struct portroll_str etag = STR_NONE;
	char *path;
	if (roll_snapshot_to_read(&path, &f->environment, &f->arena, NULL) < 0 ||
	    portroll_open_touched(&snapshot, path, NULL) < 0)
		return STR_NONE;
	struct portroll_str url = url_without_user(str_from(f->url), &f->arena);
	for (size_t i = 0; i < portroll_source_count(snapshot); i++) {
		struct source source;
		if (!snapshot_source(snapshot, i, &f->arena, &source) ||
		    !str_equal(source.name, str_from(f->source)) || source.copy_count == 0)
			continue;
		if (!source.copies[0].partial && str_equal(source.copies[0].origin, url))
			etag = arena_str(&f->arena, source.copies[0].etag);
	}
	portroll_close(snapshot);
	return etag;
}

static bool use_as_input(struct portroll_str bytes, struct portroll_error *err)
{
	CLEANUP(file_close) int descriptor = -1;
	if (file_anonymous(&descriptor, bytes, err) < 0)
		return false;
	if (dup2(descriptor, STDIN_FILENO) >= 0)
		return true;
	(void)error_set(err, PORTROLL_ESYSTEM, "the file cannot be handed on");
	return false;
}

static char *word(struct fetch *f, const char *text)
{
	return arena_cstr(&f->arena, str_from(text));
}

/* Becomes `import`, with the bytes as its standard input. Returns only on failure. */
static int import(struct fetch *f, const struct download *d)
{
	enum {
		WORDS_MAX = 16
	};
	static const enum option_id flags[] = {OPTION_FORCE, OPTION_WAIT, OPTION_QUIET};
	static const char *const flag_words[] = {"--force", "--wait", "--quiet"};
	struct portroll_str url = url_without_user(str_from(f->url), &f->arena);
	char *argv[WORDS_MAX] = {
		word(f, ""),
		word(f, "import"),
		word(f, "-"),
		word(f, "--origin"),
		arena_cstr(&f->arena, url),
		word(f, "--etag"),
		arena_cstr(&f->arena, d->etag),
	};
	size_t count = 7;
	if (f->args.values[OPTION_SOURCE]) {
		argv[count++] = word(f, "--source");
		argv[count++] = word(f, f->source);
	}
	for (size_t i = 0; i < ARRAY_LEN(flags); i++)
		if (f->args.values[flags[i]])
			argv[count++] = word(f, flag_words[i]);
	if (f->arena.failed)
		return error_memory(&f->err);
	if (use_as_input(buf_str(&d->bytes), &f->err))
		launch(program_names[PROGRAM_KEEPER], argv, f->libexec, &f->err);
	return f->err.code;
}

static int read_options(struct fetch *f)
{
	const char *url = f->args.values[OPTION_URL];
	const char *source = f->args.values[OPTION_SOURCE];
	struct portroll_str timeout = str_from(f->args.values[OPTION_TIMEOUT]);
	f->url = url ? url : IANA_URL;
	f->source = source ? source : "iana";
	f->timeout = TIMEOUT_DEFAULT;
	if (timeout.ptr && (num_parse(&f->timeout, timeout, TIMEOUT_MAX) < 0 || f->timeout == 0))
		return error_set(&f->err, PORTROLL_EINVAL,
				 "--timeout takes seconds, from 1 to %d, not '%.*s'", TIMEOUT_MAX,
				 PORTROLL_STR_ARG(timeout));
	if (download_url_ok(str_from(f->url)))
		return PORTROLL_OK;
	struct portroll_str shown = url_without_user(str_from(f->url), &f->arena);
	return error_set(&f->err, PORTROLL_EINVAL, "'%.*s' is no https address",
			 PORTROLL_STR_ARG(shown));
}

static int update(struct fetch *f)
{
	int r = read_options(f);
	if (r < 0)
		return r;
	struct progress progress = progress_begin(&f->out);
	struct download_request request = {
		.url = f->url,
		.etag = etag_of_copy(f),
		.size_max = SIZE_MAX_BYTES,
		.timeout = (uint32_t)f->timeout,
		.progress = &progress,
	};
	struct download d;
	r = download(&d, &request, &f->arena, &f->err);
	progress_end(&progress);
	if (r == PORTROLL_OK && !d.unchanged)
		r = import(f, &d);
	else if (r == PORTROLL_OK && !f->out.quiet)
		buf_puts(&f->out.buf, "the roll has the newest copy already\n");
	buf_done(&d.bytes);
	return r;
}

static int run(struct fetch *f)
{
	const struct verb *verb = verb_find(STR("update"));
	if (f->args.values[OPTION_VERSION]) {
		buf_puts(&f->out.buf, PORTROLL_VERSION_TEXT "\n");
		return EXIT_YES;
	}
	if (f->args.values[OPTION_HELP]) {
		verb_put_help(&f->out.buf, verb);
		return EXIT_YES;
	}
	if (f->args.operand_count > 0 &&
	    str_equal(str_from(f->args.operands[0]), str_from(verb->name))) {
		f->args.operands++;
		f->args.operand_count--;
	}
	if (arguments_check(&f->args, verb, &f->err) < 0 || update(f) < 0)
		return out_error(&f->out, NULL, &f->err);
	return EXIT_YES;
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
	};
	int parsed = arguments_parse(&f.args, argc, argv, &f.err);
	out_init(&f.out, program_names[PROGRAM_PORTROLL], f.args.values[OPTION_COLOUR]);
	f.out.quiet = f.args.values[OPTION_QUIET] != NULL;
	int code = parsed < 0 ? out_error(&f.out, NULL, &f.err) : run(&f);
	int written = out_finish(&f.out);
	arena_done(&f.arena);
	return written != 0 ? written : code;
}
