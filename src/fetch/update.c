/* SPDX-License-Identifier: MIT */
#include "fetch/fetch.h"

#include <unistd.h>

#include "base/file.h"
#include "base/url.h"
#include "snapshot/snapshot.h"
#include "verbs/launch.h"
#include "verbs/verb.h"

#define IANA_URL                                                                                   \
	"https://www.iana.org/assignments/service-names-port-numbers/"                             \
	"service-names-port-numbers.xml"

#define WITHOUT_NETWORK                                                                            \
	"; without a network here, fetch the file elsewhere, then: portroll import FILE"

/* As import has it: the XML of IANA has 4 million bytes. */
#define SIZE_MAX_BYTES ((size_t)64 << 20)

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

static int fetch_newer(struct download *ret, struct fetch *f)
{
	struct progress progress = progress_begin(&f->out);
	const struct download_request request = {
		.url = f->url,
		.etag = etag_of_copy(f),
		.size_max = SIZE_MAX_BYTES,
		.timeout = (uint32_t)f->timeout,
		.hint = WITHOUT_NETWORK,
		.progress = &progress,
	};
	struct downloader downloader = {0};
	int r = downloader_init(&downloader, &f->err);
	if (r == PORTROLL_OK)
		r = download(ret, &downloader, &request, &f->arena, &f->err);
	downloader_done(&downloader);
	progress_end(&progress);
	return r;
}

int fetch_update(struct fetch *f)
{
	const char *url = f->args.values[OPTION_URL];
	const char *source = f->args.values[OPTION_SOURCE];
	struct download d = {0};
	f->url = url ? url : IANA_URL;
	f->source = source ? source : "iana";
	int r = fetch_check(f, f->url);
	if (r == PORTROLL_OK)
		r = fetch_newer(&d, f);
	if (r == PORTROLL_OK && !d.unchanged)
		r = import(f, &d);
	else if (r == PORTROLL_OK && !f->out.quiet)
		buf_puts(&f->out.buf, "the roll has the newest copy already\n");
	buf_done(&d.bytes);
	return r;
}
