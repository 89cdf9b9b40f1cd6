/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * What is told to people and programs: mail and webhooks. Each is a paper, put down together with
 * the step that it tells of, so that nothing is lost while the far side is down; it is sent
 * afterwards, again and again with growing pauses, and stays on the list.
 */

#include "desk/desk.h"

enum delivery_way {
	DELIVERY_MAIL,
	DELIVERY_WEBHOOK
};

enum delivery_state {
	DELIVERY_WAITING,
	DELIVERY_SENT,
	DELIVERY_FAILED /* given up; can be sent again */
};

struct delivery {
	struct portroll_str id; /* 32 hexadecimal digits: the idempotency id; sorts by time */
	uint8_t way, state;
	struct portroll_str to; /* a mail address, or the name of a webhook in the settings */
	struct portroll_str event, request; /* approve, R-42 */
	struct portroll_str subject, text;  /* of a mail; a webhook's JSON is the text */
	int64_t created, next;              /* when it is tried next */
	uint32_t attempts;
	struct portroll_str last_error; /* without secrets */
	uint64_t version;
};

/* FOLDER/notify, as paragraphs; portroll-notify(5). Missing: nobody is told anything. */
struct notify_webhook {
	struct portroll_str name, url, secret;
};

struct notify_settings {
	struct portroll_str
		mail; /* "sendmail", the path of one, smtp://, smtps://; empty: no mail */
	struct portroll_str from, user, password;
	struct portroll_str link; /* address of the site, for links; empty: none */
	const struct notify_webhook *webhooks;
	size_t webhook_count;
};

/* PORTROLL_ESYNTAX with the line. The file with secrets must be its owner's alone. */
PORTROLL_MUST_CHECK int notify_read(struct notify_settings *ret, struct portroll_str text,
				    struct arena *a, struct portroll_error *err);

struct telling {
	const struct request_case *request; /* after the step */
	const struct case_event *event;
	const struct account_list *accounts;
	const struct rule_world *world;
	const struct notify_settings *settings;
	const uint8_t *confirmation_key; /* for the codes in mails to who must confirm */
	int64_t now;
	void (*random)(void *bytes, size_t len);
	/* Text of a template by the event's name (paragraphs: Subject, Text); empty: the built-in
	 */
	struct portroll_str (*template)(void *context, struct portroll_str name);
	void *template_context;
};

/* The papers of what a step is to tell whom, in the arena. */
PORTROLL_MUST_CHECK int delivery_papers(struct stored_paper **ret, size_t *ret_count,
					const struct telling *t, struct arena *a,
					struct portroll_error *err);

typedef int delivery_fn(void *context, const struct delivery *d, struct portroll_error *err);
PORTROLL_MUST_CHECK int delivery_each(const struct desk *d, delivery_fn *fn, void *context,
				      struct portroll_error *err);
/* The pause after so many attempts, in seconds: a minute, then twice as long each, a day at most.
 */
int64_t delivery_pause(uint32_t attempts);
PORTROLL_MUST_CHECK int delivery_paper(struct stored_paper *ret, const struct delivery *d,
				       struct arena *a, struct portroll_error *err);
