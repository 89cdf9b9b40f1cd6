/* SPDX-License-Identifier: MIT */
#include "keeper/request_notify.h"

#include "desk/telling.h"
#include "keeper/sending.h"

static int add_all(struct paper_list *list, const struct stored_paper *papers, size_t count,
		   struct keeper *k)
{
	int r = PORTROLL_OK;
	for (size_t i = 0; i < count && r == PORTROLL_OK; i++)
		r = paper_list_add(list, &papers[i], k);
	k->has_told |= count > 0;
	return r;
}

int request_notify(struct paper_list *list, const struct open_case *c)
{
	const struct at_desk *d = c->desk;
	struct keeper *k = d->k;
	const struct request_case *request = c->kept.request;
	uint8_t key[CONFIRMATION_KEY_SIZE];
	struct notifying n;
	struct telling t = {.request = request,
			    .accounts = &d->accounts,
			    .world = &c->world,
			    .settings = &n.settings,
			    .templates = &n.templates,
			    .confirmation_key = key,
			    .now = k->now,
			    .random = k->random};
	int r = notifying_read(&n, k, d->options.folder);
	if (r == PORTROLL_OK && (n.settings.mail.len || n.settings.webhook_count))
		r = desk_confirmation_key(key, &d->desk, k->random, &k->err);
	for (size_t i = c->event_count; i < request->event_count && r == PORTROLL_OK; i++) {
		struct stored_paper *papers;
		size_t count;
		t.event = &request->events[i];
		t.is_passing = t.event->to != request->state;
		r = telling_papers(&papers, &count, &t, &k->arena, &k->err);
		if (r == PORTROLL_OK)
			r = add_all(list, papers, count, k);
	}
	return r;
}

static int send_now(struct keeper *k, bool only_new)
{
	struct at_desk d = {0};
	struct notifying n;
	struct sending_counts counts = {0};
	int r = at_desk_open(&d, k);
	if (r == PORTROLL_OK)
		r = notifying_read(&n, k, d.options.folder);
	if (r == PORTROLL_OK)
		r = sending_run(&counts, k, &d.desk, &n, only_new ? k->now : 0);
	at_desk_close(&d);
	if (r == PORTROLL_OK && counts.waiting + counts.failed && !k->out.quiet)
		out_message(&k->out,
			    "%zu of %zu could not be told yet; portroll request deliveries says "
			    "why, portroll request tick tries again",
			    counts.waiting + counts.failed,
			    counts.sent + counts.waiting + counts.failed);
	return r;
}

void request_send(struct keeper *k, bool only_new)
{
	if (send_now(k, only_new) == PORTROLL_OK)
		return;
	if (k->err_file && k->err.line)
		out_message(&k->out, "nobody was told yet: %s:%u: %s", k->err_file, k->err.line,
			    k->err.text);
	else
		out_message(&k->out, "nobody was told yet: %s", k->err.text);
	k->err = (struct portroll_error){0};
	k->err_file = NULL;
}
