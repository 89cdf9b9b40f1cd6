/* SPDX-License-Identifier: MIT */
#include "fetch/download.h"

#include <curl/curl.h>

#include "base/url.h"

#define REDIRECTS_MAX   5L
#define CONNECT_TIMEOUT 15L
#define ETAG_MAX        256

enum {
	HTTP_OK = 200,
	HTTP_NOT_MODIFIED = 304,
	HTTP_NOT_FOUND = 404,
	HTTP_GONE = 410,
};

/* What the callbacks see. */
struct transfer {
	const struct download_request *request;
	struct download *download;
	struct arena *arena;
	struct portroll_str shown; /* the URL as it may be shown */
	CURL *curl;
	struct curl_slist *headers;
	char message[CURL_ERROR_SIZE];
};

bool download_url_ok(struct portroll_str url)
{
	if (str_starts_fold(url, STR("https://")))
		return url_host(url).len > 0;
	return str_starts_fold(url, STR("http://")) && url_is_loopback(url);
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *t = context;
	buf_put(&t->download->bytes, (struct portroll_str){bytes, size * count});
	return t->download->bytes.failed ? 0 : count;
}

/* Each answer of a chain of redirects has its own headers: the last ETag counts. */
static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *t = context;
	struct portroll_str line = {bytes, size * count};
	if (str_starts_fold(line, STR("HTTP/")))
		t->download->etag = STR_NONE;
	if (str_starts_fold(line, STR("etag:"))) {
		struct portroll_str etag = str_trim(str_part(line, 5, line.len));
		if (etag.len <= ETAG_MAX)
			t->download->etag = arena_str(t->arena, etag);
	}
	return count;
}

static int show_progress(void *context, curl_off_t total, curl_off_t now, curl_off_t up_total,
			 curl_off_t up_now)
{
	(void)up_total;
	(void)up_now;
	const struct transfer *t = context;
	if (now > 0 && t->request->progress)
		progress_step(t->request->progress, "fetching", (uint64_t)now, (uint64_t)total);
	return 0;
}

static bool set_headers(struct transfer *t)
{
	if (t->request->etag.len == 0)
		return true;
	CLEANUP(buf_done) struct buf line = BUF_INIT(2 * ETAG_MAX);
	buf_puts(&line, "If-None-Match: ");
	buf_put(&line, t->request->etag);
	buf_putc(&line, '\0');
	t->headers = line.failed ? NULL : curl_slist_append(NULL, line.ptr);
	return t->headers && curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK;
}

static bool set_limits(struct transfer *t)
{
	bool plain = str_starts_fold(str_from(t->request->url), STR("http://"));
	CURL *c = t->curl;
	return !curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https") &&
	       !curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "https") &&
	       !curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L) &&
	       !curl_easy_setopt(c, CURLOPT_MAXREDIRS, REDIRECTS_MAX) &&
	       !curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)t->request->size_max) &&
	       !curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT) &&
	       !curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)t->request->timeout) &&
	       !curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) &&
	       (!plain || !curl_easy_setopt(c, CURLOPT_PROXY, ""));
}

static bool set_up(struct transfer *t)
{
	CURL *c = t->curl;
	return !curl_easy_setopt(c, CURLOPT_URL, t->request->url) &&
	       !curl_easy_setopt(c, CURLOPT_USERAGENT, "portroll/" PORTROLL_VERSION) &&
	       !curl_easy_setopt(c, CURLOPT_ERRORBUFFER, t->message) &&
	       !curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_bytes) &&
	       !curl_easy_setopt(c, CURLOPT_WRITEDATA, t) &&
	       !curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header) &&
	       !curl_easy_setopt(c, CURLOPT_HEADERDATA, t) &&
	       !curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, show_progress) &&
	       !curl_easy_setopt(c, CURLOPT_XFERINFODATA, t) &&
	       !curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L) && set_limits(t) && set_headers(t);
}

static bool is_redirected(const struct transfer *t)
{
	char *next = NULL;
	long count = 0;
	(void)curl_easy_getinfo(t->curl, CURLINFO_REDIRECT_COUNT, &count);
	(void)curl_easy_getinfo(t->curl, CURLINFO_REDIRECT_URL, &next);
	return count > 0 || next;
}

/* curl's own words may name the URL with its user part, so these are ours where that can be. */
static int failed(const struct transfer *t, CURLcode code, struct portroll_error *err)
{
	int length = (int)t->shown.len;
	const char *url = t->shown.ptr;
	if (code == CURLE_FILESIZE_EXCEEDED || t->download->bytes.failed == PORTROLL_ELIMIT)
		return error_set(err, PORTROLL_ELIMIT, "%.*s: is larger than %zu MiB", length, url,
				 t->request->size_max >> 20);
	if (t->download->bytes.failed)
		return error_memory(err);
	if (code == CURLE_OPERATION_TIMEDOUT)
		return error_set(err, PORTROLL_ELIMIT, "%.*s: did not arrive within %u seconds",
				 length, url, t->request->timeout);
	if (code == CURLE_UNSUPPORTED_PROTOCOL)
		return error_set(err, PORTROLL_EINVAL, "%.*s: %s", length, url,
				 is_redirected(t) ? "leads to an address without https"
						  : "the answer is not HTTP");
	if (code == CURLE_PARTIAL_FILE)
		return error_set(err, PORTROLL_ESYNTAX, "%.*s: ended before the end of the file",
				 length, url);
	bool reached = code != CURLE_COULDNT_RESOLVE_HOST && code != CURLE_COULDNT_CONNECT &&
		       code != CURLE_COULDNT_RESOLVE_PROXY;
	return error_set(err, PORTROLL_ESYSTEM, "%.*s: %s%s", length, url, curl_easy_strerror(code),
			 reached || !t->request->hint ? "" : t->request->hint);
}

static int check_answer(const struct transfer *t, struct portroll_error *err)
{
	long status = 0;
	if (curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK)
		return error_memory(err);
	t->download->unchanged = status == HTTP_NOT_MODIFIED && t->request->etag.len > 0;
	t->download->missing =
		t->request->may_be_missing && (status == HTTP_NOT_FOUND || status == HTTP_GONE);
	if (status == HTTP_OK || t->download->unchanged || t->download->missing)
		return PORTROLL_OK;
	return error_set(err, PORTROLL_ESYNTAX, "%.*s: the server answered with status %ld",
			 PORTROLL_STR_ARG(t->shown), status);
}

static int transfer(struct transfer *t, struct portroll_error *err)
{
	curl_easy_reset(t->curl);
	if (!set_up(t))
		return error_memory(err);
	CURLcode code = curl_easy_perform(t->curl);
	return code == CURLE_OK ? check_answer(t, err) : failed(t, code, err);
}

int downloader_init(struct downloader *ret, struct portroll_error *err)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return error_memory(err);
	ret->curl = curl_easy_init();
	if (ret->curl)
		return PORTROLL_OK;
	curl_global_cleanup();
	return error_memory(err);
}

void downloader_done(struct downloader *d)
{
	if (!d->curl)
		return;
	curl_easy_cleanup(d->curl);
	curl_global_cleanup();
	d->curl = NULL;
}

int download(struct download *ret, struct downloader *d, const struct download_request *request,
	     struct arena *a, struct portroll_error *err)
{
	*ret = (struct download){.bytes = BUF_INIT(request->size_max)};
	struct transfer t = {
		.request = request,
		.download = ret,
		.arena = a,
		.shown = url_without_user(str_from(request->url), a),
		.curl = d->curl,
	};
	int r = transfer(&t, err);
	curl_slist_free_all(t.headers);
	return r;
}
