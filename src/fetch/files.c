/* SPDX-License-Identifier: MIT */
#include "fetch/fetch.h"

#include "base/file.h"
#include "base/num.h"
#include "base/url.h"

#define LIST_MAX  ((size_t)256 << 20)
#define TOTAL_MAX ((uint64_t)4 << 30) /* bytes of one run: a hostile server fills no disk */
#define PATH_SIZE 8192U

struct wanted {
	struct portroll_str path;
	uint64_t size_max;
	bool optional;
};

struct fetching {
	struct fetch *f;
	struct downloader downloader;
	struct progress progress;
	struct buf url, path; /* of the file at hand, with a NUL */
	int64_t end;          /* when all must be there */
	uint64_t total;       /* bytes that are there */
};

static int read_line(struct wanted *ret, struct portroll_str line, struct portroll_error *err)
{
	struct portroll_str path, max, optional;
	*ret = (struct wanted){0};
	if (!str_word(&line, &path) || !str_word(&line, &max) ||
	    num_parse(&ret->size_max, max, TOTAL_MAX) < 0)
		return error_set(err, PORTROLL_ESYNTAX, "the list of files has a line of no sense");
	ret->path = path;
	ret->optional = str_word(&line, &optional);
	return PORTROLL_OK;
}

static void join(struct buf *ret, struct portroll_str folder, struct portroll_str path)
{
	buf_clear(ret);
	while (str_ends(folder, STR("/")))
		folder.len--;
	buf_put(ret, folder);
	buf_putc(ret, '/');
	buf_put(ret, path);
	buf_putc(ret, '\0');
}

/* The path is in the buffer of f; its folder is made. */
static int keep(struct fetching *f, struct portroll_str bytes, struct portroll_error *err)
{
	size_t slash = f->path.len;
	while (f->path.ptr[slash - 1] != '/')
		slash--;
	f->path.ptr[slash - 1] = '\0';
	int r = file_make_folder(f->path.ptr, err);
	f->path.ptr[slash - 1] = '/';
	return r < 0 ? r : file_replace(f->path.ptr, bytes, 0644, err);
}

static int fetch_one(struct fetching *f, const struct wanted *w, struct portroll_error *err)
{
	struct portroll_str url = str_from(f->f->args.operands[0]);
	int64_t left = f->end - f->f->now();
	join(&f->url, url, w->path);
	join(&f->path, str_from(f->f->args.operands[1]), w->path);
	if (f->url.failed || f->path.failed)
		return error_set(err, PORTROLL_ELIMIT, "the address or the folder is too long");
	if (left <= 0)
		return error_set(err, PORTROLL_ELIMIT, "%s: did not arrive within %u seconds",
				 f->f->url, (unsigned)f->f->timeout);
	const struct download_request request = {
		.url = f->url.ptr,
		.size_max = (size_t)w->size_max,
		.timeout = (uint32_t)left,
		.may_be_missing = w->optional,
	};
	struct download d;
	int r = download(&d, &f->downloader, &request, &f->f->arena, err);
	f->total += d.bytes.len;
	if (r == PORTROLL_OK && f->total > TOTAL_MAX)
		r = error_set(err, PORTROLL_ELIMIT, "%s: gives more than %u GiB", f->f->url,
			      (unsigned)(TOTAL_MAX >> 30));
	if (r == PORTROLL_OK && !d.missing)
		r = keep(f, buf_str(&d.bytes), err);
	buf_done(&d.bytes);
	return r;
}

static uint64_t count_lines(struct portroll_str text)
{
	uint64_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '\n';
	return count;
}

static int fetch_list(struct fetching *f, struct portroll_str list)
{
	struct portroll_error *err = &f->f->err;
	struct portroll_str line;
	uint64_t count = count_lines(list);
	for (uint64_t i = 0; i < count && str_cut(&list, '\n', &line); i++) {
		struct wanted wanted;
		progress_step(&f->progress, "fetching", i, count);
		int r = read_line(&wanted, line, err);
		if (r == PORTROLL_OK)
			r = fetch_one(f, &wanted, err);
		if (r < 0)
			return r;
	}
	return PORTROLL_OK;
}

int fetch_files(struct fetch *f)
{
	struct file_bytes list = {0};
	if (f->args.operand_count != 2)
		return error_set(&f->err, PORTROLL_EINVAL, "files takes a URL and a folder");
	int r = fetch_check(f, f->args.operands[0]);
	if (r == PORTROLL_OK)
		r = file_read(&list, "-", LIST_MAX, &f->err);
	if (r < 0)
		return r;
	f->url = arena_cstr(&f->arena, url_without_user(str_from(f->args.operands[0]), &f->arena));
	struct fetching fetching = {
		.f = f,
		.progress = progress_begin(&f->out),
		.url = BUF_INIT(PATH_SIZE),
		.path = BUF_INIT(PATH_SIZE),
		.end = f->now() + (int64_t)f->timeout,
	};
	r = f->url ? downloader_init(&fetching.downloader, &f->err) : error_memory(&f->err);
	if (r == PORTROLL_OK)
		r = fetch_list(&fetching, list.bytes);
	progress_end(&fetching.progress);
	downloader_done(&fetching.downloader);
	buf_done(&fetching.url);
	buf_done(&fetching.path);
	file_release(&list);
	return r;
}
