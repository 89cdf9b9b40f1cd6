/* SPDX-License-Identifier: MIT */
#pragma once

/* Where what is told goes: the file `notify` in the roll's folder, portroll-notify(5). */

#include "procedure/paragraph.h"

struct webhook {
	struct portroll_str name, url, secret;
};

struct notify_settings {
	struct portroll_str mail; /* "sendmail", the path of one, smtp://, smtps://; empty: none */
	struct portroll_str from, user, password;
	struct portroll_str link; /* the address of the site of the roll; empty: none */
	const struct webhook *webhooks;
	size_t webhook_count;
};

/* Reads the paragraphs: the first one is of mail, each other one of a webhook. An empty text is of
 * nobody who is told anything. PORTROLL_ESYNTAX with the line and what is expected. Secrets are in
 * no error. */
PORTROLL_MUST_CHECK int notify_read(struct notify_settings *ret, struct portroll_str text,
				    struct arena *a, struct portroll_error *err);

/* NULL: there is none of that name. */
const struct webhook *notify_webhook(const struct notify_settings *s, struct portroll_str name);
