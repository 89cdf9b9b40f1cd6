/* SPDX-License-Identifier: MIT */
#include "keeper/sending.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "verbs/launch.h"

#define JOB_MAX      ((size_t)512 << 10)
#define TIMEOUT      30 /* seconds for one */
#define SHOWN_MAX    300
#define KEPT_SECONDS ((int64_t)30 * 86400)
#define USUAL_MAILER "/usr/sbin/sendmail"

struct sender {
	struct keeper *k;
	const struct desk *desk;
	const struct notifying *n;
	int64_t since;
	struct sending_counts counts;
	struct delivery *items; /* that wait */
	size_t count, capacity;
};

/* A program that is given the job as its standard input. */
struct child {
	char **words; /* NULL-terminated */
	bool is_ours; /* portroll-fetch */
	int input, output;
};

static void become(struct keeper *k, const struct child *c)
{
	if (dup2(c->input, STDIN_FILENO) >= 0 && dup2(c->output, STDOUT_FILENO) >= 0 &&
	    dup2(c->output, STDERR_FILENO) >= 0) {
		(void)alarm(2 * TIMEOUT);
		if (c->is_ours)
			launch(program_names[PROGRAM_FETCH], c->words, k->libexec, &k->err);
		else
			(void)execv(c->words[0], c->words);
	}
	_exit(EXIT_ERROR);
}

/* What the child said, in one line, without the name that ours begin with. */
static struct portroll_str read_words(struct keeper *k, int output)
{
	struct file_bytes said = {0};
	if (file_map_descriptor(&said, output, "", NULL) < 0)
		return STR_NONE;
	struct portroll_str line = str_trim(said.bytes);
	line = str_part(line, 0, str_find_char(line, '\n'));
	if (str_starts(line, STR("portroll: ")))
		line = str_part(line, sizeof("portroll: ") - 1, line.len);
	line = arena_str(&k->arena, str_part(line, 0, SHOWN_MAX));
	file_release(&said);
	return line;
}

static struct portroll_str outcome(struct keeper *k, pid_t child, int output)
{
	int status = 0;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return STR("its program cannot be waited for");
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return STR_NONE;
	if (WIFSIGNALED(status))
		return STR("it took too long, or its program was ended");
	struct portroll_str words = read_words(k, output);
	return words.len ? words : STR("its program failed without a word");
}

/* Empty: it went out; else why not. */
static struct portroll_str run(struct keeper *k, struct child *c, struct portroll_str job)
{
	CLEANUP(file_close) int input = -1, output = -1;
	if (file_anonymous(&input, job, NULL) < 0 || file_anonymous(&output, STR(""), NULL) < 0)
		return STR("there is no memory for it");
	c->input = input;
	c->output = output;
	pid_t child = fork();
	if (child < 0)
		return STR("its program cannot be run");
	if (child == 0)
		become(k, c);
	return outcome(k, child, output);
}

static void put_message(struct buf *out, const struct sender *s, const struct delivery *d)
{
	const struct message m = {.from = s->n->settings.from,
				  .to = d->to,
				  .subject = d->subject,
				  .text = d->text,
				  .id = d->id,
				  .time = d->created};
	message_put(out, &m);
}

static struct portroll_str run_fetch(struct sender *s, struct buf *job)
{
	char *words[] = {arena_cstr(&s->k->arena, STR("")),
			 arena_cstr(&s->k->arena, STR("deliver")), NULL};
	struct child c = {.words = words, .is_ours = true};
	if (job->failed || s->k->arena.failed)
		return STR("there is no memory for it");
	return run(s->k, &c, buf_str(job));
}

static void put_line(struct buf *job, const char *key, struct portroll_str value)
{
	if (!value.len)
		return;
	buf_puts(job, key);
	buf_putc(job, ' ');
	buf_put(job, value);
	buf_putc(job, '\n');
}

static struct portroll_str send_by_server(struct sender *s, const struct delivery *d)
{
	const struct notify_settings *settings = &s->n->settings;
	CLEANUP(buf_done) struct buf job = BUF_INIT(JOB_MAX);
	put_line(&job, "url", settings->mail);
	put_line(&job, "user", settings->user);
	put_line(&job, "password", settings->password);
	put_line(&job, "from", settings->from);
	put_line(&job, "to", d->to);
	buf_printf(&job, "timeout %d\n\n", TIMEOUT);
	put_message(&job, s, d);
	return run_fetch(s, &job);
}

static struct portroll_str send_by_mailer(struct sender *s, const struct delivery *d)
{
	struct arena *a = &s->k->arena;
	struct portroll_str path = s->n->settings.mail;
	CLEANUP(buf_done) struct buf job = BUF_INIT(JOB_MAX);
	if (str_equal(path, STR("sendmail")))
		path = STR(USUAL_MAILER);
	char *words[] = {arena_cstr(a, path),
			 arena_cstr(a, STR("-i")),
			 arena_cstr(a, STR("-f")),
			 arena_cstr(a, s->n->settings.from),
			 arena_cstr(a, STR("--")),
			 arena_cstr(a, d->to),
			 NULL};
	struct child c = {.words = words};
	put_message(&job, s, d);
	if (job.failed || a->failed)
		return STR("there is no memory for it");
	if (access(words[0], X_OK) < 0)
		return STR("there is no sendmail program; Mail: in the file notify names it");
	return run(s->k, &c, buf_str(&job));
}

static struct portroll_str send_mail(struct sender *s, const struct delivery *d)
{
	struct portroll_str mail = s->n->settings.mail;
	if (!mail.len)
		return STR("no mail is sent from here; the file notify says how");
	return str_starts_fold(mail, STR("smtp")) ? send_by_server(s, d) : send_by_mailer(s, d);
}

static struct portroll_str send_webhook(struct sender *s, const struct delivery *d)
{
	char signature[SIGNATURE_LEN];
	const struct webhook *hook = notify_webhook(&s->n->settings, d->to);
	if (!hook)
		return STR("the file notify has no such webhook any more");
	CLEANUP(buf_done) struct buf job = BUF_INIT(JOB_MAX);
	sending_sign(signature, hook->secret, s->k->now, d->text);
	put_line(&job, "url", hook->url);
	put_line(&job, "header Content-Type:", STR("application/json"));
	put_line(&job, "header Idempotency-Key:", d->id);
	buf_printf(&job, "header Portroll-Signature: t=%lld,sha256=%.*s\n", (long long)s->k->now,
		   SIGNATURE_LEN, signature);
	buf_printf(&job, "timeout %d\n\n", TIMEOUT);
	buf_put(&job, d->text);
	return run_fetch(s, &job);
}

static int keep(struct sender *s, struct delivery *d)
{
	struct stored_paper paper;
	int r = delivery_paper(&paper, d, &s->k->arena, &s->k->err);
	if (r == PORTROLL_OK)
		r = desk_put(s->desk, &paper, 1, &s->k->err);
	if (r == PORTROLL_OK)
		d->version++;
	return r;
}

/* Somebody else has it: that is as well. */
static bool is_taken(struct sender *s, int r)
{
	if (r == PORTROLL_ECONFLICT)
		s->k->err = (struct portroll_error){0};
	return r == PORTROLL_ECONFLICT;
}

static int forget(struct sender *s, const struct delivery *d)
{
	const struct stored_paper erased = {
		.kind = PAPER_DELIVERY, .id = d->id, .version = d->version};
	int r = desk_put(s->desk, &erased, 1, &s->k->err);
	return is_taken(s, r) ? PORTROLL_OK : r;
}

static int try(struct sender *s, struct delivery *d)
{
	struct delivery taken = *d;
	delivery_tried(&taken, STR("it was being sent when that ended"), s->k->now);
	int r = keep(s, &taken);
	if (r < 0)
		return is_taken(s, r) ? PORTROLL_OK : r;
	d->version = taken.version;
	delivery_tried(d, d->way == DELIVERY_MAIL ? send_mail(s, d) : send_webhook(s, d),
		       s->k->now);
	size_t *const counts[] = {
		[DELIVERY_WAITING] = &s->counts.waiting,
		[DELIVERY_SENT] = &s->counts.sent,
		[DELIVERY_FAILED] = &s->counts.failed,
	};
	++*counts[d->state];
	r = keep(s, d);
	return is_taken(s, r) ? PORTROLL_OK : r;
}

/* What was sent long ago is of no use, and has words of people in it. */
static bool is_old(const struct sender *s, const struct delivery *d)
{
	return d->state == DELIVERY_SENT && d->next < s->k->now - KEPT_SECONDS;
}

static int take_due(void *context, const struct stored_paper *paper, struct portroll_error *err)
{
	struct sender *s = context;
	struct delivery d;
	int r = delivery_read(&d, paper, &s->k->arena, err);
	if (r < 0)
		return r;
	if (!is_old(s, &d) && (d.state != DELIVERY_WAITING || d.created < s->since))
		return PORTROLL_OK;
	if (d.state == DELIVERY_WAITING && d.next > s->k->now) {
		s->counts.waiting++;
		return PORTROLL_OK;
	}
	if (s->count == s->capacity) {
		size_t larger = s->capacity ? s->capacity * 2 : 16;
		s->items = arena_grow(&s->k->arena, s->items, s->count, larger, sizeof(*s->items));
		s->capacity = larger;
	}
	if (!s->items)
		return error_memory(err);
	s->items[s->count++] = d;
	return PORTROLL_OK;
}

int sending_run(struct sending_counts *ret, struct keeper *k, const struct desk *desk,
		const struct notifying *n, int64_t since)
{
	struct sender s = {.k = k, .desk = desk, .n = n, .since = since};
	int r = desk->ops->papers(desk->store, (struct paper_name){.kind = PAPER_DELIVERY},
				  take_due, &s, &k->err);
	for (size_t i = 0; i < s.count && r == PORTROLL_OK; i++)
		r = s.items[i].state == DELIVERY_SENT ? forget(&s, &s.items[i])
						      : try(&s, &s.items[i]);
	*ret = s.counts;
	return r;
}
