/* SPDX-License-Identifier: MIT */

/* One message to a mail server, or to a webhook. What is to be done comes on the standard input, so
 * that no secret is seen in the list of processes. */

#include <curl/curl.h>

#include <string.h>

#include "base/file.h"
#include "base/num.h"
#include "base/url.h"
#include "fetch/fetch.h"

#define JOB_MAX         ((size_t)1 << 20)
#define ANSWER_MAX      ((size_t)64 << 10)
#define CONNECT_TIMEOUT 10L
#define TIMEOUT_MAX     300

enum {
	STATUS_FIRST = 200, /* of HTTP: it was taken */
	STATUS_LAST = 299,
};

struct job {
	const char *url, *user, *password, *from, *to;
	uint64_t timeout; /* seconds */
	struct curl_slist *headers;
	struct portroll_str body;
};

struct sending {
	struct fetch *f;
	struct job job;
	CURL *curl;
	struct curl_slist *recipients;
	struct buf lines;         /* a mail as SMTP has it: lines end with CR LF */
	struct portroll_str left; /* of that */
	size_t answered;
};

static int take_header(struct job *job, const char *value)
{
	struct curl_slist *list = curl_slist_append(job->headers, value);
	job->headers = list ? list : job->headers;
	return list ? PORTROLL_OK : PORTROLL_ENOMEM;
}

static int take_line(struct job *job, struct portroll_str line, struct arena *a)
{
	const struct {
		const char *name;
		const char **place;
	} texts[] = {{"url", &job->url},
		     {"user", &job->user},
		     {"password", &job->password},
		     {"from", &job->from},
		     {"to", &job->to}};
	size_t blank = str_find_char(line, ' ');
	struct portroll_str key = str_part(line, 0, blank);
	const char *value = arena_cstr(a, str_part(line, blank + 1, line.len));
	if (!value || blank == SIZE_MAX)
		return blank == SIZE_MAX ? PORTROLL_ESYNTAX : PORTROLL_ENOMEM;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (!str_equal(key, str_from(texts[i].name)))
			continue;
		*texts[i].place = value;
		return PORTROLL_OK;
	}
	if (str_equal(key, STR("timeout")))
		return num_parse(&job->timeout, str_from(value), TIMEOUT_MAX);
	return str_equal(key, STR("header")) ? take_header(job, value) : PORTROLL_ESYNTAX;
}

static int read_job(struct job *job, struct portroll_str text, struct fetch *f)
{
	struct portroll_str line;
	int r = PORTROLL_OK;
	while (r == PORTROLL_OK && str_cut(&text, '\n', &line) && line.len)
		r = take_line(job, line, &f->arena);
	job->body = text;
	if (r == PORTROLL_ENOMEM)
		return error_memory(&f->err);
	if (r < 0 || !job->url || job->timeout == 0)
		return error_set(&f->err, PORTROLL_EINVAL, "the message to be sent has no sense");
	return PORTROLL_OK;
}

static size_t drop_answer(char *bytes, size_t size, size_t count, void *context)
{
	struct sending *s = context;
	(void)bytes;
	s->answered += size * count;
	return s->answered > ANSWER_MAX ? 0 : count;
}

static size_t give_body(char *bytes, size_t size, size_t count, void *context)
{
	struct sending *s = context;
	size_t room = size * count;
	size_t length = s->left.len < room ? s->left.len : room;
	if (length)
		memcpy(bytes, s->left.ptr, length);
	s->left = str_part(s->left, length, s->left.len);
	return length;
}

static bool is_mail(const struct job *job)
{
	return str_starts_fold(str_from(job->url), STR("smtp"));
}

static bool set_common(struct sending *s)
{
	CURL *c = s->curl;
	const struct job *job = &s->job;
	return !curl_easy_setopt(c, CURLOPT_URL, job->url) &&
	       !curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps,http,https") &&
	       !curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) &&
	       !curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT) &&
	       !curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)job->timeout) &&
	       !curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop_answer) &&
	       !curl_easy_setopt(c, CURLOPT_WRITEDATA, s) &&
	       (!url_is_loopback(str_from(job->url)) || !curl_easy_setopt(c, CURLOPT_PROXY, ""));
}

static bool set_post(struct sending *s)
{
	CURL *c = s->curl;
	const struct job *job = &s->job;
	return !curl_easy_setopt(c, CURLOPT_USERAGENT, "portroll/" PORTROLL_VERSION) &&
	       !curl_easy_setopt(c, CURLOPT_HTTPHEADER, job->headers) &&
	       !curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)job->body.len) &&
	       !curl_easy_setopt(c, CURLOPT_POSTFIELDS, job->body.ptr);
}

static bool put_lines(struct sending *s)
{
	struct portroll_str text = s->job.body, line;
	s->lines = BUF_INIT(2 * JOB_MAX);
	while (text.len && str_cut(&text, '\n', &line)) {
		buf_put(&s->lines, line);
		buf_puts(&s->lines, "\r\n");
	}
	s->left = buf_str(&s->lines);
	return !s->lines.failed;
}

/* What leaves this machine is encrypted. */
static bool set_mail(struct sending *s)
{
	CURL *c = s->curl;
	const struct job *job = &s->job;
	long security = url_is_loopback(str_from(job->url)) ? CURLUSESSL_TRY : CURLUSESSL_ALL;
	s->recipients = job->to ? curl_slist_append(NULL, job->to) : NULL;
	return put_lines(s) && s->recipients && job->from &&
	       !curl_easy_setopt(c, CURLOPT_USE_SSL, security) &&
	       !curl_easy_setopt(c, CURLOPT_MAIL_FROM, job->from) &&
	       !curl_easy_setopt(c, CURLOPT_MAIL_RCPT, s->recipients) &&
	       !curl_easy_setopt(c, CURLOPT_UPLOAD, 1L) &&
	       !curl_easy_setopt(c, CURLOPT_READFUNCTION, give_body) &&
	       !curl_easy_setopt(c, CURLOPT_READDATA, s) &&
	       !curl_easy_setopt(c, CURLOPT_INFILESIZE, (long)s->left.len) &&
	       (!job->user || !curl_easy_setopt(c, CURLOPT_USERNAME, job->user)) &&
	       (!job->password || !curl_easy_setopt(c, CURLOPT_PASSWORD, job->password));
}

static int perform(struct sending *s)
{
	struct portroll_error *err = &s->f->err;
	struct portroll_str host = url_host(str_from(s->job.url));
	CURLcode code = curl_easy_perform(s->curl);
	long status = 0;
	(void)curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &status);
	bool is_taken = is_mail(&s->job) || (status >= STATUS_FIRST && status <= STATUS_LAST);
	if (code != CURLE_OK)
		return error_set(err, PORTROLL_ESYSTEM, "%.*s: %s", PORTROLL_STR_ARG(host),
				 curl_easy_strerror(code));
	if (!is_taken)
		return error_set(err, PORTROLL_ESYSTEM, "%.*s: answered with status %ld",
				 PORTROLL_STR_ARG(host), status);
	return PORTROLL_OK;
}

static int send_job(struct sending *s)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return error_memory(&s->f->err);
	int r = PORTROLL_ENOMEM;
	s->curl = curl_easy_init();
	if (s->curl && set_common(s) && (is_mail(&s->job) ? set_mail(s) : set_post(s)))
		r = perform(s);
	else
		(void)error_memory(&s->f->err);
	curl_slist_free_all(s->recipients);
	buf_done(&s->lines);
	curl_easy_cleanup(s->curl);
	curl_global_cleanup();
	return r;
}

static bool may_be_asked(const char *url)
{
	return str_starts_fold(str_from(url), STR("smtp://")) ||
	       str_starts_fold(str_from(url), STR("smtps://")) || download_url_ok(str_from(url));
}

int fetch_deliver(struct fetch *f)
{
	struct file_bytes input = {0};
	struct sending s = {.f = f};
	int r = file_read(&input, "-", JOB_MAX, &f->err);
	if (r == PORTROLL_OK)
		r = read_job(&s.job, input.bytes, f);
	if (r == PORTROLL_OK && !may_be_asked(s.job.url))
		r = error_set(&f->err, PORTROLL_EINVAL,
			      "expected an address that is https, smtp or smtps");
	if (r == PORTROLL_OK)
		r = send_job(&s);
	curl_slist_free_all(s.job.headers);
	file_release(&input);
	return r;
}
